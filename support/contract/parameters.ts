import {
  componentsOf,
  type OpenApiDocument,
  type ParameterObject,
  type SchemaObject,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { takesJson } from './messages.ts';

/** The schema of a parameter, which may stand in its `content`. */
export function schemaOf({ schema, content }: ParameterObject): SchemaObject {
  const [media] = Object.values((content as { [type: string]: { schema?: SchemaObject } } | undefined) ?? {});
  return schema ?? media?.schema ?? {};
}

/** The texts of a query, by name, in their order. */
export type Query = readonly (readonly [name: string, text: string])[];

/** The names of a query that a parameter reads: its own, or those of an object that is spread over several. */
export function namesOf(document: OpenApiDocument, parameter: ParameterObject, query: Query): string[] {
  const { name } = parameter;
  const parts = componentsOf(document, schemaOf(parameter), true);
  const isObject = typesOf(parts).includes('object');
  const { style = 'form', explode = style === 'form' } = parameter;
  if (isObject && style === 'deepObject')
    return query.map(([key]) => key).filter((key) => key.startsWith(`${name}[`));
  if (isObject && style === 'form' && explode === true && !parameter.content) {
    if (parts.some(({ additionalProperties }) => additionalProperties)) return query.map(([key]) => key);
    return parts.flatMap(({ properties = {} }) => Object.keys(properties));
  }
  return [name, `${name}[]`].filter((key) => key === name || query.some(([sent]) => sent === key));
}

/**
 * The value of a parameter as its schema takes it (OpenAPI's `style` and `explode`); `undefined` when it was not sent.
 * A text that does not read as what is due stays one, and fails.
 */
export function readParameter(
  document: OpenApiDocument,
  parameter: ParameterObject,
  texts: readonly string[],
  query: Query,
): Json | undefined {
  const { name, in: where, content } = parameter;
  const schema = schemaOf(parameter);
  const parts = componentsOf(document, schema, true);
  const types = typesOf(parts);
  const { style = where === 'query' ? 'form' : 'simple', explode = style === 'form' } = parameter;
  const [text] = texts;
  if (content) return text === undefined ? undefined : fromContent(content as object, text);
  if (types.includes('object') && where === 'query' && (style === 'deepObject' || explode === true)) {
    const own = new Set(namesOf(document, parameter, query));
    const sent = query.filter(([key]) => own.has(key));
    if (sent.length === 0) return undefined;
    const made: { [name: string]: Json } = {};
    for (const [key, each] of sent)
      put(
        made,
        style === 'deepObject'
          ? key
              .slice(name.length)
              .split(/[[\]]+/)
              .filter(Boolean)
          : [key],
        each,
        document,
        schema,
      );
    return made;
  }
  if (text === undefined) return undefined;
  if (types.includes('array')) {
    const separator = separators[String(style)] ?? ',';
    const entries =
      explode === true && where === 'query' ? texts : texts.flatMap((each) => each.split(separator));
    const items = parts.flatMap(({ items }) => (items ? [items] : []));
    return entries.map((each) =>
      scalar(typesOf(items.flatMap((item) => componentsOf(document, item, true))), each),
    );
  }
  if (types.includes('object') && !types.includes('string')) {
    const pairs =
      explode === true
        ? text.split(',').map((pair) => pair.split('='))
        : inPairs(text.split(separators[String(style)] ?? ','));
    const made: { [name: string]: Json } = {};
    for (const [key = '', each = ''] of pairs) put(made, [key], each, document, schema);
    return made;
  }
  return scalar(types, text);
}

/** Whether a parameter takes several values: a header that does may stand there more than once. */
export const isList = (document: OpenApiDocument, parameter: ParameterObject): boolean =>
  typesOf(componentsOf(document, schemaOf(parameter), true)).includes('array');

const separators: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

const typesOf = (parts: readonly SchemaObject[]): string[] => [
  ...new Set(
    parts.flatMap(({ type, properties, items, enum: values }) => [
      ...[type ?? []].flat(),
      ...(type === undefined && properties ? ['object'] : []),
      ...(type === undefined && items ? ['array'] : []),
      ...(type === undefined && values?.some((each) => typeof each === 'number') ? ['number'] : []),
    ]),
  ),
];

const inPairs = (texts: readonly string[]) =>
  texts.flatMap((text, i) => (i % 2 === 0 ? [[text, texts[i + 1] ?? '']] : []));

function put(
  made: { [name: string]: Json },
  way: readonly string[],
  text: string,
  document: OpenApiDocument,
  schema: SchemaObject,
): void {
  const [name, ...deeper] = way;
  if (name === undefined) return;
  const due = componentsOf(document, schema, true).flatMap(({ properties, additionalProperties }) =>
    properties && Object.hasOwn(properties, name)
      ? [properties[name] as SchemaObject]
      : typeof additionalProperties === 'object'
        ? [additionalProperties]
        : [],
  );
  const parts = due.flatMap((each) => componentsOf(document, each, true));
  if (deeper.length > 0 && !/^\d*$/.test(deeper[0] ?? '')) {
    const known = made[name];
    const inner = known !== null && typeof known === 'object' && !Array.isArray(known) ? known : {};
    made[name] = inner;
    put(inner, deeper, text, document, { allOf: due });
  } else if (typesOf(parts).includes('array')) {
    const items = parts
      .flatMap(({ items }) => (items ? [items] : []))
      .flatMap((item) => componentsOf(document, item, true));
    made[name] = [...((made[name] as Json[] | undefined) ?? []), scalar(typesOf(items), text)];
  } else made[name] = scalar(typesOf(parts), text);
}

function scalar(types: readonly string[], text: string): Json {
  if (types.includes('boolean') && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const isNumber =
    /^-?\d+$/.test(text) || (types.includes('number') && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text));
  if ((types.includes('integer') || types.includes('number')) && isNumber) return Number(text);
  if (types.includes('null') && !types.includes('string') && text === '') return null;
  return text;
}

function fromContent(content: object, text: string): Json {
  const [type = ''] = Object.keys(content);
  if (!takesJson(type)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
