import { amountsBy, checklists, loadChecklist } from '../checklist/index.ts';
import type { Certificate } from '../judging/index.ts';
import type { Amounts } from '../record/amounts.ts';

/** The amounts that the rows of a run drew; none where its record names no seed, or several, or another checklist. */
export function drawnIn({ run }: Certificate): (row: string) => Amounts {
  const [seed, ...others] = run.amounts?.seeds ?? [];
  if (seed === undefined || others.length || !checklists.includes(run.checklist.name)) return () => ({});
  const checklist = loadChecklist(run.checklist.name);
  return (row) => amountsBy(seed, checklist).get(row) ?? {};
}
