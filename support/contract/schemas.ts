import {
  type JsonSchema,
  kitRules,
  type OpenApiDocument,
  type SchemaObject,
  type Side,
  schemaCompiler,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { readNames, undeclared } from './names.ts';
import { atFirstPlace, type Problem, problemsOf } from './problems.ts';

/** Judges a value by one schema. `recase`: names that differ from the schema's in case alone count as those. */
export type Judge = (value: Json, recase?: boolean) => Problem[];

/**
 * Makes judges for the schemas of a description, with the kit's own rules on top. A schema is compiled when
 * its judge is first asked; a value that conforms costs one run of the compiled validator, and only one that
 * does not is looked at again for all that is wrong with it. `side` is who sends the values;
 * `demands` are schemas that refer to the kit's rules.
 */
export function judges(
  document: OpenApiDocument,
): (schema: SchemaObject, side: Side, demands?: readonly JsonSchema[]) => Judge {
  const extra = kitRules.map(({ id, demands }) => ({ $id: `kit:${id}`, ...demands }));
  const compilers = (side: Side) => ({
    quick: once(() => schemaCompiler(document, { extra, side })),
    thorough: once(() =>
      schemaCompiler(document, { extra, side, options: { allErrors: true, verbose: true } }),
    ),
  });
  const sides = { request: compilers('request'), response: compilers('response') };

  return (schema, side, demands = []) => {
    const due = demands.length > 0 ? { allOf: [schema, ...(demands as SchemaObject[])] } : schema;
    const { quick, thorough } = sides[side];
    const conforms = once(() => quick()(due));
    const examine = once(() => thorough()(due));
    return (value, recase = false) => {
      const named = readNames(document, schema, value, recase);
      if (conforms()(named.value)) return atFirstPlace(named.problems);
      examine()(named.value);
      const found = problemsOf(document, schema, examine().errors ?? []);
      return atFirstPlace(together(named.problems, found));
    };
  };
}

/** Spellings first, then what is wrong, then names that nobody declares but those in what is wrong as a whole. */
function together(named: readonly Problem[], found: readonly Problem[]): Problem[] {
  const isKnown = ({ pointer }: Problem) =>
    found.some((one) => one.pointer === pointer || (isChoice(one) && pointer.startsWith(`${one.pointer}/`)));
  const unknown = named.filter(({ rule }) => rule === undeclared);
  return [
    ...named.filter((one) => !unknown.includes(one)),
    ...found,
    ...unknown.filter((one) => !isKnown(one)),
  ];
}

const isChoice = ({ rule }: Problem) => rule === 'anyOf' || rule === 'oneOf';

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
