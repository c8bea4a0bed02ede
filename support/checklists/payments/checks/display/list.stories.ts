import type { Json } from '../../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { pounds } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const ids = ['pi_1', 'pi_2', 'pi_3', 'pi_4'];

const all = { params: { ids } };

const references = (...numbers: number[]): string =>
  numbers.map((number) => `order-${number} £1.00`).join('\n');

/** A till that reads the payment intents in two pages, and then shows these texts in turn. */
const listing = (...texts: string[]): Story => {
  const page = (...data: Json[]) => ({ answer: { data } });
  const intent = (id: string): Json => ({
    id,
    reference: `order-${id.slice(3)}`,
    amount: pounds(100 + Number(id.slice(3))),
  });
  const story = new Story()
    .act({ name: 'listIntents' })
    .call('POST', '/payment-intents/search', page(...ids.slice(0, 2).map(intent), intent('pi_11')))
    .call('POST', '/payment-intents/search', page(...ids.slice(2).map(intent)));
  return texts.reduce((so, text) => so.shows({ text }), story);
};

export const listStories: Stories = {
  'list-shown': [
    passes('each stands there once', listing(references(1, 2, 3, 4)), /^4 of 4 shown$/, all),
    passes(
      'each stands there in two places',
      listing(`${references(1, 2, 3, 4)}\n${references(4, 3, 2, 1)}`),
      /^4 of 4 shown$/,
      all,
    ),
    passes('they stand there by their ids', listing('pi_3 pi_1 pi_4 pi_2'), /^4 of 4 shown$/, all),
    passes('the list has two pages', listing(references(1, 2), references(3, 4)), /^4 of 4 shown$/, all),
    passes(
      'another payment stands there besides',
      listing(references(1, 11, 2, 3, 4)),
      /^4 of 4 shown$/,
      all,
    ),
    fails('one is left out', listing(references(1, 3, 4)), /^3 of 4 shown; order-2 left out$/, all),
    fails(
      'one stands there twice',
      listing(references(1, 2, 3, 4, 2)),
      /^4 of 4 shown; order-2 more often than the others$/,
      all,
    ),
    reviews('it shows one page', listing(references(1, 2)), /^2 of 4 shown; the others may be on/, all),
    reviews('it begins with the oldest', listing(references(4, 3)), /^2 of 4 shown; the others may/, all),
    reviews('most are not there', listing(references(3), references(1)), /the others may be on/, {
      params: { ids: [...ids, 'pi_11'] },
    }),
    reviews(
      'neither references nor ids stand there, but amounts',
      listing('£1.01 Open\n£1.02 Open'),
      /shows none of them by its reference or its id, and some by their amount/,
      all,
    ),
    fails(
      'none of them stands there by anything',
      listing('Payments\n£9.99 Paid'),
      /shows none of them by its reference or its id, nor by its amount/,
      all,
    ),
    fails('the list is empty', listing('Payments'), /shows none of them/, all),
    fails(
      'it has all others, and none of them',
      listing(references(11)),
      /^0 of 4 shown; order-1, order-2, order-3 left out$/,
      all,
    ),
    fails(
      'it has some others, and none of those between',
      listing(references(1, 3)),
      /^0 of 2 shown; order-2, order-4 left out$/,
      { params: { ids: ['pi_2', 'pi_4'] } },
    ),
    reviews(
      'it shows a page of others',
      listing(references(1, 2)),
      /^0 of 2 shown; the others may be on another page of it$/,
      { params: { ids: ['pi_3', 'pi_4'] } },
    ),
    fails('the till learned of none', new Story().act({ name: 'listIntents' }), /Not testable/, all),
  ],
};
