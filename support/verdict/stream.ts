import type { Envelope } from '@cucumber/messages';
import type { Observation, Run } from '../vocabulary.ts';
import type { StreamHead } from './chain.ts';

/** Media types of the attachments that carry the kit's records in a Cucumber message stream. */
export const media = {
  run: 'application/vnd.dojo-conformance.run+json',
  observation: 'application/vnd.dojo-conformance.observation+json',
  finished: 'application/vnd.dojo-conformance.finished+json',
  screenshot: 'image/png',
} as const;

/** A step of a row's scenario, and how the runner fared with it. */
export interface StepRecord {
  readonly text: string;
  readonly status: string;
  readonly message: string;
}

/** A picture of the display; `png` is base64. */
export interface Screenshot {
  readonly name: string;
  readonly png: string;
}

/** All that a stream holds of one row. */
export interface RowRecord {
  readonly id: string;
  readonly observations: Observation[];
  readonly screenshots: Screenshot[];
  readonly steps: StepRecord[];
  /** Wall time, ms since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** What a stream holds: the run, its rows, and whether it came to its end. */
export interface Recording {
  readonly run: Run;
  readonly rows: ReadonlyMap<string, RowRecord>;
  /** Wall time of the end, ISO 8601; `null` when the run was broken off. */
  readonly finishedAt: string | null;
  /** The head of each stream that it was read from; a run that was sharded left several. */
  readonly streams: readonly StreamHead[];
}

/** A stream that can't be read as a run of this kit. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

interface OpenRow {
  id: string;
  observations: Observation[];
  screenshots: Screenshot[];
  steps: StepRecord[];
  startedAt: number;
  finishedAt: number | null;
}

const ms = (timestamp: { seconds: number; nanos: number }): number =>
  timestamp.seconds * 1000 + timestamp.nanos / 1e6;

/**
 * Folds a message stream, an envelope at a time, into what it holds. The same fold serves the progress of a
 * run and the report that is made of it later.
 */
export class StreamFold {
  #run: Run | null = null;
  #finishedAt: string | null = null;
  readonly #rows = new Map<string, OpenRow>();
  readonly #rowOfPickle = new Map<string, string>();
  readonly #stepTexts = new Map<string, string>();
  readonly #rowOfCase = new Map<string, string | undefined>();
  readonly #textOfStep = new Map<string, string | undefined>();
  readonly #open = new Map<string, OpenRow>();

  /** Takes one envelope; returns the id of the row that it completes, if it completes one. */
  take(envelope: Envelope): string | null {
    const { pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished } = envelope;
    if (pickle) {
      const tag = pickle.tags.find(({ name }) => /^@[A-Z]+-[A-Z]+-\d+$/.test(name));
      if (tag) this.#rowOfPickle.set(pickle.id, tag.name.slice(1));
      for (const step of pickle.steps) this.#stepTexts.set(step.id, step.text);
    }
    if (testCase) {
      this.#rowOfCase.set(testCase.id, this.#rowOfPickle.get(testCase.pickleId));
      for (const { id, pickleStepId } of testCase.testSteps)
        this.#textOfStep.set(id, pickleStepId && this.#stepTexts.get(pickleStepId));
    }
    if (testCaseStarted)
      this.#start(testCaseStarted.testCaseId, testCaseStarted.id, ms(testCaseStarted.timestamp));
    if (attachment) this.#attach(attachment);
    if (testStepFinished) {
      const { testCaseStartedId, testStepId, testStepResult } = testStepFinished;
      this.#open.get(testCaseStartedId)?.steps.push({
        text: this.#textOfStep.get(testStepId) ?? '',
        status: testStepResult.status,
        message: testStepResult.message ?? '',
      });
    }
    if (testCaseFinished) {
      const row = this.#open.get(testCaseFinished.testCaseStartedId);
      if (row) row.finishedAt = ms(testCaseFinished.timestamp);
      return row?.id ?? null;
    }
    return null;
  }

  /** The row in which an envelope came, as far as the stream has told; `null` for one of none. */
  rowOf({ testCaseStarted, testCaseFinished, testStepStarted, testStepFinished, attachment }: Envelope) {
    const place = testCaseFinished ?? testStepStarted ?? testStepFinished ?? attachment;
    return this.#open.get(testCaseStarted?.id ?? place?.testCaseStartedId ?? '')?.id ?? null;
  }

  /**
   * What has been taken so far, from a stream with this head.
   * Throws a `StreamError` when the stream does not start with a run.
   */
  record(head: StreamHead): Recording {
    if (!this.#run)
      throw new StreamError('the stream holds no run record; it is not a stream of this kit, or empty');
    return { run: this.#run, rows: this.#rows, finishedAt: this.#finishedAt, streams: [head] };
  }

  #start(testCaseId: string, startedId: string, startedAt: number): void {
    const id = this.#rowOfCase.get(testCaseId);
    if (!id) return;
    if (this.#rows.has(id)) throw new StreamError(`the row ${id} is in the stream twice`);
    const row: OpenRow = { id, observations: [], screenshots: [], steps: [], startedAt, finishedAt: null };
    this.#rows.set(id, row);
    this.#open.set(startedId, row);
  }

  #attach(attachment: NonNullable<Envelope['attachment']>): void {
    if (attachment.mediaType === media.run) this.#run = runOf(attachment.body);
    if (attachment.mediaType === media.finished) this.#finishedAt = JSON.parse(attachment.body).finishedAt;
    const row = this.#open.get(attachment.testCaseStartedId ?? '');
    if (!row) return;
    if (attachment.mediaType === media.observation)
      row.observations.push(JSON.parse(attachment.body) as Observation);
    if (attachment.mediaType === media.screenshot && attachment.fileName) {
      row.screenshots.push({ name: attachment.fileName, png: attachment.body });
    }
  }
}

function runOf(text: string): Run {
  const run = JSON.parse(text) as Run;
  if (run.schema === 1) return run;
  throw new StreamError(
    `the run record has the schema ${run.schema}, and this version of the kit reads schema 1`,
  );
}

/**
 * Puts the shards of one run together, in whatever order they are given. Throws a `StreamError` when their run
 * records do not agree, or when a row is in several of them.
 */
export function mergeRecordings(recordings: readonly Recording[]): Recording {
  const [first, ...others] = recordings.toSorted((one, other) => order(one).localeCompare(order(other)));
  if (!first) throw new StreamError('there is no stream to merge');
  const rows = new Map(first.rows);
  const selection = new Set(first.run.selection);
  for (const { run, rows: more } of others) {
    const differing = sameness.find((name) => JSON.stringify(run[name]) !== JSON.stringify(first.run[name]));
    if (differing) {
      throw new StreamError(
        `Expected the shards of one run, but their \`${differing}\` differ (${first.run.id} and ${run.id}). Merge shards of one run only.`,
      );
    }
    for (const [id, row] of more) {
      if (rows.has(id))
        throw new StreamError(`Expected each row in one shard, but ${id} is in two. Leave one of them out.`);
      rows.set(id, row);
    }
    for (const id of run.selection) selection.add(id);
  }
  const ends = recordings.map(({ finishedAt }) => finishedAt);
  return {
    run: { ...first.run, selection: [...selection] },
    rows,
    finishedAt: ends.includes(null) ? null : ends.sort().at(-1)!,
    streams: [first, ...others].flatMap(({ streams }) => streams),
  };
}

const order = ({ run, streams }: Recording): string =>
  [run.startedAt, ...streams.map(({ head }) => head)].join();

/** What the run records of shards must agree in. */
const sameness = [
  'schema',
  'kit',
  'subject',
  'checklist',
  'criteria',
  'contract',
  'upstream',
  'realTime',
  'why',
  'pos',
] as const satisfies (keyof Run)[];
