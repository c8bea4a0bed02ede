import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deref, operationsOf, type SchemaObject } from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { isTrouble, kitRules, loadContract, type Violation } from './index.ts';
import { exchangeOf, goodExchanges, intent, type Short, session } from './testing/good-exchanges.ts';

const contract = loadContract();
const violations = (short: Short) => contract.violations(exchangeOf(short));
const good = (operationId: string): Short => goodExchanges[operationId] as Short;

describe('a good exchange', () => {
  test('exists here for every operation of the description', () => {
    const ids = operationsOf(contract.description.document).map(({ operationId }) => operationId);
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

const without = (object: { readonly [name: string]: Json }, name: string): { [name: string]: Json } =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** What is told of a violation in the tables below: `severity fault part pointer rule`. */
const brief = ({ severity, fault, part, pointer, rule }: Violation) =>
  [severity, fault, part, pointer || '-', rule].join(' ');

interface Case {
  readonly what: string;
  readonly short: Short;
  readonly found: string[];
}

function table(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { what, short, found } of cases)
      test(what, () => {
        assert.deepEqual(violations(short).map(brief), found);
      });
  });
}

const sale = good('TerminalSession_Create');
const create = good('PaymentIntents_CreatePaymentIntent');
const body = create.request as { [name: string]: Json };
const badRequest = { title: 'Not valid', status: 400, detail: 'no' };
const terminalProblem = { type: 't', title: 't', status: 404, detail: 'd', traceId: 't-1', errors: {} };

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

table('request headers', [
  {
    what: 'no Authorization',
    short: { ...create, headers: { authorization: null } },
    found: ['must pos request-header /authorization authorization-missing'],
  },
  {
    what: 'Bearer, redacted',
    short: {
      ...create,
      headers: { authorization: 'Bearer …#0123456789ab' },
      status: 401,
      response: badRequest,
    },
    found: ['must pos request-header /authorization authorization-scheme'],
  },
  {
    what: 'a key alone, without a scheme',
    short: { ...create, headers: { authorization: 'sk_sandbox_…#0123456789ab' } },
    found: ['must pos request-header /authorization authorization-scheme'],
  },
  {
    what: 'a base64 key, redacted',
    short: { ...create, headers: { authorization: 'Basic base64…#0123456789ab' } },
    found: ['must pos request-header /authorization authorization-encoded'],
  },
  {
    what: 'a base64 key as it is sent by an HTTP library',
    short: { ...create, headers: { authorization: `Basic ${btoa('sk_sandbox_abc:')}` } },
    found: ['must pos request-header /authorization authorization-encoded'],
  },
  {
    what: 'a key without its prefix',
    short: { ...create, headers: { authorization: 'Basic …#0123456789ab' } },
    found: ['should pos request-header /authorization authorization-prefix'],
  },
  {
    what: 'a well-formed key that the API does not take is no breach',
    short: { ...create, status: 401, response: badRequest },
    found: [],
  },
  {
    what: 'no version',
    short: { ...create, headers: { version: null } },
    found: ['must pos request-header /version required'],
  },
  {
    what: 'an empty version',
    short: { ...create, headers: { version: ' ' } },
    found: ['must pos request-header /version required'],
  },
  {
    what: 'a version that is no date',
    short: { ...create, headers: { version: 'v1' } },
    found: ['must pos request-header /version format'],
  },
  {
    what: 'a version on a day that is not in the calendar',
    short: { ...create, headers: { version: '2026-02-30' } },
    found: ['must pos request-header /version format'],
  },
  { what: 'any date is a version', short: { ...create, headers: { version: '2025-01-01' } }, found: [] },
  {
    what: 'header names in any case',
    short: {
      ...sale,
      headers: { version: null, VERSION: '2026-02-27', 'reseller-id': null, 'Reseller-ID': 'r' },
    },
    found: [],
  },
  {
    what: 'a session without software-house-id',
    short: { ...sale, headers: { 'software-house-id': null } },
    found: ['must pos request-header /software-house-id required'],
  },
  {
    what: 'card machines without reseller-id',
    short: { ...good('Terminals_ListTerminals'), headers: { 'reseller-id': null } },
    found: ['must pos request-header /reseller-id required'],
  },
  {
    what: 'a payment intent needs neither partner id',
    short: { ...create, headers: { 'software-house-id': null, 'reseller-id': null } },
    found: [],
  },
  {
    what: 'a refund without its idempotency key',
    short: { ...good('Refunds_Create'), headers: { idempotencyKey: null } },
    found: ['must pos request-header /idempotencykey required'],
  },
  {
    what: 'an idempotency key that is too long',
    short: { ...good('Refunds_Create'), headers: { idempotencyKey: 'k'.repeat(101) } },
    found: ['must pos request-header /idempotencykey maxLength'],
  },
  {
    what: 'a body that is not said to be JSON',
    short: { ...create, headers: { 'content-type': 'text/plain' } },
    found: ['must pos request-header /content-type json-content-type'],
  },
  {
    what: 'a body that is not said to be anything',
    short: { ...create, headers: { 'content-type': null } },
    found: ['must pos request-header /content-type json-content-type'],
  },
  {
    what: 'JSON with a character set',
    short: { ...create, headers: { 'content-type': 'application/json; charset=utf-8' } },
    found: [],
  },
]);

test('a missing reseller-id names the conflict and the erratum that demands it', () => {
  const [found] = violations({ ...sale, headers: { 'reseller-id': null } });
  assert.equal(found?.erratum, 'reseller-id-required');
  assert.match(found.expected, /optional.*introduction/);
});

test('a header that is missing without any conflict is simply asked for', () => {
  const [found] = violations({ ...create, headers: { version: null } });
  assert.deepEqual([found?.expected, found?.erratum], ['the header `version` is sent', undefined]);
});

test('what is wrong with an Authorization header is told without the key', () => {
  for (const authorization of [
    'Bearer sk_sandbox_canary',
    'canary',
    `Basic ${btoa('sk_sandbox_canary')}`,
    'Basic canary',
  ]) {
    const found = violations({ ...create, headers: { authorization } });
    assert.equal(found.length, 1);
    assert.doesNotMatch(JSON.stringify(found), /canary/);
  }
});

table('request parameters', [
  {
    what: 'a query value of the wrong type',
    short: { ...good('PaymentIntents_Get'), call: 'GET /payment-intents/pi_1?returnCanceled=yes' },
    found: ['must pos request-query /returnCanceled type'],
  },
  {
    what: 'true as Python writes it',
    short: { ...good('PaymentIntents_Get'), call: 'GET /payment-intents/pi_1?returnCanceled=True' },
    found: [],
  },
  {
    what: 'a card machine status that does not exist',
    short: { ...good('Terminals_ListTerminals'), call: 'GET /terminals?statuses=Available&statuses=busy' },
    found: ['must pos request-query /statuses enum'],
  },
  {
    what: 'a query parameter that nobody declared',
    short: { ...good('Terminals_ListTerminals'), call: 'GET /terminals?status=Available' },
    found: ['should pos request-query /status undeclared-parameter'],
  },
  {
    what: 'a path parameter beyond its length',
    short: {
      ...good('PaymentIntents_GetRefundById'),
      call: `GET /payment-intents/refunds/${'r'.repeat(51)}`,
    },
    found: ['must pos request-path /refundId maxLength'],
  },
]);

const manual = { ...without(body, 'autoExpireIn'), AutoExpireIn: '00:01:00' };
const shouted = { Amount: { Value: 1, CurrencyCode: 'GBP' }, Reference: 'r' };
const match = (details: Json): Short => ({ ...sale, request: { terminalId: 'tm_1', details } });

table('request bodies', [
  {
    what: 'none where one is due',
    short: { call: create.call, status: 400, response: badRequest },
    found: ['must pos request-body - body-required'],
  },
  {
    what: 'an additional property that the API took',
    short: { ...create, request: { ...body, tip: 5 } },
    found: ['should pos request-body /tip undeclared-property'],
  },
  {
    what: 'an additional property that the API refused',
    short: { ...create, request: { ...body, tip: 5 }, status: 400, response: badRequest },
    found: ['must pos request-body /tip undeclared-property'],
  },
  {
    what: 'an additional property in a request that was refused for its state',
    short: {
      ...sale,
      request: { ...(sale.request as object), till: 1 },
      status: 404,
      response: terminalProblem,
    },
    found: ['should pos request-body /till undeclared-property'],
  },
  {
    what: 'an additional property to which no answer came',
    short: { ...create, request: { ...body, tip: 5 }, status: null },
    found: ['should pos request-body /tip undeclared-property'],
  },
  {
    what: 'an additional property where the schema is open',
    short: { ...good('TerminalSession_Signature'), request: { accepted: true, reason: 'fits' } },
    found: ['should pos request-body /reason undeclared-property'],
  },
  {
    what: 'optional names in another case',
    short: { ...create, request: manual },
    found: ['should pos request-body /AutoExpireIn property-casing'],
  },
  {
    what: 'required names in another case, taken, are not missing',
    short: { ...create, request: shouted },
    found: ['should pos request-body /Amount property-casing'],
  },
  {
    what: 'required names in another case, refused',
    short: {
      ...create,
      request: { amount: body.amount as Json, Reference: 'r' },
      status: 400,
      response: badRequest,
    },
    found: ['should pos request-body /Reference property-casing'],
  },
  {
    what: 'a name in another case is still judged by its value',
    short: { ...create, request: { amount: 1000, Reference: '' } },
    found: [
      'should pos request-body /Reference property-casing',
      'must pos request-body /amount type',
      'must pos request-body /reference minLength',
    ],
  },
  {
    what: 'cardHolderNotPresent as intents spell it, on an unlinked refund',
    short: match({
      sessionType: 'UnlinkedRefund',
      unlinkedRefund: { amount: body.amount as Json, cardHolderNotPresent: true },
    }),
    found: ['should pos request-body /details/unlinkedRefund/cardHolderNotPresent property-casing'],
  },
  {
    what: 'a money object where a bare number is due',
    short: { ...good('Captures_Create'), request: { amount: body.amount as Json } },
    found: ['must pos request-body /amount type'],
  },
  {
    what: 'an amount that is not whole',
    short: { ...create, request: { ...body, amount: { value: 10.5, currencyCode: 'GBP' } } },
    found: ['must pos request-body /amount/value type'],
  },
  {
    what: 'a time span in seconds',
    short: { ...create, request: { ...body, autoExpireIn: '55' } },
    found: ['must pos request-body /autoExpireIn format'],
  },
  {
    what: 'a flat session',
    short: { ...sale, request: { terminalId: 'tm_1', sessionType: 'Sale' } },
    found: [
      'must pos request-body /details required',
      'should pos request-body /sessionType undeclared-property',
    ],
  },
  {
    what: 'a session type without its details',
    short: match({ sessionType: 'Sale' }),
    found: ['must pos request-body /details/sale session-details-match'],
  },
  {
    what: 'a session type and details that disagree',
    short: match({ sessionType: 'MatchedRefund', sale: { paymentIntentId: 'pi_1' } }),
    found: ['must pos request-body /details/matchedRefund session-details-match'],
  },
  {
    what: 'details without a session type',
    short: match({ sale: { paymentIntentId: 'pi_1' } }),
    found: ['must pos request-body /details/sessionType required'],
  },
  {
    what: 'the same mistake in every line is told once',
    short: { ...create, request: { ...body, itemLines: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } },
    found: ['must pos request-body /itemLines/0/amountTotal required'],
  },
]);

describe('a request without one of the properties that its schema requires', () => {
  const document = contract.description.document;
  for (const { operationId = '', requestBody } of operationsOf(document)) {
    const schema = requestBody?.content?.['application/json']?.schema;
    for (const name of (schema && deref<SchemaObject>(document, schema).required) ?? [])
      test(`fails at ${name} of ${operationId}`, () => {
        const short = good(operationId);
        const request = without(short.request as { [name: string]: Json }, name);
        assert.deepEqual(violations({ ...short, request }).map(brief), [
          `must pos request-body /${name} required`,
        ]);
      });
  }
});

test('a body that is not JSON is told', () => {
  const exchange = exchangeOf(create);
  const torn = { ...exchange, request: { ...exchange.request, body: { text: '{"amount":' } } };
  assert.deepEqual(contract.violations(torn).map(brief), ['must pos request-body - json-body']);
});

const read = good('PaymentIntents_Get');
const poll = good('TerminalSession_Get');

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
    what: 'receipt-told',
    short: bare('TerminalSession_Get', { ...session, status: 'Captured' }),
    found: ['should api response-body - receipt-told'],
  },
  {
    what: 'receipt-told: also where the money is only reserved',
    short: bare('TerminalSession_Get', { ...session, status: 'Authorized' }),
    found: ['should api response-body - receipt-told'],
  },
  {
    what: 'receipt-told: not where no status is told',
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

describe('isTrouble', () => {
  for (const [status, trouble] of [
    [null, true],
    [500, true],
    [504, true],
    [429, true],
    [400, false],
    [200, false],
  ] as const)
    test(`a ${status ?? 'missing response'} is ${trouble ? '' : 'not '}the environment’s`, () => {
      assert.equal(isTrouble(exchangeOf({ ...create, status })), trouble);
    });
});
