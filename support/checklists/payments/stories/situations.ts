import type { Dialogue, Display, Json, LedgerEntry } from '../../../record/vocabulary.ts';
import type { Sale } from '../actions.ts';
import type { IntentStatus, SessionStatus } from '../statuses.ts';
import { aRun } from './scene.ts';
import { Story } from './story.ts';

export const accountTime = aRun({ pos: { clock: 'account' } });

/** The till asks so many times which card machines there are. */
export const asksForTerminals = (times: number, call = {}): Story =>
  Array.from({ length: times }).reduce<Story>(
    (story) => story.call('GET', '/terminals', call),
    new Story().configure(),
  );

/** What follows an answer begins in the moment in which that answer ends. */
export const atOnce = (story: Story): Story => story.wait(-1);

export const asked = (amount: number): { params: { amount: number } } => ({ params: { amount } });

export const made = (body: { readonly [name: string]: Json } = {}): Story => new Story().sale().intent(body);

/** The till changes the amount of a payment, and is answered so. */
export const changingAmount = (
  amount: number,
  status: number,
  answer: Json = { id: 'pi_1', status: 'Authorized', amount: pounds(amount) },
  to = 'pi_1',
): Story =>
  made()
    .act({ name: 'changeAmount', amount })
    .call('POST', `/payment-intents/${to}/amount`, { body: { amount: pounds(amount) }, status, answer });

export const askedForMatched = (): Story => aPaidSale().act({ name: 'matchedRefund' });

/** A till that gives up its first payment intent, and is paid on a second. */
export const paidOnSecond = (): Story =>
  new Story()
    .sale()
    .intent()
    .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
    .intent()
    .session()
    .poll('Captured')
    .readIntent()
    .intentIs('Canceled', {}, 'pi_1')
    .intentIs('Captured');

export const pounds = (value: number): Json => ({ value, currencyCode: 'GBP' });

export const ended = (session: SessionStatus, intent: IntentStatus): Story =>
  aSale().poll(session).sessionIs(session).intentIs(intent);

export const euros = (value: number): Json => ({ value, currencyCode: 'EUR' });

export const signing = (): Story =>
  aSale().wait(500).poll('Initiated').wait(1000).poll('SignatureVerificationRequired');

/** What follows an action begins in the moment in which that action does. */
export const inTheMoment = (story: Story): Story => story.wait(-10);

export const matching = {
  body: { details: { sessionType: 'MatchedRefund', matchedRefund: { paymentIntentId: 'pi_1' } } },
};

/** A line of the journal: a sale of £10.00 that was paid, but for what is said. */
export const entry = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  kind: 'sale',
  reference: 'order-1',
  paymentIntentId: 'pi_1',
  words: 'Paid',
  amount: 1000,
  tip: 0,
  cashback: 0,
  total: 1000,
  currency: 'GBP',
  manual: false,
  ...more,
});

export const signatureDialogue: Dialogue = { text: 'Verify the signature', options: ['Accept', 'Reject'] };
export const unconfirmedDialogue: Dialogue = {
  text: 'The result cannot be confirmed',
  options: ['Record by hand', 'Try again'],
};

/** A till that is set up and has asked its card machine for a sale of £10.00. */
export const aSale = (amount = 1000, more: Partial<Sale> = {}): Story =>
  new Story()
    .configure()
    .shows({})
    .sale(amount, more)
    .intent({ amount: { value: amount, currencyCode: 'GBP' } })
    .session();

/** The same, up to its good end on the wire, as the kit reads it and on the display. */
export const aPaidSale = (): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .wait(1000)
    .poll('Captured', 'RemoveCard')
    .readIntent()
    .shows({ outcome: 'Paid', ledger: [entry()] })
    .sessionIs('Captured')
    .intentIs('Captured');

/** The till sends a refund of the first payment: all of its £10.00, and well, but for what is said. */
export const refund = (story: Story, body: Json = { amount: 1000 }, call = {}): Story =>
  story.call('POST', '/payment-intents/pi_1/refunds', {
    body,
    headers: [['idempotencyKey', 'a']],
    answer: { refundId: 're_1' },
    ...call,
  });

/** A till that shows this before the sale, and this after it. */
export const shown = (after: Partial<Display>, before: Partial<Display> = {}): Story =>
  new Story().shows(before).wait(100).sale().shows(after);

/** A captured sale of which the till has cleared the result. */
export const paidAndCleared = (): Story => aPaidSale().wait(3000).shows({ outcome: null });

export const changing = (): Story => aSale().shows({}).act({ name: 'changeAmount', amount: 1 });

export const withoutJournal = aRun({ pos: { journal: false } });
