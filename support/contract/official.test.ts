import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  below,
  deref,
  loadErrata,
  loadOpenApi,
  type OpenApiDocument,
  operationsOf,
  type SchemaObject,
  schemaCompiler,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { compareContracts, loadContract } from './index.ts';
import { exchangeOf, goodExchanges, type Short } from './testing/good-exchanges.ts';

const ours = loadContract();
const name = `dojo-api-${ours.version}.json`;

/** Dojo's own description of our version: a file or folder named by DOJO_OPENAPI, or in a folder beside the repository. */
function officialFile(): string | undefined {
  const root = join(import.meta.dirname, '..', '..');
  const named = process.env.DOJO_OPENAPI;
  const places = named ? [named] : [join(root, '..', 'shared', 'openapi')];
  for (const place of places) {
    if (!existsSync(place)) continue;
    if (!statSync(place).isDirectory()) return place;
    if (readdirSync(place).includes(name)) return join(place, name);
  }
  return undefined;
}

const file = officialFile();

if (file === undefined)
  test('our description has been compared with itself alone', () => {
    console.log(
      `The comparison with Dojo's own description was left out: ${name} was not found. Set DOJO_OPENAPI to the file or its folder.`,
    );
    assert.deepEqual(compareContracts(ours, loadContract()), []);
  });
else compareWith(file);

function compareWith(file: string): void {
  describe("Dojo's own description", () => {
    const official = loadContract(file);
    const document = official.description.document;

    test('says the same as ours about every operation and schema of ours', () => {
      const differences = compareContracts(ours, official);
      for (const { where, ours, other } of differences)
        console.log(`${where}: ours ${JSON.stringify(ours)}, official ${JSON.stringify(other)}`);
      assert.deepEqual(differences, []);
    });

    test('can be turned into JSON Schema, every schema of it', () => {
      const compile = schemaCompiler(loadOpenApi(file).document);
      const names = Object.keys(document.components?.schemas ?? {});
      assert.equal(names.length, 121);
      for (const name of names)
        assert.doesNotThrow(() => compile({ $ref: `#/components/schemas/${name}` }), name);
    });

    test('judges our good exchanges as ours does', () => {
      for (const short of Object.values(goodExchanges))
        assert.deepEqual(official.violations(exchangeOf(short)), [], short.call);
    });

    test('gives examples that conform, but for those that an erratum names', () => {
      const named = loadErrata().errata.flatMap(({ examples }) => examples ?? []);
      const examples = Object.entries(goodExchanges).flatMap(([id, good]) => examplesOf(document, id, good));
      assert.ok(examples.length >= 30, `only ${examples.length} examples were found`);
      const refused = examples.filter(({ short }) => ours.violations(exchangeOf(short)).length > 0);
      assert.deepEqual(new Set(refused.map(({ pointer }) => pointer)), new Set(named));
    });
  });
}

interface Example {
  readonly pointer: string;
  readonly short: Short;
}

/** The examples for requests and good answers of an operation, each put into its good exchange. */
function examplesOf(document: OpenApiDocument, operationId: string, good: Short): Example[] {
  const found = operationsOf(document).find((operation) => operation.operationId === operationId);
  if (!found) return [];
  const { path, method, requestBody, responses } = found;
  const base = below(below('/paths', path), method.toLowerCase());
  const answer = `${base}/responses/${good.status}/content/application~1json`;
  const json = responses[String(good.status)]?.content?.['application/json'];
  return [
    ...shown(
      document,
      requestBody?.content?.['application/json'],
      `${base}/requestBody/content/application~1json`,
    ).map(({ pointer, value }) => ({ pointer, short: { ...good, request: value } })),
    ...shown(document, json, answer).map(({ pointer, value }) => ({
      pointer,
      short: { ...good, response: value },
    })),
  ];
}

/** The examples at a media type, in its schema, and in the component that the schema refers to. */
function shown(
  document: OpenApiDocument,
  media: object | undefined,
  pointer: string,
): { pointer: string; value: Json }[] {
  const {
    example,
    examples = {},
    schema,
  } = (media ?? {}) as {
    example?: Json;
    examples?: { [name: string]: { value: Json } };
    schema?: SchemaObject;
  };
  const ofSchema =
    schema?.example === undefined
      ? []
      : [{ pointer: `${pointer}/schema/example`, value: schema.example as Json }];
  const component = schema?.$ref && deref<SchemaObject>(document, schema).example;
  return [
    ...(example === undefined ? [] : [{ pointer: `${pointer}/example`, value: example }]),
    ...Object.entries(examples).map(([name, { value }]) => ({
      pointer: below(`${pointer}/examples`, name),
      value,
    })),
    ...ofSchema,
    ...(component ? [{ pointer: `${schema.$ref?.slice(1)}/example`, value: component as Json }] : []),
  ];
}
