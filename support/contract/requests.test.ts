import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTrouble } from './index.ts';
import { exchangeOf } from './testing/good-exchanges.ts';
import { badRequest, create, good, sale, table, violations } from './testing/table.ts';

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

test('what is wrong with an Authorization header is reported without the key', () => {
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
