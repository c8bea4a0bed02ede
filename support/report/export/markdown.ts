import type { Certificate } from '../../judging/index.ts';
import { troubleText } from '../../record/blocked.ts';
import { marked, plain } from '../markdown.ts';

/** One row as Markdown (GitHub's), ready for an issue of the POS's own project. */
export function renderRowMarkdown({ subject, run, rows }: Certificate, id: string): string {
  const row = rows.find((one) => one.id === id)!;
  const said = row.findings.filter(({ outcome }) => outcome !== 'passed');
  return [
    `# ${plain(row.id)}: ${plain(row.title)}`,
    '',
    `${marked(row.verdict)} in the ${run.kind} run ${plain(run.id)} of ${plain(subject.name)} ${plain(subject.version)}, against ${plain(run.upstream)}.`,
    ...(row.why ? ['', plain(row.why)] : []),
    ...said.flatMap(({ check, expected, observed, advice, evidence }) => [
      '',
      `## ${plain(check)}`,
      '',
      `- Expected: ${plain(expected)}`,
      `- Observed: ${plain(observed)}`,
      ...(advice ? [`- What to do: ${plain(advice)}`] : []),
      ...(evidence.length ? [`- Evidence: ${evidence.map(plain).join(', ')}`] : []),
    ]),
    ...row.trouble.flatMap((one) => ['', `- Trouble: ${plain(troubleText(one))}`]),
    '',
    `To reproduce it: \`npm run certify -- --rows ${row.id}${sameAmounts(run)}\` with the same profile.`,
    '',
  ].join('\n');
}

/** The option that draws the amounts of this run again; none where its shards drew theirs from different seeds. */
const sameAmounts = ({ amounts }: Certificate['run']): string =>
  amounts?.seeds.length === 1 ? ` --seed ${amounts.seeds[0]}` : '';
