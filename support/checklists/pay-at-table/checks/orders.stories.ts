import { fails, passes, type Stories, warns } from '../../payments/stories/case.ts';
import { anOrder, money, TableStory } from '../stories/story.ts';

const opened = () => new TableStory().open();
const other = (id: string) => anOrder({ id });
const paid = anOrder({ payable: false, paidAmount: money(1000), status: 'Finalized' });
const unknown = { unknown: ['nobody', 'no/body?'] };

const asksStrangers = (status: number | null, answer: { [name: string]: string } | null) =>
  new TableStory()
    .call('GetOrderById', { orderId: 'nobody', status, answer })
    .call('GetOrderById', { orderId: 'no/body?', status, answer });

export const orderStories: Stories = {
  'payable-orders-alone': [
    passes('it lists what can be paid', opened().search([anOrder()]), /1 listed/, {
      params: { closed: ['o2'] },
    }),
    passes(
      'one that is on hold is listed',
      opened().search([anOrder(), other('o3')]),
      /o3 on hold among them/,
      { params: { held: ['o3'] } },
    ),
    passes('payable is left out', opened().search([{ id: 'o1', totalAmount: money(1000) }])),
    passes('nothing can be paid', opened().search([]), /0 listed/),
    fails('a paid one is listed', opened().search([anOrder(), other('o2')]), /o2 is paid or void/, {
      params: {
        closed: ['o2'],
      },
    }),
    fails(
      'one says that it is not payable',
      opened().search([{ ...anOrder(), payable: false }]),
      /payable: false/,
    ),
    fails('one owes nothing', opened().search([anOrder({ paidAmount: money(1000) })]), /owes £0\.00/),
    fails('one is canceled', opened().search([anOrder({ status: 'Canceled' })]), /Canceled/),
    fails(
      'the search is refused',
      opened().call('SearchOrders', { status: 500, body: { payableOnly: true } }),
      /answered no search/,
    ),
  ],
  'payable-orders-listed': [
    passes(
      'each is there once, on two pages',
      opened()
        .search([anOrder()], { limit: 1 }, 'o1')
        .search([other('o2')], { after: 'o1' }),
      /2 on 2 pages/,
      { params: { open: ['o1', 'o2'] } },
    ),
    passes('orders of others are there too', opened().search([anOrder(), other('o9')]), /2 on 1 pages/, {
      params: {
        open: ['o1'],
      },
    }),
    fails('one is missing', opened().search([anOrder()]), /o2 not listed/, {
      params: { open: ['o1', 'o2'] },
    }),
    fails('the list is empty', opened().search([]), /o1 not listed/, { params: { open: ['o1'] } }),
    fails(
      'one is there twice',
      opened().search([anOrder()], {}, 'o1').search([anOrder()], { after: 'o1' }),
      /o1 listed more than once/,
      { params: { open: ['o1'] } },
    ),
    fails(
      'the pages never end',
      opened()
        .search([anOrder()], {}, 'x')
        .search([other('o2')], { after: 'x' }, 'y'),
      /still another/,
      { params: { open: ['o1'] } },
    ),
    fails(
      'a page is refused',
      opened()
        .search([anOrder()], {}, 'x')
        .call('SearchOrders', { status: 400, body: { payableOnly: true, cursor: { after: 'x' } } }),
      /answered no search/,
    ),
  ],
  'statuses-stated': [
    passes('each has one of the ten', opened().search([anOrder(), paid]), /New, Finalized/),
    fails('one has none', opened().search([{ ...anOrder(), status: null }]), /none/),
    fails('one is misspelt', opened().search([anOrder({ status: 'Cancelled' })]), /Cancelled/),
    fails('no order was listed', opened().search([]), /no search has listed/),
  ],
  'order-by-id': [
    passes(
      'each is answered',
      opened().open(500, 'o2').read(anOrder()).read(other('o2'), { orderId: 'o2' }),
      /o1, o2/,
    ),
    fails(
      'another is answered',
      opened().open(500, 'o2').read(anOrder(), { orderId: 'o2' }),
      /o2 was answered with o1/,
    ),
    fails('it is refused', opened().read(null, { status: 409 }), /o1 was answered 409/),
    fails('nothing is answered', opened().read(null, { status: null }), /o1 was answered by nothing/),
    fails('nobody asked', opened(), /was asked for/),
    fails('no search listed it', new TableStory().note('order-lost', { entered: 1000 }), /learned its id/),
  ],
  'search-agrees': [
    passes('it does', opened().search([anOrder()]).read(anOrder()), /1 of 1/),
    passes(
      'the search tells less',
      opened()
        .search([{ id: 'o1', status: 'New' }])
        .read(anOrder()),
    ),
    fails(
      'the total is another',
      opened()
        .search([anOrder()])
        .read(anOrder({ totalAmount: money(1001) })),
      /total is 1000 in the search and 1001 by id/,
    ),
    fails(
      'the status is another',
      opened()
        .search([anOrder({ status: 'Ready' })])
        .read(anOrder()),
      /status is Ready/,
    ),
    fails(
      'it is listed as payable, and is not by id',
      opened()
        .search([{ ...anOrder(), payable: null }])
        .read(anOrder({ payable: false })),
      /payable is false by id/,
    ),
    passes(
      'a search for all orders lists one that cannot be paid',
      opened()
        .call('SearchOrders', { body: {}, answer: { data: [{ ...anOrder(), payable: null }] } })
        .read(anOrder({ payable: false })),
    ),
    fails(
      'a payment came in between',
      opened().search([anOrder()]).pay(1000, 0).read(paid),
      /no order was asked for after a search/,
    ),
  ],
  'unknown-order-refused': [
    passes('with 404 and NotFound', asksStrangers(404, { errorType: 'NotFound' }), /404 NotFound/, {
      params: unknown,
    }),
    passes(
      'with 400 and InvalidRequest',
      asksStrangers(400, { errorType: 'InvalidRequest' }),
      /InvalidRequest/,
      { params: unknown },
    ),
    fails('with 200 and nothing', asksStrangers(200, null), /nobody: 200/, { params: unknown }),
    fails('with 404 and a page of a framework', asksStrangers(404, null), /nobody: 404/, { params: unknown }),
    fails('with 500', asksStrangers(500, { errorType: 'UnexpectedError' }), /500 UnexpectedError/, {
      params: unknown,
    }),
    fails('by nothing', asksStrangers(null, null), /no answer/, { params: unknown }),
    fails(
      'with an order whose id is like it',
      opened().call('GetOrderById', { orderId: 'o1-x', answer: anOrder() }),
      /o1-x: 200 o1/,
      { params: { unknown: ['o1-x'] } },
    ),
    warns(
      'with an order whose id has other letters in case alone',
      opened().call('GetOrderById', { orderId: 'O1', answer: anOrder() }),
      /O1 is answered with o1/,
      { params: { unknown: ['O1'] } },
    ),
    fails('nobody asked', opened(), /no such id/, { params: unknown }),
  ],
};
