import type { ErrorObject, ValidateFunction } from 'ajv';
import {
  below,
  type JsonSchema,
  type OpenApiDocument,
  type SchemaObject,
  schemaCompiler,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../vocabulary.ts';
import { kitRules } from './kit-rules.ts';
import { atFirstPlace, miscased, type Problem, problemsOf } from './problems.ts';
import { nameOf } from './wording.ts';

/** Judges a value by one schema. `recase`: names that differ from the schema's in case alone count as those. */
export type Judge = (value: Json, recase?: boolean) => Problem[];

/**
 * Makes judges for the schemas of a description, with the kit's own rules on top. A schema is compiled when
 * its judge is first asked; a value that conforms costs one run of the compiled validator, and only one that
 * does not is looked at again for all that is wrong with it.
 */
export function judges(document: OpenApiDocument): (schema: SchemaObject) => Judge {
  const extra = kitRules.map(({ id, demands }) => ({ $id: `kit:${id}`, ...demands }));
  const composed = composedIn(document);
  const refine = (schema: JsonSchema, name: string): JsonSchema => {
    const rules = kitRules.filter((rule) => rule.schema === name).map(({ id }) => ({ $ref: `kit:${id}` }));
    return { allOf: [composed.has(name) ? schema : close(schema), ...rules] };
  };
  const quick = once(() => schemaCompiler(document, { refine, extra }));
  const thorough = once(() =>
    schemaCompiler(document, { refine, extra, options: { allErrors: true, verbose: true } }),
  );

  return (schema) => {
    const conforms = once(() => quick()(schema));
    const examine = once(() => thorough()(schema));
    return (value, recase = false) => {
      if (conforms()(value)) return [];
      const { spelt, problems } = recase ? respell(examine(), value) : { spelt: value, problems: [] };
      examine()(spelt);
      return atFirstPlace([...problems, ...problemsOf(document, schema, examine().errors ?? [])]);
    };
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Components that others are composed of: closing one would shut out what the others add to it. */
function composedIn(value: unknown): Set<string> {
  if (value === null || typeof value !== 'object') return new Set();
  const { allOf } = value as { allOf?: unknown };
  const composed = Array.isArray(allOf) && (allOf.length > 1 || 'properties' in value);
  const members = composed ? (allOf as SchemaObject[]) : [];
  const here = members.flatMap(({ $ref }) => ($ref ? [$ref.replace(/^.*\//, '')] : []));
  return new Set([...here, ...Object.values(value).flatMap((inner) => [...composedIn(inner)])]);
}

/** A name that an open schema does not declare is as much an addition as one that a closed schema refuses. */
function close(schema: JsonSchema): JsonSchema {
  if ('allOf' in schema) return schema;
  const closed: Record<string, unknown> = { ...schema };
  const { properties, items, anyOf } = schema as {
    properties?: object;
    items?: JsonSchema;
    anyOf?: JsonSchema[];
  };
  if (properties) {
    closed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, close(inner)]),
    );
    closed.additionalProperties ??= false;
  }
  if (items) closed.items = close(items);
  if (anyOf && !properties) closed.anyOf = anyOf.map(close);
  return closed;
}

/** A copy of a value with the names that the schema spells in another case put right, and a problem for each. */
function respell(examine: ValidateFunction, value: Json): { spelt: Json; problems: Problem[] } {
  const spelt = structuredClone(value);
  const problems: Problem[] = [];
  while (!examine(spelt)) {
    const found = (examine.errors ?? []).flatMap((error) => {
      const to = otherSpelling(error);
      return to === undefined ? [] : [{ error, from: String(error.params.additionalProperty), to }];
    })[0];
    if (!found) break;
    const { error, from, to } = found;
    const owner = error.data as { [name: string]: Json };
    owner[to] = owner[from] as Json;
    delete owner[from];
    const pointer = below(error.instancePath, from);
    problems.push({
      pointer,
      rule: miscased,
      expected: `${nameOf(pointer)} is spelt \`${to}\``,
      observed: `it is spelt \`${from}\``,
      severity: 'should',
    });
  }
  return { spelt, problems };
}

function otherSpelling({ keyword, params, parentSchema, data }: ErrorObject): string | undefined {
  if (keyword !== 'additionalProperties') return undefined;
  const name = String(params.additionalProperty).toLowerCase();
  return Object.keys((parentSchema?.properties as object) ?? {}).find(
    (declared) => declared.toLowerCase() === name && !Object.hasOwn(data as object, declared),
  );
}
