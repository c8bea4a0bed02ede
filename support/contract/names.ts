import {
  asRegExp,
  below,
  componentsOf,
  type OpenApiDocument,
  type SchemaObject,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import type { Problem } from './problems.ts';
import { nameOf } from './wording.ts';

/** Rules of the kit for names that a schema does not know; what they come to depends on who sent them. */
export const undeclared = 'undeclared-property';
export const miscased = 'property-casing';

/** A value with its names as the description has them, and what was to be said of them. */
interface Named {
  readonly value: Json;
  readonly problems: readonly Problem[];
}

/**
 * Looks at the names of a value: those that no part of its schema declares are told, whether the schema is open or
 * closed. With `recase`, names that differ from a declared one in case alone count as that one, and all of them
 * together are told once.
 */
export function readNames(
  document: OpenApiDocument,
  schema: SchemaObject,
  value: Json,
  recase: boolean,
): Named {
  const problems: Problem[] = [];
  const respelt: { pointer: string; from: string; to: string }[] = [];

  function visit(parts: readonly SchemaObject[], here: Json, pointer: string): Json {
    if (here === null || typeof here !== 'object' || parts.length === 0) return here;
    if (Array.isArray(here)) {
      return here.map((entry, i) => visit(inner(entriesOf(parts, i)), entry, `${pointer}/${i}`));
    }
    const declared = new Map<string, SchemaObject[]>();
    for (const { properties = {} } of parts)
      for (const [name, property] of Object.entries(properties))
        declared.set(name, [...(declared.get(name) ?? []), property]);
    const lower = new Map([...declared.keys()].map((name) => [name.toLowerCase(), name]));
    const open = declared.size === 0 || parts.some((part) => isOpen(part));
    return Object.fromEntries(
      Object.entries(here).map(([sent, member]) => {
        const to = lower.get(sent.toLowerCase());
        const name = recase && to && !declared.has(sent) && !Object.hasOwn(here, to) ? to : sent;
        const place = below(pointer, sent);
        if (name !== sent) respelt.push({ pointer: place, from: sent, to: name });
        const due = [...(declared.get(name) ?? []), ...parts.flatMap((part) => otherwise(part, name))];
        if (!declared.has(name) && !open && due.length === 0)
          problems.push({
            pointer: place,
            rule: undeclared,
            expected: `${nameOf(pointer)} has only what the description names`,
            observed: `${nameOf(pointer)} also has \`${sent}\``,
            severity: 'should',
          });
        return [name, visit(inner(due), member, below(pointer, name))];
      }),
    );
  }

  const inner = (schemas: readonly SchemaObject[]) =>
    schemas.flatMap((each) => componentsOf(document, each, true));
  const spelt = visit(componentsOf(document, schema, true), value, '');
  return { value: spelt, problems: [...casing(respelt), ...problems] };
}

const entriesOf = (parts: readonly SchemaObject[], i: number): SchemaObject[] =>
  parts.flatMap(({ prefixItems, items }) => {
    const entry = (prefixItems as SchemaObject[] | undefined)?.[i] ?? items;
    return entry ? [entry] : [];
  });

/** Whether a schema says itself that it takes members beside those that it names. */
const isOpen = ({ additionalProperties, unevaluatedProperties }: SchemaObject) =>
  additionalProperties === true || unevaluatedProperties === true;

/** Schemas of a member that is not named: by pattern, or of all the others. */
function otherwise(
  { additionalProperties, unevaluatedProperties, patternProperties, properties }: SchemaObject,
  name: string,
) {
  if (properties && Object.hasOwn(properties, name)) return [];
  const byPattern = Object.entries((patternProperties as object) ?? {}).filter(([pattern]) =>
    matches(pattern, name),
  );
  const others = [additionalProperties, unevaluatedProperties].filter((each) => typeof each === 'object');
  return [...byPattern.map(([, each]) => each as SchemaObject), ...others] as SchemaObject[];
}

const matches = (pattern: string, name: string) => asRegExp(pattern)?.test(name) ?? false;

function casing(respelt: readonly { pointer: string; from: string; to: string }[]): Problem[] {
  const [first, ...others] = respelt;
  if (!first) return [];
  const more =
    others.length === 0
      ? ''
      : `, and ${others.length} more ${others.length === 1 ? 'name is' : 'names are'} in another case`;
  return [
    {
      pointer: first.pointer,
      rule: miscased,
      expected: `${nameOf(first.pointer)} is spelt \`${first.to}\``,
      observed: `it is spelt \`${first.from}\`${more}`,
      severity: 'should',
    },
  ];
}
