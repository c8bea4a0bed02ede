import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { applyErrata, loadErrata, operationsOf } from '../../fixtures/openapi/index.ts';
import type { Exchange, Json } from '../record/vocabulary.ts';
import { judgesOf, loadContract, loadServed } from './index.ts';

const name = 'epos-data-1.0';
const served = loadServed(name);
const methods = served.description.document['x-methods'] ?? {};
const { violations } = judgesOf(loadContract(), name);

const money = { value: 1250, currencyCode: 'GBP' };
const order = { id: 'o1', status: 'New', details: { orderType: 'DineIn', dineIn: {} }, totalAmount: money };

const spoken = (method: string, answer: Json, status = 200, more: Partial<Exchange> = {}): Exchange => ({
  id: 'x1',
  from: 'dojo',
  to: 'subject',
  channel: 'socket',
  connection: 'x0',
  request: {
    method,
    target: '/epos',
    headers: [],
    body: { json: { jsonrpc: '2.0', id: 'c1', method, params: { headers: {} } } },
  },
  response: { status, headers: [], body: answer === null ? null : { json: answer } },
  at: 0,
  until: 1,
  startedAt: '2026-03-01T12:00:00.000Z',
  ...more,
});

const found = (exchange: Exchange): string[] =>
  violations(exchange).map(({ severity, fault, part, pointer, rule }) =>
    [severity, fault, part, pointer, rule].join(' '),
  );
const answer = (more: { [name: string]: Json }) => ({ jsonrpc: '2.0', id: 'c1', ...more });

suite('an answer over a WebSocket', () => {
  const good: Readonly<Record<string, Json>> = {
    ListAreasV1: [{ id: 'a1', name: 'Terrace' }],
    SearchTablesV1: { data: [{ id: 't1', name: 'Table 1' }] },
    SearchOrdersV1: { data: [order] },
    GetOrderByIdV1: order,
    GetOrderBillByIdV1: { header: { lines: [] }, order, footer: { lines: [] } },
    CreateOrderLockV1: order,
    ExtendOrderLockV1: {},
    DeleteOrderLockV1: order,
    RecordOrderPaymentByIdV1: order,
  };
  test('a good one stands here for every method', () =>
    assert.deepEqual(Object.keys(good).sort(), Object.keys(methods).sort()));
  for (const [method, result] of Object.entries(good))
    test(`of ${method} breaks nothing, with its method or without`, () => {
      assert.deepEqual(found(spoken(method, answer({ result }))), []);
      assert.deepEqual(found(spoken(method, answer({ result, method }))), []);
    });

  test('is an EPOSError where it refuses', () => {
    const refuses = (error: Json, status = 404) => found(spoken('GetOrderByIdV1', answer({ error }), status));
    assert.deepEqual(refuses({ errorType: 'NotFound', debugMessage: 'none' }), []);
    assert.deepEqual(refuses({ errorType: 'UnexpectedError' }, 500), []);
    assert.deepEqual(refuses({ code: -32000, message: 'none', data: { errorType: 'NotFound' } }), [
      'should pos response-body /error required',
    ]);
    assert.ok(
      refuses({ code: -32000, message: 'none' }, 500).includes(
        'must pos response-body /error/errorType required',
      ),
    );
  });

  test('has the id of its call, as text, and either a result or an error', () => {
    const of = (more: { [name: string]: Json }) => found(spoken('GetOrderByIdV1', answer(more)));
    assert.deepEqual(of({ result: order, id: 'c2' }), ['must pos response-body /id const']);
    assert.deepEqual(found(spoken('GetOrderByIdV1', { ...answer({ result: order }), id: 1 }, 200)), [
      'must pos response-body /id const',
    ]);
    assert.deepEqual(of({ result: order, jsonrpc: '1.0' }), ['must pos response-body /jsonrpc const']);
    assert.deepEqual(of({}), ['must pos response-body  oneOf']);
    assert.deepEqual(of({ result: null }), ['must pos response-body  oneOf']);
    assert.deepEqual(of({ result: order, error: null }), ['should pos response-body  oneOf']);
    const both = answer({ result: order, error: { errorType: 'Conflict' } });
    assert.deepEqual(found(spoken('GetOrderByIdV1', both, 409)), ['must pos response-body  oneOf']);
    assert.deepEqual(found(spoken('GetOrderByIdV1', [order])), ['must pos response-body  json-body']);
  });

  test('is judged within as over HTTP', () => {
    const pounds = { ...order, totalAmount: { value: 12.5, currencyCode: 'GBP' } };
    assert.deepEqual(found(spoken('GetOrderByIdV1', answer({ result: pounds }))), [
      'must pos response-body /result/totalAmount/value type',
    ]);
    assert.deepEqual(found(spoken('SearchOrdersV1', answer({ result: {} }))), [
      'must pos response-body /result/data required',
    ]);
  });

  test('may spell the members of a bill as the description for WebSocket does', () => {
    const of = (url: Json) => {
      const header = {
        lines: [{ lineType: 'URL', url: { url: 'https://inn.example', ...(url as object) } }],
      };
      const result = { header, order, footer: { lines: [] } };
      return found(spoken('GetOrderBillByIdV1', answer({ result })));
    };
    assert.deepEqual(of({ showQR: true, showURL: false }), []);
    assert.equal(of({ ShowQr: true }).length, 1);
  });

  test('is none of the contract’s where it is a ping, a close, lost, or the POS’s own message', () => {
    assert.deepEqual(found(spoken('ping', null)), []);
    assert.deepEqual(found(spoken('close', { code: 1000 })), []);
    assert.deepEqual(found(spoken('GetOrderByIdV1', null, 200, { response: null })), []);
    assert.deepEqual(found(spoken('message', { id: 1 }, 200, { from: 'subject', to: 'dojo' })), []);
  });
});

test('a handshake needs the software house and the key as it is, and is no unknown path', () => {
  const handshake = (...headers: [string, string][]): Exchange => ({
    ...spoken('', null, 101, { from: 'subject', to: 'dojo', channel: 'http' }),
    request: { method: 'GET', target: '/epos', headers: [['Upgrade', 'WebSocket'], ...headers], body: null },
  });
  const house: [string, string] = ['Software-House-Id', 'h1'];
  const key: [string, string] = ['Authorization', 'Basic sk_sandbox_…#1a2b'];
  assert.deepEqual(found(handshake(house, key)), []);
  assert.deepEqual(found(handshake(key)), ['must pos request-header /software-house-id required']);
  assert.deepEqual(found(handshake(house)), ['must pos request-header /authorization authorization-missing']);
  assert.deepEqual(found(handshake(house, ['authorization', 'Basic base64…#1a2b'])), [
    'must pos request-header /authorization authorization-encoded',
  ]);
});

type Schema = { readonly [key: string]: unknown };
interface Shape {
  readonly required: readonly string[];
  readonly properties: { readonly [name: string]: unknown };
}

/** Members and types of a schema, whatever it refers to or is put together from; prose and formats are left aside. */
function shapeOf(
  schema: Schema,
  all: { readonly [name: string]: Schema },
  within: readonly string[] = [],
): unknown {
  if (typeof schema.$ref === 'string') {
    const to = schema.$ref.split('/').at(-1)!;
    return within.includes(to) ? to : shapeOf(all[to] ?? {}, all, [...within, to]);
  }
  const parts =
    (schema.allOf as Schema[] | undefined)?.map((part) => shapeOf(part, all, within) as Shape) ?? [];
  const [only, ...more] = (schema.oneOf ?? schema.anyOf ?? []) as Schema[];
  // Of several forms the first is the one that both descriptions have.
  if (only && !schema.properties && (!more.length || schema.anyOf)) return shapeOf(only, all, within);
  if (schema.items) return [shapeOf(schema.items as Schema, all, within)];
  if (!schema.properties && !parts.length)
    return schema.enum ? [...(schema.enum as string[])].sort() : (schema.type ?? 'any');
  const own = Object.entries((schema.properties ?? {}) as { [name: string]: Schema });
  return {
    required: [
      ...new Set([
        ...((schema.required as string[] | undefined) ?? []),
        ...parts.flatMap(({ required = [] }) => required),
      ]),
    ].sort(),
    properties: Object.assign(
      {},
      ...parts.map(({ properties }) => properties),
      Object.fromEntries(own.map(([key, one]) => [key, shapeOf(one, all, within)])),
    ),
  };
}

/** The places where two shapes differ. */
function differing(ours: unknown, other: unknown, at: string): string[] {
  if (typeof ours !== 'object' || typeof other !== 'object' || ours === null || other === null)
    return JSON.stringify(ours) === JSON.stringify(other)
      ? []
      : [`${at}: ${JSON.stringify(ours)}, ${JSON.stringify(other)}`];
  return [...new Set([...Object.keys(ours), ...Object.keys(other)])]
    .flatMap((key) =>
      Array.isArray(ours) && typeof ours[0] === 'string'
        ? JSON.stringify(ours) === JSON.stringify(other)
          ? []
          : [`${at}: ${ours.join()}, ${(other as string[]).join()}`]
        : differing((ours as Schema)[key], (other as Schema)[key], `${at}/${key}`),
    )
    .filter((one, index, all) => all.indexOf(one) === index);
}

const official = process.env.DOJO_EPOS_DATA_WS
  ? process.env.DOJO_EPOS_DATA_WS
  : join(import.meta.dirname, '..', '..', '..', 'shared', 'openapi', 'epos-data-ws.asyncapi.yaml');

/** Where the two descriptions of one API differ, ours with its errata before the other; the kit takes ours, or both. */
const known: readonly string[] = [
  'align: AlignCenter,AlignLeft,AlignRight,Center,Left,Right, Center,Left,Right',
  'required: details,id,status, details,status',
  'required: paidAmount,paymentIntentId, paidAmount',
  'showQR: undefined, "boolean"',
  'showQr: "boolean", undefined',
  'showURL: undefined, "boolean"',
  'showUrl: "boolean", undefined',
];

test("Dojo's own description of the EPOS Data API over WebSocket says the same as ours", {
  skip: existsSync(official) ? false : `${official} was not found: our description was compared with nothing`,
}, () => {
  const theirs = parse(readFileSync(official, 'utf8')) as {
    readonly channels: {
      readonly [method: string]: { readonly [side: string]: { message: { payload: Schema } } };
    };
    readonly components: { readonly schemas: { readonly [name: string]: Schema } };
  };
  const all = theirs.components.schemas;
  const document = applyErrata(served.description.document, loadErrata(name).errata);
  const ours = document.components?.schemas as unknown as { readonly [name: string]: Schema };
  const differences = Object.entries(methods).flatMap(([method, operation]) => {
    const channel = theirs.channels[method];
    if (!channel) return [`${method}: not there`];
    const { path, parameters, requestBody, responses } = operationsOf(document).find(
      (one) => `${one.method} ${one.path}` === operation,
    )!;
    const json = (content: unknown) =>
      (content as { 'application/json'?: { schema: Schema } })?.['application/json']?.schema ?? {};
    const asked = (shapeOf(channel.subscribe!.message.payload, all) as { properties: { params: Shape } })
      .properties.params;
    const body = shapeOf(json(requestBody?.content), ours) as Partial<Shape>;
    const ids = parameters.filter(({ in: where }) => where === 'path').map((one) => one.name);
    const { headers, ...others } = asked.properties;
    const params = {
      required: [...new Set([...(body.required ?? []), ...ids])].sort(),
      properties: { ...body.properties, ...Object.fromEntries(ids.map((id) => [id, 'string'])) },
    };
    const theirParams = { required: asked.required.filter((one) => one !== 'headers'), properties: others };
    const inHeaders = parameters
      .filter(({ in: where }) => where === 'header')
      .map((one) => one.name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
    const answered = (shapeOf(channel.publish!.message.payload, all) as { properties: { result?: unknown } })
      .properties.result;
    const status = responses['200'] as { content?: unknown };
    return [
      ...differing(params, theirParams, `${method} params`),
      ...differing(
        inHeaders.sort(),
        Object.keys((headers as Shape).properties).sort(),
        `${method} headers ${path}`,
      ),
      ...differing(shapeOf(json(status.content), ours), answered, `${method} result`),
    ];
  });
  const kinds = new Set(differences.map((one) => one.replace(/^\w+V1 result\S*\b(\w+): /, '$1: ')));
  assert.deepEqual([...kinds].sort(), known);
});
