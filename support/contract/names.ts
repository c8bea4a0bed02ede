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

/** The rule of the kit that a member stands in its object once. */
export const doubled = 'name-once';

/** A value with its names as the description has them, and what was to be said of them. */
interface Named {
  readonly value: Json;
  readonly problems: readonly Problem[];
}

/**
 * Looks at the names of a value: those that no part of its schema declares are reported, whether the schema is open or
 * closed. With `recase`, names that differ from a declared one in case alone count as that one, and all of them
 * together are reported once.
 */
export function readNames(
  document: OpenApiDocument,
  schema: SchemaObject,
  value: Json,
  recase: boolean,
): Named {
  const problems: Problem[] = [];
  const respelt: { pointer: string; from: string; to: string }[] = [];

  function visit(shape: Shape, here: Json, pointer: string): Json {
    if (here === null || typeof here !== 'object' || shape.isEmpty) return here;
    if (Array.isArray(here)) {
      const entries = here.map((entry, i) => visit(shape.entry(i), entry, `${pointer}/${i}`));
      return entries.some((entry, i) => entry !== here[i]) ? entries : here;
    }
    let changed = false;
    const members = Object.entries(here).flatMap(([sent, member]): [string, Json][] => {
      const place = below(pointer, sent);
      const isOwn = !recase || shape.declares(sent);
      const name = isOwn ? sent : shape.spelling(sent);
      const twin = isOwn || name === sent ? undefined : twinOf(here, sent, name);
      if (twin !== undefined) {
        changed = true;
        problems.push(doubledName(place, below(pointer, name), sent, twin));
        return [];
      }
      if (name !== sent) respelt.push({ pointer: place, from: sent, to: name });
      const due = shape.member(name);
      if (!shape.declares(name) && !shape.isOpen && due === nothing)
        problems.push({
          pointer: place,
          rule: undeclared,
          expected: `${nameOf(pointer)} has only what the description names`,
          observed: `${nameOf(pointer)} also has \`${sent}\``,
          severity: 'should',
        });
      const spelt = visit(due, member, name === sent ? place : below(pointer, name));
      changed ||= name !== sent || spelt !== member;
      return [[name, spelt]];
    });
    return changed ? Object.fromEntries(members) : here;
  }

  const spelt = visit(shapeOf(document, schema), value, '');
  return { value: spelt, problems: [...casing(respelt), ...problems] };
}

/** What schemas that hold together say of the names at one place; what was asked of it once is kept. */
class Shape {
  readonly #document: OpenApiDocument;
  readonly #parts: readonly SchemaObject[];
  readonly #declared = new Map<string, SchemaObject[]>();
  readonly #lower: ReadonlyMap<string, string>;
  readonly #members = new Map<string, Shape>();
  readonly #entries = new Map<number, Shape>();
  /** From this place on all entries of a list are alike. */
  readonly #others: number;
  /** Nothing is known of what stands there. */
  readonly isEmpty: boolean;
  /** Any name may stand there. */
  readonly isOpen: boolean;

  constructor(document: OpenApiDocument, schemas: readonly SchemaObject[]) {
    this.#document = document;
    this.#parts = schemas.flatMap((each) => componentsOf(document, each, true));
    for (const { properties = {} } of this.#parts)
      for (const [name, property] of Object.entries(properties))
        this.#declared.set(name, [...(this.#declared.get(name) ?? []), property]);
    this.#lower = new Map([...this.#declared.keys()].map((name) => [name.toLowerCase(), name]));
    this.#others = Math.max(0, ...this.#parts.map(({ prefixItems }) => (prefixItems as [])?.length ?? 0));
    this.isEmpty = this.#parts.length === 0;
    this.isOpen = this.#declared.size === 0 || this.#parts.some((part) => takesOthers(part));
  }

  declares = (name: string): boolean => this.#declared.has(name);

  /** The declared name that differs from this one in case alone; else this one. */
  spelling = (sent: string): string => this.#lower.get(sent.toLowerCase()) ?? sent;

  member(name: string): Shape {
    const known = this.#members.get(name);
    if (known) return known;
    const declared = this.#declared.get(name);
    const schemas = [...(declared ?? []), ...this.#parts.flatMap((part) => otherwise(part, name))];
    const made = schemas.length ? new Shape(this.#document, schemas) : nothing;
    // Names that the description does not know are without number.
    if (declared) this.#members.set(name, made);
    return made;
  }

  entry(i: number): Shape {
    const place = Math.min(i, this.#others);
    const known = this.#entries.get(place);
    if (known) return known;
    const made = new Shape(this.#document, entriesOf(this.#parts, place));
    this.#entries.set(place, made);
    return made;
  }
}

const nothing = new Shape({} as OpenApiDocument, []);
const shapes = new WeakMap<OpenApiDocument, WeakMap<SchemaObject, Shape>>();

/** The shape of a schema, which is made once. */
function shapeOf(document: OpenApiDocument, schema: SchemaObject): Shape {
  const known = shapes.get(document) ?? new WeakMap<SchemaObject, Shape>();
  shapes.set(document, known);
  const shape = known.get(schema) ?? new Shape(document, [schema]);
  known.set(schema, shape);
  return shape;
}

/** The member of an object that counts in place of this one, being the same but for the case of its name. */
function twinOf(object: object, sent: string, declared: string): string | undefined {
  if (Object.hasOwn(object, declared)) return declared;
  const first = Object.keys(object).find((one) => one.toLowerCase() === sent.toLowerCase());
  return first === sent ? undefined : first;
}

/** The API reads names in any case: to it the two are one member, of which the last counts. */
const doubledName = (place: string, own: string, sent: string, twin: string): Problem => ({
  pointer: place,
  rule: doubled,
  expected: `${nameOf(own)} is there once, in whatever case`,
  observed: `\`${sent}\` is there beside \`${twin}\``,
  severity: 'must',
});

const entriesOf = (parts: readonly SchemaObject[], i: number): SchemaObject[] =>
  parts.flatMap(({ prefixItems, items }) => {
    const entry = (prefixItems as SchemaObject[] | undefined)?.[i] ?? items;
    return entry ? [entry] : [];
  });

/** Whether a schema says itself that it takes members beside those that it names. */
const takesOthers = ({ additionalProperties, unevaluatedProperties }: SchemaObject) =>
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
