import {
  applyErrata,
  componentsOf,
  kitRules,
  loadErrata,
  loadOpenApi,
  type OpenApiDocument,
  operationsOf,
  type SchemaObject,
} from '../../fixtures/openapi/index.ts';
import { type Demand, demandAt } from './alternatives.ts';
import { takesJson } from './messages.ts';

/** A rule of the kit with the way to what it is about: names of members, and `*` for each entry of a list. */
interface RulePlace {
  readonly id: string;
  readonly way: readonly string[];
}

/** The path of an operation whatever its parameters are called. */
const nameless = (path: string) => path.replace(/\{[^}]*\}/g, '{}');

let known: ReadonlyMap<string, readonly RulePlace[]> | undefined;

/**
 * Where the kit's own rules apply, by operation and message (`POST /payment-intents request`, `… 200`). The kit's own
 * description tells, and holds for any other, whatever that calls its components.
 */
function places(): ReadonlyMap<string, readonly RulePlace[]> {
  known ??= placesIn(applyErrata(loadOpenApi().document, loadErrata().errata));
  return known;
}

/** The same of any description whose components have the names of the kit's own. */
export function placesIn(document: OpenApiDocument): Map<string, RulePlace[]> {
  const found = new Map<string, RulePlace[]>();
  for (const { method, path, requestBody, responses } of operationsOf(document)) {
    const messages = { request: requestBody, ...responses };
    for (const [message, body] of Object.entries(messages)) {
      const media = Object.entries(body?.content ?? {}).find(([type]) => takesJson(type))?.[1];
      const rules = media?.schema ? rulesBelow(document, media.schema, [], []) : [];
      if (rules.length > 0) found.set(`${method} ${nameless(path)} ${message}`, rules);
    }
  }
  return found;
}

function rulesBelow(
  document: OpenApiDocument,
  schema: SchemaObject,
  way: readonly string[],
  under: readonly SchemaObject[],
): RulePlace[] {
  const parts = componentsOf(document, schema).filter((part) => !under.includes(part));
  const inside = [...under, ...parts];
  return parts.flatMap((part) => {
    // Of several alternatives what all of them have is demanded. One alone is how 3.0 puts `nullable` beside a reference.
    const shared = [part.oneOf, part.anyOf].flatMap((choices = []) =>
      inAll(choices.map((choice) => rulesBelow(document, choice, way, inside))),
    );
    const name = part.$ref?.replace('#/components/schemas/', '');
    const here = kitRules.filter((rule) => rule.schema === name).map(({ id }) => ({ id, way }));
    const members = Object.entries(part.properties ?? {}).flatMap(([member, inner]) =>
      rulesBelow(document, inner, [...way, member], inside),
    );
    const entries = part.items ? rulesBelow(document, part.items, [...way, '*'], inside) : [];
    return [...here, ...shared, ...members, ...entries];
  });
}

/** The rules, each with its way, that every one of several lists has. */
function inAll([first = [], ...others]: readonly (readonly RulePlace[])[]): RulePlace[] {
  const same = (one: RulePlace) => (other: RulePlace) =>
    one.id === other.id && one.way.join('/') === other.way.join('/');
  return first.filter((rule) => others.every((list) => list.some(same(rule))));
}

/** What the kit's rules demand of a message (`request` or a status) that a description has with this schema. */
export function demandsOf(
  document: OpenApiDocument,
  schema: SchemaObject,
  [method, path, message]: readonly [method: string, path: string, message: string],
): Demand[] {
  const due = [message, `${message[0]}XX`, 'default']
    .map((each) => places().get(`${method} ${nameless(path)} ${each}`))
    .find((each) => each !== undefined);
  return (due ?? []).map(({ id, way }) => demandAt(document, schema, way, id));
}

/** Operations of the kit's own rules whose good answers a description does not have in JSON, as `METHOD /path`. */
export function unruled(document: OpenApiDocument): string[] {
  const described = new Set(
    operationsOf(document).flatMap(({ method, path, responses }) =>
      Object.entries(responses).some(
        ([status, { content = {} }]) =>
          /^(2|default)/i.test(status) &&
          Object.entries(content).some(([type, { schema }]) => takesJson(type) && schema !== undefined),
      )
        ? [`${method} ${nameless(path)}`]
        : [],
    ),
  );
  const ruled = [...places().keys()]
    .filter((key) => / 2\w\w$/.test(key))
    .map((key) => key.replace(/ \w+$/, ''));
  return [...new Set(ruled)].filter((operation) => !described.has(operation));
}
