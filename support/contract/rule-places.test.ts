import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadContract, readContract } from './index.ts';
import { placesIn } from './rule-places.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

const intent = {
  type: 'object',
  properties: { id: { type: 'string' }, status: { type: 'string' }, amount: { type: 'object' } },
};
const withAnswer = (schema: object, schemas: object = {}) =>
  readContract(
    JSON.stringify({
      openapi: '3.0.3',
      info: { version: '1' },
      paths: {
        '/payment-intents/{any}': {
          get: {
            parameters: [{ name: 'any', in: 'path', required: true, schema: { type: 'string' } }],
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
