import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Body, Exchange, Headers, Json } from '../record/vocabulary.ts';
import { judgeAuthorization } from './authorization.ts';
import { readContract } from './index.ts';
import { description } from './testing/description.ts';
import { exchangeOf, type Short } from './testing/good-exchanges.ts';

const contract = readContract(JSON.stringify(description), 'things', { version: '1', errata: [] });

const found = (short: Short) =>
  contract.violations(exchangeOf({ ...short, headers: { authorization: null, ...short.headers } }));

const brief = (short: Short) =>
  found(short).map(({ part, pointer, rule, severity }) => `${part} ${pointer} ${rule} ${severity}`);

const make = (request: Json, more: Partial<Short> = {}) =>
  brief({ call: 'POST /things', request, status: 204, ...more });

const says = (request: Json) =>
  found({ call: 'POST /things', request, status: 204 }).map(
    ({ expected, observed }) => `${expected}; ${observed}`,
  );

const thing = (more: { readonly [name: string]: Json } = {}) => ({ name: 'it', ...more });

describe('a body', () => {
  const cases: [request: Json, violations: string[]][] = [
    [thing(), []],
    [{}, ['request-body /name required must']],
    [thing({ name: 'much too long' }), ['request-body /name maxLength must']],
    [thing({ colour: 'red' }), ['request-body /colour undeclared-property should']],
    [thing({ Kind: 'a' }), ['request-body /Kind property-casing should']],
    [thing({ Kind: 'c' }), ['request-body /Kind property-casing should', 'request-body /kind enum must']],
    [thing({ kind: 'a', Kind: 'a' }), ['request-body /Kind name-once must']],
    [thing({ inner: { deep: 'x', deeper: 1 } }), ['request-body /inner/deeper undeclared-property should']],
    [thing({ inner: { Deep: 'x' } }), ['request-body /inner/Deep property-casing should']],
    [thing({ list: [{ id: 'x' }, { Id: 'x' }] }), ['request-body /list/0/id property-casing should']],
    [thing({ list: [{ other: 'x' }] }), ['request-body /list/0/other undeclared-property should']],
    [thing({ open: { anything: 1 } }), []],
    [thing({ open: { anything: 'x' } }), ['request-body /open/anything type must']],
    [thing({ maybe: null }), []],
    [thing({ maybe: 1 }), ['request-body /maybe type must']],
    [thing({ kind: null }), ['request-body /kind type must']],
    [thing({ either: { a: 1 } }), []],
    [thing({ either: { c: 1 } }), ['request-body /either anyOf must']],
    [thing({ both: { one: 1, two: 2 } }), []],
    [thing({ both: { one: 'x', two: 2 } }), ['request-body /both/one type must']],
    [thing({ nil: 'x' }), ['request-body /nil pattern must']],
    [thing({ maybeEither: null }), []],
    [thing({ maybeEither: true }), []],
    [thing({ maybeEither: 'x' }), ['request-body /maybeEither anyOf must']],
    [
      thing({ maybeInline: { x: 1, more: 2 } }),
      ['request-body /maybeInline/more undeclared-property should'],
    ],
    [thing({ wrapped: { three: 3, more: 4 } }), ['request-body /wrapped/more undeclared-property should']],
    [thing({ extended: { own: 1, four: 4 } }), []],
    [thing({ extended: { own: 1, four: 'x' } }), ['request-body /extended/four type must']],
    [thing({ mixed: { a: 1, more: 2 } }), []],
    [thing({ mixed: { more: 2 } }), ['request-body /mixed anyOf must']],
    [thing({ needs: { what: 1, ghost: 2, more: 3 } }), []],
    [thing({ list: [{ Id: 1 }, { Id: 2 }, { Id: 3 }] }), ['request-body /list/0/Id type must']],
  ];
  for (const [request, violations] of cases)
    test(`${JSON.stringify(request)}: ${violations.join(', ') || 'no violation'}`, () => {
      assert.deepEqual(make(request), violations);
      assert.deepEqual(make(request), violations, 'and the same when it is asked again');
    });
  test('that the API refused is held to names as well', () => {
    assert.deepEqual(make(thing({ colour: 1 }), { status: 400 }).slice(0, 1), [
      'request-body /colour undeclared-property must',
    ]);
    assert.deepEqual(make(thing({ Kind: 'a' }), { status: 404 }), [
      'request-body /Kind property-casing should',
    ]);
    assert.deepEqual(make(thing({ size: 99 }), { status: 404 }), ['request-body /size maximum must']);
  });
  test('has to be there, and in JSON', () => {
    assert.deepEqual(
      brief({ call: 'POST /things', status: 204, headers: { 'content-type': 'application/json' } }),
      ['request-body  body-required must'],
    );
    assert.deepEqual(brief({ call: 'PUT /things/1', status: 200 }), []);
    assert.deepEqual(brief({ call: 'PATCH /things/1', request: { x: 1 }, status: 200 }), []);
    assert.deepEqual(make(thing(), { headers: { 'content-type': null } }), [
      'request-header /content-type json-content-type must',
    ]);
    const seen = (type: string | null) =>
      found({ call: 'POST /things', request: thing(), status: 204, headers: { 'content-type': type } })[0]!;
    assert.equal(seen(null).observed, 'it is not there');
    assert.equal(seen('text/plain').observed, 'it is "text/plain"');
    for (const [type, fits] of Object.entries({
      'text/plain': false,
      'application/json; charset=utf-8': true,
      'application/problem+json': true,
      'x-application/json': false,
      'application/jsonp': false,
    }))
      assert.equal(make(thing(), { headers: { 'content-type': type } }).length === 0, fits, type);
  });
  test('is reported with what is due', () => {
    assert.deepEqual(says({}), ['`name` is a text of 1 to 4 characters; the body has no `name`']);
    assert.deepEqual(says(thing({ kind: 'c' })), ['`kind` is one of a, b; `kind` is "c"']);
    assert.deepEqual(says(thing({ size: 10 })), ['`size` is a whole number from 1 to 9; `size` is 10']);
    assert.deepEqual(says(thing({ least: 0 })), ['`least` is a whole number of at least 1; `least` is 0']);
    assert.deepEqual(says(thing({ most: 10 })), ['`most` is a number of at most 9; `most` is 10']);
    assert.deepEqual(says(thing({ on: 1 })), ['`on` is true or false; `on` is 1']);
    assert.deepEqual(says(thing({ when: 'x' })), [
      '`when` is a date and time with its zone, such as 2026-02-27T12:00:00Z; `when` is "x"',
    ]);
    assert.deepEqual(says(thing({ code: 'y' })), ['`code` is a text that matches ^x$; `code` is "y"']);
    assert.deepEqual(says(thing({ short: '' })), ['`short` is a text, not empty; `short` is ""']);
    assert.deepEqual(says(thing({ maybe: 1 })), ['`maybe` is a text or null; `maybe` is 1']);
    assert.deepEqual(says(thing({ list: 1 })), ['`list` is a list; `list` is 1']);
    assert.deepEqual(says(thing({ inner: 1 })), ['`inner` is an object; `inner` is 1']);
    assert.deepEqual(says(thing({ list: [{ Id: 1 }] })), ['`list[0].Id` is a text; `list[0].Id` is 1']);
    assert.deepEqual(says(thing({ open: { n: 'x' } })), ['`open.n` is a whole number; `open.n` is "x"']);
    assert.deepEqual(says(thing({ either: {} })), ['`either` has `a` or `b`; `either` is {}']);
    assert.deepEqual(says(thing({ loose: {} })), [
      '`loose` has one of the forms that the description gives it; `loose` is {}',
    ]);
    assert.deepEqual(says(thing({ needs: {} })), [
      '`needs.what` is as the description has it; `needs` has no `what`',
      "`needs` must have required property 'ghost'; `needs` has no `ghost`",
    ]);
    for (const name of ['one', 'two'])
      assert.deepEqual(says(thing({ both: { [name]: 'x' } })), [
        `\`both.${name}\` is a whole number; \`both.${name}\` is "x"`,
      ]);
  });
  test('is reported with its names as people write them, and its values shortened', () => {
    const open = (name: string) => says(thing({ open: { [name]: 'x' } }))[0]!;
    assert.match(open('a1'), /^`open\.a1` is a whole number;/);
    assert.match(open('1a'), /^`open\.1a` is a whole number;/);
    assert.match(open('7'), /^`open\[7]` is a whole number;/);
    const list = Array.from({ length: 11 }, (_, i) => ({ Id: i < 10 ? 'x' : 1 }));
    assert.deepEqual(says(thing({ list })), ['`list[10].Id` is a text; `list[10].Id` is 1']);
    const whole = 'x'.repeat(58);
    assert.ok(says(thing({ kind: whole }))[0]!.endsWith(`"${whole}"`));
    assert.match(says(thing({ kind: 'x'.repeat(99) }))[0]!, /`kind` is "x{58}…$/);
  });
});

describe('a parameter', () => {
  const query = (text: string, more: Partial<Short> = {}) =>
    brief({ call: `POST /things?${text}`, request: thing(), status: 204, ...more });
  const cases: [text: string, violations: string[]][] = [
    ['dry=true&count=-12&ratio=1.25', []],
    ['dry=FALSE', []],
    ['dry=truely', ['request-query /dry type must']],
    ['dry=untrue', ['request-query /dry type must']],
    ['count=1.5', ['request-query /count type must']],
    ['count=12x', ['request-query /count type must']],
    ['count=x12', ['request-query /count type must']],
    ['count=1e2', ['request-query /count type must']],
    ['count=%2012', ['request-query /count type must']],
    ['ratio=10', []],
    ['ratio=1.x', ['request-query /ratio type must']],
    ['accept=x', ['request-query /accept type must']],
    ['any=thing', []],
    ['text=12', []],
    ['text=true', []],
    ['sure=TRUE', []],
    ['sure=false', ['request-query /sure enum must']],
    ['accept', ['request-query /accept type must']],
    ['other=1&other=2', ['request-query /other undeclared-parameter should']],
    ['dry=true#count=x', []],
    ['count=1?2', ['request-query /count type must']],
  ];
  for (const [text, violations] of cases)
    test(`?${text}: ${violations.join(', ') || 'no violation'}`, () =>
      assert.deepEqual(query(text), violations));
  test('that the API refused fails where nobody knows it', () => {
    assert.equal(query('other=1', { status: 400 })[0], 'request-query /other undeclared-parameter must');
  });
  test('that nobody knows is reported with those that are known', () => {
    const expected = (call: string) =>
      found({ call, request: thing(), status: 204 }).map((one) => one.expected)[0];
    assert.equal(
      expected('POST /things?other=1'),
      'no query parameters but dry, count, ratio, text, sure, accept and any',
    );
    assert.equal(expected('DELETE /things/1?other=1'), 'no query parameters');
  });
});

describe('an answer', () => {
  const get = (status: number, response?: Json, more: Partial<Short> = {}) =>
    brief({ call: 'GET /things/1', status, ...(response === undefined ? {} : { response }), ...more });
  test('of 401 needs no listing, and is judged where it is listed', () => {
    assert.deepEqual(get(401, {}), ['response-body /why required must']);
    assert.deepEqual(make(thing(), { status: 401 }), []);
    assert.deepEqual(make(thing(), { status: 402 }), ['response-status  status-listed must']);
  });
  test('that is not listed is reported with those that are', () => {
    const [violation] = found({ call: 'POST /things', request: thing(), status: 402 });
    assert.equal(violation?.expected, '`POST /things` answers 200, 204 or 404');
    const [alone] = found({ call: 'DELETE /things/1', status: 402 });
    assert.equal(alone?.expected, '`DELETE /things/{id}` answers 200');
  });
  test('is JSON by its type too', () => {
    assert.deepEqual(get(200, {}), []);
    assert.deepEqual(get(200), ['response-body  json-body must']);
    const answered = (type?: string) => {
      const exchange = exchangeOf({
        call: 'GET /things/1',
        status: 200,
        response: {},
        headers: { authorization: null },
      });
      const headers: Headers = type === undefined ? [] : [['content-type', type]];
      return contract
        .violations({ ...exchange, response: { ...exchange.response!, headers } })
        .map(({ observed }) => observed);
    };
    assert.deepEqual(answered(), ['it is not there']);
    assert.deepEqual(answered('text/plain'), ['it is "text/plain"']);
  });
  test('of a schema keeps to its names as a request does', () => {
    assert.deepEqual(make(thing(), { status: 200, response: { name: 'it', Kind: 'a' } }), [
      'response-body /Kind undeclared-property should',
    ]);
  });
});

describe('what a body is', () => {
  const answered = (body: Body | null): string[] => {
    const exchange: Exchange = exchangeOf({
      call: 'GET /things/1',
      status: 200,
      response: {},
      headers: { authorization: null },
    });
    return contract
      .violations({ ...exchange, response: { ...exchange.response!, body } })
      .map(({ observed }) => observed);
  };
  test('nothing, where it is empty in whatever way', () => {
    for (const body of [null, { text: '' }, { text: ' \n ' }, { base64: '', bytes: 0 }] as (Body | null)[])
      assert.deepEqual(answered(body), ['there is no body']);
  });
  test('no JSON, where it is other text or bytes', () => {
    for (const body of [{ text: '{' }, { base64: 'AAAA', bytes: 3 }] as Body[])
      assert.deepEqual(answered(body), ['it is application/json']);
  });
  test('JSON, where its text reads as such', () => assert.deepEqual(answered({ text: ' {} ' }), []));
});

describe('a path', () => {
  const operation = (call: string) =>
    found({ call, status: 200 }).map(({ rule, expected }) => `${rule}: ${expected}`);
  test('takes the methods that it has', () => {
    assert.deepEqual(operation('POST /things/1'), ['known-method: this path takes GET, PUT, PATCH, DELETE']);
    assert.deepEqual(operation('GET /things'), ['known-method: this path takes POST']);
  });
  test('with a word in the place of a parameter comes first', () => {
    assert.equal(contract.operationOf('GET', '/things/latest')?.operationId, 'Latest');
    assert.equal(contract.operationOf('GET', '/things/other')?.operationId, 'GET /things/{id}');
    assert.equal(contract.operationOf('DELETE', '/things/latest'), undefined);
    assert.deepEqual(contract.operationOf('GET', '/things/a/parts/b%2Fc')?.pathParams, {
      id: 'a',
      part: 'b/c',
    });
  });
  test('that is mistaken is reported with the nearest, by its words before its method', () => {
    const nearest = (call: string) => /such as `(.*)`/.exec(operation(call)[0] ?? '')?.[1];
    assert.equal(nearest('DELETE /thing/1/parts/2'), 'DELETE /parts/things');
    assert.equal(nearest('GET /v1/things/1/parts'), 'GET /things/{id}/parts/{part}');
    assert.equal(nearest('DELETE /v1/things'), 'DELETE /things/{id}');
    assert.equal(nearest('PUT /v1/things'), 'PUT /things/{id}');
    assert.equal(nearest('POST /v1/things/1/parts'), 'GET /things/{id}/parts/{part}');
    assert.equal(nearest('GET /nothing/alike'), undefined);
  });
  test('is reported without its query or fragment', () => {
    for (const call of ['GET /no?key=1', 'GET /no#key', 'GET /no?key\n=1'])
      assert.equal(found({ call, status: 200 })[0]?.observed, '`GET /no`');
  });
  test('that is left out on purpose is not judged', () => {
    assert.deepEqual(operation('GET /hidden/1'), []);
    assert.equal(operation('POST /hidden/1').length, 1);
  });
  test('that asks for a key is judged by it, any other is not', () => {
    assert.deepEqual(brief({ call: 'GET /locked', status: 200 }), [
      'request-header /authorization authorization-missing must',
    ]);
    assert.deepEqual(brief({ call: 'GET /things/latest', status: 200 }), []);
  });
});

describe('an Authorization header', () => {
  const rule = (value: string) => judgeAuthorization(value)?.rule;
  test('is a scheme, spaces and a credential, and nothing before', () => {
    assert.equal(rule('Basic sk_prod_x'), undefined);
    assert.equal(rule('Basic   sk_prod_x y'), undefined);
    assert.equal(rule(' Basic sk_prod_x'), 'authorization-scheme');
    assert.equal(rule('Basic'), 'authorization-scheme');
    assert.equal(rule('Basic x_sk_'), 'authorization-prefix');
    assert.equal(judgeAuthorization('Basic')?.observed, 'it names no scheme');
  });
  test('in base64 is reported where a key stands at its beginning only', () => {
    const encoded = (text: string) => rule(`Basic ${Buffer.from(text).toString('base64')}`);
    assert.equal(encoded(':sk_sandbox_x'), 'authorization-encoded');
    assert.equal(encoded('sk_prod_x:'), 'authorization-encoded');
    assert.equal(encoded('user:sk_prod_x'), 'authorization-prefix');
  });
});

test('the errata of another version are left aside', () => {
  const erratum = { id: 'e', what: '', source: '', reading: '', samples: [], patches: [] };
  const read = (version: string) =>
    readContract(JSON.stringify(description), 'things', { version, errata: [erratum] }).errata;
  assert.deepEqual([read('1'), read('2')], [['e'], []]);
});

describe('what may be null', () => {
  test('is reported by what is wrong with it, not by the null that it is not', () => {
    assert.deepEqual(make(thing({ maybeOne: null })), []);
    assert.deepEqual(make(thing({ maybeOne: { one: 1 } })), []);
    assert.deepEqual(make(thing({ maybeOne: { one: 'x' } })), ['request-body /maybeOne/one type must']);
    assert.deepEqual(make(thing({ maybeOne: 4 })), ['request-body /maybeOne type must']);
    assert.deepEqual(make(thing({ maybeEnum: 'b' })), ['request-body /maybeEnum enum must']);
  });
  test('alternatives are reported as one', () => {
    assert.deepEqual(make(thing({ oneOf: { a: 1 } })), []);
    assert.deepEqual(make(thing({ oneOf: { a: 'x' } })), ['request-body /oneOf oneOf must']);
    assert.deepEqual(make(thing({ oneOf: 4 })), ['request-body /oneOf oneOf must']);
  });
});
