import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { TableStory } from '../stories/story.ts';

/** An order over £10.00, of which a guest has paid £4.00. */
const partPaid = () => new TableStory().open().pay(400, 0);

export const screenStories: Stories = {
  'balance-shown': [
    passes('it is', partPaid().displays('Total £10.00\nTo pay £6.00'), /shows £6\.00/),
    passes('it alone is', partPaid().displays('T1 · 6.00'), /shows £6\.00/),
    passes('the display shows no order', partPaid().displays('Welcome\n12:00'), /no sum/),
    passes(
      'it is shown later than the payment',
      partPaid().displays('To pay £10.00').displays('To pay £6.00'),
      /shows £6\.00/,
    ),
    warns('it shows the whole', partPaid().displays('To pay £10.00'), /nowhere the £6\.00/),
    warns(
      'it shows the whole beside what was paid',
      partPaid().displays('Paid £4.00\nTo pay £10.00'),
      /nowhere the £6\.00/,
    ),
    warns(
      'it shows since before the payment what the whole is',
      new TableStory().open().displays('£10.00').pay(400, 0),
      /nowhere the £6\.00/,
    ),
    reviews('nobody saw the display', partPaid(), /not seen/),
    fails('the order is paid in full', new TableStory().open().pay(1000, 0), /paid in part/),
    fails('nobody paid', new TableStory().open(), /paid in part/),
  ],
};
