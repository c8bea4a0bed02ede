import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareContracts, readContract } from './index.ts';
import { description, jsonOf } from './testing/description.ts';

describe('what two descriptions differ in', () => {
  type Members = { readonly [name: string]: unknown };
  const described = (schema: Members, more: Members = {}) =>
    readContract(
      JSON.stringify({
        ...description,
        paths: { '/things': { get: { responses: { 200: jsonOf({ $ref: '#/components/schemas/Thing' }) } } } },
        components: { ...description.components, schemas: { Thing: schema } },
        ...more,
      }),
      'things',
    );
  const differ = (one: Members, other: Members) =>
    compareContracts(described(one), described(other)).map(({ where }) => where);
  const object = { type: 'object', properties: { a: { type: 'string' } } };
  for (const prose of [
    'title',
    'description',
    'summary',
    'example',
    'examples',
    'externalDocs',
    'deprecated',
    'x-note',
  ]) {
    test(`is not ${prose}, which only annotates`, () => {
      assert.deepEqual(differ(object, { ...object, [prose]: 'otherwise' }), []);
    });
    test(`is a property that is called ${prose}`, () => {
      const named = { type: 'object', properties: { ...object.properties, [prose]: { type: 'string' } } };
      assert.deepEqual(differ(object, named), [`Thing properties/${prose}`]);
    });
  }
  test('is not prose further down, nor what is optional and said to be', () => {
    const listing = (more: Members) => ({ type: 'array', items: { type: 'string', ...more } });
    assert.deepEqual(differ(listing({}), listing({ description: 'a word', example: 'x' })), []);
    const asked = (more: Members) =>
      described(object, {
        paths: {
          '/things': {
            post: {
              parameters: [{ name: 'dry', in: 'query', schema: { type: 'boolean' }, ...more }],
              requestBody: { ...jsonOf({ type: 'object' }), ...more },
              responses: {},
            },
          },
        },
      });
    assert.deepEqual(compareContracts(asked({}), asked({ required: false })), []);
    assert.deepEqual(
      compareContracts(asked({}), asked({ required: true })).map(({ where }) => where),
      ['POST /things parameters/query dry/required', 'POST /things requestBody/required'],
    );
  });
  test('is found where one has no components, or none that is left out', () => {
    const inline = (type: string) =>
      described(object, {
        paths: { '/things': { get: { responses: { 200: jsonOf({ type }) } } } },
        components: undefined,
        'x-beyond': undefined,
      });
    assert.deepEqual(compareContracts(inline('string'), inline('string')), []);
    assert.deepEqual(
      compareContracts(inline('string'), inline('integer')).map(({ where }) => where),
      ['GET /things responses/200/application/json/schema/type'],
    );
    const without = described(object, { 'x-beyond': undefined });
    assert.deepEqual(
      compareContracts(described(object), without).map(({ where }) => where),
      ['GET /hidden/{id}'],
    );
  });
  test('is found in what refers to itself, is null, or is closed', () => {
    const tree = (type: string) => ({
      type: 'object',
      properties: { parent: { $ref: '#/components/schemas/Thing' }, size: { type } },
    });
    assert.deepEqual(differ(tree('integer'), tree('integer')), []);
    assert.deepEqual(differ(tree('integer'), tree('string')), ['Thing properties/size/type']);
    assert.deepEqual(differ({ ...object, default: null }, { ...object, default: {} }), ['Thing default']);
    assert.deepEqual(differ(object, { ...object, additionalProperties: false }), [
      'Thing additionalProperties',
    ]);
  });
  test('is what may be null, and not that it is said not to', () => {
    assert.deepEqual(differ(object, { ...object, nullable: false }), []);
    assert.deepEqual(differ(object, { ...object, nullable: true }), ['Thing nullable']);
  });
  test('is what is required and what is allowed, and not their order', () => {
    for (const list of ['required', 'enum']) {
      assert.deepEqual(differ({ ...object, [list]: ['a', 'b'] }, { ...object, [list]: ['b', 'a'] }), []);
      assert.deepEqual(differ({ ...object, [list]: ['a', 'b'] }, { ...object, [list]: ['a'] }), [
        `Thing ${list}`,
      ]);
    }
    assert.deepEqual(
      differ(
        { allOf: [{ type: 'string' }, { minLength: 1 }] },
        { allOf: [{ minLength: 1 }, { type: 'string' }] },
      ),
      ['Thing allOf'],
    );
    const within = (...names: string[]) => ({
      allOf: [{ type: 'object', description: names.join(), required: names }, object],
    });
    assert.deepEqual(differ(within('a', 'b'), within('b', 'a')), []);
  });
  test('is a property that is called like a list', () => {
    const named = (type: string) => ({
      type: 'object',
      properties: {
        required: { type },
        enum: { type },
        properties: { type: 'object', properties: { title: { type } } },
      },
    });
    assert.deepEqual(differ(named('string'), named('integer')), [
      'Thing properties/enum/type',
      'Thing properties/properties/properties/title/type',
      'Thing properties/required/type',
    ]);
  });
});
