import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { anOrder, aPayment, money, TableStory } from '../stories/story.ts';

const opened = () => new TableStory().open();

/** The order once that much is paid, by payments of these ids. */
const paid = (amount: number, ...ids: string[]) =>
  anOrder({
    paidAmount: money(amount),
    payable: amount < 1000,
    payments: ids.map((id) => aPayment(id, amount / ids.length)),
  });

/** A guest pays £4.00, and the EPOS is asked so to record it once more. */
const twice = (status: number | null = 200, amount = 400, first = 200) =>
  again(opened().pay(400, 0, { status: first }), amount, status);

const again = (story: TableStory, amount: number, status: number | null = 200) =>
  story.call('RecordOrderPaymentById', {
    body: { paymentIntentId: 'pi_1', paidAmount: money(amount) },
    status,
    answer: status === 409 ? { errorType: 'Conflict' } : null,
  });

const refused = (story = opened(), amount = 1001) =>
  story.pay(amount, 0, { status: 409, answer: { errorType: 'Conflict' } });

const stranger = (story: TableStory, status: number | null, by = 'without credentials') => {
  story.call('SearchOrders', { status, body: { payableOnly: true } });
  return story.note('stranger-called', { exchange: story.lastExchange, by });
};

/** The event of a payment of £4.00 comes twice; how it is answered the second time. */
const eventTwice = (status = 200) =>
  opened()
    .pay(400, 0)
    .note('event-sent', { what: 'genuine', genuine: true, status: 200 })
    .note('event-sent', { what: 'genuine, delivered again', genuine: true, status });

export const twiceStories: Stories = {
  'repeat-recorded-once': [
    passes('it is counted once', twice().read(paid(400, 'pi_1')), /£4\.00 once/),
    passes('only the sum says so', twice().read(anOrder({ paidAmount: money(400), payments: null }))),
    warns(
      'the repeat is refused, and taken out of the books',
      twice(409).note('guest-repaid', { paymentIntentId: 'pi_1' }).read(paid(0)),
      /nothing is counted any more/,
    ),
    reviews(
      'no answer says what is paid',
      twice().read(anOrder({ paidAmount: null, payments: null })),
      /no answer says/,
    ),
    fails('it is counted twice', twice().read(paid(800, 'pi_1', 'pi_1')), /counted 2 times/),
    fails('the sum has it twice', twice().read(paid(800, 'pi_1')), /counted 2 times/),
    fails(
      'the repeat is refused, and the payment kept',
      twice(409).note('guest-repaid', { paymentIntentId: 'pi_1' }).read(paid(400, 'pi_1')),
      /still counted, and a repeat was refused with 409/,
    ),
    fails('it is not counted', twice().read(paid(0)), /is not counted/),
    fails('both are refused', twice(409, 400, 409).read(paid(0)), /was refused with 409/),
    fails('nothing came again', opened().pay(400, 0).read(paid(400, 'pi_1')), /no payment could be recorded/),
  ],
  'other-amount-refused': [
    passes('it is', again(opened().pay(400, 0), 399, 409).read(paid(400, 'pi_1')), /refused with 409/),
    warns('it is answered with success', again(opened().pay(400, 0), 399).read(paid(400, 'pi_1')), /success/),
    fails(
      'it is recorded',
      again(opened().pay(400, 0), 399).read(paid(399, 'pi_1')),
      /no longer what is counted/,
    ),
    fails('nothing came again', opened().pay(400, 0), /no payment could be recorded/),
  ],
  'never-overpaid': [
    passes('a penny too much is refused', refused().read(paid(0)), /£0\.00 was recorded of £10\.00/),
    passes('one of two is recorded', refused(opened().pay(1000, 0), 1000), /£10\.00 was recorded of £10\.00/),
    fails('a penny too much is recorded', opened().pay(1001, 0), /£10\.01 was recorded/),
    fails('both are recorded', opened().pay(1000, 0).pay(1000, 0), /£20\.00 was recorded/),
    fails('nobody paid too much', opened().pay(400, 0), /no payment could be recorded/),
  ],
  'refused-not-counted': [
    passes('it is not', refused().read(paid(0)), /£10\.01 refused, and not counted/),
    passes('nothing was refused', opened().pay(400, 0), /refused none/),
    passes('another is counted', refused(opened().pay(1000, 0), 1000).read(paid(1000, 'pi_1'))),
    fails('it stands against the order', refused(opened(), 400).read(paid(400, 'pi_1')), /stands against/),
    fails(
      'the sum has it',
      refused(opened(), 400).read(anOrder({ paidAmount: money(400), payments: null })),
      /stands against/,
    ),
    fails('nobody read the order', refused(), /was not read/),
    fails('nobody paid', opened(), /no payment could be recorded/),
  ],
  'other-currency-refused': [
    passes('it is', refused(opened().inCurrency('EUR')), /409 Conflict/),
    warns('with another error', opened().inCurrency('EUR').pay(1000, 0, { status: 400 }), /refused with 400/),
    fails('it is recorded', opened().inCurrency('EUR').pay(1000, 0), /€10\.00 was recorded/),
    fails('nobody paid so', opened().pay(1000, 0), /nobody could pay/),
  ],
  'closed-order-refused': [
    passes('it is', refused(opened().pay(1000, 0), 100), /409 Conflict/, { params: { closed: ['o1'] } }),
    passes(
      'one that is not there is not found',
      opened().pay(100, 0, { orderId: 'nobody', status: 404, answer: { errorType: 'NotFound' } }),
      /refused/,
      { params: { unknown: ['nobody'] } },
    ),
    warns(
      'with an error of another kind',
      opened().pay(1000, 0).pay(100, 0, { status: 500 }),
      /refused with 500/,
      { params: { closed: ['o1'] } },
    ),
    fails('it is recorded', opened().pay(1000, 0).pay(100, 0), /£1\.00 was recorded/, {
      params: { closed: ['o1'] },
    }),
    fails('no order is closed', opened(), /no such payment/),
  ],
  'strangers-refused': [
    passes('each is', stranger(stranger(opened(), 401), 404, 'for nothing'), /without credentials: 401/),
    warns('one breaks it', stranger(opened(), 500), /500/),
    warns('one is not answered', stranger(opened(), null), /no answer/),
    fails('one is served', stranger(opened(), 200), /without credentials: 200/),
    fails('nobody called', opened(), /nobody could call/),
  ],
  'event-counted-once': [
    passes('it is', eventTwice().read(paid(400, 'pi_1')), /2 events, and the payment once/),
    passes('only the sum says so', eventTwice().read(anOrder({ paidAmount: money(400), payments: null }))),
    passes('it takes no events', opened().pay(400, 0).read(paid(400, 'pi_1')), /takes no events/),
    warns('an event is refused', eventTwice(500).read(paid(400, 'pi_1')), /answered with 500/),
    warns('an event is not answered', eventTwice(0).read(paid(400, 'pi_1')), /answered with nothing/),
    fails('it is counted twice', eventTwice().read(paid(800, 'pi_1')), /£4\.00 is counted 2 times/),
    fails('it is listed twice', eventTwice().read(paid(800, 'pi_1', 'pi_1')), /counted 2 times/),
    fails('it is lost', eventTwice().read(paid(0)), /counted 0 times/),
    fails('nobody read the order', eventTwice(), /was not read after/),
    fails('nobody paid', opened(), /no payment could be recorded/),
  ],
};
