import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { loadContract, readContract } from './index.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

const folder = temporaryFolder('contract');
after(() => rmSync(folder, { recursive: true }));

function fileWith(text: string): string {
  const file = join(folder, 'api.yaml');
  writeFileSync(file, text);
  return file;
}

const minimal = { openapi: '3.0.3', info: { version: '1' }, paths: {} };

describe('a file that is no contract is refused with what was seen and what to do', () => {
  const files: [what: string, text: string, seen: RegExp][] = [
    ['text that does not parse', '{"openapi": ', /cannot be read/],
    ['YAML that does not parse', 'openapi: [', /cannot be read/],
    ['an empty file', '', /holds no object/],
    ['a list', '- openapi', /holds no object/],
    ['Swagger 2.0', 'swagger: "2.0"', /Swagger 2.0/],
    ['something else', 'name: x', /no `openapi` version/],
    ['OpenAPI 4', JSON.stringify({ ...minimal, openapi: '4.0.0' }), /version is 4\.0\.0/],
    ['no version', JSON.stringify({ ...minimal, info: {} }), /no `info.version`/],
    ['no paths', JSON.stringify({ ...minimal, paths: null }), /no `paths`/],
    [
      'a reference to nowhere',
      JSON.stringify({ ...minimal, components: { schemas: { A: { $ref: '#/components/schemas/B' } } } }),
      /refers to #\/components\/schemas\/B/,
    ],
    [
      'a schema of an unknown type',
      JSON.stringify({ ...minimal, components: { schemas: { A: { type: 'money' } } } }),
      /#\/components\/schemas\/A\/type \(line 1\) `type` is "money"/,
    ],
  ];
  for (const [what, text, seen] of files)
    test(what, () => {
      const file = fileWith(text);
      assert.throws(
        () => loadContract(file),
        ({ message }: Error) => {
          assert.match(message, seen);
          assert.ok(message.includes(file), message);
          assert.match(message, /^Expected an OpenAPI 3\.0 or 3\.1 description in /);
          assert.match(message, /\. (Correct|Name|Write) .*\.$/s);
          return true;
        },
      );
    });
  test('but not one that has no components', () => {
    assert.equal(loadContract(fileWith(JSON.stringify(minimal))).version, '1');
  });
  test('a file that is not there', () => {
    assert.throws(
      () => loadContract(join(folder, 'none.json')),
      /none\.json, but it cannot be opened \(ENOENT\)/,
    );
  });
});

describe('a contract of another kind', () => {
  const text = JSON.stringify({
    openapi: '3.0.3',
    info: { version: '9' },
    paths: {
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: {
          responses: {
            '2XX': {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      size: { type: 'integer', minimum: 0, exclusiveMinimum: true, format: 'furlong' },
                    },
                  },
                },
              },
            },
            default: { description: 'anything' },
          },
        },
      },
    },
  });
  const contract = readContract(text, 'things');
  const rules = (call: string, status: number, response: { size: number } | undefined) =>
    contract
      .violations(
        exchangeOf({ call, headers: { authorization: null }, status, ...(response && { response }) }),
      )
      .map(({ part, rule }) => `${part} ${rule}`);

  test('has classes of statuses, a default, parameters of the path item and no authorization', () => {
    assert.deepEqual(rules('GET /things/7', 201, { size: 1 }), []);
    assert.deepEqual(rules('GET /things/7', 201, { size: 0 }), ['response-body exclusiveMinimum']);
    assert.deepEqual(rules('GET /things/7', 418, undefined), []);
    assert.deepEqual(rules('GET /things/seven', 200, { size: 1 }), ['request-path type']);
  });
  test('may begin with a byte order mark', () => {
    assert.equal(readContract(`\uFEFF${text}`, 'marked').version, '9');
  });
  test('is known by the digest of its text, whatever its line ends', () => {
    assert.equal(readContract(`${text}\r\n`, 'a').sha256, readContract(`${text}\n`, 'b').sha256);
    assert.notEqual(readContract(`${text} `, 'a').sha256, contract.sha256);
    assert.match(contract.sha256, /^[0-9a-f]{64}$/);
  });
});
