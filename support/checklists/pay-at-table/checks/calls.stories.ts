import type { Answer } from '../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { aRun } from '../../payments/stories/scene.ts';
import { anOrder, TableStory } from '../stories/story.ts';

const needed = ['SearchOrders', 'GetOrderById', 'RecordOrderPaymentById'];
const locks = ['CreateOrderLock', 'ExtendOrderLock', 'DeleteOrderLock'];
const puts = () => new TableStory().ask('PUT', '/epos/integrations/rest');
const at = (url: string, called?: string) =>
  puts().note('capabilities-registered', { rest: needed, socket: [], url, ...(called ? { called } : {}) });
const ofVersion = (...versions: string[]) =>
  puts().note('capabilities-registered', { rest: needed, socket: [], url: null, versions });
const over = (rest: string[], socket: string[], declared: string | null) =>
  puts().note('capabilities-registered', { rest, socket, url: null }).declare('eposAdapter', declared);

const practice = { run: aRun({ why: ['the upstream is a simulator'] }) };

const elsewhere = { answer: 'notOffered', reason: 'it is done at the back office' } as const;
const wrongKeyEntered = (answer: Answer) =>
  new TableStory()
    .record({
      kind: 'action',
      at: 1,
      until: 2,
      action: { name: 'configure', settings: { apiKey: 'wrong' } },
      answer: { answer: 'done' },
    })
    .act({ name: 'registerCapabilities' }, answer)
    .remarks('Saved');

const withKey = (key: string, status: number) =>
  new TableStory()
    .act({ name: 'registerCapabilities' })
    .ask('GET', '/epos/integrations', status, null, null, null, key);

export const callStories: Stories = {
  'answers-conform': [
    passes('they do', new TableStory().read(anOrder()), /1 exchange, no departure/),
    warns('one departs a little', new TableStory().read(anOrder()).breaks({ severity: 'should' })),
    passes(
      'one has a member that nothing forbids',
      new TableStory().read(anOrder()).breaks({ rule: 'undeclared-property', severity: 'should' }),
    ),
    fails(
      'one has a member that is forbidden',
      new TableStory().read(anOrder()).breaks({ rule: 'undeclared-property' }),
    ),
    fails('one does not', new TableStory().read(anOrder()).breaks({}), /a whole number, observed 12\.5/),
  ],
  'calls-answered': [
    passes('each is', new TableStory().read(anOrder()).search([]), /2 calls answered/),
    passes('one is refused', new TableStory().read(null, { status: 404 })),
    warns('one takes long', new TableStory().read(anOrder(), { took: 4000 }), /GetOrderById took 4\.00 s/),
    fails(
      'one is not',
      new TableStory().read(null, { status: null, took: 10_000 }),
      /no answer within 10\.00 s/,
    ),
    fails(
      'a connection is lost',
      new TableStory().read(null, { status: null, trouble: 'upstream-dropped' }),
      /no answer/,
    ),
    fails('nothing could be called', new TableStory(), /registered nothing/),
  ],
  'needed-capabilities-registered': [
    passes('they are', puts().registered(...needed, ...locks)),
    passes('there are no bills and no locks', puts().registered(...needed)),
    warns(
      'they go by older names',
      puts().registered('SearchOrders', 'GetOrderById', 'RecordOrderPayment'),
      /RecordOrderPayment under the older name/,
    ),
    warns(
      'locks cannot be extended',
      puts().registered(...needed, 'CreateOrderLock', 'DeleteOrderLock'),
      /without ExtendOrderLock/,
    ),
    fails(
      'one is missing',
      puts().registered('SearchOrders', 'GetOrderById'),
      /RecordOrderPaymentById not registered/,
    ),
    fails(
      'a lock can be made and not released',
      puts().registered(...needed, 'CreateOrderLock'),
      /one alone/,
    ),
    passes('their version is v1', ofVersion('v1')),
    warns('their version is 1.0.0', ofVersion('1.0.0'), /1\.0\.0, where Dojo’s guide has v1/),
    fails('their version is the API’s', ofVersion('v1', '2026-02-27'), /2026-02-27 is registered/),
    fails('one is not for production', puts().registered(...needed, 'SearchMenus'), /SearchMenus must not/),
    fails('nobody looked', puts(), /nobody could read/),
  ],
  'registered-capabilities-served': [
    passes(
      'they are',
      new TableStory()
        .registered(...needed)
        .search([])
        .read(anOrder())
        .pay(1000, 0),
    ),
    passes(
      'it is served the second time',
      new TableStory().registered('GetOrderById').read(null, { status: 404 }).read(anOrder()),
    ),
    fails(
      'one is not',
      new TableStory()
        .registered('GetOrderById', 'GetOrderBill')
        .read(anOrder())
        .call('GetOrderBillById', { status: 404 }),
      /GetOrderBillById: 404/,
    ),
    fails(
      'nothing is served below its address',
      at('https://epos.example/dojo', 'http://127.0.0.1:8080/dojo').call('SearchOrders', { status: 404 }),
      /SearchOrders below http:\/\/127\.0\.0\.1:8080\/dojo: 404/,
    ),
    fails(
      'one was not called',
      new TableStory().registered('SearchOrders', 'GetOrderById').search([]),
      /Dojo did not call GetOrderById/,
    ),
    fails('nothing is registered', new TableStory().registered(), /registered nothing/),
  ],
  'registered-address-callable': [
    passes('it is a base', at('https://epos.example/dojo'), /epos\.example/),
    passes('it is on this machine, in a practice run', at('http://127.0.0.1:8080'), practice),
    passes(
      'it is there that the POS is called',
      at('http://localhost:8080/dojo', 'http://127.0.0.1:8080'),
      practice,
    ),
    passes(
      'it is there, with its path',
      at('http://localhost:8080/dojo/', 'http://127.0.0.1:8080/dojo'),
      practice,
    ),
    fails(
      'another path of this machine is registered',
      at('http://localhost:8080', 'http://127.0.0.1:8080/dojo'),
      /localhost:8080 is registered, and the POS answers at/,
      practice,
    ),
    passes('it is a public one', at('https://epos.example', 'http://127.0.0.1:8080')),
    fails(
      'another port of this machine is registered',
      at('http://127.0.0.1:9', 'http://127.0.0.1:8080'),
      /127\.0\.0\.1:9 is registered, and the POS answers at/,
      practice,
    ),
    passes(
      'nothing is registered over REST',
      over([], needed, 'WebSocket'),
      /nothing is registered over REST/,
    ),
    fails('it is one operation', at('https://epos.example/v1/orders/{orderID}'), /path of one operation/),
    fails('it is not https', at('http://epos.example'), /not https/),
  ],
  'registrations-read': [
    passes('it asks for all', new TableStory().ask('GET', '/epos/integrations'), /GET \/epos\/integrations/),
    passes('it asks for those of its adapter', new TableStory().ask('GET', '/epos/integrations/rest')),
    fails('it never asks', puts(), /never asked/),
    fails('it is refused', new TableStory().ask('GET', '/epos/integrations', 401), /got no list/),
    fails('it does nothing by its button', new TableStory().act({ name: 'listCapabilities' }), /never asked/),
    reviews(
      'it has no button for it',
      new TableStory().act({ name: 'listCapabilities' }, elsewhere),
      /offers nothing by which/,
    ),
    passes(
      'it has no button for it, and asks as it registers',
      new TableStory().ask('GET', '/epos/integrations').act({ name: 'listCapabilities' }, elsewhere),
    ),
  ],
  'one-version-declared': [
    passes('it is', puts().ask('GET', '/terminals')),
    passes(
      'requests below /epos have none',
      new TableStory().ask('GET', '/epos/integrations', 200, null, null),
      /none/,
    ),
    fails('it is another', puts().ask('GET', '/terminals', 200, null, '2024-02-05'), /2024-02-05/),
    fails('nothing was sent', new TableStory(), /no request/),
  ],
  'version-hard-coded': [
    passes('it is', new TableStory().declare('versionAtPos', 'hard-coded')),
    fails('it can be changed', new TableStory().declare('versionAtPos', 'editable'), /editable/),
    reviews('nobody says', new TableStory(), /declares nothing/),
  ],
  'wrong-key-sent': [
    passes('it is refused', withKey('wrong', 401), /each answered 401/, { params: { key: 'wrong' } }),
    fails('it is never sent', withKey('right', 200), /no request with the invalid key/, {
      params: { key: 'wrong' },
    }),
    fails('it is taken', withKey('wrong', 200), /answered 200/, { params: { key: 'wrong' } }),
    reviews(
      'the POS registers elsewhere',
      new TableStory().act({ name: 'registerCapabilities' }, elsewhere),
      /not register itself/,
      {
        params: {
          key: 'wrong',
        },
      },
    ),
  ],
  'shows-check-key': [
    passes('it says so', wrongKeyEntered({ answer: 'done' }).remarks('API key is incorrect')),
    fails('it says nothing', wrongKeyEntered({ answer: 'done' }), /shows "Saved"/),
    fails(
      'it has sent a key, and says nothing',
      wrongKeyEntered(elsewhere).ask('GET', '/terminals', 401),
      /shows "Saved"/,
    ),
    reviews('the POS registers elsewhere', wrongKeyEntered(elsewhere), /not register itself/),
  ],
  'adapter-as-declared': [
    passes('it is REST', over(needed, [], 'REST'), /REST/),
    passes('it is both', over(needed, locks, 'mixed')),
    fails('it is another', over([], needed, 'REST'), /declared: REST; registered: WebSocket/),
    fails('nothing is registered', over([], [], 'REST'), /registered: nothing/),
    reviews('nobody says', over(needed, [], null), /declares nothing/),
    reviews('nobody looked', new TableStory().declare('eposAdapter', 'REST'), /nobody could read/),
  ],
};
