import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../record/vocabulary.ts';
import { loadContract, readContract } from './index.ts';
import { placesIn } from './rule-places.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

const intent = {
  type: 'object',
  properties: { id: { type: 'string' }, status: { type: 'string' }, amount: { type: 'object' } },
};
const withAnswer = (
  schema: object,
  schemas: object = {},
  openapi = '3.0.3',
  method = 'get',
  path = '/payment-intents/{any}',
) =>
  readContract(
    JSON.stringify({
      openapi,
      info: { version: '1' },
      paths: {
        [path]: {
          [method]: {
            parameters: path.includes('{')
              ? [{ name: 'any', in: 'path', required: true, schema: { type: 'string' } }]
              : [],
            responses: { '2xx': { content: { 'application/json': { schema } } } },
          },
        },
      },
      components: { schemas },
    }),
    'it',
  );
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe("the kit's own rules hold for an answer", () => {
  const ways = {
    'of a component by the usual name': withAnswer(ref('PaymentIntent'), { PaymentIntent: intent }),
    'of a component that was renamed': withAnswer(ref('PaymentIntent-2'), { 'PaymentIntent-2': intent }),
    'that is written inline': withAnswer(intent),
  };
  for (const [what, contract] of Object.entries(ways))
    test(what, () => {
      const call = { call: 'GET /payment-intents/p', headers: { authorization: null }, status: 200 };
      assert.deepEqual(
        contract.violations(exchangeOf({ ...call, response: {} })).map(({ rule }) => rule),
        ['intent-identified', 'intent-identified', 'intent-identified'],
      );
      const whole = { id: 'p', status: 'Created', amount: {} };
      assert.deepEqual(contract.violations(exchangeOf({ ...call, response: whole })), []);
    });
});

test('a description without the answers that the rules are about has a note', () => {
  assert.match(String(withAnswer(intent).notes), /not applied to the answers of POST \/payment-intents, /);
  assert.doesNotMatch(String(withAnswer(intent).notes), /GET \/payment-intents\/\{\}/);
  assert.deepEqual(loadContract().notes, []);
});

test('a whole number with a fraction or an exponent is none where an integer is due', () => {
  const contract = withAnswer({
    ...intent,
    properties: { ...intent.properties, n: { type: 'integer' }, x: { type: 'number' } },
  });
  const call = { call: 'GET /payment-intents/p', headers: { authorization: null }, status: 200 };
  const exchange = exchangeOf({ ...call, response: {} });
  const seen = (members: string) =>
    contract
      .violations({
        ...exchange,
        response: { ...exchange.response!, body: { text: `{"id":"p","status":"s","amount":{},${members}}` } },
      })
      .map(({ pointer, rule }) => `${pointer} ${rule}`);
  assert.deepEqual(seen('"n":1000.0'), ['/n whole-number']);
  assert.deepEqual(seen('"n":1e3'), ['/n whole-number']);
  assert.ok(seen('"n":1e400').includes('/n whole-number'));
  assert.deepEqual(seen('"n":1000,"x":1.0'), []);
});

describe("where an answer has several forms, the kit's own rules", () => {
  const error = { type: 'object' };
  const rulesOf = (schema: object) => {
    const document = {
      openapi: '3.0.3',
      info: { version: '1' },
      paths: { '/a': { get: { responses: { '200': { content: { 'application/json': { schema } } } } } } },
      components: {
        schemas: {
          PaymentIntent: intent,
          Other: error,
          Longer: { allOf: [ref('PaymentIntent'), { required: ['more'] }] },
        },
      },
    };
    const found = placesIn(document as unknown as Parameters<typeof placesIn>[0]).get('GET /a 200') ?? [];
    return found.map(({ id, way }) => [id, ...way].join(' '));
  };

  for (const choice of ['oneOf', 'anyOf']) {
    test(`are demanded where all branches of ${choice} have them`, () => {
      assert.deepEqual(rulesOf({ [choice]: [ref('PaymentIntent'), ref('Longer')] }), ['intent-identified']);
      const listed = { type: 'array', items: { [choice]: [ref('Longer'), ref('PaymentIntent')] } };
      assert.deepEqual(rulesOf(listed), ['intent-identified *']);
    });
    test(`are not demanded where a branch of ${choice} has none`, () => {
      assert.deepEqual(rulesOf({ [choice]: [ref('PaymentIntent'), ref('Other')] }), []);
      assert.deepEqual(rulesOf({ [choice]: [] }), []);
    });
    test(`are demanded of the only branch of ${choice}`, () => {
      assert.deepEqual(rulesOf({ [choice]: [ref('PaymentIntent')] }), ['intent-identified']);
    });
  }
});

describe("where an answer has alternatives, the kit's own rules are demanded of the one that it is", () => {
  const call = { call: 'GET /payment-intents/p', headers: { authorization: null }, status: 200 };
  const pending = {
    type: 'object',
    required: ['pendingId'],
    properties: { pendingId: { type: 'string' }, kind: { type: 'string' } },
  };
  const schemas = {
    Paid: { ...intent, required: ['id'] },
    Pending: pending,
    Either: { oneOf: [ref('Paid'), ref('Pending')] },
    Described: {
      oneOf: [ref('Paid'), ref('Pending')],
      discriminator: { propertyName: 'kind', mapping: { paid: '#/components/schemas/Paid' } },
    },
  };
  const half = ['intent-identified', 'intent-identified'];
  const ways: { [what: string]: [schema: object, answer: object, rules: string[], unjudged?: boolean] } = {
    'another than the rule is about': [ref('Either'), { pendingId: 'x' }, []],
    'the one that the rule is about': [ref('Either'), { id: 'p' }, half],
    'the one that the rule is about, whole': [ref('Either'), { id: 'p', status: 's', amount: {} }, []],
    'none of them': [ref('Either'), {}, ['required', 'required', 'oneOf']],
    'both of them, where one is due': [ref('Either'), { id: 'p', pendingId: 'x' }, ['oneOf'], true],
    'both of them, where both may be': [
      { anyOf: schemas.Either.oneOf },
      { id: 'p', pendingId: 'x' },
      [],
      true,
    ],
    'named by a discriminator that has a mapping': [
      ref('Described'),
      { kind: 'paid', id: 'p', pendingId: 'x' },
      half,
    ],
    'named by a discriminator': [ref('Described'), { kind: 'Pending', pendingId: 'x', id: 'p' }, []],
    'an alternative of an alternative': [
      { oneOf: [ref('Either'), { type: 'object', required: ['a'], properties: { a: {} } }] },
      { pendingId: 'x' },
      [],
    ],
    'the one beside null': [{ anyOf: [ref('Paid'), { type: 'null' }] }, {}, ['required', ...half]],
    'said beside members that all have': [
      { ...schemas.Paid, anyOf: [{ required: ['id'] }, { required: ['status'] }] },
      { id: 'p' },
      half,
    ],
  };
  for (const [what, [schema, answer, rules, unjudged = false]] of Object.entries(ways))
    test(what, () => {
      const contract = withAnswer(schema, schemas, '3.1.0');
      const exchange = exchangeOf({ ...call, response: answer as Json });
      assert.deepEqual(
        contract.violations(exchange).map(({ rule }) => rule),
        rules,
      );
      const [note, ...more] = contract.unjudged(exchange);
      assert.deepEqual(more, []);
      if (unjudged)
        assert.match(note!, /GET \/payment-intents\/\{any\}, by the kit's rule that a payment intent/);
      else assert.equal(note, undefined);
    });

  test('in each entry of a list', () => {
    const { violations } = withAnswer(
      { type: 'object', properties: { data: { type: 'array', items: ref('Either') } } },
      schemas,
      '3.0.3',
      'post',
      '/payment-intents/search',
    );
    const response = { data: [{ pendingId: 'x' }, { id: 'p', status: 's', amount: {} }, { id: 'p' }] };
    const seen = violations(exchangeOf({ ...call, call: 'POST /payment-intents/search', response }));
    assert.deepEqual([...new Set(seen.map(({ pointer }) => pointer.slice(0, 8)))], ['/data/2/']);
  });
});
