import {
  type Catalogue,
  type CheckEntry,
  type Checklist,
  type Clause,
  checklists,
  loadCatalogue,
  loadChecklist,
  type Row,
  usualChecklist,
} from '../checklist/index.ts';
import '../checklists/index.ts';
import { counted } from '../record/counted.ts';

/** The pages that are made from the catalogues: for each checklist, how its rows are judged. */
export const rowsPages = (): { path: string; text: string }[] =>
  checklists.map((name) => ({
    path: name === usualChecklist ? 'docs/rows.md' : `docs/${name}.md`,
    text: rowsPage(loadCatalogue(name)),
  }));

/** The page "How each row is judged": every row with its clauses and checks, and the criteria. Markdown. */
function rowsPage(catalogue: Catalogue): string {
  const sections = [...new Set(catalogue.rows.map(({ section }) => section))];
  const usual = catalogue.name === usualChecklist;
  return [
    usual ? '# How each row is judged' : `# ${catalogue.title}`,
    '',
    ...(usual
      ? []
      : [
          catalogue.rows.every(({ level }) => level === 'extra')
            ? 'Rows of the kit’s own, which no certification needs:'
            : 'A checklist of its own, with a certificate of its own:',
          '',
          `    npm run certify -- --checklist ${catalogue.name}`,
          '',
        ]),
    `${catalogue.title}: ${counted(catalogue.rows.length, 'row')}. The expected outcome of each is cut into clauses, and each clause is`,
    'judged by checks with stable ids, on these planes: what the till sends (**wire**), what the API says afterwards,',
    "read by the kit itself (**state**), what the till shows and has recorded (**display**), the API's description",
    '(**contract**), and what a person declares (**declared**). A check fails its row unless it says "should".',
    '',
    'This page is made from the catalogue (`npm run docs`).',
    '',
    '## On every row',
    '',
    table(common(catalogue), loadChecklist(catalogue.name).checks),
    '',
    ...sections.flatMap((section) => [
      `## ${section}`,
      '',
      ...catalogue.rows.filter((row) => row.section === section).flatMap((row) => rowPart(row, catalogue)),
    ]),
    ...thresholds(catalogue.name),
  ].join('\n');
}

/** The thresholds of a checklist: all of the usual one, and of any other those that it has besides. */
function thresholds(checklist: string): string[] {
  const known = loadChecklist(usualChecklist).criteria;
  const usual = checklist === usualChecklist;
  const own = Object.entries(loadChecklist(checklist).criteria).filter(([name]) => usual || !(name in known));
  const others = 'The thresholds are [those of every checklist](rows.md#criteria)';
  if (!own.length) return [`${others}.`, ''];
  return [
    '## Criteria',
    '',
    usual ? 'Every threshold that a verdict rests on.' : `${others}, and these.`,
    '',
    '| criterion | value | why |',
    '|---|---|---|',
    ...own.map(([name, { value, unit, says }]) => `| \`${name}\` | ${value} ${unit} | ${says} |`),
    '',
  ];
}

/** The clauses that stand at the end of every row, or of every payment's. */
function common({ rows, closing }: Catalogue): readonly Clause[] {
  const applied = new Set([...closing.everyRow, ...closing.everyPayment]);
  const clauses = rows
    .flatMap((row) => row.clauses)
    .filter(({ checks: entries }) => entries.every(({ id }) => applied.has(id)));
  return [...new Map(clauses.map((clause) => [clause.clause, clause])).values()];
}

function rowPart(row: Row, catalogue: Catalogue): string[] {
  const shared = new Set(common(catalogue).map(({ clause }) => clause));
  const facts = [
    row.level,
    row.capability ? `needs ${row.capability.split('+').join(' and ')}` : '',
    row.wholeRun ? 'judged from the whole run' : '',
    row.waits ? 'really waits' : '',
    row.api === false ? 'says nothing about the API' : '',
    row.without ? `not judged by ${row.without.map((id) => `\`${id}\``).join(', ')}` : '',
  ].filter(Boolean);
  return [
    `### ${row.id}: ${row.title}`,
    '',
    `${facts.join(' · ')}`,
    '',
    ...(row.notes ? [`> ${row.notes.trim()}`, ''] : []),
    row.unbuilt
      ? 'The kit does not judge this row yet: it ends as `incomplete`.'
      : table(
          row.clauses.filter(({ clause }) => !shared.has(clause)),
          loadChecklist(catalogue.name).checks,
        ),
    '',
  ];
}

function table(clauses: readonly Clause[], checks: Checklist['checks']): string {
  const line = (clause: string, entry: CheckEntry): string =>
    `| ${clause} | \`${entry.id}\` | ${entry.plane}${entry.severity === 'should' ? ' (should)' : ''}${entry.subject === 'api' ? ' (API runs)' : ''} | ${checks.get(entry.id)?.fault ?? ''} |`;
  return [
    '| clause | check | plane | whose fault |',
    '|---|---|---|---|',
    ...clauses.flatMap(({ clause, checks: entries }) =>
      entries.map((entry, place) => line(place ? '' : clause, entry)),
    ),
  ].join('\n');
}
