import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stringify } from 'yaml';
import { temporaryFolder } from '../record/disk/temporary.ts';
import type { Json } from '../record/vocabulary.ts';
import { type Contract, loadContract, readContract } from './index.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

/** Descriptions in the shapes that payment companies publish; each judges its own examples. */

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' };
const object = (properties: object, required: readonly string[] = [], more: object = {}) => ({
  type: 'object',
  properties,
  ...(required.length && { required }),
  ...more,
});

interface Shape {
  readonly schema: object;
  readonly schemas?: object;
  readonly openapi?: string;
  readonly good: readonly Json[];
  /** Each with the places where something is wrong. */
  readonly bad: readonly (readonly [value: Json, ...pointers: string[]])[];
}

const describing = ({ schema, schemas = {}, openapi = '3.0.3' }: Omit<Shape, 'good' | 'bad'>) => ({
  openapi,
  info: { title: 't', version: '1' },
  paths: {
    '/p': {
      post: {
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { default: { description: 'd', content: { 'application/json': { schema } } } },
        callbacks: { paid: { '{$request.body#/url}': { post: { requestBody: {}, responses: {} } } } },
      },
    },
  },
  webhooks: { paid: { post: { requestBody: { $ref: '#/components/requestBodies/Paid' } } } },
  components: {
    schemas,
    requestBodies: { Paid: { content: { 'application/json': { schema: { type: 'object' } } } } },
    links: { Next: { operationId: 'none', parameters: { id: '$response.body#/id' } } },
    callbacks: { Done: { '{$request.body#/url}': { post: { responses: {} } } } },
    headers: { Trace: { schema: text } },
    examples: { One: { value: 1 } },
  },
});

const judgeAll = (contract: Contract, { good, bad }: Pick<Shape, 'good' | 'bad'>) => {
  const seen = (value: Json) =>
    contract.violations(
      exchangeOf({
        call: 'POST /p',
        headers: { authorization: null },
        request: value,
        status: 200,
        response: value,
      }),
    );
  for (const value of good) assert.deepEqual(seen(value), [], JSON.stringify(value));
  for (const [value, ...pointers] of bad)
    for (const part of ['request-body', 'response-body'])
      assert.deepEqual(
        seen(value).flatMap((one) => (one.part === part ? [one.pointer] : [])),
        pointers,
        JSON.stringify(value),
      );
};

const card = object({ type: text, last4: { type: 'string', pattern: '^\\d{4}$' } }, ['type']);
const wallet = object({ type: text, device: text }, ['type']);
const customer = object({ id: text, object: { type: 'string', enum: ['customer'] } }, ['id', 'object'], {
  title: 'Customer',
  'x-resourceId': 'customer',
  'x-expandableFields': ['sources'],
});
const money = object({ value: { type: 'integer' } }, ['value']);

const shapes: { readonly [what: string]: Shape } = {
  'kinds that are made of one with allOf, kept apart by a discriminator': {
    schema: object({ method: ref('Method') }),
    schemas: {
      Method: object({ type: text }, ['type'], {
        discriminator: {
          propertyName: 'type',
          mapping: { card: '#/components/schemas/CardMethod', wallet: 'WalletMethod' },
        },
      }),
      CardMethod: { allOf: [ref('Method'), object({ last4: text }, ['last4'])] },
      WalletMethod: { allOf: [{ allOf: [ref('Method')] }, object({ token: text })] },
      Cash: { allOf: [ref('Method'), object({ drawer: { type: 'integer' } })] },
    },
    good: [
      { method: { type: 'card', last4: '4242' } },
      { method: { type: 'wallet', token: 't' } },
      { method: { type: 'Cash', drawer: 1 } },
      { method: { type: 'else' } },
    ],
    bad: [
      [{ method: { type: 'card' } }, '/method/last4'],
      [{ method: { type: 'wallet', token: 1 } }, '/method/token'],
      [{ method: { type: 'Cash', drawer: 'x' } }, '/method/drawer'],
      [{ method: {} }, '/method/type'],
    ],
  },
  'card or wallet, kept apart by a discriminator with a mapping': {
    schema: object({
      method: {
        oneOf: [ref('Card'), ref('Wallet')],
        discriminator: {
          propertyName: 'type',
          mapping: {
            card: '#/components/schemas/Card',
            apple: '#/components/schemas/Wallet',
            google: 'Wallet',
          },
        },
      },
    }),
    schemas: { Card: card, Wallet: wallet },
    good: [
      { method: { type: 'card', last4: '4242' } },
      { method: { type: 'google', device: 'd' } },
      { method: { type: 'Card' } },
    ],
    bad: [
      [{ method: { type: 'card', last4: '42' } }, '/method/last4'],
      [{ method: { type: 'apple', device: 1 } }, '/method/device'],
      [{ method: { type: 'cash' } }, '/method/type'],
      [{ method: {} }, '/method/type'],
    ],
  },
  'card or wallet, kept apart by a discriminator that maps nothing': {
    schema: { oneOf: [ref('Card'), ref('Wallet')], discriminator: { propertyName: 'type' } },
    schemas: { Card: card, Wallet: wallet },
    good: [
      { type: 'Card', last4: '4242' },
      { type: 'wallet', device: 'd' },
    ],
    bad: [[{ type: 'Card', last4: '42' }, '/last4']],
  },
  'an id, or the object in its place': {
    schema: object({
      customer: {
        anyOf: [{ maxLength: 50, type: 'string' }, ref('customer'), ref('deleted_customer')],
        nullable: true,
        'x-expansionResources': { oneOf: [ref('customer'), ref('deleted_customer')] },
      },
    }),
    schemas: {
      customer,
      deleted_customer: { allOf: [customer, object({ deleted: { enum: [true] } }, ['deleted'])] },
    },
    good: [
      { customer: 'cus_1' },
      { customer: null },
      { customer: { id: 'c', object: 'customer' } },
      { customer: { id: 'c', object: 'customer', deleted: true } },
    ],
    bad: [[{ customer: 5 }, '/customer']],
  },
  'null, as 3.0 has it': {
    schema: object({
      a: { type: 'string', nullable: true, enum: ['x'] },
      b: { allOf: [ref('Money')], nullable: true },
      c: { oneOf: [ref('Money')], nullable: true },
      d: { type: 'string', nullable: false },
    }),
    schemas: { Money: money },
    good: [
      { a: null, b: null, c: null },
      { a: 'x', b: { value: 1 }, c: { value: 1 }, d: 's' },
    ],
    bad: [[{ a: 'z', b: {}, c: 1, d: null }, '/a', '/b/value', '/c', '/d']],
  },
  'null, as 3.1 has it': {
    openapi: '3.1.0',
    schema: object({
      a: { type: ['string', 'null'], enum: ['x', null] },
      b: { anyOf: [ref('Money'), { type: 'null' }] },
      c: { oneOf: [{ type: 'null' }, ref('Money')] },
      d: { type: ['integer', 'string'], format: 'int64' },
      e: { ...ref('Money'), description: 'beside a reference' },
    }),
    schemas: { Money: money },
    good: [
      { a: null, b: null, c: null, d: 4, e: { value: 1 } },
      { a: 'x', b: { value: 1 }, d: '4' },
    ],
    bad: [[{ a: 'z', b: {}, c: 1, d: 1.5, e: null }, '/a', '/b/value', '/c', '/d', '/e']],
  },
  'formats and words of vendors, examples and defaults that fit nothing': {
    schema: object(
      {
        at: { type: 'string', format: 'date-time' },
        day: { type: 'string', format: 'date' },
        since: { type: 'integer', format: 'unix-time' },
        few: { type: 'integer', format: 'int32' },
        id: { type: 'string', format: 'uuid' },
        currency: { type: 'string', format: 'iso-4217', 'x-enumDescriptions': { GBP: 'pounds' } },
        rate: { type: 'number', minimum: 0, exclusiveMinimum: true },
        kind: { enum: ['a', 'b'], default: 'zzz', example: 1, deprecated: true, xml: { name: 'x' } },
      },
      [],
      { 'x-stripeParam': { since: 1 }, example: { at: 'never' }, externalDocs: { url: 'none' } },
    ),
    good: [
      { at: '2026-01-01T00:00:00Z', day: '2026-01-01', since: 1_700_000_000, few: 5, rate: 0.1, kind: 'a' },
      { id: '2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d', currency: 'GBP' },
    ],
    bad: [
      [
        { at: '2026-01-01', day: '1/2/2026', since: 'x', few: 3_000_000_000, id: 'x', rate: 0, kind: 'c' },
        '/at',
        '/day',
        '/since',
        '/few',
        '/id',
        '/rate',
        '/kind',
      ],
    ],
  },
  'metadata, and an empty text that unsets': {
    schema: object({
      metadata: {
        anyOf: [
          { type: 'object', additionalProperties: text },
          { type: 'string', enum: [''] },
        ],
      },
      amount: { anyOf: [{ type: 'integer' }, { type: 'string', enum: [''] }] },
    }),
    good: [
      { metadata: { any: 'thing' }, amount: 1 },
      { metadata: '', amount: '' },
    ],
    bad: [[{ metadata: { any: 1 }, amount: 'x' }, '/metadata', '/amount']],
  },
  'a page of a list whose component has a point in its name': {
    schema: object(
      {
        object: { type: 'string', enum: ['list'] },
        data: { type: 'array', items: ref('x.y') },
        has_more: { type: 'boolean' },
        url: { type: 'string', maxLength: 5000, pattern: '^/v1/charges' },
      },
      ['object', 'data', 'has_more', 'url'],
    ),
    schemas: { 'x.y': object({ id: text, parent: { anyOf: [text, ref('x.y')] } }) },
    good: [
      { object: 'list', data: [{ id: 'a', parent: { parent: 'b' } }], has_more: false, url: '/v1/charges' },
    ],
    bad: [
      [{ object: 'list', data: [{ id: 1 }], has_more: 'no', url: '/v2' }, '/data/0/id', '/has_more', '/url'],
    ],
  },
  'an enumeration of megabytes': {
    schema: object({
      mcc: { type: 'string', enum: Array.from({ length: 25_000 }, (_, i) => `goods_of_the_category_${i}`) },
    }),
    good: [{ mcc: 'goods_of_the_category_24999' }],
    bad: [[{ mcc: 'goods_of_the_category_x' }, '/mcc']],
  },
  'conditions of JSON Schema, an $id and a dialect': {
    openapi: '3.1.0',
    schema: {
      $id: 'https://api.example/pay',
      $defs: { cents: { type: 'integer' } },
      ...object({ cents: { $ref: '#/$defs/cents' }, kind: {}, to: {}, from: {} }),
      dependentRequired: { to: ['from'] },
      if: { properties: { kind: { const: 'refund' } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
      then: { required: ['cents'] },
    },
    good: [{ kind: 'sale' }, { kind: 'refund', cents: 1 }],
    bad: [
      [{ cents: 'x' }, '/cents'],
      [{ kind: 'refund' }, '/cents'],
      [{ to: 1 }, ''],
    ],
  },
};

describe('a description in the shape that is published judges its own examples', () => {
  for (const [what, shape] of Object.entries(shapes))
    test(what, () => judgeAll(readContract(stringify(describing(shape)), 'it'), shape));

  test('spread over files that refer to one another', () => {
    const folder = temporaryFolder('field');
    after(() => rmSync(folder, { recursive: true }));
    const write = (name: string, value: object) => {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), stringify(value));
      return join(folder, name);
    };
    const content = ($ref: string) => ({
      description: 'd',
      content: { 'application/json': { schema: { $ref } } },
    });
    write('paths/p.yaml', {
      post: {
        parameters: [{ $ref: '../parameters.yaml#/Trace' }],
        requestBody: { $ref: '../bodies.json#/Pay' },
        responses: { 200: { $ref: '../answers.yaml#/Ok' } },
      },
    });
    write('parameters.yaml', {
      Trace: { name: 'trace', in: 'query', schema: { $ref: 'schemas/deep/id.yaml' } },
    });
    write('bodies.json', { Pay: { required: true, ...content('schemas/pay.yaml') } });
    write('answers.yaml', { Ok: content('./schemas/pay.yaml#') });
    write(
      'schemas/pay.yaml',
      object(
        {
          id: { $ref: 'deep/id.yaml' },
          money: { $ref: 'deep/money.yaml#/definitions/Money' },
          parent: { $ref: 'pay.yaml' },
          whole: { $ref: '../openapi.yaml#/components/schemas/Local' },
        },
        ['id'],
      ),
    );
    write('schemas/deep/id.yaml', { type: 'string', pattern: '^[a-z]+$' });
    write('schemas/deep/money.yaml', {
      definitions: { Money: object({ currency: { $ref: '#/definitions/Code' } }), Code: { enum: ['GBP'] } },
    });
    const file = write('openapi.yaml', {
      openapi: '3.0.3',
      info: { title: 't', version: '1' },
      paths: { '/p': { $ref: 'paths/p.yaml' } },
      components: { schemas: { Local: object({ x: {} }, ['x']) } },
    });
    judgeAll(loadContract(file), {
      good: [{ id: 'a', money: { currency: 'GBP' }, parent: { id: 'b' }, whole: { x: 1 } }],
      bad: [
        [
          { id: 'A', money: { currency: 'EUR' }, parent: {}, whole: {} },
          '/id',
          '/money/currency',
          '/parent/id',
          '/whole/x',
        ],
      ],
    });
  });
});
