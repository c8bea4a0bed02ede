import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Recording } from '../../record/stream.ts';
import { coherenceOf } from './index.ts';
import {
  type Circumstances,
  certificate,
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
  start,
  together,
  withHeaders,
  withShards,
} from './testing/run-with.ts';

/** Its second row was run an hour later, after the machine was started anew: its monotonic clock counts from 0 again. */
const restarted: Recording = {
  ...runWith({
    finishedAt: new Date(start + 70 * minute).toISOString(),
    exchange: (one, index) => {
      if (index < 4) return one;
      const at = (index - 4) * minute + 2000;
      const began = start + 61 * minute + at;
      return {
        ...withHeaders({ ...one, id: `x-2-${index}` }, [['Date', new Date(began).toUTCString()]]),
        at,
        until: at + 100,
        startedAt: new Date(began).toISOString(),
      };
    },
    rows: (rows) => {
      const row = rows.get('PAC-SALE-02')!;
      const [startedAt, finishedAt] = [61, 66].map((minutes) => start + minutes * minute + 1000) as [
        number,
        number,
      ];
      rows.set('PAC-SALE-02', { ...row, startedAt, finishedAt });
    },
  }),
  continued: [{ why: 'resumed', at: new Date(start + 61 * minute).toISOString(), monotonic: 0, rows: [] }],
};

test('a clock that jumps within a run that says nothing of going on is a contradiction', () => {
  const { continued: _, ...silent } = restarted;
  assert.notDeepEqual(coherenceOf(silent, withShards).contradictions, []);
  assert.match(coherenceOf(restarted, withShards).notes.join(' '), /was broken off, and went on at/);
});

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
    ['of a run that was broken off and went on after the machine was started anew', restarted],
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
    ['of the two shards of a run', together(part(1), part(2))],
    [
      'of shards that two machines made, each with clocks of its own',
      together(part(1), part(2, { monotonic: 0 })),
    ],
    ['of one shard of a run', together(part(1))],
    ['with the profile of its POS', profiled()],
    ['with the profile of its POS, its members in another order', profiled({ name: 'Acme Till' })],
    ['of another Node, in another place', runWith({ run: { node: '26.1.0', os: 'Darwin 25 arm64' } })],
    ['of a newer kit', runWith({ run: { kit: { ...known.kit, version: '2.0.0', digest: '2'.repeat(64) } } })],
    [
      'of a kit that was started without NODE_OPTIONS',
      runWith({ run: { environment: { ...environment, nodeOptionsCleared: true } } }),
    ],
    [
      'of a practice run that trusted an authority of the user’s own',
      runWith({ run: { why: practice, environment: { ...environment, extraAuthorities: true } } }),
    ],
    [
      'of a request that began before its row',
      runWith({
        exchange: (one, index) => (index === 4 ? { ...one, id: 'x-1-4' } : one),
        rows: (rows) => {
          const row = rows.get('PAC-SALE-02')!;
          rows.set('PAC-SALE-02', { ...row, startedAt: row.startedAt + 30_000 });
        },
      }),
    ],
    [
      'of a card machine that a person put offline',
      observed([
        {
          kind: 'fact',
          at: 5,
          name: 'done-by-person',
          detail: { by: 'Anna Smith', at: '2026-11-30T10:00:00Z', what: 'Switch the card machine off' },
        },
        { kind: 'fact', at: 6, name: 'card-machine-put' as never, detail: {} as never },
      ]),
    ],
    [
      'of a card machine that the simulator put offline',
      observed(
        { kind: 'fact', at: 5, name: 'card-machine-put' as never, detail: {} as never },
        {
          run: {
            why: practice,
            upstream: 'embedded simulator',
            environment: { ...environment, commandLine: [] },
          },
        },
      ),
    ],
  ];
  for (const [what, recording] of honest)
    test(what, () => assert.deepEqual(coherenceOf(recording, withShards).contradictions, []));

  test('by two contracts, where the POS serves an API itself; neither may be another than the kit’s', () => {
    const { contract } = runWith().run;
    const judged = (sha256: string) =>
      runWith({
        run: { contract: { ...contract, served: { name: 'epos-data-1.0', version: '1.0', sha256 } } },
      });
    const codesOf = (recording: Recording) =>
      coherenceOf(recording, { ...known, served: 'e'.repeat(64) }).contradictions.map(({ code }) => code);
    assert.deepEqual(codesOf(judged('e'.repeat(64))), []);
    for (const changed of [judged('f'.repeat(64)), runWith()])
      assert.deepEqual(codesOf(changed), ['RECORD-CLAIMS-QUALIFYING']);
  });

  test('and what its clocks did is noted', () => {
    const notes = (circumstances: Circumstances) =>
      coherenceOf(runWith(circumstances), known).notes.join(' ');
    assert.equal(notes({}), '');
    assert.match(notes({ date: () => 60 * minute }), /clock is 3600 s behind the upstream's/);
    const parts = coherenceOf(
      together(...[1, 2].map((index) => part(index, { shard: { index, of: 3 } }))),
      withShards,
    ).notes.join(' ');
    assert.match(parts, /these are not there: 3\./);
    assert.match(notes({ wall: later(120 * minute), date: later(120 * minute) }), /asleep for 7200\.0 s/);
  });
});
