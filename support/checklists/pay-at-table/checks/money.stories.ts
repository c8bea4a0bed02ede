import { fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { anOrder, aPayment, money, TableStory } from '../stories/story.ts';

const opened = (entered = 1000) => new TableStory().open(entered);

const closed = (...payments: ReturnType<typeof aPayment>[]) =>
  anOrder({ status: 'Finalized', payable: false, paidAmount: money(1000), payments });

/** £4.00 of £10.00 were paid with a tip of £0.50, and the order says so. */
const part = anOrder({
  paidAmount: money(400),
  tipsAmount: money(50),
  payments: [aPayment('pi_1', 400, 50)],
});

/** An order that says no more than it must. */
const bare = (paid: number) => {
  const {
    payments: _payments,
    payable: _payable,
    tipsAmount: _tips,
    ...rest
  } = anOrder({ paidAmount: money(paid) });
  return rest;
};

const addsCake = (story: TableStory) =>
  story.act({ name: 'addItem', orderId: 'o1', item: { name: 'Cake', plu: 'cake', quantity: 2, price: 150 } });

export const moneyStories: Stories = {
  'payments-recorded': [
    passes(
      'it answers each with the order',
      opened().pay(1000, 0, { answer: closed(aPayment('pi_1', 1000)) }),
      /£10\.00/,
    ),
    passes(
      'it answers the second request for a payment whose first answer was lost',
      opened()
        .pay(1000, 0, { status: null })
        .call('RecordOrderPaymentById', { body: { paymentIntentId: 'pi_1', paidAmount: money(1000) } }),
    ),
    fails(
      'it refuses one',
      opened()
        .pay(400, 0)
        .pay(600, 0, { status: 409, answer: { errorType: 'Conflict' } }),
      /£6\.00 was refused with 409/,
    ),
    fails('it answers one with 500', opened().pay(1000, 0, { status: 500 }), /refused with 500/),
    fails(
      'it answers one by nothing',
      opened().pay(1000, 0, { status: null }),
      /nothing was answered to £10\.00/,
    ),
    fails(
      'it has not registered that it records payments',
      opened().note('guest-paid', {
        orderId: 'o1',
        paymentIntentId: 'pi_9',
        amount: 1000,
        tips: 0,
        currency: 'GBP',
      }),
      /not registered/,
    ),
    fails('no guest could pay', opened(), /no guest has paid/),
  ],
  'payments-identified': [
    passes(
      'each stands there once',
      opened()
        .pay(400, 0)
        .pay(600, 0)
        .read(closed(aPayment('pi_1', 400), aPayment('pi_2', 600))),
    ),
    passes(
      'the answer to the recording lists it',
      opened().pay(1000, 0, { answer: closed(aPayment('pi_1', 1000)) }),
    ),
    passes(
      'payments are not stated, and the journal shows it',
      opened().pay(400, 0).read(bare(400)).shows('pi_1', 400, 0),
    ),
    reviews(
      'payments are neither stated nor shown',
      opened().pay(400, 0).read(bare(400)),
      /no journal shows/,
    ),
    fails(
      'the payment stands there under another id',
      opened()
        .pay(1000, 0)
        .read(closed(aPayment('o1-1', 1000))),
      /pi_1 does not stand/,
    ),
    fails(
      'it stands there twice',
      opened()
        .pay(400, 0)
        .read(anOrder({ payments: [aPayment('pi_1', 400), aPayment('pi_1', 400)] })),
      /2 times/,
    ),
    fails(
      'the second took the place of the first',
      opened()
        .pay(400, 0)
        .pay(600, 0)
        .read(closed(aPayment('pi_2', 600))),
      /pi_1/,
    ),
    fails(
      'the amount is another',
      opened()
        .pay(400, 50)
        .read(anOrder({ payments: [aPayment('pi_1', 450, 50)] })),
      /£4\.00 stands there with £4\.50/,
    ),
    fails('none was recorded', opened().pay(400, 0, { status: 409 }), /no payment was recorded/),
    fails('no guest has paid', opened(), /no guest/),
  ],
  'balance-agrees': [
    passes(
      'it is stated after each payment, without the tip',
      opened().search([anOrder()]).pay(400, 50, { answer: part }).read(part),
    ),
    passes(
      'paidAmount is left out',
      opened()
        .pay(400, 0)
        .read({ ...bare(0), paidAmount: null }),
    ),
    passes(
      'a payment whose answer was lost is counted',
      opened()
        .pay(400, 0, { status: null })
        .read(anOrder({ paidAmount: money(400) })),
    ),
    passes(
      'a payment whose answer was lost is not counted',
      opened().pay(400, 0, { status: null }).read(anOrder()),
    ),
    passes('a refused one is not counted', opened().pay(400, 0, { status: 409 }).read(anOrder())),
    passes(
      'what is stated in the midst of two payments is between them',
      opened()
        .pay(400, 0, { took: 100, answer: anOrder({ paidAmount: money(1000) }) })
        .pay(600, 0, { took: 50, beside: true, answer: anOrder({ paidAmount: money(600) }) })
        .read(closed()),
    ),
    passes(
      'a payment is refunded later',
      opened()
        .pay(400, 0)
        .read(anOrder({ paidAmount: money(400) }))
        .act({ name: 'refundPayment', orderId: 'o1', paymentIntentId: 'pi_1' })
        .read(anOrder()),
    ),
    fails(
      'a payment is forgotten',
      opened().pay(400, 0).read(anOrder()),
      /paidAmount is £0\.00 where £4\.00 was recorded/,
    ),
    fails(
      'the tip is counted with it',
      opened()
        .pay(400, 50)
        .read(anOrder({ paidAmount: money(450) })),
      /£4\.50 where £4\.00/,
    ),
    fails(
      'a refused payment is counted',
      opened()
        .pay(400, 0, { status: 409 })
        .read(anOrder({ paidAmount: money(400) })),
      /£4\.00 where £0\.00/,
    ),
    fails(
      'the tip is stated otherwise',
      opened()
        .pay(400, 50)
        .read(anOrder({ paidAmount: money(400), tipsAmount: money(5) })),
      /tipsAmount is £0\.05/,
    ),
    fails('no order was stated', opened(), /no answer tells/),
  ],
  'total-as-entered': [
    passes('it is', opened().search([anOrder()]).read(anOrder())),
    passes(
      'an item was added since',
      addsCake(opened().read(anOrder())).read(anOrder({ totalAmount: money(1300) })),
    ),
    fails(
      'it is not',
      opened().read(anOrder({ totalAmount: money(1200) })),
      /£12\.00 where £10\.00 was entered/,
    ),
    fails(
      'it is stated in another currency',
      opened().read(anOrder({ totalAmount: money(1000, 'EUR') })),
      /€10\.00/,
    ),
    fails('it is not stated', opened().read({ ...anOrder(), totalAmount: null }), /says no totalAmount/),
    fails(
      'an item that was added is left out',
      addsCake(opened().read(anOrder())).read(anOrder()),
      /where £13\.00 was entered/,
    ),
    fails('no order was stated', opened(), /no answer tells/),
  ],
  'paid-order-closed': [
    passes('it says so and is not listed', opened().pay(1000, 0).read(closed()).search([])),
    passes(
      'it says nothing of payable, and is not listed',
      opened().pay(1000, 0).read(bare(1000)).search([]),
    ),
    passes('it is not found any more', opened().pay(1000, 0).read(null, { status: 404 }).search([])),
    fails('it is listed as payable', opened().pay(1000, 0).read(closed()).search([closed()]), /o1 is listed/),
    fails(
      'it says payable: true',
      opened()
        .pay(1000, 0)
        .read(anOrder({ paidAmount: money(1000) }))
        .search([]),
      /payable: true/,
    ),
    fails('it still owes something', opened().pay(1000, 0).read(bare(999)).search([]), /still owes £0\.01/),
    fails(
      'its payments leave something owed',
      opened()
        .pay(1000, 0)
        .read({ ...bare(0), paidAmount: null, payments: [aPayment('pi_1', 999)] })
        .search([]),
      /still owes £0\.01/,
    ),
    fails('no order was paid in full', opened().pay(400, 0).read(part), /no order was paid in full/),
  ],
  'tips-apart': [
    passes('it stands with its payment', opened().pay(400, 50).read(part)),
    passes(
      'only the sum is stated',
      opened()
        .pay(400, 50)
        .read({ ...bare(400), tipsAmount: money(50) }),
    ),
    passes('the journal shows it', opened().pay(400, 50).read(bare(400)).shows('pi_1', 400, 50)),
    reviews(
      'it is neither stated nor shown',
      opened().pay(400, 50).read(bare(400)),
      /no answer tells the tip/,
    ),
    fails(
      'it is lost',
      opened()
        .pay(400, 50)
        .read(anOrder({ paidAmount: money(400), payments: [aPayment('pi_1', 400)] })),
      /£0\.50 stands there as £0\.00/,
    ),
    fails(
      'it is added to the amount',
      opened()
        .pay(400, 50)
        .read(anOrder({ payments: [aPayment('pi_1', 450, 50)] })),
      /£4\.00 stands there as £4\.50/,
    ),
    fails(
      'the sum is another',
      opened()
        .pay(400, 50)
        .read({ ...bare(400), tipsAmount: money(0) }),
      /tipsAmount is £0\.00/,
    ),
    fails('no tip was given', opened().pay(400, 0).read(part), /no payment with a tip/),
  ],
  'order-payable-again': [
    passes('it is listed for the rest', opened().pay(400, 50).read(part).search([part]), /£6\.00 is owed/),
    passes(
      'payable is left out',
      opened()
        .pay(400, 0)
        .read(bare(400))
        .search([bare(400)]),
    ),
    passes(
      'paidAmount is left out, and its payments say it',
      opened()
        .pay(400, 50)
        .search([{ ...part, paidAmount: null }]),
      /£6\.00 is owed .* by its payments/,
    ),
    reviews(
      'it says in no way what was paid',
      opened()
        .pay(400, 0)
        .search([{ ...bare(400), paidAmount: null }]),
      /neither paidAmount nor payments/,
    ),
    fails(
      'paidAmount is left out, and its payments say too little',
      opened()
        .pay(400, 50)
        .search([{ ...part, paidAmount: null, payments: [] }]),
      /£10\.00 is owed .* by its payments/,
    ),
    fails('it is not listed', opened().pay(400, 50).read(part).search([]), /not listed as payable/),
    fails(
      'it says payable: false',
      opened()
        .pay(400, 50)
        .search([{ ...part, payable: false }]),
      /payable: false/,
    ),
    fails('it owes all of it', opened().pay(400, 0).search([anOrder()]), /£10\.00 is owed .* due are £6\.00/),
    fails(
      'the tip is taken off',
      opened()
        .pay(400, 50)
        .search([anOrder({ paidAmount: money(450) })]),
      /£5\.50 is owed/,
    ),
    fails('nobody searched', opened().pay(400, 0).read(part), /no search followed/),
    fails('nothing was paid', opened(), /no order was paid in part/),
  ],
};
