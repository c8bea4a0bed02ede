import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import type { IntentStatus, Json, LedgerEntry, Outcome } from '../../../../record/vocabulary.ts';
import { aRun } from '../../stories/scene.ts';
import { aPaidSale, aSale, entry, pounds } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const nameless = { paymentIntentId: null, reference: null };
const refund = (total: number, more: Partial<LedgerEntry> = {}): LedgerEntry =>
  entry({ kind: 'refund', words: 'Refunded', amount: total, total, ...more });

/** A sale of £10.00 that was captured and of which so much was given back, and the journal after it. */
const refunded = (refundedAmount: number, ...ledger: LedgerEntry[]): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .intentIs(refundedAmount === 1000 ? 'Refunded' : 'Captured', { refundedAmount })
    .shows({ ledger });
const unlinked = (status: 'Captured' | 'Declined', ...ledger: LedgerEntry[]): Story =>
  aPaidSale().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs(status).shows({ ledger });
const captured = (state: { [name: string]: Json }, ...ledger: LedgerEntry[]): Story =>
  aSale().intentIs('Captured', state).shows({ ledger });
const two = (first: IntentStatus, ...ledger: LedgerEntry[]): Story =>
  aPaidSale()
    .sale()
    .intent()
    .session()
    .intentIs(first, { refundedAmount: 400 }, 'pi_1')
    .intentIs('Captured', {}, 'pi_2')
    .shows({ ledger });
/** Two sales that were captured, the first with £10.00, and what the kit reads of each. */
const twoOf = (
  first: { [name: string]: Json },
  total: number,
  next: { [name: string]: Json },
  ...ledger: LedgerEntry[]
): Story =>
  aPaidSale()
    .sale(total)
    .intent()
    .session()
    .intentIs('Captured', first, 'pi_1')
    .intentIs('Captured', { totalAmount: pounds(total), ...next }, 'pi_2')
    .shows({ ledger });
const refundedInFull = (refundedAmount: number): { [name: string]: Json } => ({
  status: 'Refunded',
  refundedAmount,
});
const fourBack = { refundedAmount: 400 };
const second = { paymentIntentId: 'pi_2', reference: 'order-2' };

suite('the journal agrees with what was taken and given back', () => {
  const cases: [outcome: Outcome, when: string, story: Story][] = [
    [
      'review',
      'a total stands there that cannot be read surely',
      captured({}, entry({ total: null, unread: { total: '2 × £10.00' } })),
    ],
    [
      'review',
      'a kind of entry stands there that the vocabulary does not know',
      refunded(400, entry(), refund(400, { kind: null, unread: { kind: 'Erstattung' } })),
    ],
    [
      'review',
      'a total cannot be read and another is wrong',
      two('Captured', entry({ total: 900 }), entry({ ...second, total: null, unread: { total: '10..00' } })),
    ],
    ['failed', 'a total is missing', captured({}, entry({ total: null }))],
    ['passed', 'its reference is coded another way', captured({}, entry({ paymentIntentId: 'pi\u200b_1' }))],
    ['passed', 'a part was refunded and stands by itself', refunded(400, entry(), refund(400, nameless))],
    [
      'passed',
      'it was refunded in two parts',
      refunded(400, entry(), refund(300, nameless), refund(100, nameless)),
    ],
    ['failed', 'a smaller part stands there', refunded(400, entry(), refund(300, nameless))],
    ['failed', 'a larger part stands there', refunded(400, entry(), refund(500, nameless))],
    [
      'failed',
      'a refund of nothing stands there as well',
      refunded(400, entry(), refund(0, nameless), refund(400, nameless)),
    ],
    ['passed', 'the amount stands with a minus', refunded(400, entry(), refund(-400, nameless))],
    ['passed', 'the refund names the payment', refunded(400, entry(), refund(400))],
    ['failed', 'the refund names the payment and another part', refunded(400, entry(), refund(300))],
    ['failed', 'a refund stands there, and nothing was given back', refunded(0, entry(), refund(400))],
    [
      'failed',
      'a refund without a name stands there, and nothing was given back',
      refunded(0, entry(), refund(400, nameless)),
    ],
    [
      'passed',
      'a refund that was declined stands there as declined',
      refunded(0, entry(), refund(400, { words: 'Declined' })),
    ],
    [
      'passed',
      'a person recorded a refund by hand',
      aPaidSale()
        .act({ name: 'recordManually' })
        .intentIs('Captured')
        .shows({ ledger: [entry(), refund(400, { manual: true })] }),
    ],
    ['passed', 'a refund without a payment was made', unlinked('Captured', entry(), refund(500, nameless))],
    ['failed', 'a refund without a payment is not there', unlinked('Captured', entry())],
    ['failed', 'it was declined and stands there', unlinked('Declined', entry(), refund(500, nameless))],
    ['passed', 'it was declined and is not there', unlinked('Declined', entry())],
    ['passed', 'the right one of two payments', two('Captured', entry(), refund(400), entry(second))],
    ['failed', 'the other of two payments', two('Captured', entry(), refund(400, second), entry(second))],
    [
      'passed',
      'all of it was refunded, and the API tells no amount',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .intentIs('Refunded')
        .shows({ ledger: [entry(), refund(1000)] }),
    ],
    [
      'failed',
      'all of it was refunded, and a part stands there',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .intentIs('Refunded')
        .shows({ ledger: [entry(), refund(400)] }),
    ],
    [
      'passed',
      'the sale is marked in part, and a refund without a name tells how much',
      refunded(400, entry({ words: 'Partially refunded' }), refund(400, nameless)),
    ],
    [
      'failed',
      'a sale of another amount is marked',
      refunded(1000, entry(), entry({ words: 'Refunded', total: 700, ...nameless })),
    ],
    [
      'failed',
      'a nameless sale is marked, and nothing was given back',
      refunded(0, entry({ words: 'Refunded', ...nameless })),
    ],
    ['passed', 'a refund is put as paid out', captured({}, entry(), refund(1000, { words: 'Paid' }))],
    ['passed', 'a first try was declined', captured({}, entry({ words: 'Declined' }), entry())],
    [
      'passed',
      'the sale stands there as paid and as refunded',
      refunded(1000, entry(), entry({ words: 'Refunded' })),
    ],
    ['passed', 'the tip is told', captured({ tipsAmount: pounds(150) }, entry({ tip: 150 }))],
    ['failed', 'another tip is told', captured({ tipsAmount: pounds(150) }, entry({ tip: 100 }))],
    [
      'passed',
      'the journal has no column for tips',
      captured({ tipsAmount: pounds(150) }, entry({ tip: null })),
    ],
    ['passed', 'the journal has no column for currencies', captured({}, entry({ currency: null }))],
    ['failed', 'a line without a name tells another total', captured({}, entry({ total: 900, ...nameless }))],
    ['failed', 'a line names another payment', captured({}, entry({ paymentIntentId: 'pi_9' }))],
    [
      'failed',
      'a line names another payment, and no reference',
      captured({}, entry({ paymentIntentId: 'pi_9', reference: null })),
    ],
    [
      'failed',
      'a line names another reference, and no payment',
      captured({}, entry({ paymentIntentId: null, reference: 'order-9' })),
    ],
    [
      'passed',
      'a journal without names tells two payments of different amounts, the last first',
      twoOf({}, 1200, {}, entry({ total: 1200, ...nameless }), entry(nameless)),
    ],
    [
      'passed',
      'such a journal marks two payments of different amounts as refunded, the last first',
      twoOf(
        refundedInFull(1000),
        1200,
        refundedInFull(1200),
        entry({ total: 1200, words: 'Refunded', ...nameless }),
        entry({ words: 'Refunded', ...nameless }),
      ),
    ],
    [
      'passed',
      'such a journal marks the one of two payments that was refunded',
      twoOf({}, 1000, refundedInFull(1000), entry(nameless), entry({ words: 'Refunded', ...nameless })),
    ],
    [
      'failed',
      'such a journal marks one of two payments that were refunded',
      twoOf(
        refundedInFull(1000),
        1000,
        refundedInFull(1000),
        entry(nameless),
        entry({ words: 'Refunded', ...nameless }),
      ),
    ],
    [
      'failed',
      'both of two payments were refunded, and only the second is marked',
      twoOf(
        refundedInFull(1000),
        1000,
        refundedInFull(1000),
        entry(),
        entry({ words: 'Refunded', ...second }),
      ),
    ],
    [
      'failed',
      'both of two payments were refunded in part, and one refund names the second',
      twoOf(fourBack, 1000, fourBack, entry(), entry(second), refund(400, second)),
    ],
    [
      'failed',
      'both of two payments were refunded in part, and one refund without a name stands there',
      twoOf(fourBack, 1000, fourBack, entry(), entry(second), refund(400, nameless)),
    ],
    [
      'passed',
      'refunds of two payments have no names, the larger first',
      twoOf(
        fourBack,
        1000,
        { refundedAmount: 500 },
        entry(),
        entry(second),
        refund(500, nameless),
        refund(400, nameless),
      ),
    ],
    [
      'review',
      'a payment is marked as refunded in part, and the refund is of another',
      twoOf(
        fourBack,
        1000,
        fourBack,
        entry({ words: 'Partially refunded' }),
        entry(second),
        refund(400, second),
      ),
    ],
    [
      'passed',
      'a payment is marked as refunded in part, its refund tells how much, and another was paid',
      twoOf(fourBack, 1000, {}, entry({ words: 'Partially refunded' }), entry(second), refund(400)),
    ],
    [
      'passed',
      'a payment is marked as refunded, and a smaller refund without a payment was made',
      refunded(1000)
        .session({ type: 'UnlinkedRefund', amount: 300 })
        .sessionIs('Captured')
        .shows({ ledger: [entry({ words: 'Refunded' }), refund(300, nameless)] }),
    ],
    [
      'passed',
      'the captures come to what stands there',
      captured({ captures: [{ amount: 600, tipsAmount: 50 }, { amount: 350 }] }, entry()),
    ],
    ['failed', 'less was captured', captured({ captures: [{ amount: 600 }] }, entry())],
  ];
  for (const [outcome, when, story] of cases)
    test(`${outcome}: ${when}`, () => {
      const { outcome, observed } = finding('ledger-agrees', story);
      assert.equal(outcome, outcome, observed);
    });
});

suite('the journal has a line', () => {
  const journal = (line: Partial<LedgerEntry>): Story => new Story().sale().shows({ ledger: [entry(line)] });
  const cases: [
    id: string,
    params: { [name: string]: Json },
    line: Partial<LedgerEntry>,
    outcome: Outcome,
  ][] = [
    ['ledger-has-sale', { total: 1000 }, {}, 'passed'],
    ['ledger-has-sale', { total: 1000 }, { kind: 'refund' }, 'failed'],
    ['ledger-has-sale', { total: 1000 }, { manual: true }, 'failed'],
    ['ledger-has-cashback', { total: 1500, cashback: 500 }, { total: 1500, cashback: 500 }, 'passed'],
    ['ledger-has-cashback', { total: 1500, cashback: 500 }, { total: 1500, cashback: null }, 'review'],
    ['ledger-has-cashback', { total: 1500, cashback: 500 }, { total: 1400, cashback: 500 }, 'failed'],
    ['ledger-has-cashback', { total: 1500, cashback: 500 }, { total: 1500, cashback: 0 }, 'failed'],
    ...['ledger-has-tip', 'ledger-has-machine-tip'].flatMap(
      (id): [string, { [name: string]: Json }, Partial<LedgerEntry>, Outcome][] => [
        [id, { total: 1150, tip: 150 }, { total: 1150, tip: 150 }, 'passed'],
        [id, { total: 1150, tip: 150 }, { total: 1150, tip: null }, 'review'],
        [id, { total: 1150, tip: 150 }, { total: 1000, tip: 150 }, 'failed'],
        [id, { total: 1150, tip: 150 }, { total: 1000, tip: null }, 'failed'],
        [id, { total: 1150, tip: 150 }, { total: 1150, tip: 100 }, 'failed'],
      ],
    ),
    ['ledger-has-manual-refund', { total: 1000 }, { kind: 'refund', manual: true }, 'passed'],
    ['ledger-has-manual-refund', { total: 1000 }, { kind: 'refund', manual: true, total: null }, 'passed'],
    ['ledger-has-manual-sale', { total: 1000 }, { manual: true }, 'passed'],
    ['ledger-has-manual-sale', { total: 1000 }, { manual: true, total: null }, 'passed'],
    ['ledger-has-manual-sale', { total: 1000 }, { manual: true, total: 1100 }, 'failed'],
  ];
  for (const [id, params, line, outcome] of cases)
    test(`${id} ${JSON.stringify(params)}: ${outcome} by ${JSON.stringify(line)}`, () => {
      assert.equal(finding(id, journal(line), params).outcome, outcome);
    });
  test('one that tells it makes up for one that does not', () => {
    const ledger = [entry({ total: 1150, tip: null }), entry({ total: 1150, tip: 150 })];
    const story = new Story().sale().shows({ ledger });
    assert.equal(finding('ledger-has-tip', story, { total: 1150, tip: 150 }).outcome, 'passed');
  });
  for (const id of ['ledger-has-sale', 'ledger-agrees'])
    test(`${id} is left to a reviewer where the profile does not say where the journal stands`, () => {
      const run = aRun({ pos: { journal: false } });
      const { outcome, evidence } = finding(id, aPaidSale(), { total: 1000 }, run);
      assert.equal(outcome, 'review');
      assert.deepEqual(evidence, []);
    });
});
