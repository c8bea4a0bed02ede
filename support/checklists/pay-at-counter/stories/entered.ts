import type { Json } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from './story.ts';
import { fails, passes, type Tellings } from './telling.ts';

const pounds = (value: number): Json => ({ value, currencyCode: 'GBP' });
const euros = (value: number): Json => ({ value, currencyCode: 'EUR' });

/** A sale of £10.00 whose payment intent is asked for so. */
const asking = (body: { readonly [name: string]: Json }, sale = {}): Story =>
  new Story().choose('tm_1').sale(1000, sale).intent(body).session();

/** A till in whose settings these partner ids stand, and a request of it that carries those. */
const partnered = (entered: string, sent: string, ...more: [string, string][]): Story =>
  new Story()
    .configure('key-1', { answer: 'done' }, { softwareHouseId: entered, resellerId: entered })
    .call('GET', '/terminals', {
      headers: [['Software-House-Id', entered], ['Reseller-Id', sent], ...more],
    });

/** An intent that the till asked for so, as the API answers it and as the kit reads it. */
const kept = (
  body: { readonly [name: string]: Json },
  answer: { readonly [name: string]: Json } = {},
  read: { readonly [name: string]: Json } = {},
): Story =>
  new Story()
    .sale()
    .intent(body, {
      answer: {
        id: 'pi_1',
        status: 'Created',
        amount: pounds(1000),
        reference: 'order-1',
        ...body,
        ...answer,
      },
    })
    .intentIs('Created', { ...body, ...read });

const sessionKept = (more: { readonly [name: string]: Json } = {}): Story =>
  aSale().sessionIs('Captured', {
    terminalId: 'tm_1',
    details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } },
    ...more,
  });

/** Stories for the checks of what was entered, sent and kept. */
export const enteredTellings: Tellings = {
  'sent-as-entered': [
    fails(
      'a refund is asked for without its card',
      new Story()
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .call('POST', '/terminal-sessions', {
          body: {
            details: {
              sessionType: 'UnlinkedRefund',
              unlinkedRefund: { amount: pounds(500), cardholderNotPresent: true },
            },
          },
        }),
      /a refund without the card/,
    ),
    passes('amount, currency and card machine are sent', asking({}), /^1 payment intent and 1 session/),
    passes(
      'tip and cashback are sent apart',
      asking({ tipsAmount: pounds(100), cashbackAmount: pounds(500) }, { tip: 100, cashback: 500 }),
      /as entered/,
    ),
    passes('a tip of nothing is said', asking({ tipsAmount: pounds(0) }), /as entered/),
    passes('the card machine is being chosen while the sale begins', aSale(), /as entered/),
    passes(
      'a tip of nothing is said, and the tip set later',
      asking({ tipsAmount: pounds(0) }, { tip: 150 }).call('POST', '/payment-intents/pi_1/tips-amount', {
        body: { tipsAmount: pounds(150) },
      }),
      /as entered/,
    ),
    fails('a sale is only authorized', asking({ captureMode: 'Manual' }), /captureMode Manual where Auto/),
    fails(
      'a pre-authorization is captured at once',
      asking({}, { manualCapture: true }),
      /captureMode Auto where Manual was entered/,
    ),
    fails(
      'a cardholder who is there is said not to be',
      asking({ cardHolderNotPresent: true }),
      /cardHolderNotPresent where the cardholder is present/,
    ),
    passes('the partner ids of the settings are sent', partnered('ours', 'ours'), /as entered/),
    fails(
      'another reseller id is sent',
      partnered('ours', 'theirs'),
      /^reseller-id theirs where ours was entered$/,
    ),
    fails(
      'another reseller id stands beside it',
      partnered('ours', 'ours', ['reseller-id', 'theirs']),
      /^reseller-id theirs where ours was entered$/,
    ),
    passes(
      'what was sent before the settings were saved goes by those before',
      new Story()
        .call('GET', '/terminals', { headers: [['reseller-id', 'earlier']] })
        .configure('key-1', { answer: 'done' }, { resellerId: 'ours' }),
      /as entered/,
    ),
    passes('nothing was sent', new Story().sale(), /^0 payment intents and 0 sessions/),
    fails('less is asked for', asking({ amount: pounds(10) }), /amount £0\.10 where £10\.00 was entered/),
    fails('another currency is asked for', asking({ amount: euros(1000) }), /amount €10\.00 where £10\.00/),
    fails('no amount is asked for', asking({ amount: 1000 }), /amount none where £10\.00/),
    fails(
      'a tip is asked for that nobody entered',
      asking({ tipsAmount: pounds(100) }),
      /tip £1\.00 where £0\.00 was entered/,
    ),
    fails(
      'other cashback is asked for than was entered',
      asking({ cashbackAmount: pounds(500) }, { cashback: 400 }),
      /^cashback £5\.00 where £4\.00 was entered$/,
    ),
    fails(
      'the tip that was entered is asked for in another currency',
      asking({ tipsAmount: euros(100) }, { tip: 100 }),
      /tip €1\.00 where £1\.00/,
    ),
    fails(
      'the second payment intent of the same sale asks for more',
      asking({}).intent({ amount: pounds(2000) }),
      /amount £20\.00 where £10\.00/,
    ),
    fails(
      'the session is on another card machine',
      new Story().choose('tm_1').sale().intent().session({ terminalId: 'tm_2' }),
      /a session on tm_2, tm_1 was chosen/,
    ),
    fails(
      'the session is for the payment of the sale before',
      aPaidSale().sale().intent().session({ on: 'pi_1' }),
      /a session for pi_1, which was not made for this sale/,
    ),
    fails(
      'the session is for a payment that the till never made',
      new Story().sale().session({ on: 'pi_9' }),
      /a session for pi_9, which was not made for this sale/,
    ),
  ],
  'nothing-unasked': [
    passes('a sale is all that was asked for', aPaidSale(), /did nothing by itself/),
    passes('nothing was sent', new Story(), /did nothing by itself/),
    passes(
      'each deed was asked for',
      aSale()
        .act({ name: 'cancel' })
        .cancel(422)
        .act({ name: 'signature', accepted: true })
        .decide(true)
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_1/refunds')
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' }),
      /did nothing by itself/,
    ),
    passes(
      'a session is ended for the sake of the next sale',
      aSale().sale().cancel().intent().session(),
      /did nothing by itself/,
    ),
    passes(
      'the tip is set that was entered',
      asking({}, { tip: 150 }).call('POST', '/payment-intents/pi_1/tips-amount', {
        body: { tipsAmount: pounds(150) },
      }),
      /did nothing by itself/,
    ),
    passes(
      'the kit tidies up',
      aSale().record({ kind: 'fact', at: 5000, name: 'tidying-up', detail: {} }).wait(9000).cancel(),
      /did nothing by itself/,
    ),
    fails(
      'it cancels by itself',
      aSale().cancel(),
      /PUT \/terminal-sessions\/ts_1\/cancel was sent, and nobody/,
    ),
    fails(
      'it cancels a second payment because the first was cancelled',
      aSale().act({ name: 'cancel' }).cancel().sale().intent().session().cancel(),
      /ts_2\/cancel was sent/,
    ),
    fails(
      'it gives a pre-authorization back by itself',
      aPaidSale().call('POST', '/payment-intents/pi_1/reversal'),
      /pi_1\/reversal was sent/,
    ),
    fails(
      'it changes the amount because it was to try again',
      aSale()
        .act({ name: 'retry' })
        .call('POST', '/payment-intents/pi_1/amount', {
          body: { amount: pounds(500) },
        }),
      /pi_1\/amount was sent/,
    ),
    passes(
      'the session in doubt is ended by who tries again',
      aSale().act({ name: 'retry' }).cancel(),
      /did nothing by itself/,
    ),
    fails('it decides by itself', aSale().decide(true), /ts_1\/signature was sent/),
    fails(
      'it refunds by itself',
      aPaidSale().call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 1000 } }),
      /pi_1\/refunds was sent/,
    ),
    fails('it refunds on the card machine by itself', aPaidSale().session({ type: 'MatchedRefund' }), /POST/),
    fails(
      'it adds a tip of its own',
      aSale().call('POST', '/payment-intents/pi_1/tips-amount', { body: { tipsAmount: pounds(100) } }),
      /tips-amount was sent/,
    ),
    fails(
      'it raises the amount by itself',
      aSale().call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } }),
      /pi_1\/amount was sent/,
    ),
    fails(
      'it captures by itself',
      aSale().call('POST', '/payment-intents/pi_1/captures'),
      /captures was sent/,
    ),
  ],
  'kept-as-asked': [
    passes(
      'the API goes by what it was asked for',
      sessionKept().intentIs('Captured'),
      /^2 resources, as asked for/,
    ),
    passes('nothing was made', new Story().sale(), /no payment intent and no session/),
    passes(
      'the amount was changed since',
      new Story()
        .intent()
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } })
        .intentIs('Authorized', { amount: pounds(1500) }),
      /as asked for/,
    ),
    fails(
      'a change that was refused has taken effect',
      new Story()
        .intent()
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) }, status: 400 })
        .intentIs('Authorized', { amount: pounds(1500) }),
      /pi_1: amount £15\.00, asked for £10\.00/,
    ),
    fails(
      'the answer halves the amount',
      kept({}, { amount: pounds(500) }),
      /amount £5\.00, asked for £10\.00/,
    ),
    fails('the amount is another when it is read', kept({}, {}, { amount: pounds(999) }), /amount £9\.99/),
    fails(
      'the currency is another',
      kept({}, {}, { amount: euros(1000) }),
      /amount €10\.00, asked for £10\.00/,
    ),
    fails('the reference is lost', kept({}, {}, { reference: '' }), /reference .*asked for order-1/),
    fails(
      'the capture mode is another',
      kept({ captureMode: 'Manual' }, {}, { captureMode: 'Auto' }),
      /captureMode Auto, asked for Manual/,
    ),
    fails(
      'the cardholder is present after all',
      kept({ cardHolderNotPresent: true }, { cardHolderNotPresent: false }),
      /cardHolderNotPresent false, asked for true/,
    ),
    fails(
      'a poll is answered with another session',
      aSale().call('GET', '/terminal-sessions/ts_1', { answer: { id: 'ts_9', status: 'Captured' } }),
      /asked for ts_1, answered ts_9/,
    ),
    fails(
      'the kit itself is answered with another payment intent',
      new Story().intent().intentIs('Created', { id: 'pi_9' }),
      /^asked for pi_1, answered pi_9$/,
    ),
    fails(
      'a cancellation is answered as if nothing had happened',
      aSale().call('PUT', '/terminal-sessions/ts_1/cancel', { answer: { id: 'ts_1', status: 'Initiated' } }),
      /cancel answered 200 with the status Initiated/,
    ),
    fails(
      'a payment is captured before a card was seen',
      kept({}, { status: 'Captured' }),
      /status Captured/,
    ),
    fails(
      'an item line has another price',
      kept(
        { itemLines: [{ name: 'Tea', amountTotal: pounds(300) }] },
        {},
        { itemLines: [{ name: 'Tea', amountTotal: pounds(200) }] },
      ),
      /item line "Tea £2\.00", "Tea £3\.00" was sent/,
    ),
    fails(
      'an item line is lost',
      kept({ itemLines: [{ name: 'Tea' }, { name: 'Scone' }] }, {}, { itemLines: [{ name: 'Tea' }] }),
      /1 item lines, 2 were sent/,
    ),
    fails(
      'the session is on another card machine',
      sessionKept({ terminalId: 'tm_2' }),
      /terminalId tm_2, asked for tm_1/,
    ),
    fails(
      'the session is for another payment',
      sessionKept({ details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_2' } } }),
      /paymentIntentId pi_2, asked for pi_1/,
    ),
    fails(
      'an unlinked refund is of another amount',
      new Story().session({ type: 'UnlinkedRefund', amount: 500 }).sessionIs('Captured', {
        terminalId: 'tm_1',
        details: { sessionType: 'UnlinkedRefund', unlinkedRefund: { amount: pounds(50) } },
      }),
      /amount £0\.50, asked for £5\.00/,
    ),
  ],
  'statuses-go-forward': [
    passes('they move on to the end', aPaidSale(), /InitiateRequested → Initiated → Captured/),
    passes(
      'a cancellation came too late',
      aSale().poll('Initiated').poll('CancelRequested').poll('Initiated').poll('Captured'),
      /Captured/,
    ),
    passes('a pre-authorization is captured later', aSale().poll('Authorized').poll('Captured'), /Captured/),
    passes(
      'a rejected signature is declined',
      aSale().poll('SignatureVerificationRejected').poll('Declined'),
      /Declined/,
    ),
    passes('nothing was sent', new Story(), /no session was made/),
    fails(
      'one goes back',
      aSale().poll('SignatureVerificationRequired').poll('Initiated'),
      /ts_1 was SignatureVerificationRequired, then Initiated/,
    ),
    fails('an end is taken back', aSale().poll('Captured').poll('Initiated'), /was Captured, then Initiated/),
    fails(
      'one end becomes another',
      aSale().poll('Declined').poll('Captured'),
      /was Declined, then Captured/,
    ),
    fails(
      'it goes back after having gone on',
      aSale().poll('Initiated').poll('SignatureVerificationAccepted').poll('SignatureVerificationRequired'),
      /was SignatureVerificationAccepted, then SignatureVerificationRequired/,
    ),
  ],
};
