import type { Certificate } from '../../judging/index.ts';
import type { Decided, DecidedRow } from '../../report/index.ts';
import { type Request, withAnswers } from '../requests.ts';
import type { Review, SettledRow, Settlement } from './decision.ts';

/** A review as the certificate's page shows it beside the kit's verdicts. */
export function decidedBy(
  settlement: Settlement,
  { comments = [] }: Review,
  requests: readonly Request[] = [],
): Decided {
  const { rows, result, ignored } = settlement;
  return {
    requests: withAnswers(requests, settlement),
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
  refused: 'waiver refused',
};

function wordOf({ row, settled, decision }: SettledRow): [Certificate['rows'][number]['id'], DecidedRow][] {
  if (!decision) return [];
  const { by, at, reason, from } = decision;
  const word = 'lastDay' in decision ? `${words[settled]}, last day ${decision.lastDay}` : words[settled];
  return [[row, { word, by, at, reason, ...(from === undefined ? {} : { from }) }]];
}
