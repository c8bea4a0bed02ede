import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { stringify } from 'yaml';
import { temporaryFolder } from '../record/disk/temporary.ts';
import type { Json } from '../record/vocabulary.ts';
import { type Contract, loadContract, readContract } from './index.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

const folder = temporaryFolder('dialects');
after(() => rmSync(folder, { recursive: true }));

/** A description of one operation, `POST /p`, whose body and answer are of one schema. */
const describing = (schema: object | boolean, more: object = {}, type = 'application/json') => ({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/p': {
      post: {
        requestBody: { required: true, content: { [type]: { schema } } },
        responses: { '2xx': { content: { [type]: { schema } } } },
      },
    },
  },
  ...more,
});

const rules = (contract: Contract, request: Json, response: Json = request) =>
  contract
    .violations(
      exchangeOf({ call: 'POST /p', headers: { authorization: null }, request, status: 200, response }),
    )
    .map(({ part, pointer, rule }) => `${part} ${pointer} ${rule}`);

const schemas: [what: string, schema: object, taken: Json[], refused: Json[]][] = [
  ['types in a list', { type: ['integer', 'null'] }, [1, null], ['a', 1.5]],
  ['const', { const: 'a' }, ['a'], ['b']],
  ['limits that are numbers', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 3 }, [2], [1, 3]],
  [
    '$defs and a reference with siblings',
    {
      $defs: { name: { type: 'string' } },
      type: 'object',
      properties: {
        a: {
          $ref: '#/paths/~1p/post/requestBody/content/application~1json/schema/$defs/name',
          minLength: 2,
        },
      },
    },
    [{ a: 'ab' }],
    [{ a: 'a' }, { a: 1 }],
  ],
  [
    'unevaluatedProperties beside allOf',
    { allOf: [{ properties: { a: {} } }], properties: { b: {} }, unevaluatedProperties: false },
    [{ a: 1, b: 2 }],
    [{ c: 1 }],
  ],
  [
    'prefixItems',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
    [['a', 1]],
    [[1], ['a', 1, 2]],
  ],
  [
    'an anchor',
    { $defs: { x: { $anchor: 'cents', type: 'integer' } }, properties: { a: { $ref: '#cents' } } },
    [{ a: 1 }],
    [{ a: 'x' }],
  ],
  ['a false schema', { properties: { a: false } }, [{}], [{ a: 1 }]],
  ['hundredths', { type: 'number', multipleOf: 0.01 }, [19.99, 1.1, 999999999999.99, 1e21], [0.005, 19.999]],
  ['a pattern of ECMA-262 5.1', { type: 'string', pattern: "^[\\w-.]+\\-\\'$" }, ["a.-'"], ['a']],
  [
    'alternatives beside properties, closed',
    {
      type: 'object',
      properties: { kind: { type: 'string' } },
      additionalProperties: false,
      oneOf: [
        { properties: { sale: { type: 'string' } }, required: ['sale'] },
        { properties: { refund: { type: 'string' } }, required: ['refund'] },
      ],
    },
    [{ kind: 'a', sale: 'b' }],
    [{ kind: 'a' }, { kind: 'a', sale: 'b', refund: 'c' }],
  ],
  [
    'alternatives that a discriminator tells apart',
    {
      oneOf: [
        { type: 'object', properties: { kind: { type: 'string' } } },
        { type: 'object', properties: { kind: { type: 'string' }, more: {} } },
      ],
      discriminator: { propertyName: 'kind' },
    },
    [{ kind: 'a' }],
    [{ kind: 1 }],
  ],
  [
    'a list of itself',
    { $ref: '#/components/schemas/Tree' },
    [{ inner: [{ inner: [] }] }],
    [{ inner: [{ inner: 1 }] }],
  ],
];
const more = {
  components: {
    schemas: {
      Tree: {
        type: 'object',
        properties: { inner: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
    },
  },
};

describe('a schema of OpenAPI 3.1', () => {
  for (const [what, schema, taken, refused] of schemas)
    test(what, () => {
      for (const write of [JSON.stringify, stringify]) {
        const contract = readContract(write(describing(schema, more)), 'it');
        for (const value of taken) assert.deepEqual(rules(contract, value), [], JSON.stringify(value));
        for (const value of refused) assert.notDeepEqual(rules(contract, value), [], JSON.stringify(value));
      }
    });
});

test('members that one side sends are required of that side alone', () => {
  const contract = readContract(
    JSON.stringify(
      describing({
        type: 'object',
        required: ['id', 'token'],
        properties: { id: { type: 'string', readOnly: true }, token: { type: 'string', writeOnly: true } },
      }),
    ),
    'it',
  );
  assert.deepEqual(rules(contract, { token: 't' }, { id: 'i' }), []);
  assert.deepEqual(rules(contract, { id: 'i' }, { token: 't' }), [
    'request-body /token required',
    'response-body /id required',
  ]);
});

describe('media types', () => {
  for (const type of [
    '*/*',
    'application/*',
    'text/json',
    'application/json; charset=utf-8',
    'application/*+json',
  ])
    test(type, () => {
      const contract = readContract(JSON.stringify(describing({ type: 'integer' }, {}, type)), 'it');
      assert.deepEqual(rules(contract, 'a', 1), ['request-body  type']);
    });
});

describe('a parameter', () => {
  const parameter = (name: string, schema: object, style: object = {}) => ({
    name,
    in: 'query',
    schema,
    ...style,
  });
  const object = {
    type: 'object',
    properties: { a: { type: 'integer' }, list: { type: 'array', items: { type: 'integer' } } },
  };
  const numbers = { type: 'array', items: { $ref: '#/components/schemas/N' } };
  const contract = readContract(
    JSON.stringify({
      openapi: '3.0.3',
      info: { version: '1' },
      paths: {
        '/p': {
          get: {
            parameters: [
              parameter('one', { allOf: [{ $ref: '#/components/schemas/N' }] }),
              parameter('many', numbers),
              parameter('comma', numbers, { explode: false }),
              parameter('pipe', numbers, { style: 'pipeDelimited', explode: false }),
              parameter('space', numbers, { style: 'spaceDelimited', explode: false }),
              parameter('deep', object, { style: 'deepObject', explode: true }),
              { name: 'json', in: 'query', content: { 'application/json': { schema: object } } },
              { name: 'x-many', in: 'header', schema: numbers },
            ],
            responses: { 200: {} },
          },
        },
      },
      components: { schemas: { N: { type: 'integer', maximum: 9 } } },
    }),
    'it',
  );
  const seen = (query: string, headers = {}) =>
    contract
      .violations(
        exchangeOf({ call: `GET /p?${query}`, headers: { authorization: null, ...headers }, status: 200 }),
      )
      .map(({ pointer, rule }) => `${pointer} ${rule}`);
  for (const query of [
    'one=1',
    'many=1&many=2',
    'comma=1,2',
    'pipe=1%7C2',
    'space=1%202',
    'deep[a]=1&deep[list]=2',
    'json=%7B%22a%22%3A1%7D',
  ])
    test(`${query} is read as its schema takes it`, () => assert.deepEqual(seen(query), []));
  for (const query of [
    'one=10',
    'many=1&many=x',
    'comma=1,x',
    'pipe=1%7Cx',
    'space=1%20x',
    'deep[a]=x',
    'json=%7B%22a%22%3A%22x%22%7D',
  ])
    test(`${query} is refused`, () => assert.notDeepEqual(seen(query), []));
  test('a header of several', () => {
    assert.deepEqual(seen('', { 'x-many': '1, 2'.replace(' ', '') }), []);
    assert.notDeepEqual(seen('', { 'x-many': '1,10' }), []);
  });
});

describe('files of one folder', () => {
  const write = (name: string, value: unknown) => {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, stringify(value));
    return file;
  };
  test('are read together', () => {
    write('parts/amount.yaml', {
      Amount: { type: 'object', properties: { cents: { $ref: '#/Cents' } } },
      Cents: { type: 'integer' },
    });
    const contract = loadContract(write('whole.yaml', describing({ $ref: 'parts/amount.yaml#/Amount' })));
    assert.deepEqual(rules(contract, { cents: 1 }), []);
    assert.equal(rules(contract, { cents: 'x' }).length, 2);
  });
  for (const ref of ['../else.yaml', '/etc/hostname', 'https://example.org/a.yaml', 'missing.yaml#/A'])
    test(`but not ${ref}`, () => {
      const file = write('alone.yaml', describing({ $ref: ref }));
      assert.throws(() => loadContract(file), { message: /alone\.yaml/ });
    });
});

describe('what cannot be judged by is refused with its place', () => {
  const cases: [what: string, text: string, said: RegExp][] = [
    [
      'a parameter that refers to itself',
      JSON.stringify(
        describing({}, { components: { parameters: { V: { $ref: '#/components/parameters/V' } } } }),
      ),
      /#\/components\/parameters\/V .*leads back to itself/,
    ],
    [
      'a reference that passes through one that leads back to it',
      JSON.stringify(
        describing({}, { components: { parameters: { V: { $ref: '#/components/parameters/V/schema/x' } } } }),
      ),
      /leads back to itself/,
    ],
    [
      'security of the whole description that is no object',
      JSON.stringify({ ...describing({}), security: [null] }),
      /`security` is no list of objects/,
    ],
    [
      'a schema that is itself',
      JSON.stringify(
        describing({}, { components: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/A' }] } } } }),
      ),
      /A refers to itself/,
    ],
    [
      'a pattern of .NET',
      JSON.stringify(describing({ type: 'string', pattern: '\\Aa\\z' })),
      /`pattern` is .*ECMA-262/,
    ],
    [
      'required on a member',
      JSON.stringify(describing({ properties: { a: { required: true } } })),
      /`required` is true/,
    ],
    ['a version without quotes', 'openapi: 3.0\ninfo: { version: "1" }\npaths: {}', /line 1.*quotes/],
    [
      'an anchor within itself',
      'openapi: 3.0.3\ninfo: { version: "1" }\npaths: {}\nx-a: &a { b: *a }',
      /anchor/,
    ],
    [
      'aliases that unfold without end',
      `openapi: 3.0.3\ninfo: { version: "1" }\npaths: {}\nx-0: &x0 [a, a]\n${Array.from({ length: 40 }, (_, i) => `x-${i + 1}: &x${i + 1} [*x${i}, *x${i}]`).join('\n')}`,
      /unfold/,
    ],
  ];
  for (const [what, text, said] of cases)
    test(what, () => assert.throws(() => readContract(text, 'it'), { message: said }));
  test('a file in UTF-16', () => {
    const file = join(folder, 'wide.yaml');
    writeFileSync(file, Buffer.from('\uFEFFopenapi: 3.0.3', 'utf16le'));
    assert.throws(() => loadContract(file), { message: /UTF-16.*UTF-8/ });
  });
});

test('paths below a server, words that are coded, and several parameters in a segment', () => {
  const contract = readContract(
    JSON.stringify({
      openapi: '3.0.3',
      info: { version: '1' },
      servers: [{ url: 'https://api.example/v1/' }],
      paths: {
        '/a b/{id}.{kind}': { get: { responses: { 200: {} } } },
        '/a b/{id}': { get: { responses: { 200: {} } } },
      },
    }),
    'it',
  );
  assert.deepEqual(contract.operationOf('GET', '/v1/a%20b/x.json')?.pathParams, { id: 'x', kind: 'json' });
  assert.deepEqual(contract.operationOf('GET', '/a%20b/x%2Fy')?.pathParams, { id: 'x/y' });
  assert.equal(contract.operationOf('GET', '/v2/a%20b/x'), undefined);
});

test('merge keys and many aliases are followed', () => {
  const text = `openapi: 3.0.3
info: { version: "1" }
x-errors: &errors { "404": { description: none }, "4xx": {} }
x-more: &more { <<: *errors, "500": {} }
paths:
${Array.from({ length: 200 }, (_, i) => `  /p${i}: { get: { responses: { <<: [*more, *errors], "200": {} } } }`).join('\n')}
`;
  const contract = readContract(text, 'it');
  for (const status of [200, 404, 418])
    assert.deepEqual(
      contract.violations(exchangeOf({ call: 'GET /p199', headers: { authorization: null }, status })),
      [],
    );
  assert.equal(
    contract.violations(exchangeOf({ call: 'GET /p199', headers: { authorization: null }, status: 302 }))
      .length,
    1,
  );
});

describe('a date and time is one of RFC 3339', () => {
  const contract = readContract(JSON.stringify(describing({ type: 'string', format: 'date-time' })), 'it');
  for (const text of [
    '2026-03-01T12:00:00Z',
    '2026-03-01t12:00:00.5z',
    '2024-02-29T00:00:00+05:30',
    '2016-12-31T23:59:60Z',
    '2017-01-01T00:59:60+01:00',
  ])
    test(text, () => assert.deepEqual(rules(contract, text), []));
  for (const text of [
    '2026-03-01 12:00:00Z',
    '2026-03-01T12:00:00+0000',
    '2026-03-01T12:00:00+00',
    '2026-03-01T12:00:00',
    '2026-02-29T12:00:00Z',
    '2026-03-01T12:00:60Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T12:00Z',
  ])
    test(`not ${text}`, () => assert.equal(rules(contract, text).length, 2));
});

test('a large description is read', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [
      `S${i}`,
      {
        type: 'object',
        description: 'x'.repeat(250),
        properties: {
          a: { $ref: `#/components/schemas/S${i % 100 === 99 ? i - 99 : i + 1}` },
          b: { type: 'string', pattern: '^[a-z]+$' },
        },
      },
    ]),
  );
  const text = stringify(describing({ $ref: '#/components/schemas/S0' }, { components: { schemas } }));
  assert.ok(text.length > 1_000_000);
  const begin = performance.now();
  readContract(text, 'it');
  assert.ok(performance.now() - begin < 30_000, 'it is read in the time of a human, on a busy machine too');
});
