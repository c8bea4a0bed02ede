import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Recording, RowRecord } from '../record/stream.ts';
import type { Exchange, Observation, Run } from '../record/vocabulary.ts';
import { sample } from '../report/sample.ts';
import { type CoherenceCode, coherenceOf } from './coherence.ts';

const start = Date.parse('2026-11-21T10:12:00.000Z');
const minute = 60_000;

/** How an honest run departs from the plainest one. */
interface Circumstances {
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
function runWith({
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

const certificate: NonNullable<Run['serverCertificate']> = {
  subject: 'CN=dojo.tech',
  issuer: 'CN=R11',
  validFrom: '2026-10-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  fingerprint256: 'AA',
};

const withHeaders = (exchange: Exchange, headers: [string, string][]): Exchange => ({
  ...exchange,
  response: { ...exchange.response!, headers },
});

const practice = ['the upstream is a simulator'];

/** Without the certificate that only the sandbox shows. */
function practised(run: Partial<Run>): Recording {
  const recording = runWith({ run: { why: practice, ...run } });
  const { serverCertificate: _, ...rest } = recording.run;
  return { ...recording, run: rest };
}

const codes = (recording: Recording): CoherenceCode[] => [
  ...new Set(coherenceOf(recording).contradictions.map(({ code }) => code)),
];

/** From the fourth minute on. */
const later =
  (ms: number) =>
  (at: number): number =>
    at > 3.5 * minute ? ms : 0;

suite('an honest record is coherent', () => {
  const honest: [what: string, Recording][] = [
    ['of a plain run', runWith()],
    ['of a run that was broken off', runWith({ finishedAt: null })],
    ['of a machine whose clock is an hour off', runWith({ date: () => 60 * minute })],
    ['of a machine whose clock is slightly off', runWith({ date: () => -3000 })],
    ['of a clock that was set right a little', runWith({ wall: later(1500), date: later(1500) })],
    [
      'of a machine that slept for two hours',
      runWith({ wall: later(120 * minute), date: later(120 * minute) }),
    ],
    [
      'of a machine that slept and whose clock is off',
      runWith({ wall: later(8 * minute), date: (at) => later(8 * minute)(at) + 90_000 }),
    ],
    ['of an upstream without Date', runWith({ exchange: (one) => withHeaders(one, []) })],
    ['against a simulator', practised({ upstream: 'embedded simulator' })],
    ['against a simulator elsewhere', practised({ upstream: 'simulator at http://127.0.0.1:4010' })],
    ['against an API over plain http', practised({ upstream: 'http://127.0.0.1:4010' })],
    [
      'against a server of the user’s own that signed for itself',
      runWith({
        run: {
          why: practice,
          upstream: 'https://pay.test:8443',
          serverCertificate: {
            ...certificate,
            subject: 'CN=pay.test',
            issuer: 'CN=pay.test',
            names: 'DNS:pay.test',
          },
        },
      }),
    ],
    [
      'of an older kit, which kept no other names of the server',
      runWith({ run: { serverCertificate: certificate } }),
    ],
    ['of a run with an id of the user’s own', runWith({ run: { id: 'my-run' } })],
    ['of the second run that began in a second', runWith({ run: { id: '20261121-101159-2' } })],
  ];
  for (const [what, recording] of honest)
    test(what, () => assert.deepEqual(coherenceOf(recording).contradictions, []));

  test('and what its clocks did is noted', () => {
    const notes = (circumstances: Circumstances) => coherenceOf(runWith(circumstances)).notes.join(' ');
    assert.equal(notes({}), '');
    assert.match(notes({ date: () => 60 * minute }), /clock is 3600 s behind the upstream's/);
    assert.match(notes({ wall: later(120 * minute), date: later(120 * minute) }), /asleep for 7200\.0 s/);
  });
});

suite('a record that was written by hand contradicts itself', () => {
  const shown = runWith().run.serverCertificate!;
  const forged: [what: string, code: CoherenceCode, Recording][] = [
    [
      'that ends before it begins',
      'RECORD-ENDS-BEFORE-START',
      runWith({ finishedAt: '2026-11-21T10:00:00.000Z' }),
    ],
    [
      'whose row was run on another day',
      'RECORD-ROW-OUTSIDE-RUN',
      runWith({
        rows: (rows) => {
          const row = rows.get('PAC-SALE-02')!;
          rows.set('PAC-SALE-02', {
            ...row,
            startedAt: row.startedAt - 864e5,
            finishedAt: row.finishedAt! - 864e5,
          });
        },
      }),
    ],
    ['with the id of another run', 'RECORD-RUN-ID', runWith({ run: { id: '20261101-090000' } })],
    ['whose wall clock was set back', 'RECORD-CLOCK-JUMP', runWith({ wall: later(-minute) })],
    ['whose wall clock was set on', 'RECORD-CLOCK-JUMP', runWith({ wall: later(30 * minute) })],
    ['whose answers are of another time', 'RECORD-DATE-HEADERS', runWith({ date: later(-60 * minute) })],
    [
      'without the sandbox’s certificate',
      'RECORD-CERTIFICATE-MISSING',
      practised({ upstream: 'https://api.dojo.tech' }),
    ],
    [
      'with the certificate of another host',
      'RECORD-CERTIFICATE-HOST',
      runWith({ run: { serverCertificate: { ...shown, subject: 'CN=evil.test', names: 'DNS:evil.test' } } }),
    ],
    [
      'with the certificate of another host, of an older kit',
      'RECORD-CERTIFICATE-HOST',
      runWith({ run: { serverCertificate: { ...certificate, subject: 'CN=evil.test' } } }),
    ],
    [
      'with a certificate that the host signed itself',
      'RECORD-CERTIFICATE-SELF-SIGNED',
      runWith({ run: { serverCertificate: { ...shown, issuer: shown.subject } } }),
    ],
    [
      'with a certificate that was not valid yet',
      'RECORD-CERTIFICATE-DATES',
      runWith({ run: { serverCertificate: { ...shown, validFrom: '2026-11-22T00:00:00.000Z' } } }),
    ],
    [
      'in which the kit’s simulator answered as the sandbox',
      'RECORD-SIMULATOR-TRACES',
      runWith({
        exchange: (one, index) => (index === 5 ? withHeaders(one, [['x-account-time', '1']]) : one),
      }),
    ],
    [
      'that qualifies against a simulator',
      'RECORD-CLAIMS-QUALIFYING',
      practised({ upstream: 'embedded simulator', why: [] }),
    ],
    ['that qualifies without real time', 'RECORD-CLAIMS-QUALIFYING', runWith({ run: { realTime: false } })],
    [
      'that qualifies by what the POS says of its display',
      'RECORD-CLAIMS-QUALIFYING',
      runWith({ run: { pos: { driver: 'command', display: 'told' } as never } }),
    ],
    [
      'of a display that no driver observed',
      'RECORD-SUBJECT',
      runWith({ run: { why: practice, pos: { driver: 'headless' } as never } }),
    ],
    [
      'with a row that was not selected',
      'RECORD-SELECTION',
      runWith({ run: { selection: ['PAC-SALE-01'] } }),
    ],
    [
      'with a row that was selected twice',
      'RECORD-SELECTION',
      runWith({ run: { selection: ['PAC-SALE-01', 'PAC-SALE-02', 'PAC-SALE-02'] } }),
    ],
    [
      'with an exchange that was copied',
      'RECORD-REPEATED-EXCHANGE',
      runWith({ exchange: (one, index) => (index === 6 ? { ...one, id: 'x-1-2' } : one) }),
    ],
  ];
  for (const [what, code, recording] of forged)
    test(`${what}: ${code}`, () => assert.deepEqual(codes(recording), [code]));
});
