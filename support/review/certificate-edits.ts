import { createHash } from 'node:crypto';
import { type Certificate, upgradedCertificate } from '../judging/index.ts';
import { asWritten } from '../record/disk/carried.ts';
import { rowIdForm } from '../record/row-id.ts';
import { attemptsOf, type Recording } from '../record/stream.ts';
import type { Json } from '../record/vocabulary.ts';
import type { ReportFile } from '../report/index.ts';

/**
 * In what a stored `certification.json` departs from the certificate that its record comes to; a phrase each.
 * `whole: false` looks at the verdicts and what follows from them alone.
 */
export function certificateEdits(text: string, { certificate, whole }: Compared): string[] {
  let stored: Json;
  try {
    stored = upgradedCertificate(JSON.parse(text)) as unknown as Json;
  } catch {
    return ['it is not JSON any more'];
  }
  const own = JSON.parse(JSON.stringify(certificate)) as Json;
  const edits = differences(whole ? stored : essence(stored), whole ? own : essence(own), '');
  return edits.length || !whole ? edits : ['its layout was changed, and nothing of what it says'];
}

/** What a stored view is held against. */
export interface Compared {
  readonly certificate: Certificate;
  readonly whole: boolean;
}

/** In what a stored `certification.html` departs from the one made of the same record; a phrase each. */
export function htmlEdits(page: string, made: string, whole: boolean): string[] {
  const [stored, own] = [partsOf(page), partsOf(made)];
  const edits: string[] = [];
  for (const [row, article] of own.rows) {
    const other = stored.rows.get(row);
    if (other === undefined) edits.push(`the row ${row} is missing`);
    else if (other !== article) edits.push(...rowEdits(row, other, article, whole));
  }
  for (const row of stored.rows.keys()) if (!own.rows.has(row)) edits.push(`the row ${row} was added`);
  if (whole && stored.page !== own.page)
    edits.push(`${shownDifference(stored.page, own.page)}, outside of the rows`);
  return edits.length || !whole ? edits : ['the order of its rows was changed'];
}

/** In what the files of an Allure results folder depart from those made of the same record. */
export function filesEdits(
  stored: ReadonlyMap<string, Uint8Array>,
  made: Iterable<ReportFile>,
  recording: Recording,
): string[] {
  const known = new Set<string>();
  const edits: string[] = [];
  let screenshots: ReadonlyMap<string, string> | null = null;
  for (const { name, content } of made) {
    known.add(name);
    const other = stored.get(name);
    if (other && same(content, other)) continue;
    screenshots ??= screenshotsIn(recording);
    const subject = screenshots.get(digestOf(Buffer.from(content))) ?? rowNamedIn(content);
    edits.push(`${name}${subject} ${other ? 'was changed' : 'is missing'}`);
  }
  return [
    ...edits,
    ...[...stored.keys()].filter((name) => !known.has(name)).map((name) => `${name} was added`),
  ];
}

/** A text says the same with the line ends that a tool on the way gave it. */
const same = (made: ReportFile['content'], stored: Uint8Array): boolean =>
  Buffer.from(made).equals(stored) ||
  (typeof made === 'string' &&
    asWritten(Buffer.from(made)).bytes.equals(asWritten(Buffer.from(stored)).bytes));

/** The verdicts that a row is shown with, in the table and over its evidence. */
const verdictsOf = (row: string): string[] =>
  [...row.matchAll(/data-verdict="([^"]*)"/g)].map(([, verdict]) => verdict!);

function rowEdits(row: string, stored: string, own: string, whole: boolean): string[] {
  const [verdict] = verdictsOf(own);
  const other = verdictsOf(stored).find((one) => one !== verdict);
  if (other !== undefined) return [`the row ${row} says "${other}", but its record results in "${verdict}"`];
  if (!whole) return [];
  const [shown, taken] = [picturesOf(stored), picturesOf(own)];
  const pictures = [...taken].flatMap(([name, png]) => {
    const picture = shown.get(name);
    if (picture === png) return [];
    return [
      `the screenshot ${name} of the row ${row} ${picture === undefined ? 'is missing' : 'is not the one that was taken'}`,
    ];
  });
  return pictures.length ? pictures : [`the row ${row}: ${shownDifference(stored, own)}`];
}

/** What a page says of each row, in its table and in its article, and what is around them. */
function partsOf(page: string): { rows: Map<string, string>; page: string } {
  const rows = new Map<string, string>();
  const rest = page.replace(
    /<article id="([^"]*)"[\s\S]*?<\/article>|<tr data-verdict="[^>]*>\s*<td><a href="#([^"]*)"[\s\S]*?<\/tr>/g,
    (part, inArticle?: string, inTable?: string) => {
      const row = inArticle ?? inTable ?? '';
      rows.set(row, (rows.get(row) ?? '') + part);
      return '';
    },
  );
  return { rows, page: rest };
}

const picturesOf = (article: string): Map<string, string> =>
  new Map(
    [
      ...article.matchAll(
        /<figure id="[^"]*"><a [^>]*><img [^>]*src="([^"]*)"[^>]*><\/a><figcaption>([^<,]*)/g,
      ),
    ].map(([, png, name]) => [name!, png!]),
  );

/** The first place where two texts differ, each with some of what follows. */
function shownDifference(stored: string, own: string): string {
  let at = 0;
  while (at < own.length && stored[at] === own[at]) at++;
  const from = Math.max(own.lastIndexOf('>', at) + 1, at - 40);
  const raw = [stored, own].map((text) => text.slice(from, from + 200));
  const read = raw.map((text) => text.replace(/<[^>]*>?/g, ' ').replace(/\s+/g, ' '));
  const [one, other] = (read[0] === read[1] ? raw : read).map((text) => `"${text.slice(0, 80)}"`);
  return `it says ${one} where its record gives ${other}`;
}

/** What each screenshot of a run is, by its digest. */
const screenshotsIn = ({ rows }: Recording): Map<string, string> =>
  new Map(
    [...rows].flatMap(([id, record]) =>
      attemptsOf(record)
        .flatMap(({ screenshots }) => screenshots)
        .map(({ name, base64 }): [string, string] => [
          digestOf(Buffer.from(base64, 'base64')),
          `, the screenshot ${name} of the row ${id},`,
        ]),
    ),
  );

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const resultOfRow = new RegExp(`"fullName":"[^"]*/(${rowIdForm})"`);

function rowNamedIn(content: string | Uint8Array): string {
  const row = typeof content === 'string' && resultOfRow.exec(content)?.[1];
  return row ? `, the result of the row ${row},` : '';
}

/** What of a certificate must be the same whichever version of the kit computes it. */
function essence(certificate: Json): Json {
  const { run, subject, summary, rows, rules } = membersOf(certificate);
  const { id, kind, upstream, finishedAt, selection, realTime, stream } = membersOf(run);
  const pick = (list: Json | undefined): Json[] =>
    (Array.isArray(list) ? list : []).map((one) => {
      const { id: name, verdict } = membersOf(one);
      return { id: name ?? null, verdict: verdict ?? null };
    });
  const { kind: sort, name, version, driver, display } = membersOf(subject);
  return JSON.parse(
    JSON.stringify({
      run: { id, kind, upstream, finishedAt, selection, realTime, stream },
      subject: { kind: sort, name, version, driver, display },
      summary,
      rows: pick(rows),
      rules: pick(rules),
    }),
  ) as Json;
}

function differences(stored: Json | undefined, own: Json | undefined, path: string): string[] {
  if (JSON.stringify(stored) === JSON.stringify(own)) return [];
  if (Array.isArray(stored) && Array.isArray(own)) {
    const [one, other] = [named(stored), named(own)];
    if (one && other) return membersDiffer(one, other, path);
    return membersDiffer(Object.fromEntries(stored.entries()), Object.fromEntries(own.entries()), path);
  }
  if (isMembers(stored) && isMembers(own)) return membersDiffer(stored, own, path);
  const row = /^rows\.([^.]+)\.verdict$/.exec(path)?.[1];
  if (row) return [`the row ${row} says ${shown(stored)}, but its record results in ${shown(own)}`];
  return [`${path || 'it'} says ${shown(stored)}, but its record results in ${shown(own)}`];
}

function membersDiffer(stored: Members, own: Members, path: string): string[] {
  const names = new Set([...Object.keys(own), ...Object.keys(stored)]);
  const edits = [...names].flatMap((name) =>
    differences(stored[name], own[name], path ? `${path}.${name}` : name),
  );
  return edits.length ? edits : [`the order of ${path || 'its members'} was changed`];
}

/** Rows, rules and findings by what they are called, so that one that was taken out does not shift the others. */
function named(list: readonly Json[]): Members | null {
  const names = list.map((one) => {
    const { id, check } = membersOf(one);
    return typeof id === 'string' ? id : typeof check === 'string' ? check : null;
  });
  if (names.includes(null) || new Set(names).size < names.length) return null;
  return Object.fromEntries(list.map((one, index) => [names[index]!, one]));
}

type Members = { readonly [name: string]: Json };

const isMembers = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (value: Json | undefined): Members => (isMembers(value) ? value : {});

const shown = (value: Json | undefined): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
};
