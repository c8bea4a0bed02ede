import type { Result } from '../../checklist/check.ts';
import type { CheckEntry, Row } from '../../checklist/index.ts';
import { capabilitiesUsed, checks, view } from '../../checklists/every-check.ts';
import { aRun, sceneOf } from '../../checklists/payments/stories/scene.ts';
import type { Story } from '../../checklists/payments/stories/story.ts';
import { Evidence } from '../../record/evidence.ts';
import { sentIn } from '../../record/sent.ts';
import type { RowRecord, StepRecord } from '../../record/stream.ts';
import type { Json, Run } from '../../record/vocabulary.ts';
import { type Judgement, judge, judgeAttempts } from '../judge.ts';
import type { Bench } from '../scene.ts';

/** The entry of a check in a catalogue, as the kit has the check. */
export const entryOf = (id: string, more: Partial<CheckEntry> = {}): CheckEntry => {
  const check = checks.get(id);
  if (!check) throw new Error(`There is no check "${id}"`);
  return { id, plane: check.plane, ...more };
};

/** A mandatory row that is judged by these checks. */
export const aRow = (entries: readonly (string | CheckEntry)[], more: Partial<Row> = {}): Row => ({
  id: 'PAC-TEST-01',
  section: 'Test',
  title: 'A row',
  level: 'mandatory',
  clauses: [
    {
      clause: 'It is as it should be',
      checks: entries.map((one) => (typeof one === 'string' ? entryOf(one) : one)),
    },
  ],
  ...more,
});

export const passedStep: StepRecord = { text: 'the POS takes a sale', status: 'PASSED', message: '' };

/** The record of a row that came to its end, but for what is said. */
export const recordOf = (story: Story, more: Partial<RowRecord> = {}): RowRecord => ({
  id: 'PAC-TEST-01',
  observations: story.observations,
  screenshots: [],
  steps: [passedStep],
  startedAt: 0,
  finishedAt: 1000,
  ...more,
});

interface Circumstances {
  readonly run?: Parameters<typeof aRun>[0];
  readonly record?: Partial<RowRecord>;
  readonly optional?: readonly string[];
  /** The other rows of the run. */
  readonly others?: readonly Story[];
}

/** What a check makes of a story. */
export function finding(
  id: string,
  story: Story,
  params: { readonly [name: string]: Json } = {},
  run: Run = aRun(),
): Result {
  const check = checks.get(id);
  if (!check) throw new Error(`There is no check "${id}"`);
  return check.judge(sceneOf(story, run), params);
}

/** Judges a row by what a story tells of it. */
export function judged(row: Row, story: Story, circumstances: Circumstances = {}): Judgement {
  return judge(row, recordOf(story, circumstances.record), benchOf(story, circumstances));
}

/** Judges a row of which there are several attempts; `more` is what the record of each holds besides. */
export const judgedOf = (
  row: Row,
  attempts: readonly Story[],
  more: readonly Partial<RowRecord>[] = [],
  circumstances: Circumstances = {},
): Judgement =>
  judgeAttempts(
    row,
    attempts.map((story, index) => recordOf(story, more[index])),
    benchOf(attempts[0]!, circumstances),
  );

function benchOf(story: Story, { run, optional = [], others = [] }: Circumstances): Bench {
  return {
    run: aRun(run),
    checks,
    view,
    violations: ({ id }) => story.violations.get(id) ?? [],
    everyRow: new Map(
      [story, ...others].map((one, index) => [
        `PAC-TEST-0${index + 1}`,
        sentIn(new Evidence(one.observations), capabilitiesUsed),
      ]),
    ),
    optional: (capability) => optional.includes(capability),
    provoked: () => false,
  };
}
