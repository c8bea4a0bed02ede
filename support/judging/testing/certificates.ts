import '../../checklists/index.ts';
import { type Checklist, loadChecklist, type Row } from '../../checklist/index.ts';
import { aRun } from '../../checklists/payments/stories/scene.ts';
import { aPaidSale } from '../../checklists/payments/stories/situations.ts';
import type { StreamHead } from '../../record/chain.ts';
import type { RowRecord } from '../../record/stream.ts';
import type { Run } from '../../record/vocabulary.ts';
import { type Certificate, certify } from '../index.ts';
import { aRow, recordOf } from './bench.ts';

export const check = 'no-cancel-sent';

export const rowOf = (id: string, more: Partial<Row> = {}): Row => aRow([check], { id, ...more });

export const stories = {
  passed: () => aPaidSale().expect(check),
  failed: () => aPaidSale().cancel().expect(check),
  warning: () => aPaidSale().expect('terminals-listed'),
  blocked: () => aPaidSale().expect(check).trouble(),
  incomplete: () => aPaidSale(),
  missing: null,
} as const;

export type StoryName = keyof typeof stories;

export const checklistWith = (rows: readonly Row[], more: Partial<Checklist> = {}): Checklist => ({
  ...loadChecklist(),
  name: 'pay-at-counter',
  title: 'Checklist',
  source: 'https://docs.example',
  sha256: 'c0ffee',
  rows,
  rules: [],
  closing: { everyRow: [], everyPayment: [] },
  ...more,
});

export interface Given {
  readonly rows?: readonly Row[];
  readonly checklist?: Partial<Checklist>;
  readonly run?: Partial<Omit<Run, 'pos'>> & { pos?: Partial<Run['pos']> };
  readonly finishedAt?: string | null;
  readonly streams?: readonly StreamHead[];
}

/** The certificate of a run whose rows ended so. */
export function certificateOf(reported: Readonly<Record<string, StoryName>>, given: Given = {}): Certificate {
  const rows = given.rows ?? Object.keys(reported).map((id) => rowOf(id));
  const records = Object.entries(reported).flatMap(([id, how]): [string, RowRecord][] => {
    const story = stories[how];
    return story ? [[id, recordOf(story(), { id, startedAt: 5000, finishedAt: 6000 })]] : [];
  });
  return certify({
    recording: {
      run: aRun({ selection: Object.keys(reported), ...given.run }),
      rows: new Map(records),
      finishedAt: given.finishedAt === undefined ? '2026-03-02T10:05:00.000Z' : given.finishedAt,
      streams: given.streams ?? [],
    },
    checklist: checklistWith(rows, given.checklist),
    violations: () => [],
  });
}

export const verdictsOf = ({ rows }: Certificate) =>
  Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict]));
