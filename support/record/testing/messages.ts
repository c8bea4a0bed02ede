import type { Envelope } from '@cucumber/messages';
import type { Story } from '../../checklists/payments/stories/story.ts';
import { isPicture } from '../picture.ts';
import { media } from '../stream.ts';
import type { Run } from '../vocabulary.ts';

/** One row as a run's stream tells it. */
export interface Described {
  readonly id: string;
  readonly story: Story;
  /** The runner's status for each of its steps; hooks have no text. */
  readonly steps?: readonly { readonly text?: string; readonly status: string; readonly message?: string }[];
  /** The stream ends in it. */
  readonly brokenOff?: boolean;
  readonly tags?: readonly string[];
  /** The run marks before it that the row is run once more. */
  readonly again?: boolean;
}

const timestamp = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 });

const attachment = (mediaType: string, content: unknown, testCaseStartedId?: string): Envelope =>
  ({
    attachment: {
      body: typeof content === 'string' ? content : JSON.stringify(content),
      contentEncoding: 'IDENTITY',
      mediaType,
      ...(isPicture(mediaType) ? { fileName: 'picture.png' } : {}),
      ...(testCaseStartedId ? { testCaseStartedId } : {}),
    },
  }) as Envelope;

/** The message stream of a run as the runner and the kit write it; `finished: false` is one that was killed. */
export function streamOf(run: Run, rows: readonly Described[], { finished = true } = {}): Envelope[] {
  const pickles = rows.map(({ id, steps = [], tags = [`@${id}`, '@mandatory'] }, index) => ({
    pickle: {
      id: `pickle-${index}`,
      tags: tags.map((name) => ({ name })),
      steps: steps.flatMap(({ text }, place) => (text ? [{ id: `text-${index}-${place}`, text }] : [])),
    },
  }));
  const cases = rows.map(({ steps = [] }, index) => ({
    testCase: {
      id: `case-${index}`,
      pickleId: `pickle-${index}`,
      testSteps: steps.map(({ text }, place) => ({
        id: `step-${index}-${place}`,
        ...(text ? { pickleStepId: `text-${index}-${place}` } : {}),
      })),
    },
  }));
  const runs = rows.flatMap(({ id, story, steps = [], brokenOff, again }, index) => [
    ...(again ? [attachment(media.again, { rows: [id] })] : []),
    {
      testCaseStarted: {
        id: `run-${index}`,
        testCaseId: `case-${index}`,
        timestamp: timestamp(index * 1000),
      },
    },
    ...story.observations.map((one) => attachment(media.observation, one, `run-${index}`)),
    ...steps.map(({ status, message }, place) => ({
      testStepFinished: {
        testCaseStartedId: `run-${index}`,
        testStepId: `step-${index}-${place}`,
        testStepResult: { status, ...(message ? { message } : {}) },
      },
    })),
    ...(brokenOff
      ? []
      : [
          {
            testCaseFinished: { testCaseStartedId: `run-${index}`, timestamp: timestamp(index * 1000 + 400) },
          },
        ]),
  ]);
  return [
    attachment(media.run, run),
    ...pickles,
    ...cases,
    ...runs,
    ...(finished ? [attachment(media.finished, { finishedAt: '2026-03-02T10:05:00.000Z' })] : []),
  ] as Envelope[];
}
