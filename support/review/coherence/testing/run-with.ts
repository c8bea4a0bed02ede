import { digestOfProfile } from '../../../record/profile-record.ts';
import type { Recording, RowRecord } from '../../../record/stream.ts';
import type { CoherenceCode } from '../../../record/verify-codes.ts';
import type { Exchange, Json, Observation, Run } from '../../../record/vocabulary.ts';
import { sample } from '../../../report/sample.ts';
import { coherenceOf, type Known } from '../index.ts';

/** This kit, and what it has. */
export const known: Known = {
  kit: { name: 'dojo-conformance', version: '1.0.0', commit: 'abc', digest: 'd'.repeat(64) },
  contract: sample().recording.run.contract.sha256,
  served: null,
  checklist: { rows: [], sha256: 'c'.repeat(64), criteria: {} as never },
};

export const start = Date.parse('2026-11-21T10:12:00.000Z');
export const minute = 60_000;

/** How an honest run departs from the plainest one. */
export interface Circumstances {
  readonly run?: Partial<Run> & { readonly pos?: Partial<Run['pos']> };
  readonly finishedAt?: string | null;
  /** Wall time beside the monotonic clock, from a moment (ms of monotonic time) on, in ms. */
  readonly wall?: (at: number) => number;
  /** The upstream's clock beside the true time, from a moment on, in ms. */
  readonly date?: (at: number) => number;
  readonly exchange?: (exchange: Exchange, index: number) => Exchange;
  readonly rows?: (rows: Map<string, RowRecord>) => void;
}

const plain = (at: number, wall: number, date: number, index: number): Exchange => ({
  id: `x-1-${index}`,
  from: 'subject',
  to: 'dojo',
  channel: 'http',
  request: { method: 'GET', target: '/terminals', headers: [], body: null },
  response: {
    status: 200,
    headers: [['Date', new Date(Math.floor((start + at + date) / 1000) * 1000).toUTCString()]],
    body: null,
  },
  at,
  until: at + 100,
  startedAt: new Date(start + at + wall).toISOString(),
});

/** A run against the sandbox, with an exchange each minute for eight minutes, in two rows. */
export function runWith({
  run = {},
  finishedAt,
  wall,
  date,
  exchange,
  rows: change,
}: Circumstances = {}): Recording {
  const observations = [0, 1, 2, 3, 4, 5, 6, 7].map((index): Observation => {
    const at = 1000 + index * minute;
    const made = plain(at, wall?.(at) ?? 0, date?.(at) ?? 0, index);
    return { kind: 'exchange', exchange: exchange?.(made, index) ?? made };
  });
  const row = (id: string, from: number, to: number): [string, RowRecord] => [
    id,
    {
      id,
      observations: observations.slice(from, to),
      screenshots: [],
      steps: [],
      startedAt: start + from * minute + (wall?.(from * minute) ?? 0),
      finishedAt: start + to * minute + (wall?.(to * minute) ?? 0),
    },
  ];
  const rows = new Map([row('PAC-SALE-01', 0, 4), row('PAC-SALE-02', 4, 8)]);
  change?.(rows);
  const { run: usual } = sample().recording;
  return {
    run: {
      ...usual,
      id: '20261121-101159',
      startedAt: new Date(start + (wall?.(0) ?? 0)).toISOString(),
      monotonic: 0,
      selection: ['PAC-SALE-01', 'PAC-SALE-02'],
      subject: 'pos',
      realTime: true,
      upstream: 'https://api.dojo.tech',
      why: [],
      serverCertificate: {
        subject: 'CN=dojo.tech',
        issuer: 'C=US\nO=An Authority\nCN=R11',
        validFrom: '2026-10-01T00:00:00.000Z',
        validTo: '2027-01-01T00:00:00.000Z',
        fingerprint256: 'AA',
        names: 'DNS:dojo.tech, DNS:*.dojo.tech',
      },
      browser: 'Chromium 140.0',
      environment: {
        commandLine: ['certify', '--profile', 'acme.yaml', '--upstream', 'sandbox'],
        nodeOptionsCleared: false,
        extraAuthorities: false,
        unverifiedServers: false,
      },
      ...run,
      pos: {
        ...usual.pos,
        name: 'Acme Till',
        driver: 'browser',
        display: 'observed',
        clock: 'real',
        ...run.pos,
      },
    },
    rows,
    finishedAt:
      finishedAt === undefined
        ? new Date(start + 9 * minute + (wall?.(9 * minute) ?? 0)).toISOString()
        : finishedAt,
    streams: [{ envelopes: 1, head: 'a'.repeat(64) }],
  };
}

/** As older kits kept it. */
export const certificate: NonNullable<Run['serverCertificate']> = {
  subject: 'CN=dojo.tech',
  issuer: 'CN=R11',
  validFrom: '2026-10-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  fingerprint256: 'AA',
};

export const withHeaders = (exchange: Exchange, headers: [string, string][]): Exchange => ({
  ...exchange,
  response: { ...exchange.response!, headers },
});

export const practice = ['the upstream is a simulator'];

/** Without the certificate that only the sandbox shows. */
export function practised(run: Partial<Run>): Recording {
  const recording = runWith({ run: { why: practice, ...run } });
  const { serverCertificate: _, environment: __, ...rest } = recording.run;
  return { ...recording, run: rest };
}

/** A part of a run that was parted: `index` of two, with one of its rows. */
export function part(index: number, run: Partial<Run> = {}): Recording {
  const recording = runWith({ run: { shard: { index, of: 2 }, ...run } });
  const id = `PAC-SALE-0${index}`;
  const row = recording.rows.get(id)!;
  return {
    ...recording,
    run: { ...recording.run, ...run, selection: [id] },
    rows: new Map([[id, row]]),
  };
}
export const together = (...parts: Recording[]): Recording => ({ ...parts[0]!, parts });
export const withShards = {
  ...known,
  checklist: { ...known.checklist, rows: ['PAC-SALE-01', 'PAC-SALE-02'].map((id) => ({ id })) as never },
};

/** A run with this profile in its record. */
export function profiled(
  change: Record<string, Json> = {},
  pos: Partial<Run['pos']> = {},
  sha256?: string,
): Recording {
  const { pos: own } = runWith().run;
  const content = {
    name: 'Acme Till',
    version: own.version,
    apiVersion: own.apiVersion,
    capabilities: [...own.capabilities],
    declared: { ...own.declared },
    driver: { kind: 'browser' },
    ...change,
  };
  return runWith({
    run: {
      profile: { sha256: sha256 ?? digestOfProfile(content), content },
      pos: { undeclared: [], ...pos } as never,
    },
  });
}
export const environment = runWith().run.environment!;
export const asked = (...commandLine: string[]): Partial<Run> => ({
  environment: { ...environment, commandLine: ['certify', ...commandLine] },
});
export const observed = (
  one: Observation | readonly Observation[],
  run: Parameters<typeof runWith>[0] = {},
): Recording =>
  runWith({
    ...run,
    rows: (rows) => {
      const row = rows.get('PAC-SALE-01')!;
      rows.set('PAC-SALE-01', { ...row, observations: [...row.observations, ...[one].flat()] });
    },
  });

export const codes = (recording: Recording): CoherenceCode[] => [
  ...new Set(coherenceOf(recording, withShards).contradictions.map(({ code }) => code)),
];

/** From the fourth minute on. */
export const later =
  (ms: number) =>
  (at: number): number =>
    at > 3.5 * minute ? ms : 0;
