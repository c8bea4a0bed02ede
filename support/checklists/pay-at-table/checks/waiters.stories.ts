import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { anOrder, TableStory } from '../stories/story.ts';

const unknown = { unknown: 'nobody' };
const own = anOrder({ details: { orderType: 'DineIn', dineIn: { waiterId: '7' } } });
const opened = (order: Json = own) => new TableStory().open().search([order]);

interface Answered {
  readonly status?: number | null;
  readonly answer?: Json;
}

/** A waiter searches by the header, and by the body. */
const asks = (story: TableStory, waiterId: string, byHeader: Answered, byBody = byHeader) =>
  story
    .call('SearchOrders', { waiter: waiterId, body: { payableOnly: true }, ...byHeader })
    .call('SearchOrders', { body: { payableOnly: true, dineIn: { waiterId } }, ...byBody });

const nothing = { answer: { data: [] } };
const all = { answer: { data: [own] } };

export const waiterStories: Stories = {
  'unknown-waiter-answered': [
    passes('by an empty list', asks(opened(), 'nobody', nothing), /validates the waiter/, {
      params: unknown,
    }),
    passes('by all', asks(opened(), 'nobody', all), /does not validate/, { params: unknown }),
    passes('by its header alone', asks(opened(), 'nobody', nothing, all), /in one place/, {
      params: unknown,
    }),
    passes(
      'with NotFound',
      asks(opened(), 'nobody', { status: 404, answer: { errorType: 'NotFound' } }),
      /validates/,
      { params: unknown },
    ),
    passes(
      'with InvalidRequest',
      asks(opened(), 'nobody', { status: 400, answer: { errorType: 'InvalidRequest' } }),
      /validates/,
      { params: unknown },
    ),
    fails('with 500', asks(opened(), 'nobody', { status: 500 }), /answered 500/, { params: unknown }),
    fails('by nothing', asks(opened(), 'nobody', { status: null }), /by nothing/, { params: unknown }),
    fails('nobody asked', opened(), /has searched/, { params: unknown }),
  ],
  'waiter-orders-listed': [
    passes('they are', asks(opened(), '7', all), /listed in 2 of 2/, { params: unknown }),
    passes(
      'the POS knows no waiters, and lists all',
      asks(opened(anOrder()), 'nobody', { answer: { data: [anOrder()] } }),
      /for any waiter/,
      { params: unknown },
    ),
    fails('one is withheld', asks(opened(), '7', nothing), /withheld from its own waiter/, {
      params: unknown,
    }),
    fails('one is withheld by the body', asks(opened(), '7', all, nothing), /withheld/, { params: unknown }),
    fails('the search breaks', asks(opened(), '7', { status: 500 }), /answered 500/, { params: unknown }),
    fails('nobody asked', opened(), /no waiter has searched/, { params: unknown }),
    reviews(
      'no order says whose it is, and a stranger sees none',
      asks(opened(anOrder()), 'nobody', nothing),
      /no order says whose/,
      { params: unknown },
    ),
  ],
};
