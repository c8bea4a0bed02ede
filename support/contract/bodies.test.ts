import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deref, operationsOf, type SchemaObject } from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { exchangeOf } from './testing/good-exchanges.ts';
import {
  badRequest,
  body,
  brief,
  contract,
  create,
  good,
  match,
  sale,
  table,
  terminalProblem,
  violations,
  without,
} from './testing/table.ts';

const manual = { ...without(body, 'autoExpireIn'), AutoExpireIn: '00:01:00' };

const shouted = { Amount: { Value: 1, CurrencyCode: 'GBP' }, Reference: 'r' };

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
    what: 'the same mistake in every line is reported once',
    short: { ...create, request: { ...body, itemLines: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } },
    found: ['must pos request-body /itemLines/0/amountTotal required'],
  },
]);

describe('a request without one of the properties that its schema requires', () => {
  const document = contract.description.document;
  for (const { method, path, operationId = `${method} ${path}`, requestBody } of operationsOf(document)) {
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

test('a body that is not JSON is reported', () => {
  const exchange = exchangeOf(create);
  const torn = { ...exchange, request: { ...exchange.request, body: { text: '{"amount":' } } };
  assert.deepEqual(contract.violations(torn).map(brief), ['must pos request-body - json-body']);
});
