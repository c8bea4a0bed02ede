import { counted } from '../record/counted.ts';
import { gist, marked, plain, short, utc } from '../report/index.ts';
import { departures, onlyPasses, unacceptable } from './compare.ts';
import type { Night } from './night.ts';
import { citing, link, links, type Places } from './places.ts';
import type { Judged, Standing } from './record.ts';
import { otherwiseLines } from './summary.ts';

/** What is to be done about the issue of a watch. */
export type IssueMove =
  | { readonly do: 'nothing' }
  | { readonly do: 'open'; readonly title: string; readonly body: string }
  | {
      readonly do: 'update';
      readonly number: number;
      readonly title: string;
      readonly body: string;
      /** Sent to those who follow it; `null` when nothing is new. */
      readonly comment: string | null;
    }
  | { readonly do: 'comment'; readonly number: number; readonly comment: string }
  | { readonly do: 'close'; readonly number: number; readonly comment: string };

/** What is watched: a name, which labels the issue, and the branch whose nights are compared. */
export interface Watch {
  readonly name: string;
  readonly branch: string;
  /** In how many of the remembered nights a row must be red before an issue is opened about it. */
  readonly alarm: number;
}

/** By this its issue is known again among those with the label. */
export const markOf = ({ name, branch }: Watch): string => `<!-- ${name} of ${branch} -->`;

/**
 * One issue is open exactly as long as mandatory rows stand otherwise than expected. A night that was not judged
 * neither opens nor closes it, nor does one of which nobody knows how the rows stood before: the issue may be about any
 * of them. `open` is the number of the one that is open; none is opened before a row was red in as many nights as
 * `alarm` says.
 */
export function planIssue(night: Night, watch: Watch, open: number | null, places: Places): IssueMove {
  const { certificate, comparison, last, trouble, unknown } = night;
  if (!certificate || !comparison) {
    if (open === null || (unknown === null && !departures(last?.rows ?? {}).length)) return { do: 'nothing' };
    const comment = `${sentence('Not judged tonight, so this stays open', places)}\n\n${trouble.map((line) => `- ${plain(line)}`).join('\n')}\n`;
    return { do: 'comment', number: open, comment };
  }
  const all = departures(comparison.standings);
  const departed = open === null ? all.filter(([id]) => redNights(night, id) >= watch.alarm) : all;
  if (open !== null && unknown !== null) {
    if (!last) return { do: 'comment', number: open, comment: keptOpen(night, unknown, places) };
    // The night before has reported it.
    if (!departed.length && night.code !== 0) return { do: 'nothing' };
  }
  const before = departures(last?.rows ?? {});
  const returned = before.filter(([id]) => !comparison.standings[id]?.expected).map(([id]) => id);
  if (!departed.length) {
    if (open === null) return { do: 'nothing' };
    const rows = returned.length
      ? `back as expected: ${returned.join(', ')}`
      : 'every mandatory row stands as expected';
    return { do: 'close', number: open, comment: `${sentence(`🟢 Closed, for tonight ${rows}`, places)}\n` };
  }
  const title = `${watch.name}: ${titleOf(departed)}`;
  const body = bodyOf(night, departed, places, watch);
  if (open === null) return { do: 'open', title, body };
  const fresh = departed
    .filter(([id, { verdict }]) => !last?.rows[id]?.expected || last.rows[id].verdict !== verdict)
    .map(([id]) => id);
  const news = [
    ...(fresh.length ? [`changed: ${fresh.join(', ')}`] : []),
    ...(returned.length ? [`back as expected: ${returned.join(', ')}`] : []),
  ].join('; ');
  return {
    do: 'update',
    number: open,
    title,
    body,
    comment: news ? `${sentence(`Tonight ${news}`, places)}\n` : null,
  };
}

/** Why an issue stays open though nothing tonight can be compared with what it is about. */
function keptOpen({ comparison }: Night, unknown: string, places: Places): string {
  const departed = departures(comparison!.standings).map(([id]) => id);
  const open = unacceptable(comparison!).filter((id) => !departed.includes(id));
  return [
    `${sentence('This stays open: it is not known how the rows stood before', places)}`,
    '',
    `- There is no earlier night to compare with, for ${plain(unknown)}.`,
    ...(departed.length ? [`- Not as expected tonight: ${departed.join(', ')}.`] : []),
    ...(open.length ? [`- Mandatory and not acceptable tonight: ${open.join(', ')}.`] : []),
    '- Close it by hand to accept how the rows stand: the next nights then expect that.',
    '',
  ].join('\n');
}

type Departed = readonly (readonly [id: string, standing: Standing & { readonly expected: Judged }])[];

/** An optional row is among them only where a known failure of it passes. */
const countedRows = (departed: Departed): string =>
  counted(departed.length, departed.some(([, { passes }]) => passes) ? 'row' : 'mandatory row');

/** In how many of the remembered nights a row stood otherwise than expected. */
const redNights = ({ history }: Night, id: string): number =>
  history.filter(({ red }) => red.includes(id)).length;

function titleOf(departed: Departed): string {
  const [[id, standing]] = departed as [Departed[number]];
  if (departed.length === 1)
    return onlyPasses(standing)
      ? `known failure passes: ${standing.passes?.join(', ')}`
      : `${id} was ${standing.expected} and is ${standing.verdict}`;
  const shown = departed.slice(0, 5).map(([one]) => one);
  return `${countedRows(departed)} are not as expected: ${shown.join(', ')}${departed.length > shown.length ? ', …' : ''}`;
}

function bodyOf(night: Night, departed: Departed, places: Places, watch: Watch): string {
  const { certificate, last } = night;
  const { run, rows } = certificate!;
  const cite = citing(places, run.checklist.name);
  return [
    `The run of ${utc(run.startedAt)} on ${plain(watch.branch)} against ${plain(run.upstream)} found ${countedRows(departed)} otherwise than expected.`,
    '',
    '| Row | Title | Expected | Now | Since | Red nights | First thing to look at |',
    '|---|---|---|---|---|---|---|',
    ...departed.map(([id, standing]) => {
      const { title, expected, verdict, since, passes } = standing;
      const row = rows.find((one) => one.id === id);
      const look = row?.verdict === verdict ? short(gist(row)) : 'not judged tonight';
      const seen = [
        ...(passes ? [`passes, so take it out of the known failures: ${passes.join(', ')}`] : []),
        ...(onlyPasses(standing) ? [] : [look]),
      ].join('; ');
      const red = `${redNights(night, id)} of ${night.history.length}`;
      return `| ${cite({ id, title })} | ${short(title)} | ${marked(expected)} | ${marked(verdict)} | ${utc(since)} | ${red} | ${seen} |`;
    }),
    '',
    ...otherwiseLines(night),
    '',
    [links(places), ...(last ? [link(`night before, ${utc(last.night.startedAt)}`, last.night.url)] : [])]
      .filter(Boolean)
      .join(' · '),
    '',
    'Open the certificate to see what was expected, what was observed and what to do. This issue closes by itself once ' +
      'these rows are as expected again. Close it by hand to accept how they stand: the next nights then expect that.',
    '',
    markOf(watch),
    '',
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

const sentence = (text: string, places: Places): string => `${text}. ${links(places)}`.trim();
