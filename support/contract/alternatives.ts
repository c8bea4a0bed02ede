import {
  componentsOf,
  discriminatorOf,
  type JsonSchema,
  kitRules,
  type OpenApiDocument,
  type SchemaObject,
  valuesOf,
} from '../../fixtures/openapi/index.ts';

/** What a rule of the kit demands of a message, as schemas that refer to the rules by `kit:<id>`. */
export interface Demand {
  readonly id: string;
  /** What is due. */
  readonly due: JsonSchema;
  /** Fails where nobody can say whether it is due: the message fits an alternative with the rule, and one without. */
  readonly clear: JsonSchema;
}

/** Names of members, and `*` for each entry of a list. */
type Way = readonly string[];

/**
 * A rule at the end of a way through a schema. Where that has alternatives of which only some are of the rule's kind,
 * the rule is due if the value fits one of these and none of the others.
 */
export function demandAt(document: OpenApiDocument, schema: SchemaObject, way: Way, id: string): Demand {
  const rule = kitRules.find((one) => one.id === id)!;
  const needs = neededBy(rule.demands);

  function at(
    here: SchemaObject | undefined,
    [name, ...deeper]: Way,
    due: JsonSchema,
  ): [JsonSchema, JsonSchema] {
    const parts = here ? componentsOf(document, here) : [];
    const isOfKind = (one: SchemaObject) => {
      const all = [...parts, ...componentsOf(document, one)];
      if (name === '*') return all.some(({ items }) => items !== undefined);
      const has = (member: string) => all.some(({ properties }) => Object.hasOwn(properties ?? {}, member));
      return name !== undefined
        ? has(name)
        : needs.all.every(has) && (needs.any.length === 0 || needs.any.some(has));
    };
    const groups = parts
      .map((part) => alternativesOf(document, part).map((one) => ({ ...one, fits: isOfKind(one.schema) })))
      .filter((group) => group.some(({ fits }) => fits) && group.some(({ fits }) => !fits));

    const inner = (): [JsonSchema, JsonSchema] => {
      if (name === undefined) return [due, {}];
      const within = [...parts, ...groups.flat().flatMap(({ schema: one }) => componentsOf(document, one))];
      const inside = within
        .map(({ items, properties }) => (name === '*' ? (items as SchemaObject) : properties?.[name]))
        .filter((one) => one !== undefined);
      const [deep, clear] = at(
        inside.length > 1 ? { anyOf: inside } : inside[0],
        deeper,
        deeper.length > 0 ? due : unlessNull(due),
      );
      return name === '*'
        ? [{ items: deep }, { items: clear }]
        : [{ properties: { [name]: deep } }, { properties: { [name]: clear } }];
    };

    return groups.reduce<[JsonSchema, JsonSchema]>(([rest, clear], group) => {
      const of = (kind: boolean) => ({
        anyOf: group.filter(({ fits }) => fits === kind).map(({ known }) => known),
      });
      return [
        // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
        { if: { allOf: [of(true), { not: of(false) }] }, then: rest },
        { allOf: [clear, { not: { allOf: [of(true), of(false)] } }] },
      ];
    }, inner());
  }

  const [due, clear] = at(schema, way, { $ref: `kit:${id}` });
  return { id, due, clear };
}

interface Alternative {
  readonly schema: SchemaObject;
  /** What a value of it fits: the schema, or what its discriminator says. */
  readonly known: SchemaObject;
}

/** The alternatives that one part of a schema offers besides null, those in them included; none where there is one. */
function alternativesOf(
  document: OpenApiDocument,
  part: SchemaObject,
  under: readonly SchemaObject[] = [],
): Alternative[] {
  if (under.includes(part)) return [];
  const choices = (part.oneOf ?? part.anyOf ?? []).filter(({ type }) => type !== 'null');
  if (choices.length < 2) return [];
  return choices.flatMap((choice): Alternative[] => {
    const known = toldBy(part, choice) ?? choice;
    const nested = componentsOf(document, choice).flatMap((each) =>
      alternativesOf(document, each, [...under, part]),
    );
    return nested.length > 0
      ? nested.map((one) => ({
          schema: { allOf: [choice, one.schema] },
          known: { allOf: [known, one.known] },
        }))
      : [{ schema: choice, known }];
  });
}

/** What a discriminator says of one of the alternatives. */
function toldBy(part: SchemaObject, { $ref }: SchemaObject): SchemaObject | undefined {
  const discriminator = discriminatorOf(part);
  if (!discriminator || !$ref) return undefined;
  const { propertyName } = discriminator;
  return {
    required: [propertyName],
    properties: { [propertyName]: { enum: valuesOf(discriminator, $ref) } },
  };
}

/** The members without which nothing can be of a rule's kind: all of the ones, and any of the others. */
function neededBy(demands: JsonSchema): { all: readonly string[]; any: readonly string[] } {
  const { required = [], anyOf = [] } = demands as { required?: string[]; anyOf?: JsonSchema[] };
  return { all: required, any: anyOf.flatMap((one) => neededBy(one).all) };
}

const unlessNull = (rule: JsonSchema): JsonSchema => ({
  if: { not: { type: 'null' } },
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
  then: rule,
});
