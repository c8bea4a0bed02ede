import type { Certificate } from '../judging/index.ts';
import { counted } from '../record/counted.ts';
import {
  type Cite,
  gist,
  marked,
  plain,
  renderMarkdownSummary,
  rowsTable,
  short,
  utc,
} from '../report/index.ts';
import {
  type Comparison,
  departures,
  failing,
  type GoneRow,
  onlyPasses,
  type Turn,
  unacceptable,
} from './compare.ts';
import type { SeenFailure } from './known.ts';
import type { Night } from './night.ts';
import { citing, link, links, type Places } from './places.ts';
import type { NightRecord } from './record.ts';

/** how a row's turn is named in a table. */
const turns: Readonly<Record<Turn, string>> = {
  departed: '🔴 not as expected',
  unjudged: '🟠 not judged',
  back: '🟢 back',
  better: '🟢 better',
  known: '🟡 known failure',
  steady: 'as before',
  unreached: 'out of reach here',
};

/** The order in which a reader needs them. */
const answered: readonly Turn[] = ['departed', 'unjudged', 'back', 'better', 'known'];

/** What a certification run came to, for its page on GitHub: the result, what to look at, and every row. */
export function renderRun(
  certificate: Certificate | null,
  trouble: readonly string[],
  places: Places,
): string {
  return [
    ...(certificate ? [] : ['## ⛔ Not judged', '']),
    ...trouble.map((line) => `- ${plain(line)}`),
    '',
    ...(certificate ? certificateOf(certificate, places) : []),
    '',
    links(places),
    '',
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** The same of a night, under what became different since the last one. */
export function renderNight(night: Night, places: Places): string {
  const { certificate, comparison, trouble, last } = night;
  const changes = comparison ? changesTable(comparison, citing(places, nameOf(certificate))) : [];
  return [
    `## ${nightHeadline(night)}`,
    '',
    [comparedWith(night), links(places)].filter(Boolean).join(' · '),
    '',
    ...trouble.map((line) => `- ${plain(line)}`),
    ...goneLines(comparison?.gone ?? []),
    ...knownLines(night),
    ...otherwiseLines(night),
    ...pastLine(night),
    '',
    ...changes,
    '',
    ...(certificate ? certificateOf(certificate, places) : stood(last)),
    '',
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** A night in one line. */
export function nightHeadline({ certificate, comparison, trouble, unknown, code }: Night): string {
  if (!certificate || !comparison) return '⛔ Not judged tonight';
  const departed = departures(comparison.standings);
  const passes = departed.flatMap(([, standing]) => standing.passes ?? []);
  const others = departed.filter(([, standing]) => !onlyPasses(standing)).map(([id]) => id);
  const failed = failing(comparison).filter((id) => departed.every(([one]) => one !== id));
  const red = [
    ...(passes.length
      ? [`${counted(passes.length, 'known failure passes', 'known failures pass')}: ${passes.join(', ')}`]
      : []),
    ...(others.length
      ? [`${counted(others.length, 'mandatory row')} not as expected: ${others.join(', ')}`]
      : []),
    ...(failed.length && !others.length
      ? [`${counted(failed.length, 'row')} failed: ${failed.join(', ')}`]
      : []),
  ];
  if (red.length) return `🔴 ${red.join('; ')}`;
  const open = unknown === null ? [] : unacceptable(comparison);
  if (open.length && !trouble.length)
    return `🟠 Nothing to compare with, and ${counted(open.length, 'mandatory row')} not acceptable: ${open.join(', ')}`;
  if (code === 3) return `🟠 Not judged as a whole${trouble.length ? '' : ' tonight'}`;
  const back = comparison.rows.filter(({ turn }) => turn === 'back');
  if (back.length) return `🟢 Back as expected: ${back.map(({ row }) => row.id).join(', ')}`;
  return '🟢 All rows stand as expected';
}

/** What tonight says of each known failure. */
const knownLines = ({ comparison }: Night): string[] =>
  (comparison?.known ?? []).map(
    ({ check, state, reason, until }) =>
      `- Known failure ${check}: ${knownTexts[state]} (${plain(reason)}; until ${until})`,
  );

const knownTexts: Readonly<Record<SeenFailure['state'], string>> = {
  fails: 'it fails, as expected',
  passes: '🔴 it passes. Take it out of the known failures',
  unseen: 'tonight shows neither that it fails nor that it passes',
  ended: 'it has ended and counts no more. Take it out of the known failures, or give it a later day',
};

/** How the last nights ended, the newest at the end. */
const pastLine = ({ history }: Night): string[] =>
  history.length > 1
    ? [
        `- The last ${history.length} nights: ${history.map(({ code }) => (code === 0 ? '🟢' : code === 1 ? '🔴' : '🟠')).join(' ')}`,
      ]
    : [];

/** What else is not as it was: a change may come from there. */
export const otherwiseLines = ({ comparison }: Night): string[] =>
  (comparison?.otherwise ?? []).map(
    ({ what, was, is }) =>
      `- Also different since the last night: the ${what}, from ${plain(was)} to ${plain(is)}`,
  );

const nameOf = (certificate: Certificate | null): string => certificate?.run.checklist.name ?? '';

function comparedWith({ last, unknown }: Night): string {
  const why = unknown === null ? '' : `, for ${plain(unknown)}`;
  if (!last) return `There is no earlier night to compare with${why}: no row is expected to fail`;
  const compared = `Compared with the night of ${link(utc(last.night.startedAt), last.night.url)}`;
  return why ? `${compared}, but there is no earlier night to compare that with${why}` : compared;
}

/** Rows that were judged before and are not in the certificate, in a line. */
const goneLines = (gone: readonly GoneRow[]): string[] =>
  gone.length
    ? [
        `- ${counted(gone.length, 'row was', 'rows were')} judged before and not tonight: ${gone.map(({ id }) => id).join(', ')}. Run them again with the others, or give the run another name in watch where fewer rows are meant`,
      ]
    : [];

function changesTable({ rows, gone }: Comparison, cite: Cite): string[] {
  const changed = answered.flatMap((turn) => rows.filter((one) => one.turn === turn));
  if (!changed.length && !gone.length) return [];
  return [
    '| Row | Level | Change | Expected | Before | Tonight | Since | First thing to look at |',
    '|---|---|---|---|---|---|---|---|',
    ...changed.map(({ row, turn, expected, last, since }) =>
      [
        '',
        cite(row),
        row.level,
        turns[turn],
        expected ? marked(expected) : '',
        last ? marked(last) : '',
        marked(row.verdict),
        since ? utc(since) : '',
        short(gist(row)),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    ...gone.map((row) => goneCells(row, cite)),
    '',
  ];
}

/** The line of a row of which the certificate says nothing; that it is mandatory is known where it departed. */
const goneCells = ({ expected, verdict, since, ...row }: GoneRow, cite: Cite): string =>
  `| ${cite(row)} | ${expected ? 'mandatory' : ''} | ${expected ? turns.departed : turns.unjudged} | ${marked(expected ?? verdict)} | ${marked(verdict)} | not run | ${utc(since)} | it is not in tonight's certificate |`;

function certificateOf(certificate: Certificate, places: Places): string[] {
  const cite = citing(places, nameOf(certificate));
  return [
    renderMarkdownSummary(certificate, cite),
    `<details><summary>All ${counted(certificate.rows.length, 'row')}</summary>`,
    '',
    ...rowsTable(certificate.rows, cite),
    '',
    '</details>',
  ];
}

/** How the rows stood when they were judged last. */
function stood(last: NightRecord | null): string[] {
  if (!last) return [];
  const counts = Map.groupBy(Object.values(last.rows), ({ verdict }) => verdict);
  return [
    `The verdicts of that night stay what the next one is compared with: ${[...counts]
      .map(([verdict, rows]) => `${rows.length} ${marked(verdict)}`)
      .join(', ')}.`,
  ];
}
