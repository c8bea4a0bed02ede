import type { Certificate } from '../../judging/index.ts';
import type { Decided, DecidedRow } from '../../report/index.ts';
import type { Review, SettledRow, Settlement } from './decision.ts';

/** A review as the certificate's page shows it beside the kit's verdicts. */
export function decidedBy({ rows, result, ignored }: Settlement, { comments = [] }: Review): Decided {
  return {
    result,
    ignored,
    rows: new Map(rows.flatMap((row) => wordOf(row))),
    comments: Map.groupBy(comments, ({ row }) => row),
  };
}

const words: Readonly<Record<SettledRow['settled'], string>> = {
  'as judged': 'as judged',
  accepted: 'accepted',
  rejected: 'rejected',
  asked: 'the partner is asked again',
  waived: 'waived',
};

function wordOf({ row, settled, decision }: SettledRow): [Certificate['rows'][number]['id'], DecidedRow][] {
  if (!decision) return [];
  const { by, at, reason, from } = decision;
  const word = 'until' in decision ? `${words[settled]} until ${decision.until}` : words[settled];
  return [[row, { word, by, at, reason, ...(from === undefined ? {} : { from }) }]];
}
