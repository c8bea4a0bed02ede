import { type Catalogue, type CheckEntry, type Clause, criteria, type Row } from '../checklist/index.ts';
import { checks } from '../verdict/index.ts';

/** The page "How each row is judged": every row with its clauses and checks, and the criteria. Markdown. */
export function rowsPage(catalogue: Catalogue): string {
  const sections = [...new Set(catalogue.rows.map(({ section }) => section))];
  return [
    '# How each row is judged',
    '',
    `${catalogue.title}: ${catalogue.rows.length} rows. The expected outcome of each is cut into clauses, and each clause is`,
    'judged by checks with stable ids, on these planes: what the till sends (**wire**), what the API says afterwards,',
    "read by the kit itself (**state**), what the till shows and has recorded (**display**), the API's description",
    '(**contract**), and what a person declares (**declared**). A check fails its row unless it says "should".',
    '',
    'This page is made from the catalogue (`npm run docs`).',
    '',
    '## On every row',
    '',
    table(common(catalogue)),
    '',
    ...sections.flatMap((section) => [
      `## ${section}`,
      '',
      ...catalogue.rows.filter((row) => row.section === section).flatMap((row) => rowPart(row, catalogue)),
    ]),
    '## Criteria',
    '',
    'Every threshold that a verdict rests on.',
    '',
    '| criterion | value | why |',
    '|---|---|---|',
    ...Object.entries(criteria).map(
      ([name, { value, unit, says }]) => `| \`${name}\` | ${value} ${unit} | ${says} |`,
    ),
    '',
  ].join('\n');
}

/** The clauses that stand at the end of every payment's row. */
function common({ rows }: Catalogue): readonly Clause[] {
  const [first, ...others] = rows.filter(({ payment }) => payment);
  return first!.clauses.filter(({ clause }) =>
    others.every(({ clauses }) => clauses.some((one) => one.clause === clause)),
  );
}

function rowPart(row: Row, catalogue: Catalogue): string[] {
  const shared = new Set(common(catalogue).map(({ clause }) => clause));
  const facts = [
    row.level,
    row.capability ? `needs ${row.capability.split('+').join(' and ')}` : '',
    row.wholeRun ? 'judged from the whole run' : '',
    row.waits ? 'really waits' : '',
    row.api === false ? 'says nothing about the API' : '',
  ].filter(Boolean);
  return [
    `### ${row.id}: ${row.title}`,
    '',
    `${facts.join(' · ')}`,
    '',
    ...(row.notes ? [`> ${row.notes.trim()}`, ''] : []),
    table(row.clauses.filter(({ clause }) => !shared.has(clause))),
    '',
  ];
}

function table(clauses: readonly Clause[]): string {
  const line = (clause: string, entry: CheckEntry): string =>
    `| ${clause} | \`${entry.id}\` | ${entry.plane}${entry.severity === 'should' ? ' (should)' : ''} | ${checks.get(entry.id)?.fault ?? ''} |`;
  return [
    '| clause | check | plane | whose fault |',
    '|---|---|---|---|',
    ...clauses.flatMap(({ clause, checks: entries }) =>
      entries.map((entry, place) => line(place ? '' : clause, entry)),
    ),
  ].join('\n');
}
