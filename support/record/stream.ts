import type { Envelope } from '@cucumber/messages';
import { type Amounts, inFigures } from './amounts.ts';
import type { StreamHead } from './chain.ts';
import { cropOf, isPicture, type PictureType } from './picture.ts';
import { deletedFact, deletedIn } from './picture-line.ts';
import { rowOfTags } from './row-id.ts';
import { lackingInRun } from './shape.ts';
import { upgradedObservation, upgradedRun } from './upgrade.ts';
import type { Observation, Run } from './vocabulary.ts';

/** Media types of the attachments that carry the kit's records in a Cucumber message stream. */
export const media = {
  run: 'application/vnd.dojo-conformance.run+json',
  observation: 'application/vnd.dojo-conformance.observation+json',
  finished: 'application/vnd.dojo-conformance.finished+json',
  again: 'application/vnd.dojo-conformance.again+json',
} as const;

/** A step of a row's scenario, and how the runner fared with it. */
export interface StepRecord {
  readonly text: string;
  readonly status: string;
  readonly message: string;
}

/** A picture of the display in base64, and the part of it that says what it says, where that was taken too. */
export interface Screenshot {
  readonly name: string;
  readonly type: PictureType;
  readonly base64: string;
  readonly crop?: string;
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
  /** The attempt before this one, where the run has marked that the row is run once more. */
  readonly before?: RowRecord;
  /** Why the row was run once more; left out of the first attempt. */
  readonly again?: Again;
}

/**
 * Why a row is run once more: the machine was too slow to judge it; the run was broken off within it, and went on later;
 * somebody asked for what did not pass to be run again; or the person at the POS had answered something wrong.
 */
export type Again = 'slow' | 'resumed' | 'rerun' | 'corrected';

/** Why a row was run once more, as people read it. */
export const againWords: Readonly<Record<Again, string>> = {
  slow: 'the machine was too slow to judge the attempt before',
  resumed: 'the run was broken off within the attempt before',
  rerun: 'somebody asked for what did not pass to be run again',
  corrected: 'the person at the POS had answered something wrong in the attempt before',
};

/** A run that was broken off, or had ended, and went on later in the same record. */
export interface Continuation {
  readonly why: Exclude<Again, 'slow' | 'corrected'>;
  /** When it went on, ISO 8601. */
  readonly at: string;
  /** The same moment on the machine's monotonic clock, in ms: a machine that was started anew counts from 0. */
  readonly monotonic: number;
  /** Rows that had begun before, and are run once more. */
  readonly rows: readonly string[];
}

/** The attempts at a row, in the order in which they were made. */
export const attemptsOf = (record: RowRecord | undefined): RowRecord[] =>
  record ? [...attemptsOf(record.before), record] : [];

/** The rows of a run by their ids, in the order in which they began. A row may be read anew each time it is asked for. */
export interface Rows extends Iterable<[id: string, row: RowRecord]> {
  readonly get: (id: string) => RowRecord | undefined;
  readonly keys: () => Iterable<string>;
}

/** What a stream holds: the run, its rows, and whether it came to its end. */
export interface Recording {
  readonly run: Run;
  readonly rows: Rows;
  /** Wall time of the end, ISO 8601; `null` when the run was broken off. */
  readonly finishedAt: string | null;
  /** Each time that the run went on after it had been broken off, or had ended; left out where it never did. */
  readonly continued?: readonly Continuation[];
  /** The head of each stream that it was read from; a run that was sharded left several. */
  readonly streams: readonly StreamHead[];
  /** The parts that were put together, each as it was recorded; left out where there is one. */
  readonly parts?: readonly Recording[];
}

/** A stream that can't be read as a run of this kit. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/** Reads envelopes of a stream again: from one place in it to another, both included; the first place is 0. */
export type ReadAgain = (first: number, last: number) => Iterable<Envelope>;

/** What the envelopes of a row hold. */
type Content = Pick<RowRecord, 'observations' | 'screenshots' | 'steps'>;

/** A row as it is kept. */
interface KeptRow {
  readonly id: string;
  readonly startedAt: number;
  finishedAt: number | null;
  /** Where in the stream its envelopes stand: the first and the last place of each unbroken run of them. */
  readonly places: [first: number, last: number][];
  /** `null` once the row has ended: it is then read again from the stream. */
  content: Content | null;
  readonly before?: KeptRow;
  readonly again?: Again;
}

const nothing = (): Content => ({ observations: [], screenshots: [], steps: [] });

const ms = (timestamp: { seconds: number; nanos: number }): number =>
  timestamp.seconds * 1000 + timestamp.nanos / 1e6;

/**
 * Folds a message stream, an envelope at a time, into what it holds. The same fold serves the progress of a
 * run and the report that is made of it later. Of a row that has ended only its places in the stream are kept:
 * a run may have many rows, of which one at a time is looked at.
 */
export class StreamFold {
  #run: Run | null = null;
  #finishedAt: string | null = null;
  #taken = 0;
  /** The row that ended, or was read again, last. */
  #last: RowRecord | null = null;
  readonly #readAgain: ReadAgain;
  readonly #rows = new Map<string, KeptRow>();
  #read = rowsFrom(this.#rows, (id) => this.#row(id));
  readonly #rowOfPickle = new Map<string, string>();
  readonly #stepTexts = new Map<string, string>();
  readonly #rowOfCase = new Map<string, string | undefined>();
  readonly #textOfStep = new Map<string, string | undefined>();
  readonly #rowOfAttempt = new Map<string, KeptRow>();
  /** Rows that are about to be run once more, and why. */
  readonly #again = new Map<string, Again>();
  readonly #continued: Continuation[] = [];

  /** `readAgain` is given the places of envelopes that were taken, and gives them once more. */
  constructor(readAgain: ReadAgain) {
    this.#readAgain = readAgain;
  }

  /** Takes one envelope; returns the id of the row that it completes, if it completes one. */
  take(envelope: Envelope): string | null {
    const place = this.#taken++;
    const { pickle, testCase, testCaseStarted, attachment, testCaseFinished } = envelope;
    if (pickle) {
      const row = rowOfTags(pickle.tags);
      if (row) this.#rowOfPickle.set(pickle.id, row);
      for (const step of pickle.steps) this.#stepTexts.set(step.id, step.text);
    }
    if (testCase) {
      this.#rowOfCase.set(testCase.id, this.#rowOfPickle.get(testCase.pickleId));
      for (const { id, pickleStepId } of testCase.testSteps)
        this.#textOfStep.set(id, pickleStepId && this.#stepTexts.get(pickleStepId));
    }
    if (testCaseStarted)
      this.#start(testCaseStarted.testCaseId, testCaseStarted.id, ms(testCaseStarted.timestamp));
    if (attachment?.mediaType === media.run) this.#run = runOf(attachment.body);
    if (attachment?.mediaType === media.finished) this.#finishedAt = JSON.parse(attachment.body).finishedAt;
    if (attachment?.mediaType === media.again) this.#goOn(JSON.parse(attachment.body));
    const row = this.#rowAt(envelope);
    if (row && this.#add(envelope, row.content ?? nothing())) {
      this.#last = null;
      const stretch = row.places.at(-1);
      if (stretch?.[1] === place - 1) stretch[1] = place;
      else row.places.push([place, place]);
    }
    if (!row || !testCaseFinished) return null;
    row.finishedAt = ms(testCaseFinished.timestamp);
    this.#last = row.content && this.#recordOf(row, row.content);
    row.content = null;
    return row.id;
  }

  /** The row in which an envelope came, as far as the stream has reported; `null` for one of none. */
  rowOf(envelope: Envelope): string | null {
    return this.#rowAt(envelope)?.id ?? null;
  }

  /**
   * What has been taken so far, from a stream with this head.
   * Throws a `StreamError` when the stream does not start with a run.
   */
  record(head: StreamHead): Recording {
    if (!this.#run)
      throw new StreamError('the stream holds no run record; it is not a stream of this kit, or empty');
    return {
      run: this.#run,
      rows: this.#read,
      finishedAt: this.#finishedAt,
      ...(this.#continued.length ? { continued: this.#continued } : {}),
      streams: [head],
    };
  }

  /** Rows of which the stream holds the beginning, and not the end. */
  get cutOff(): string[] {
    return [...this.#rows.values()].flatMap(({ id, finishedAt }) => (finishedAt === null ? [id] : []));
  }

  #goOn(mark: { rows: readonly string[]; why?: Again } & Partial<Continuation>): void {
    const { rows, why = 'slow', at, monotonic } = mark;
    for (const id of rows) this.#again.set(id, why);
    if (why === 'slow' || at === undefined || monotonic === undefined) return;
    this.#continued.push({ why, at, monotonic, rows });
    this.#finishedAt = null;
  }

  #row(id: string): RowRecord | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    if (row.content) return this.#recordOf(row, row.content);
    if (this.#last?.id !== id) this.#last = this.#recordOf(row, this.#contentAgain(row));
    return this.#last;
  }

  #recordOf({ id, startedAt, finishedAt, before, again }: KeptRow, content: Content): RowRecord {
    return {
      id,
      ...content,
      startedAt,
      finishedAt,
      ...(before && { before: this.#recordOf(before, before.content ?? this.#contentAgain(before)) }),
      ...(again && { again }),
    };
  }

  #contentAgain({ places }: KeptRow): Content {
    const content = nothing();
    for (const [first, last] of places)
      for (const envelope of this.#readAgain(first, last)) this.#add(envelope, content);
    return content;
  }

  #start(testCaseId: string, startedId: string, startedAt: number): void {
    const id = this.#rowOfCase.get(testCaseId);
    if (!id) return;
    const before = this.#rows.get(id);
    const again = this.#again.get(id);
    if (before && !again)
      throw new StreamError(`the row ${id} is in the stream more often than the run says`);
    this.#again.delete(id);
    const row: KeptRow = {
      id,
      startedAt,
      finishedAt: null,
      places: [],
      content: nothing(),
      ...(before && { before }),
      ...(before && again && { again }),
    };
    this.#last = null;
    // What was made of the attempt before is known by these rows, and is not the row's result any more.
    if (before) this.#read = rowsFrom(this.#rows, (one) => this.#row(one));
    this.#rows.set(id, row);
    this.#rowOfAttempt.set(startedId, row);
  }

  #rowAt(envelope: Envelope): KeptRow | undefined {
    const { testCaseStarted, testCaseFinished, testStepStarted, testStepFinished, attachment } = envelope;
    const place = testCaseFinished ?? testStepStarted ?? testStepFinished ?? attachment;
    return this.#rowOfAttempt.get(testCaseStarted?.id ?? place?.testCaseStartedId ?? '');
  }

  /** Adds what an envelope holds of its row; false when it holds nothing of it. */
  #add({ attachment, testStepFinished }: Envelope, content: Content): boolean {
    const deleted = attachment && deletedIn(attachment);
    if (testStepFinished) {
      const { testStepId, testStepResult } = testStepFinished;
      content.steps.push({
        text: inFigures(this.#textOfStep.get(testStepId) ?? '', amountsIn(content.observations)),
        status: testStepResult.status,
        message: testStepResult.message ?? '',
      });
    } else if (attachment?.mediaType === media.observation) {
      content.observations.push(upgradedObservation(JSON.parse(attachment.body)));
    } else if (deleted) {
      content.observations.push(deletedFact(deleted, content.observations.at(-1)));
    } else if (attachment?.fileName && isPicture(attachment.mediaType)) {
      const { body, fileName, mediaType } = attachment;
      const whole = content.screenshots.findIndex(({ name }) => cropOf(name) === fileName);
      if (whole < 0) content.screenshots.push({ name: fileName, type: mediaType, base64: body });
      else content.screenshots[whole] = { ...content.screenshots[whole]!, crop: body };
    } else return false;
    return true;
  }
}

/** The amounts that a row drew; it notes them as it begins. */
const amountsIn = (observations: readonly Observation[]): Amounts =>
  observations.find((one) => one.kind === 'fact' && one.name === 'amounts-drawn')?.detail.amounts ?? {};

const rowsFrom = (known: ReadonlyMap<string, unknown>, get: Rows['get']): Rows => ({
  get,
  keys: () => known.keys(),
  *[Symbol.iterator]() {
    for (const id of known.keys()) yield [id, get(id)!];
  },
});

function runOf(text: string): Run {
  const run = upgradedRun(JSON.parse(text));
  if (typeof run?.schema === 'number' && run.schema !== 2)
    throw new StreamError(
      `the run record has the schema ${run.schema}, and this version of the kit reads the schemas 1 and 2`,
    );
  const missing = lackingInRun(run);
  if (missing.length) throw new StreamError(`the run record lacks ${missing.join(', ')}`);
  return run;
}

/**
 * Puts the shards of one run together, in whatever order they are given. Throws a `StreamError` when their run
 * records do not agree, or when a row is in several of them.
 */
export function mergeRecordings(recordings: readonly Recording[]): Recording {
  const [first, ...others] = recordings.toSorted((one, other) => order(one).localeCompare(order(other)));
  if (!first) throw new StreamError('there is no stream to merge');
  if (!others.length) return first;
  const shardOf = new Map([...first.rows.keys()].map((id) => [id, first.rows]));
  const selection = new Set(first.run.selection);
  for (const { run, rows: more } of others) {
    if (run.amounts?.challenge !== first.run.amounts?.challenge)
      throw new StreamError(
        `Expected the shards of one run, but they were made for different challenges (${first.run.id} and ${run.id}). Merge shards of one run only.`,
      );
    const differing = differenceOf(first.run, run);
    if (differing) {
      throw new StreamError(
        `Expected the shards of one run, but their \`${differing}\` differ (${first.run.id} and ${run.id}). Merge shards of one run only.`,
      );
    }
    for (const id of more.keys()) {
      if (shardOf.has(id))
        throw new StreamError(`Expected each row in one shard, but ${id} is in two. Leave one of them out.`);
      shardOf.set(id, more);
    }
    for (const id of run.selection) selection.add(id);
  }
  const ends = recordings.map(({ finishedAt }) => finishedAt);
  return {
    run: { ...first.run, selection: [...selection], ...seedsOf(recordings) },
    rows: rowsFrom(shardOf, (id) => shardOf.get(id)?.get(id)),
    finishedAt: ends.includes(null) ? null : ends.sort().at(-1)!,
    ...continuedIn(recordings),
    streams: [first, ...others].flatMap(({ streams }) => streams),
    parts: [first, ...others],
  };
}

function continuedIn(recordings: readonly Recording[]): Pick<Recording, 'continued'> {
  const continued = recordings.flatMap((one) => one.continued ?? []);
  return continued.length ? { continued } : {};
}

/** The seeds of all shards: one, where they were started with the same. */
function seedsOf(recordings: readonly Recording[]): Pick<Run, 'amounts'> {
  const [first, ...others] = recordings.flatMap(({ run }) => run.amounts ?? []);
  if (!first) return {};
  const seeds = new Set([first, ...others].flatMap((amounts) => amounts.seeds));
  return { amounts: { ...first, seeds: [...seeds].sort() } };
}

const order = ({ run, streams }: Recording): string =>
  [run.startedAt, ...streams.map(({ head }) => head)].join();

/** In what two run records differ that can't be of one run; `undefined` where they can. */
export const differenceOf = (one: Run, other: Run): string | undefined =>
  sameness.find((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));

/** What the run records of the parts of one run must agree in. */
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
  'profile',
] as const satisfies (keyof Run)[];
