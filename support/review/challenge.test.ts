import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../checklists/index.ts';
import { amountsBy, loadChecklist } from '../checklist/index.ts';
import type { Recording, RowRecord } from '../record/stream.ts';
import type { Action, Observation, Run } from '../record/vocabulary.ts';
import { amountsComplaints, challengeComplaints } from './challenge.ts';

const checklist = loadChecklist();
const drawn = amountsBy('one', checklist);
const of = (row: string, letter: string): number => drawn.get(row)![letter]!;

const acted = (action: Action): Observation => ({
  kind: 'action',
  at: 1,
  until: 2,
  action,
  answer: { answer: 'done' },
});
const sold = (amount: number, more: object = {}): Observation =>
  acted({ name: 'sale', sale: { amount, currency: 'GBP', ...more } });

/** A record of one row, with what was observed in it. */
function recorded(row: string, observations: Observation[], amounts?: Run['amounts']): Recording {
  const record = {
    id: row,
    observations,
    screenshots: [],
    steps: [],
    startedAt: 0,
    finishedAt: 1,
  } as RowRecord;
  const rows = new Map([[row, record]]);
  return {
    run: { ...(amounts ? { amounts } : {}) },
    rows,
    streams: [],
    finishedAt: null,
  } as unknown as Recording;
}

suite('amounts are those of the seed', () => {
  const one = { seeds: ['one'] };
  const basket = (letter: string, quantity: number, [name, sign]: [string, number] = ['', 0]) => ({
    name: letter,
    quantity,
    amountTotal: quantity * of('PAC-PI-08', letter),
    modifiers: name ? [{ name, quantity: 1, amountPerModifier: sign * of('PAC-PI-08', name) }] : [],
  });
  const right: [what: string, row: string, observations: Observation[]][] = [
    ['a sale', 'PAC-SALE-01', [sold(of('PAC-SALE-01', 'A'))]],
    [
      'a sale with cashback',
      'PAC-SALE-02',
      [sold(of('PAC-SALE-02', 'A'), { cashback: of('PAC-SALE-02', 'B') })],
    ],
    [
      'a basket',
      'PAC-PI-08',
      [sold(1, { lines: [basket('A', 1, ['B', 1]), basket('C', 1, ['D', -1]), basket('E', 3)] })],
    ],
    ['a change to nothing', 'PAC-AUTH-08', [acted({ name: 'changeAmount', amount: 0 })]],
    ['a refund of what is left and a penny', 'PAC-REF-02', [acted({ name: 'refundIntent', amount: 12_345 })]],
    ['a row without amounts', 'PAC-CFG-05', []],
    [
      'what the row drew',
      'PAC-SALE-01',
      [{ kind: 'fact', at: 0, name: 'amounts-drawn', detail: { amounts: drawn.get('PAC-SALE-01')! } }],
    ],
  ];
  for (const [what, row, observations] of right)
    test(what, () => {
      assert.deepEqual(amountsComplaints(recorded(row, observations, one), checklist), []);
    });

  const wrong: [what: string, row: string, observations: Observation[]][] = [
    ['another sale', 'PAC-SALE-01', [sold(of('PAC-SALE-01', 'A') + 1)]],
    ['the sale of another row', 'PAC-SALE-01', [sold(of('PAC-SALE-04', 'A'))]],
    ['another gratuity', 'PAC-SALE-03', [sold(of('PAC-SALE-03', 'A'), { tip: 1 })]],
    ['another basket', 'PAC-PI-08', [sold(1, { lines: [{ ...basket('E', 3), quantity: 1 }] })]],
    ['another change', 'PAC-AUTH-05', [acted({ name: 'changeAmount', amount: 2550 })]],
    ['another part', 'PAC-AUTH-05', [acted({ name: 'capture', amount: 2104 })]],
    ['another refund', 'PAC-RFS-01', [acted({ name: 'unlinkedRefund', amount: 777, currency: 'GBP' })]],
    ['a sale where none is', 'PAC-CFG-05', [sold(1000)]],
    [
      'a row that says that it drew others',
      'PAC-SALE-01',
      [{ kind: 'fact', at: 0, name: 'amounts-drawn', detail: { amounts: { A: 1000 } } }],
    ],
  ];
  for (const [what, row, observations] of wrong)
    test(`${what} is none of them`, () => {
      const [found, ...more] = amountsComplaints(recorded(row, observations, one), checklist);
      assert.equal(found?.code, 'RECORD-AMOUNTS');
      assert.match(found.text, new RegExp(`^In the row ${row} .* the seed one does not give`));
      assert.deepEqual(more, []);
    });

  test('of one of the seeds, where shards had one each', () => {
    const record = recorded('PAC-SALE-01', [sold(of('PAC-SALE-01', 'A'))], { seeds: ['another', 'one'] });
    assert.deepEqual(amountsComplaints(record, checklist), []);
  });
  test('is not asked of a record of an older kit', () => {
    assert.deepEqual(amountsComplaints(recorded('PAC-SALE-01', [sold(1000)]), checklist), []);
  });
});

test('a challenge is the one that the record names', () => {
  const made = (challenge?: string) =>
    challengeComplaints(
      recorded(
        'PAC-SALE-01',
        [],
        challenge === undefined ? { seeds: ['x'] } : { seeds: [challenge], challenge },
      ),
      'AAAA',
    ).map(({ code }) => code);
  assert.deepEqual([made('AAAA'), made('BBBB'), made()], [[], ['CHALLENGE-OTHER'], ['CHALLENGE-NONE']]);
});
