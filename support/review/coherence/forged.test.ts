import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Recording } from '../../record/stream.ts';
import type { CoherenceCode } from '../../record/verify-codes.ts';
import {
  asked,
  certificate,
  codes,
  environment,
  known,
  later,
  minute,
  observed,
  part,
  practice,
  practised,
  profiled,
  runWith,
  together,
  withHeaders,
} from './testing/run-with.ts';

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
            observations: [],
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
      runWith({ run: { pos: { driver: 'command', display: 'reported' } as never } }),
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
    [
      'with an exchange that is there twice, as it was',
      'RECORD-REPEATED-EXCHANGE',
      runWith({
        rows: (rows) => {
          const row = rows.get('PAC-SALE-01')!;
          rows.set('PAC-SALE-01', { ...row, observations: [...row.observations, row.observations[1]!] });
        },
      }),
    ],
    [
      'with an exchange that ends before it begins',
      'RECORD-EXCHANGE-TIMES',
      runWith({ exchange: (one, index) => (index === 2 ? { ...one, until: one.at - 1 } : one) }),
    ],
    [
      'with an exchange of another row',
      'RECORD-EXCHANGE-TIMES',
      runWith({
        rows: (rows) => {
          const [one, other] = [rows.get('PAC-SALE-01')!, rows.get('PAC-SALE-02')!];
          rows.set('PAC-SALE-01', { ...one, observations: [...one.observations, other.observations[3]!] });
          rows.set('PAC-SALE-02', { ...other, observations: other.observations.slice(0, 3) });
        },
      }),
    ],
    [
      'whose exchanges have changed places',
      'RECORD-EXCHANGE-TIMES',
      runWith({
        exchange: (one, index) => (index === 1 || index === 3 ? { ...one, id: `x-1-${4 - index}` } : one),
      }),
    ],
    [
      'in which an account of the simulator asked',
      'RECORD-SIMULATOR-TRACES',
      runWith({
        exchange: (one) => ({
          ...one,
          request: { ...one.request, headers: [['reseller-id', 'reseller-0a1b2c']] },
        }),
      }),
    ],
    [
      'in which a card machine was put offline, as only the simulator can',
      'RECORD-SIMULATOR-TRACES',
      observed({ kind: 'fact', at: 5, name: 'card-machine-put' as never, detail: {} as never }),
    ],
    [
      'that qualifies against another API',
      'RECORD-CLAIMS-QUALIFYING',
      runWith({
        run: {
          ...asked('--profile', 'acme.yaml', '--upstream', 'https://pay.test'),
          upstream: 'https://pay.test',
          serverCertificate: { ...shown, names: 'DNS:pay.test' },
        },
      }),
    ],
    [
      'that qualifies without verified servers',
      'RECORD-CLAIMS-QUALIFYING',
      runWith({ run: { environment: { ...environment, unverifiedServers: true } } }),
    ],
    [
      'that qualifies on the word of another authority',
      'RECORD-CLAIMS-QUALIFYING',
      runWith({ run: { environment: { ...environment, extraAuthorities: true } } }),
    ],
    [
      'that qualifies by another contract',
      'RECORD-CLAIMS-QUALIFYING',
      runWith({ run: { contract: { version: '1', sha256: '1'.repeat(64), source: 'own.yaml' } } }),
    ],
    [
      'that was asked for against the simulator',
      'RECORD-COMMAND-LINE',
      runWith({ run: asked('--profile', 'acme.yaml') }),
    ],
    [
      'that was asked for as a quick one',
      'RECORD-COMMAND-LINE',
      runWith({ run: asked('--profile', 'acme.yaml', '--upstream', 'sandbox', '--fast') }),
    ],
    [
      'that was asked for without a POS',
      'RECORD-COMMAND-LINE',
      runWith({ run: asked('--pos', 'headless', '--upstream=sandbox') }),
    ],
    ['whose profile was exchanged', 'RECORD-PROFILE', profiled({ name: 'Another Till' })],
    ['whose profile was changed', 'RECORD-PROFILE', profiled({}, {}, '0'.repeat(64))],
    ['whose POS has another version than its profile', 'RECORD-PROFILE', profiled({}, { version: '99.0' })],
    ['whose POS has another build than its profile', 'RECORD-PROFILE', profiled({}, { build: 'sha256:1' })],
    [
      'whose POS is driven otherwise than its profile says',
      'RECORD-PROFILE',
      profiled({ driver: { kind: 'command' } }),
    ],
    [
      'whose POS lacks a capability of its profile',
      'RECORD-PROFILE',
      profiled({ capabilities: ['moto', 'itemLines'] }),
    ],
    [
      'with thresholds that are not this kit’s',
      'RECORD-KIT',
      runWith({
        run: {
          kit: known.kit,
          checklist: { name: 'pay-at-counter', sha256: known.checklist.sha256 },
          criteria: { 'polling.gap': 99_999 },
        },
      }),
    ],
    [
      'with a checklist that is not this kit’s',
      'RECORD-KIT',
      runWith({ run: { kit: known.kit, criteria: {} } }),
    ],
    [
      'whose display no browser showed',
      'RECORD-SUBJECT',
      (() => {
        const { browser: _, ...run } = runWith().run;
        return { ...runWith(), run };
      })(),
    ],
    [
      'whose display another driver served',
      'RECORD-SUBJECT',
      runWith({
        run: { environment: { ...environment, display: { servedBy: 'command', page: 'http://127.0.0.1/' } } },
      }),
    ],
    [
      'whose display the POS described itself',
      'RECORD-SUBJECT',
      observed({ kind: 'display', at: 5, reported: true, display: {} as never }),
    ],
    ['of the same part twice', 'RECORD-PARTS', together(part(1), part(1))],
    [
      'of two runs that were no parts',
      'RECORD-PARTS',
      (() => {
        const bare = (one: Recording): Recording => {
          const { shard: _, ...run } = one.run;
          return { ...one, run };
        };
        return together(bare(part(1)), bare(part(2)));
      })(),
    ],
    [
      'of parts of different runs',
      'RECORD-PARTS',
      together(part(1), part(2, { shard: { index: 2, of: 3 } })),
    ],
    [
      'of parts with rows that were picked by hand',
      'RECORD-PARTS',
      together(part(1, { shard: { index: 2, of: 2 } }), part(2, { shard: { index: 1, of: 2 } })),
    ],
  ];
  for (const [what, code, recording] of forged)
    test(`${what}: ${code}`, () => assert.deepEqual(codes(recording), [code]));
});
