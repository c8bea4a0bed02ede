import type { Action, Headers, Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, euros, pounds } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

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

const chosen = (story: Story): Story => story.sale().intent().session({ terminalId: 'tm_1' });

const carrying = (story: Story, header?: string): Story =>
  story.call('GET', '/terminals', { headers: header === undefined ? [] : [['reseller-id', header]] });

const settled = (partner = {}): Story => new Story().configure('key-1', { answer: 'done' }, partner);

const ours = { resellerId: 'ours' };

const arranged = (story: Story): Story =>
  story.fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: {} });

const tidied = (story: Story): Story => story.fact('tidying-up', {});

const tip = (story: Story, value: number): Story =>
  story.call('POST', '/payment-intents/pi_1/tips-amount', { body: { tipsAmount: pounds(value) } });

/** The till was asked to refund, and has sent two refunds with these keys; the first was answered so. */
const refundedTwice = (first: string, second: string, status: number, between?: Action): Story => {
  const target = '/payment-intents/pi_1/refunds';
  const headers = (key: string): Headers => [['idempotencyKey', key]];
  const story = aPaidSale()
    .act({ name: 'refundIntent' })
    .call('POST', target, { body: { amount: 100 }, headers: headers(first), status });
  return (between ? story.act(between) : story).call('POST', target, {
    body: { amount: 100 },
    headers: headers(second),
  });
};

export const enteredStories: Stories = {
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
    passes(
      'the session is on another card machine, and no step of the choice applied',
      new Story()
        .choose('tm_1', { answer: 'done', idle: true })
        .sale()
        .intent()
        .session({ terminalId: 'tm_2' }),
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
    fails(
      'cashback is asked for that was not entered',
      new Story().sale().intent({ cashbackAmount: pounds(500) }),
    ),
    passes('no cashback is asked for yet', new Story().sale(1000, { cashback: 500 }).intent()),
    fails('another card machine was chosen', chosen(new Story().choose('tm_2'))),
    passes('another was chosen before', chosen(new Story().choose('tm_2').choose('tm_1'))),
    passes('another is chosen only later', chosen(new Story()).choose('tm_2')),
    fails(
      'another was chosen, and the right one only later',
      chosen(new Story().choose('tm_2')).choose('tm_1'),
    ),
    passes(
      'another is just being chosen',
      new Story().sale().intent().choose('tm_2').wait(-8).session({ terminalId: 'tm_1' }),
    ),
    passes(
      'another could not be chosen',
      chosen(new Story().choose('tm_2', { answer: 'notOffered', reason: 'no list' })),
    ),
    fails(
      'the session is for the payment of the sale before',
      new Story().sale().intent().sale().intent().session({ on: 'pi_1' }),
    ),
    fails(
      'a further attempt asks for another amount',
      aSale()
        .act({ name: 'retry' })
        .intent({ amount: pounds(1) }),
    ),
    passes('a further attempt is on the payment of the sale', aSale().act({ name: 'retry' }).session()),
    fails(
      'the session is for a payment that nobody made',
      new Story().sale().intent().session({ on: 'pi_9' }),
    ),
    passes(
      'a refund without a payment names none',
      new Story()
        .act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 500 }),
    ),
    passes(
      'a refund without a payment is begun in a sale',
      aPaidSale().session({ type: 'UnlinkedRefund', amount: 500 }),
    ),
    passes(
      'the payment is asked for in the moment of its sale',
      new Story().sale(500).sale().wait(-10).intent(),
    ),
    passes(
      'nothing had been entered yet',
      new Story()
        .intent({ amount: pounds(1) })
        .wait(10)
        .sale()
        .intent(),
    ),
    fails('another reseller id is sent once a sale has begun', carrying(settled(ours).sale(), 'theirs')),
    passes('the reseller id is left out', carrying(settled(ours))),
    passes('a reseller id is sent and none was entered', carrying(settled(), 'theirs')),
    passes(
      'the reseller id is sent that was entered last',
      carrying(settled({ resellerId: 'theirs' }).configure('key-1', { answer: 'done' }, ours), 'ours'),
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
    fails('it cancels before it is asked', aSale().cancel().wait(10).act({ name: 'cancel' })),
    fails('it cancels by itself after something was arranged', arranged(aSale()).cancel()),
    passes('it cancels while the kit tidies up', tidied(aSale()).cancel()),
    passes(
      'it ends a session whose answer was lost, when it is asked to try again',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { trouble: 'upstream-dropped' })
        .act({ name: 'retry' })
        .call('PUT', '/terminal-sessions/ts_7/cancel'),
    ),
    passes(
      'it is asked to change the amount',
      aSale()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) } }),
    ),
    passes(
      'it is asked to capture',
      aSale().act({ name: 'capture' }).call('POST', '/payment-intents/pi_1/captures'),
    ),
    fails(
      'a tip is set that tells no amount',
      aSale().call('POST', '/payment-intents/pi_1/tips-amount', { body: {} }),
    ),
    passes('it ends one payment for the sake of the next', aSale().sale().cancel()),
    fails(
      'it was asked to cancel the payment before',
      aSale().act({ name: 'cancel' }).cancel().intent().session().cancel(),
    ),
    passes('the tip was entered', tip(new Story().sale(1000, { tip: 150 }).intent(), 150)),
    passes(
      'the tip was entered in one of two sales',
      tip(new Story().sale(1000, { tip: 150 }).intent().sale(), 150),
    ),
    passes('the tip is taken back', tip(aSale(), 0)),
    fails('another tip is set', tip(new Story().sale(1000, { tip: 150 }).intent(), 100)),
    fails('a refund without a payment is begun', aPaidSale().session({ type: 'UnlinkedRefund', amount: 1 })),
    passes(
      'a refund without a payment was asked for',
      aPaidSale()
        .act({ name: 'unlinkedRefund', amount: 1, currency: 'GBP' })
        .session({ type: 'UnlinkedRefund', amount: 1 }),
    ),
    fails('a sale is begun', new Story().intent().session()),
    fails(
      'it tries again by itself when the card was declined',
      aSale().poll('Declined').session().poll('Captured'),
      /POST \/terminal-sessions was sent, and nobody/,
    ),
    fails(
      'it takes the payment anew after its operator has recorded it by hand',
      aSale().poll('Expired').act({ name: 'recordManually' }).session(),
      /POST \/terminal-sessions was sent/,
    ),
    fails(
      'it takes the refund anew',
      aPaidSale().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' }).poll('Declined').session({
        type: 'MatchedRefund',
      }),
      /POST \/terminal-sessions was sent/,
    ),
    passes('it tries again when it is asked to', aSale().poll('Declined').act({ name: 'retry' }).session()),
    passes('it asks again for a session that was refused', aSale().session({ refused: 409 }).session()),
    passes(
      'a signature is asked for after Authorized, and the session of the next sale begins',
      aSale().poll('Authorized').poll('SignatureVerificationRequired').sale().intent().session(),
    ),
    passes('a second device pays the sale', aSale().poll('Declined').act({ name: 'payElsewhere' }).session()),
    fails('it refunds again when it hears of the refund', refundedTwice('1', '2', 200), /refunds was sent/),
    fails('it refunds again, since the first was refused', refundedTwice('1', '2', 400), /refunds was sent/),
    passes('it repeats a refund whose answer was an error of the server', refundedTwice('1', '1', 500)),
    passes(
      'it sends a refund again whose answer it never got',
      aPaidSale()
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 100 }, trouble: 'upstream-dropped' })
        .call('POST', '/payment-intents/pi_1/refunds', { body: { amount: 100 } }),
    ),
    passes('it repeats a refund by its own key', refundedTwice('1', '1', 200)),
    passes('it is asked to refund twice', refundedTwice('1', '2', 200, { name: 'refundIntent' })),
    passes(
      'something that nobody knows is begun',
      aPaidSale().call('POST', '/terminal-sessions', { body: { details: { sessionType: 'Other' } } }),
    ),
  ],
};
