import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kitRules, operationsOf } from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { exchangeOf, goodExchanges, intent, type Short, session } from './testing/good-exchanges.ts';
import {
  badRequest,
  body,
  type Case,
  contract,
  create,
  good,
  match,
  table,
  terminalProblem,
  violations,
  without,
} from './testing/table.ts';

const read = good('PaymentIntents_Get');

const poll = good('TerminalSession_Get');

const bare = (operationId: string, response: Json): Short => ({ ...good(operationId), response });

const kitCases: Case[] = [
  {
    what: 'intent-identified: an empty intent',
    short: bare('PaymentIntents_Get', {}),
    found: ['id', 'status', 'amount'].map((name) => `must api response-body /${name} intent-identified`),
  },
  {
    what: 'intent-identified: an amount that is null, though the description lets it be',
    short: bare('PaymentIntents_Get', { ...intent, amount: null }),
    found: ['must api response-body /amount intent-identified'],
  },
  {
    what: 'intent-identified: on a page of a search',
    short: bare('PaymentIntents_Search', { data: [{ ...intent, id: '' }] }),
    found: ['must api response-body /data/0/id intent-identified'],
  },
  {
    what: 'capture-identified',
    short: bare('Captures_Create', { captureId: null }),
    found: ['must api response-body /captureId capture-identified'],
  },
  {
    what: 'refund-identified',
    short: bare('Refunds_Create', { refundId: '' }),
    found: ['must api response-body /refundId refund-identified'],
  },
  {
    what: 'reversal-identified',
    short: bare('Reversal_Create', {}),
    found: ['must api response-body /reversalId reversal-identified'],
  },
  {
    what: 'session-identified',
    short: bare('TerminalSession_Get', without(session, 'details')),
    found: ['must api response-body /details session-identified'],
  },
  {
    what: 'session-details-match: in a response it is the API’s',
    short: bare('TerminalSession_Get', {
      ...session,
      details: { ...session.details, sessionType: 'UnlinkedRefund' },
    }),
    found: ['must api response-body /details/unlinkedRefund session-details-match'],
  },
  {
    what: 'receipt-given',
    short: bare('TerminalSession_Get', { ...session, status: 'Captured' }),
    found: ['should api response-body - receipt-given'],
  },
  {
    what: 'receipt-given: also where the money is only reserved',
    short: bare('TerminalSession_Get', { ...session, status: 'Authorized' }),
    found: ['should api response-body - receipt-given'],
  },
  {
    what: 'receipt-given: not where no status is reported',
    short: bare('TerminalSession_Get', without(session, 'status')),
    found: ['must api response-body /status required'],
  },
  {
    what: 'terminal-identified',
    short: bare('Terminals_ListTerminals', [
      { id: 'tm_1', status: 'Offline', updatedAt: session.createdAt, properties: { tid: '' } },
    ]),
    found: ['must api response-body /0/properties/tid terminal-identified'],
  },
  {
    what: 'subscription-identified',
    short: bare('Webhooks_Subscribe', { id: 'ws_1', url: 'https://pos.example' }),
    found: ['must api response-body /events subscription-identified'],
  },
  {
    what: 'problem-says-why',
    short: { ...read, status: 404, response: { status: 404 } },
    found: ['should api response-body - problem-says-why'],
  },
];

describe('a good exchange', () => {
  test('exists here for every operation of the description', () => {
    const ids = operationsOf(contract.description.document).map(
      ({ operationId, method, path }) => operationId ?? `${method} ${path}`,
    );
    assert.deepEqual(Object.keys(goodExchanges).sort(), ids.sort());
  });
  for (const [operationId, short] of Object.entries(goodExchanges))
    test(`of ${operationId} has no violation and finds its operation`, () => {
      assert.deepEqual(violations(short), []);
      const [method = '', target = ''] = short.call.split(' ');
      assert.equal(contract.operationOf(method, target)?.operationId, operationId);
    });
  test('has no violation when its bodies were kept as text', () => {
    const exchange = exchangeOf(good('PaymentIntents_CreatePaymentIntent'));
    const spaced = (json: unknown) => ({ text: JSON.stringify(json, null, 2) });
    const { request, response } = exchange;
    assert.ok(request.body && 'json' in request.body && response?.body && 'json' in response.body);
    const texts = {
      ...exchange,
      request: { ...request, body: spaced(request.body.json) },
      response: { ...response, body: spaced(response.body.json) },
    };
    assert.deepEqual(contract.violations(texts), []);
  });
});

describe('routing', () => {
  const routes: [string, string, string | undefined][] = [
    ['POST', '/payment-intents/search', 'PaymentIntents_Search'],
    ['GET', '/payment-intents/search', undefined],
    ['GET', '/payment-intents/searching', 'PaymentIntents_Get'],
    ['GET', '/payment-intents/refunds/rfnd_1', 'PaymentIntents_GetRefundById'],
    ['POST', '/payment-intents/refunds/refunds', undefined],
    ['POST', '/payment-intents/', 'PaymentIntents_CreatePaymentIntent'],
    ['post', '/payment-intents?x=/y', 'PaymentIntents_CreatePaymentIntent'],
    ['GET', '/payment-intents/', undefined],
    ['POST', '/payment-intents//captures', undefined],
    ['GET', '/webhooks/events', 'Webhooks_GetAllWebhooks'],
    ['DELETE', '/webhooks/ws_1/secrets/sc_1/', 'Webhooks_DeleteSecret'],
    ['PUT', '/terminal-session/ts_1/cancel', undefined],
  ];
  for (const [method, target, operationId] of routes)
    test(`${method} ${target} is ${operationId ?? 'no operation'}`, () => {
      assert.equal(contract.operationOf(method, target)?.operationId, operationId);
    });
  test('gives the parameters of the path, decoded', () => {
    assert.deepEqual(contract.operationOf('PUT', '/webhooks/ws%201/secrets/100%/activate?x=1'), {
      operationId: 'Webhooks_ActivateSecret',
      method: 'PUT',
      path: '/webhooks/{subscriptionId}/secrets/{secretId}/activate',
      pathParams: { subscriptionId: 'ws 1', secretId: '100%' },
    });
  });
});

table('a path without an id is the POS’s', [
  ...['null', 'undefined', 'None', 'NaN', '%5Bobject%20Object%5D', '%7BpaymentIntentId%7D'].map((id) => ({
    what: `it asks for ${id}`,
    short: { call: `GET /payment-intents/${id}`, status: 404, response: badRequest },
    found: ['must pos request-path /paymentIntentId id-given'],
  })),
  {
    what: 'an id that only begins like that',
    short: { call: 'GET /payment-intents/nonesuch_1', status: 404, response: badRequest },
    found: [],
  },
]);

table('an unknown operation is the POS’s', [
  {
    what: 'a cancel sent to a path that does not exist',
    short: { call: 'POST /terminal-session/ts_1/cancel', status: 404 },
    found: ['must pos operation - known-path'],
  },
  {
    what: 'a method that the path does not take',
    short: { call: 'POST /terminal-sessions/ts_1/cancel', status: 405 },
    found: ['must pos operation - known-method'],
  },
  {
    what: 'an operation of the API beyond Pay at Counter is not judged',
    short: { call: 'POST /customers/search', headers: { authorization: null }, status: 500 },
    found: [],
  },
]);

table('responses are the API’s', [
  {
    what: 'a status that the operation does not list',
    short: { ...create, status: 201 },
    found: ['must api response-status - status-listed'],
  },
  {
    what: 'a 5xx is the environment’s',
    short: { ...create, status: 503, response: 'down', type: 'text/html' },
    found: [],
  },
  {
    what: 'a 429 is the environment’s',
    short: { ...create, status: 429, response: 'slow down', type: 'text/html' },
    found: [],
  },
  { what: 'no response at all', short: { ...create, status: null }, found: [] },
  {
    what: 'no response does not excuse the request',
    short: { ...create, request: {}, status: null },
    found: ['must pos request-body /amount required', 'must pos request-body /reference required'],
  },
  {
    what: 'HTML where JSON is due',
    short: { ...read, response: '<html>', type: 'text/html' },
    found: ['must api response-body - json-body'],
  },
  {
    what: 'no body where JSON is due',
    short: { call: read.call, status: 200 },
    found: ['must api response-body - json-body'],
  },
  {
    what: 'JSON that is said to be something else',
    short: { ...read, type: 'text/json' },
    found: ['must api response-header /content-type json-content-type'],
  },
  {
    what: 'problem+json is JSON',
    short: { ...read, status: 404, response: badRequest, type: 'application/problem+json' },
    found: [],
  },
  {
    what: 'an additional property warns',
    short: { ...read, response: { ...intent, mood: 'good' } },
    found: ['should api response-body /mood undeclared-property'],
  },
  {
    what: 'an additional property warns where the schema is open',
    short: { ...poll, response: { ...session, mood: 'good' } },
    found: ['should api response-body /mood undeclared-property'],
  },
  {
    what: 'a name in another case is another name in a response',
    short: {
      ...poll,
      response: { ...without(session, 'expireAt'), ExpireAt: session.expireAt },
    },
    found: [
      'must api response-body /expireAt required',
      'should api response-body /ExpireAt undeclared-property',
    ],
  },
  {
    what: 'a session status that does not exist',
    short: { ...poll, response: { ...session, status: 'Cancelled' } },
    found: ['must api response-body /status enum'],
  },
  {
    what: 'an error that leaves out what its schema demands',
    short: { ...poll, status: 404, response: without(terminalProblem, 'traceId') },
    found: ['must api response-body /traceId required'],
  },
]);

table('the kit’s own rules', kitCases);

test('every rule of the kit is shown to fail something', () => {
  const shown = kitCases.flatMap(({ found }) => found).join('\n');
  assert.deepEqual(
    kitRules.map(({ id }) => id).filter((id) => !shown.includes(` ${id}`)),
    [],
  );
});

describe('what a violation says', () => {
  const says = (short: Short) => violations(short).map(({ expected, observed }) => [expected, observed]);
  test('names the missing object and what it holds', () => {
    assert.deepEqual(says(match({ sessionType: 'Sale' })), [
      [
        '`details.sale` is an object with paymentIntentId: `sessionType` names the object that stands beside it',
        '`details` has no `sale`',
      ],
    ]);
  });
  test('quotes the value and lists what is allowed', () => {
    assert.deepEqual(says({ ...create, request: { ...body, captureMode: 'Later' } }), [
      ['`captureMode` is one of Auto, Manual', '`captureMode` is "Later"'],
    ]);
  });
  test('counts the other places of one mistake', () => {
    const [found] = says({ ...create, request: { ...body, itemLines: [{}, {}, {}] } });
    assert.deepEqual(found, [
      '`itemLines[0].amountTotal` is an object with value and currencyCode or null',
      '`itemLines[0]` has no `amountTotal`, and likewise in 2 more',
    ]);
  });
  test('points from a mistaken path to the one that was meant', () => {
    assert.deepEqual(says({ call: 'POST /terminal-session/ts_1/cancel?key=canary', status: 404 }), [
      [
        'a method and path that the API has, such as `PUT /terminal-sessions/{terminalSessionId}/cancel`',
        '`POST /terminal-session/ts_1/cancel`',
      ],
    ]);
  });
});
