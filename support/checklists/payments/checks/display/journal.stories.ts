import type { Display, Json, LedgerEntry } from '../../../../record/vocabulary.ts';
import type { IntentStatus } from '../../statuses.ts';
import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, entry, pounds, withoutJournal } from '../../stories/situations.ts';
import type { Story } from '../../stories/story.ts';

const captured = (ledger: Display['ledger']): Story =>
  aSale().poll('Captured').intentIs('Captured').shows({ ledger });

const nameless = { paymentIntentId: null, reference: null };
export const refund = (total: number, more: Partial<LedgerEntry> = {}): LedgerEntry =>
  entry({ kind: 'refund', words: 'Refunded', amount: total, total, ...more });

/** A sale of £10.00 that was captured and of which so much was given back, and the journal after it. */
export const refunded = (refundedAmount: number, ...ledger: LedgerEntry[]): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .intentIs(refundedAmount === 1000 ? 'Refunded' : 'Captured', { refundedAmount })
    .shows({ ledger });

const unlinked = (status: 'Captured' | 'Declined', ...ledger: LedgerEntry[]): Story =>
  aPaidSale().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs(status).shows({ ledger });

const capturedAs = (state: { [name: string]: Json }, ...ledger: LedgerEntry[]): Story =>
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

export const journalStories: Stories = {
  'ledger-agrees': [
    passes('the payment stands there once', captured([entry()]), /1 captured, 1 new entry/),
    passes(
      'its reference tells which it is',
      captured([entry({ paymentIntentId: null })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'a declined sale stands there as declined',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry({ words: 'Declined' })] }),
      /0 captured, 1 new entry/,
    ),
    passes(
      'a person recorded it by hand',
      aSale()
        .intentIs('Created')
        .act({ name: 'recordManually' })
        .shows({ ledger: [entry({ manual: true })] }),
      /0 captured/,
    ),
    fails(
      'it stands there as recorded by hand, and nobody asked for it',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry({ manual: true })] }),
      /1 stand as recorded by hand, and 0 were asked for/,
    ),
    fails(
      'it was recorded by hand, and stands there twice',
      aSale()
        .intentIs('Created')
        .act({ name: 'recordManually' })
        .shows({ ledger: [entry({ manual: true }), entry({ manual: true })] }),
      /2 stand as recorded by hand, and 1 were asked for/,
    ),
    passes(
      'the sale is marked as refunded in place',
      refunded(1000, entry({ words: 'Refunded' })),
      /1 captured, 1 new entry/,
    ),
    passes(
      'such a journal names no payment',
      refunded(1000, entry({ words: 'Refunded', paymentIntentId: null, reference: null })),
      /1 captured, 1 new entry/,
    ),
    passes(
      'the sale is marked, and the refund stands there too',
      refunded(1000, entry({ words: 'Refunded' }), entry({ kind: 'refund', words: 'Refunded' })),
      /1 captured, 2 new entries/,
    ),
    passes(
      'the sale is marked as refunded in part, and the refund tells how much',
      refunded(
        400,
        entry({ words: 'Partially refunded' }),
        entry({ kind: 'refund', words: 'Refunded', amount: 400, total: 400 }),
      ),
      /1 captured, 2 new entries/,
    ),
    passes(
      'the mark tells how much was refunded in part',
      refunded(400, entry({ words: 'Partially refunded £4.00' })),
      /1 captured, 1 new entry/,
    ),
    reviews(
      'the mark does not tell how much was refunded in part',
      refunded(400, entry({ words: 'Partially refunded' })),
      /does not tell how much was refunded/,
    ),
    fails(
      'the mark tells of another part',
      refunded(400, entry({ words: 'Partially refunded £6.00' })),
      /£4\.00 were refunded, and £6\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded when a part of it was',
      refunded(400, entry({ words: 'Refunded' })),
      /£4\.00 were refunded, and £10\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded when nothing was',
      refunded(0, entry({ words: 'Refunded' })),
      /£0\.00 were refunded, and £10\.00 stand as refunded/,
    ),
    fails(
      'the sale is marked as refunded in part when nothing was',
      refunded(0, entry({ words: 'Partially refunded' })),
      /stands as refunded, and nothing of it was/,
    ),
    passes(
      'the journal names neither the payment nor its reference',
      captured([entry({ paymentIntentId: null, reference: null })]),
      /1 captured, 1 new entry/,
    ),
    passes(
      'such a journal tells two payments of the same amount',
      aPaidSale()
        .sale()
        .intent()
        .session()
        .intentIs('Captured')
        .shows({
          ledger: [
            entry({ paymentIntentId: null, reference: null }),
            entry({ paymentIntentId: null, reference: null, words: 'paid' }),
          ],
        }),
      /2 captured, 2 new entries/,
    ),
    fails(
      'such a journal tells one of two payments',
      aPaidSale()
        .sale()
        .intent()
        .session()
        .intentIs('Captured')
        .shows({ ledger: [entry({ paymentIntentId: null, reference: null })] }),
      /pi_2 is captured and stands 0 times as paid/,
    ),
    fails(
      'such a journal tells one payment twice',
      captured([
        entry({ paymentIntentId: null, reference: null }),
        entry({ paymentIntentId: null, reference: null, words: 'paid' }),
      ]),
      /stands for no captured payment/,
    ),
    fails(
      'another currency stands there',
      captured([entry({ currency: 'EUR' })]),
      /pi_1 is in GBP and stands in EUR/,
    ),
    fails('it does not stand there', captured([]), /pi_1 is captured and stands 0 times as paid/),
    fails('it stands there twice', captured([entry(), entry()]), /stands 2 times as paid/),
    fails('it stands there as declined', captured([entry({ words: 'Declined' })]), /stands 0 times as paid/),
    fails(
      'another total stands there',
      captured([entry({ total: 900 })]),
      /is captured with £10\.00 and stands with £9\.00/,
    ),
    fails('a tip is made up', captured([entry({ tip: 100 })]), /has a tip of £0\.00 and stands with £1\.00/),
    fails(
      'a sale is paid that was never captured',
      aSale()
        .intentIs('Created')
        .shows({ ledger: [entry()] }),
      /stands for no captured payment/,
    ),
    reviews(
      'a total stands there that cannot be read surely',
      capturedAs({}, entry({ total: null, unread: { total: '2 × £10.00' } })),
    ),
    reviews(
      'a kind of entry stands there that the vocabulary does not know',
      refunded(400, entry(), refund(400, { kind: null, unread: { kind: 'Erstattung' } })),
    ),
    reviews(
      'a total cannot be read and another is wrong',
      two('Captured', entry({ total: 900 }), entry({ ...second, total: null, unread: { total: '10..00' } })),
    ),
    fails('a total is missing', capturedAs({}, entry({ total: null }))),
    passes('its reference is coded another way', capturedAs({}, entry({ paymentIntentId: 'pi\u200b_1' }))),
    passes('a part was refunded and stands by itself', refunded(400, entry(), refund(400, nameless))),
    passes(
      'it was refunded in two parts',
      refunded(400, entry(), refund(300, nameless), refund(100, nameless)),
    ),
    fails('a smaller part stands there', refunded(400, entry(), refund(300, nameless))),
    fails('a larger part stands there', refunded(400, entry(), refund(500, nameless))),
    fails(
      'a refund of nothing stands there as well',
      refunded(400, entry(), refund(0, nameless), refund(400, nameless)),
    ),
    passes('the amount stands with a minus', refunded(400, entry(), refund(-400, nameless))),
    passes('the refund names the payment', refunded(400, entry(), refund(400))),
    fails('the refund names the payment and another part', refunded(400, entry(), refund(300))),
    fails('a refund stands there, and nothing was given back', refunded(0, entry(), refund(400))),
    fails(
      'a refund without a name stands there, and nothing was given back',
      refunded(0, entry(), refund(400, nameless)),
    ),
    passes(
      'a refund that was declined stands there as declined',
      refunded(0, entry(), refund(400, { words: 'Declined' })),
    ),
    passes(
      'a person recorded a refund by hand',
      aPaidSale()
        .act({ name: 'recordManually' })
        .intentIs('Captured')
        .shows({ ledger: [entry(), refund(400, { manual: true })] }),
    ),
    passes('a refund without a payment was made', unlinked('Captured', entry(), refund(500, nameless))),
    fails('a refund without a payment is not there', unlinked('Captured', entry())),
    fails('it was declined and stands there', unlinked('Declined', entry(), refund(500, nameless))),
    passes('it was declined and is not there', unlinked('Declined', entry())),
    passes('the right one of two payments', two('Captured', entry(), refund(400), entry(second))),
    fails('the other of two payments', two('Captured', entry(), refund(400, second), entry(second))),
    passes(
      'all of it was refunded, and the API tells no amount',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .intentIs('Refunded')
        .shows({ ledger: [entry(), refund(1000)] }),
    ),
    fails(
      'all of it was refunded, and a part stands there',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .intentIs('Refunded')
        .shows({ ledger: [entry(), refund(400)] }),
    ),
    passes(
      'the sale is marked in part, and a refund without a name tells how much',
      refunded(400, entry({ words: 'Partially refunded' }), refund(400, nameless)),
    ),
    fails(
      'a sale of another amount is marked',
      refunded(1000, entry(), entry({ words: 'Refunded', total: 700, ...nameless })),
    ),
    fails(
      'a nameless sale is marked, and nothing was given back',
      refunded(0, entry({ words: 'Refunded', ...nameless })),
    ),
    passes('a refund is put as paid out', capturedAs({}, entry(), refund(1000, { words: 'Paid' }))),
    passes('a first try was declined', capturedAs({}, entry({ words: 'Declined' }), entry())),
    passes('the tip is reported', capturedAs({ tipsAmount: pounds(150) }, entry({ tip: 150 }))),
    fails('another tip is reported', capturedAs({ tipsAmount: pounds(150) }, entry({ tip: 100 }))),
    passes(
      'the journal has no column for tips',
      capturedAs({ tipsAmount: pounds(150) }, entry({ tip: null })),
    ),
    passes('the journal has no column for currencies', capturedAs({}, entry({ currency: null }))),
    fails('a line without a name tells another total', capturedAs({}, entry({ total: 900, ...nameless }))),
    fails('a line names another payment', capturedAs({}, entry({ paymentIntentId: 'pi_9' }))),
    fails(
      'a line names another payment, and no reference',
      capturedAs({}, entry({ paymentIntentId: 'pi_9', reference: null })),
    ),
    fails(
      'a line names another reference, and no payment',
      capturedAs({}, entry({ paymentIntentId: null, reference: 'order-9' })),
    ),
    passes(
      'a journal without names tells two payments of different amounts, the last first',
      twoOf({}, 1200, {}, entry({ total: 1200, ...nameless }), entry(nameless)),
    ),
    passes(
      'such a journal marks two payments of different amounts as refunded, the last first',
      twoOf(
        refundedInFull(1000),
        1200,
        refundedInFull(1200),
        entry({ total: 1200, words: 'Refunded', ...nameless }),
        entry({ words: 'Refunded', ...nameless }),
      ),
    ),
    passes(
      'such a journal marks the one of two payments that was refunded',
      twoOf({}, 1000, refundedInFull(1000), entry(nameless), entry({ words: 'Refunded', ...nameless })),
    ),
    fails(
      'such a journal marks one of two payments that were refunded',
      twoOf(
        refundedInFull(1000),
        1000,
        refundedInFull(1000),
        entry(nameless),
        entry({ words: 'Refunded', ...nameless }),
      ),
    ),
    fails(
      'both of two payments were refunded, and only the second is marked',
      twoOf(
        refundedInFull(1000),
        1000,
        refundedInFull(1000),
        entry(),
        entry({ words: 'Refunded', ...second }),
      ),
    ),
    fails(
      'both of two payments were refunded in part, and one refund names the second',
      twoOf(fourBack, 1000, fourBack, entry(), entry(second), refund(400, second)),
    ),
    fails(
      'both of two payments were refunded in part, and one refund without a name stands there',
      twoOf(fourBack, 1000, fourBack, entry(), entry(second), refund(400, nameless)),
    ),
    passes(
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
    ),
    reviews(
      'a payment is marked as refunded in part, and the refund is of another',
      twoOf(
        fourBack,
        1000,
        fourBack,
        entry({ words: 'Partially refunded' }),
        entry(second),
        refund(400, second),
      ),
    ),
    passes(
      'a payment is marked as refunded in part, its refund tells how much, and another was paid',
      twoOf(fourBack, 1000, {}, entry({ words: 'Partially refunded' }), entry(second), refund(400)),
    ),
    passes(
      'a payment is marked as refunded, and a smaller refund without a payment was made',
      refunded(1000)
        .session({ type: 'UnlinkedRefund', amount: 300 })
        .sessionIs('Captured')
        .shows({ ledger: [entry({ words: 'Refunded' }), refund(300, nameless)] }),
    ),
    passes(
      'the captures come to what stands there',
      capturedAs({ captures: [{ amount: 600, tipsAmount: 50 }, { amount: 350 }] }, entry()),
    ),
    fails('less was captured', capturedAs({ captures: [{ amount: 600 }] }, entry())),
    reviews('the profile does not say where the journal is', aPaidSale(), {
      params: { total: 1000 },
      run: withoutJournal,
      evidence: [],
    }),
  ],
};
