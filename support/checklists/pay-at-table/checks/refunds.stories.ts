import { fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { anOrder, aPayment, money, TableStory } from '../stories/story.ts';

const paidOrder = anOrder({ payable: false, paidAmount: money(1000) });
const openAgain = anOrder({ paidAmount: money(0) });
const paid = () => new TableStory().open().pay(1000, 0).read(paidOrder);
const tipped = () => new TableStory().open().pay(1000, 50).read(paidOrder).refund('pi_1');
const listing = anOrder({ paidAmount: null, payments: [aPayment('pi_1', 1000)] });
const paidByList = () => new TableStory().open().pay(1000, 0).read(listing);
const asked = () => paid().refund('pi_1');

export const refundStories: Stories = {
  'matched-refund-asked': [
    passes('in full', asked().session('pi_1', 1000), /MatchedRefund of £10\.00 on pi_1/),
    passes('without an amount', asked().session('pi_1', null), /of all/),
    fails('on another', asked().session('pi_9', 1000), /on pi_9; recorded was pi_1/),
    fails('of more than was paid', asked().session('pi_1', 1001), /£10\.01/),
    passes('the tip with it', tipped().session('pi_1', 1050), /£10\.50/),
    passes('without the tip', tipped().session('pi_1', 1000), /£10\.00/),
    passes(
      'once more, since the first was refused',
      asked().session('pi_1', null, 'MatchedRefund', 409).session('pi_1', null),
    ),
    fails('of less than was paid', asked().session('pi_1', 999), /£9\.99 .* where £10\.00/),
    fails(
      'a second one is refused',
      asked().session('pi_1', 1000).session('pi_1', 1000, 'MatchedRefund', 400),
      /2 sessions/,
    ),
    fails('twice', asked().session('pi_1', 1000).session('pi_1', 1000), /2 sessions/),
    fails('as a sale', asked().session('pi_1', 1000, 'Sale'), /Sale/),
    fails('nothing was sent', asked(), /no terminal session/),
    fails('nobody refunded', paid(), /no refund/),
  ],
  'refund-confirmed': [
    passes(
      'it is',
      asked().session('pi_1', null).poll('Captured').ask('GET', '/payment-intents/pi_1'),
      /read 1 time/,
    ),
    fails(
      'it was read too early',
      asked().session('pi_1', null).ask('GET', '/payment-intents/pi_1').poll('Captured'),
      /read 0 times/,
    ),
    fails(
      'another was read',
      asked().session('pi_1', null).poll('Captured').ask('GET', '/payment-intents/pi_9'),
      /read 0 times/,
    ),
    fails('the end was never read', asked().session('pi_1', null), /never learned/),
    fails('nobody refunded', paid(), /no refund/),
  ],
  'refund-not-claimed-early': [
    passes(
      'it waits',
      asked().session('pi_1', null).poll('Initiated').poll('Captured').says('Refunded'),
      /had ended/,
    ),
    passes('it shows nothing', asked().session('pi_1', null).poll('Captured'), /no success/),
    passes(
      'what it shows is of the refund before',
      paid()
        .says('Refunded')
        .refund('pi_1')
        .session('pi_1', null)
        .says('Refunded')
        .poll('Initiated')
        .poll('Captured'),
      /no success/,
    ),
    passes(
      'its failing is shown early',
      asked().session('pi_1', null).says('Declined').poll('Initiated').poll('Declined'),
    ),
    fails(
      'it does not wait',
      asked().session('pi_1', null).says('Refunded').poll('Initiated').poll('Captured'),
      /"Refunded" while the card machine was at it: Initiated/,
    ),
    fails(
      'it does not, the second time',
      paid()
        .says('Refunded')
        .refund('pi_1')
        .says('Please wait')
        .session('pi_1', null)
        .says('Refunded')
        .poll('Initiated'),
      /while the card machine was at it/,
    ),
    fails('nobody refunded', paid(), /no refund/),
  ],
  'failed-refund-shown': [
    passes('as declined', asked().session('pi_1', null).poll('Declined').says('Declined'), /"Declined"/),
    passes('as cancelled', asked().session('pi_1', null).poll('Canceled').says('Cancelled')),
    fails('as refunded', asked().session('pi_1', null).poll('Declined').says('Refunded'), /"Refunded"/),
    fails('first as refunded', asked().says('Refunded').poll('Declined').says('Declined'), /"Refunded"/),
    fails('it shows nothing', asked().session('pi_1', null).poll('Declined'), /shows nothing/),
    fails('what it shows stood there', paid().says('Declined').refund('pi_1').says('Declined'), /nothing/),
    fails('nobody refunded', paid(), /no refund/),
    passes(
      'in a notice',
      asked().poll('Declined').remarks('The refund was declined by the bank.'),
      /declined by the bank/,
    ),
    passes(
      'in the same notice as of a refund before',
      paid()
        .remarks('Refund declined')
        .refund('pi_1')
        .session('pi_1', null)
        .remarks('')
        .poll('Declined')
        .remarks('Refund declined'),
    ),
    fails(
      'a notice of a refund before still stands',
      paid().remarks('Refund declined').refund('pi_1').poll('Declined').remarks('Refund declined'),
      /shows nothing/,
    ),
    reviews('a notice says that it was made', asked().poll('Declined').remarks('Payment refunded')),
    reviews('a notice asks for it', asked().poll('Declined').remarks('Was the refund declined?')),
    reviews('in words of its own', asked().poll('Declined').says('Computer says no'), /does not know/),
  ],
  'failed-refund-not-booked': [
    passes('it is not', asked().session('pi_1', null).poll('Declined').read(paidOrder), /£10\.00 paid after/),
    fails('it is', asked().session('pi_1', null).poll('Declined').read(openAgain), /£0\.00 paid after/),
    passes(
      'it lists its payments alone',
      paidByList().refund('pi_1').session('pi_1', null).poll('Declined').read(listing),
      /£10/,
    ),
    fails(
      'it takes it from its payments',
      paidByList()
        .refund('pi_1')
        .session('pi_1', null)
        .poll('Declined')
        .read({ ...listing, payments: [] }),
      /£0\.00 paid after/,
    ),
    fails('it has not ended', asked().read(paidOrder), /no refund has ended/),
    fails('nobody read it', asked().session('pi_1', null).poll('Declined'), /was not read/),
  ],
};
