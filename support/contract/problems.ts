import type { ErrorObject } from 'ajv';
import {
  below,
  type JsonSchema,
  kitRules,
  type OpenApiDocument,
  type SchemaObject,
} from '../../fixtures/openapi/index.ts';
import type { Json, Severity } from '../record/vocabulary.ts';
import { undeclared } from './names.ts';
import { describe, nameOf, schemaAt, show } from './wording.ts';

/** One thing that is wrong with a value. */
export interface Problem {
  readonly pointer: string;
  readonly rule: string;
  readonly expected: string;
  readonly observed: string;
  readonly severity: Severity;
}

/** What ajv found (all errors, verbose), one problem a place, without what only repeats another. */
export function problemsOf(
  document: OpenApiDocument,
  schema: SchemaObject,
  errors: readonly ErrorObject[],
): Problem[] {
  const alternatives = errors.filter(({ keyword, schema }) => isAlternative(keyword) && !offersNull(schema));
  const broken = errors.filter(
    (error) =>
      error.keyword !== 'if' &&
      !(error.keyword === 'type' && error.schema === 'null') &&
      !(isAlternative(error.keyword) && offersNull(error.schema)) &&
      !alternatives.some(({ schemaPath }) => error.schemaPath.startsWith(`${schemaPath}/`)),
  );
  // The kit's own rule says which alternative was due, where the schema can only list them all.
  const ruled = new Set(
    broken.filter(({ schemaPath }) => ruleOf(schemaPath)).map((error) => error.instancePath),
  );
  const answered = broken.filter(
    (error) => !(isAlternative(error.keyword) && !ruleOf(error.schemaPath) && ruled.has(error.instancePath)),
  );
  const places = Map.groupBy(
    answered.map((error) => problemOf(document, schema, error)),
    ({ pointer }) => pointer,
  );
  return [...places.values()].flatMap(([first]) => first ?? []);
}

const isAlternative = (keyword: string) => keyword === 'anyOf' || keyword === 'oneOf';

const offersNull = (branches: unknown) =>
  Array.isArray(branches) && branches.some((branch: JsonSchema) => branch.type === 'null');

const ruleOf = (schemaPath: string) => {
  const id = /^kit:([\w-]+)/.exec(schemaPath)?.[1];
  return kitRules.find((rule) => rule.id === id);
};

function problemOf(document: OpenApiDocument, schema: SchemaObject, error: ErrorObject): Problem {
  const { keyword, instancePath, params } = error;
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    const name = String(params.additionalProperty ?? params.unevaluatedProperty);
    return {
      pointer: below(instancePath, name),
      rule: undeclared,
      expected: `${nameOf(instancePath)} has only what the description names`,
      observed: `${nameOf(instancePath)} also has \`${name}\``,
      severity: 'should',
    };
  }
  const rule = ruleOf(error.schemaPath);
  const missing = keyword === 'required' ? String(params.missingProperty) : undefined;
  const pointer = missing === undefined ? instancePath : below(instancePath, missing);
  const wanted = isAlternative(keyword) ? undefined : schemaAt(document, schema, pointer);
  const due = wanted
    ? `${nameOf(pointer)} is ${describe(document, rule ? { ...wanted, nullable: false } : wanted)}`
    : `${nameOf(instancePath)} ${choiceOf(error) ?? error.message}`;
  return {
    pointer,
    rule: rule?.id ?? keyword,
    expected: !rule ? due : wanted ? `${due}: ${rule.says}` : rule.says,
    observed:
      missing === undefined
        ? `${nameOf(pointer)} is ${show(error.data as Json)}`
        : `${nameOf(instancePath)} has no \`${missing}\``,
    severity: rule?.severity ?? 'must',
  };
}

/** "has one of a, b" for alternatives that only differ in what they require. */
function choiceOf({ keyword, schema }: ErrorObject): string | undefined {
  if (!isAlternative(keyword)) return undefined;
  const names = (schema as JsonSchema[]).map(({ required }) =>
    (required as string[] | undefined)?.join(' with '),
  );
  return names.every((name) => name !== undefined)
    ? `has ${names.map((name) => `\`${name}\``).join(' or ')}`
    : 'has one of the forms that the description gives it';
}

/** The same thing wrong with every entry of a list is reported once, with how often it was seen. */
export function atFirstPlace(problems: readonly Problem[]): Problem[] {
  const places = Map.groupBy(
    problems,
    ({ pointer, rule }) => `${pointer.replace(/\/\d+(?=\/|$)/g, '/*')} ${rule}`,
  );
  return [...places.values()].flatMap(([first, ...others]) =>
    !first
      ? []
      : [
          others.length === 0
            ? first
            : { ...first, observed: `${first.observed}, and likewise in ${others.length} more` },
        ],
  );
}
