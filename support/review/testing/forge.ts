import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { Chain, linkLine } from '../../record/chain.ts';
import { runId } from '../../record/disk/run-folder.ts';
import { readStream } from '../../record/disk/stored-stream.ts';
import { digestOfProfile } from '../../record/profile-record.ts';
import { media } from '../../record/stream.ts';
import type { Exchange, Headers, Json, Observation, Run } from '../../record/vocabulary.ts';
import { renderJson } from '../../report/index.ts';
import { contractFrom } from '../../run/contract.ts';
import { runRows, selectRows } from '../../run/run.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { type Files, zipOf } from '../bundle/archive.ts';
import { payloads, signed } from '../bundle/envelope.ts';
import { KeyStore, type Role } from '../bundle/keys.ts';
import { digestsOf, type Statement, statementOf } from '../bundle/statement.ts';
import { judgeAgain } from '../judge-again.ts';

export const folder = temporaryFolder();
export const contract = contractFrom(undefined);

/** The lines of a record, without their line feeds. */
export type Lines = readonly string[];

/** The people of the story, each with keys of their own. */
export const people = Object.fromEntries(
  ['partner', 'reviewer', 'stranger'].map((name) => [name, new KeyStore(join(folder, name))]),
) as Record<'partner' | 'reviewer' | 'stranger', KeyStore>;
for (const role of ['partner', 'reviewer'] as const) {
  people.partner.make('Acme Tills', role);
  people.stranger.make('Acme Tills', role);
}
people.reviewer.make('R. Viewer', 'reviewer');
export const pinned = join(folder, 'acme.json');
writeFileSync(pinned, JSON.stringify(people.partner.signer('partner').identity));
people.reviewer.pin(pinned);

/** Runs two rows on the headless till against the simulator, and reads what was recorded. */
export async function recorded(): Promise<{ out: string; lines: string[] }> {
  const out = mkdtempSync(join(folder, 'run-'));
  const checklist = loadChecklist();
  await runRows({
    profile: loadProfile(builtIn.headless),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: selectRows(checklist, ['PAC-SALE-01', 'PAC-SALE-05'], null),
    checklist,
    contract,
    workers: 0,
    fast: false,
    allure: false,
    out,
    id: runId(),
    say: () => {},
  });
  return { out, lines: readStream(out).lines.map(({ bytes }) => Buffer.from(bytes).toString().slice(0, -1)) };
}

/** How a bundle is made of a forged record. */
export interface Sealing {
  readonly certificate?: (text: string) => string;
  readonly statement?: (statement: Statement) => unknown;
  readonly key?: { readonly of: KeyStore; readonly role: Role };
}

export const text = (lines: Lines): string => lines.map((line) => `${line}\n`).join('');

export function chainOf(lines: Lines): string {
  const chain = new Chain();
  return lines.map((line) => linkLine(chain.take(Buffer.from(`${line}\n`)))).join('');
}

/**
 * The files of a bundle as a partner makes it who chains each record again, computes its certificate anew, and signs
 * that: whatever lies in it, it agrees with itself.
 */
export function sealed(
  parts: readonly Lines[],
  { certificate: change = (whole) => whole, statement: say, key }: Sealing = {},
): Files {
  const place = mkdtempSync(join(folder, 'sealed-'));
  const records = parts.map((lines, index): [string, Buffer][] => {
    const name = `record/${index + 1}`;
    const files = new Map([
      [`${name}/messages.ndjson`, Buffer.from(text(lines))],
      [`${name}/messages.chain`, Buffer.from(chainOf(lines))],
    ]);
    mkdirSync(join(place, name), { recursive: true });
    for (const [file, bytes] of files) writeFileSync(join(place, file), bytes);
    return [...files];
  });
  const one = (count: number) =>
    judgeAgain(
      parts.slice(0, count).map((_, index) => readStream(join(place, `record/${index + 1}`))),
      contract,
    );
  let again: ReturnType<typeof one>;
  try {
    again = one(parts.length);
  } catch {
    // What can't be put together has the certificate of its first part.
    again = one(1);
  }
  const { identity, privateKey } = (key?.of ?? people.partner).signer(key?.role ?? 'partner');
  const files: Files = new Map([
    ...records.flat(),
    ['certification.json', Buffer.from(change(renderJson(again.certificate).content.toString()))],
    [`contract/${basename(contract.source)}`, Buffer.from('openapi: 3.0.0\n')],
    ['signer.json', Buffer.from(`${JSON.stringify(identity, null, 2)}\n`)],
  ]);
  const statement = statementOf(digestsOf(files), again.certificate, again.recording, []);
  say?.(statement);
  const envelope = signed(Buffer.from(JSON.stringify(statement)), payloads.statement, {
    identity,
    privateKey,
  });
  return new Map([...files, ['statement.sigstore.json', Buffer.from(JSON.stringify(envelope, null, 2))]]);
}

/** The bundle with other files; `null` takes one out. */
export function withFiles(
  files: Files,
  others: Readonly<Record<string, string | Uint8Array | null>>,
): Uint8Array {
  const all = new Map(files);
  for (const [name, content] of Object.entries(others)) {
    if (content === null) all.delete(name);
    else all.set(name, Buffer.from(content as string));
  }
  return zipOf(all);
}

export const textOf = (files: Files, name: string): string => Buffer.from(files.get(name)!).toString();

const envelopeOf = (line: string): Envelope => JSON.parse(line) as Envelope;

/** The record with another body in each attachment of this kind; `null` takes the line out. */
function withBodies<Body>(
  lines: Lines,
  mediaType: string,
  change: (body: Body, row: number) => Body[],
): string[] {
  const rows: string[] = [];
  return lines.flatMap((line) => {
    const envelope = envelopeOf(line);
    if (envelope.testCaseStarted) rows.push(envelope.testCaseStarted.id);
    const { attachment } = envelope;
    if (attachment?.mediaType !== mediaType) return [line];
    const row = rows.indexOf(attachment.testCaseStartedId ?? '');
    return change(JSON.parse(attachment.body) as Body, row).map((body) =>
      JSON.stringify({ attachment: { ...attachment, body: JSON.stringify(body) } }),
    );
  });
}

type Change = Partial<Omit<Run, 'pos'>> & { readonly pos?: Partial<Run['pos']> };

export const withRun = (lines: Lines, change: (run: Run) => Change): string[] =>
  withBodies<Run>(lines, media.run, (run) => {
    const { pos, ...others } = change(run);
    return [{ ...run, ...others, pos: { ...run.pos, ...pos } }];
  });

export const withObservations = (
  lines: Lines,
  change: (observation: Observation, row: number, place: number) => Observation[],
): string[] => {
  let place = 0;
  return withBodies<Observation>(lines, media.observation, (one, row) => change(one, row, place++));
};

/** With other exchanges, by their places among all. */
export const withExchanges = (
  lines: Lines,
  change: (exchange: Exchange, place: number, row: number) => Exchange[],
): string[] => {
  let place = 0;
  return withObservations(lines, (one, row) => {
    if (one.kind !== 'exchange' && one.kind !== 'state') return [one];
    return change(one.exchange, place++, row).map((exchange) => ({ ...one, exchange }));
  });
};

/** With all wall times of its second row, and of the end, moved by so much, in ms. */
export function withClockMoved(lines: Lines, ms: number): string[] {
  const moved = (time: string) => new Date(Date.parse(time) + ms).toISOString();
  let row = -1;
  const second = withExchanges(lines, (one, _, at) => [
    at === 1 ? { ...one, startedAt: moved(one.startedAt) } : one,
  ]);
  return withFinish(second, moved).map((line) => {
    const envelope = envelopeOf(line);
    if (envelope.testCaseStarted) row++;
    const event = row === 1 ? (envelope.testCaseStarted ?? envelope.testCaseFinished) : undefined;
    if (!event) return line;
    Object.assign(event.timestamp, { seconds: event.timestamp.seconds + ms / 1000 });
    return JSON.stringify(envelope);
  });
}

export const withFinish = (lines: Lines, change: (time: string) => string): string[] =>
  withBodies<{ finishedAt: string }>(lines, media.finished, ({ finishedAt }) => [
    { finishedAt: change(finishedAt) },
  ]);

/** With the upstream's `Date` moved by so much, in the rows from one on. */
export const withDateMoved = (lines: Lines, ms: number, from = 0): string[] =>
  withExchanges(lines, (one, _, row) => [
    row < from
      ? one
      : withHeaders(one, (name, value) =>
          /^date$/i.test(name) ? new Date(Date.parse(value) + ms).toUTCString() : value,
        ),
  ]);

function withHeaders(one: Exchange, change: (name: string, value: string) => string | null): Exchange {
  const changed = (headers: Headers): Headers =>
    headers.flatMap(([name, value]) => {
      const other = change(name, value);
      return other === null ? [] : [[name, other] as [string, string]];
    });
  return {
    ...one,
    request: { ...one.request, headers: changed(one.request.headers) },
    response: one.response && { ...one.response, headers: changed(one.response.headers) },
  };
}

/** With a profile of this content, whole again. */
export const profileOf = (content: Json): NonNullable<Run['profile']> => ({
  sha256: digestOfProfile(content),
  content,
});

const day = 86_400_000;

/**
 * The same record made up as that of a POS in a browser against the sandbox, with nothing left that contradicts it:
 * whoever has the kit's sources can do that. Each attack on it adds one mistake.
 */
export function madeUp(lines: Lines): string[] {
  const stripped = withExchanges(lines, (exchange) => {
    const { accountTime: _, ...one } = exchange;
    return [
      withHeaders(one, (name, value) =>
        name === 'x-account-time' ? null : name === 'reseller-id' ? 'acme-reseller' : value,
      ),
    ];
  });
  const facts = withObservations(stripped, (one) =>
    one.kind === 'fact' && /^card-machine-(?:put|screen)$/.test(one.name) ? [] : [one],
  );
  return withRun(facts, (run) => {
    const near = (days: number) => new Date(Date.parse(run.startedAt) + days * day).toISOString();
    const { driver: _, ...content } = run.profile!.content as { [name: string]: Json };
    return {
      why: [],
      subject: 'pos',
      realTime: true,
      upstream: 'https://api.dojo.tech',
      browser: 'Chromium 140.0',
      environment: {
        ...run.environment!,
        extraAuthorities: false,
        commandLine: ['certify', '--profile', 'acme.yaml', '--upstream', 'sandbox'],
      },
      profile: profileOf({ ...content, name: 'Acme Till', version: '3.1', driver: { kind: 'browser' } }),
      serverCertificate: {
        subject: 'CN=dojo.tech',
        issuer: 'C=US\nO=An Authority\nCN=R11',
        validFrom: near(-30),
        validTo: near(60),
        fingerprint256: 'AA',
        names: 'DNS:dojo.tech, DNS:*.dojo.tech',
      },
      pos: { name: 'Acme Till', version: '3.1', driver: 'browser', display: 'observed', clock: 'real' },
    };
  });
}
