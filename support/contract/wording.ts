import { deref, type OpenApiDocument, partsOf, type SchemaObject } from '../../fixtures/openapi/index.ts';
import { counted } from '../record/counted.ts';
import type { Json } from '../record/vocabulary.ts';

/** `/details/itemLines/0/name` as people write it: `details.itemLines[0].name`. */
export function nameOf(pointer: string, whole = 'the body'): string {
  if (pointer === '') return whole;
  const parts = partsOf(pointer);
  return `\`${parts.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')}\``;
}

/** A value as it is quoted in a message: short, and in JSON. */
export function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

/** The schema of what stands at a pointer below a schema, as far as the description says. */
export function schemaAt(
  document: OpenApiDocument,
  schema: SchemaObject,
  pointer: string,
): SchemaObject | undefined {
  let here: SchemaObject | undefined = schema;
  for (const part of partsOf(pointer)) here = here && member(document, here, part);
  return here;
}

function member(document: OpenApiDocument, schema: SchemaObject, name: string): SchemaObject | undefined {
  const {
    properties,
    items,
    additionalProperties,
    allOf = [],
    anyOf = [],
    oneOf = [],
  } = deref(document, schema);
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  if (items) return items;
  for (const branch of [...allOf, ...anyOf, ...oneOf]) {
    const found = member(document, branch, name);
    if (found) return found;
  }
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** What a schema asks for, as the end of a sentence that begins with "`x` is". */
export function describe(document: OpenApiDocument, schema: SchemaObject): string {
  const { nullable = false, ...bare } = schema;
  return `${describeBare(document, bare)}${nullable ? ' or null' : ''}`;
}

function describeBare(document: OpenApiDocument, schema: SchemaObject): string {
  if (schema.$ref) return describe(document, deref(document, schema));
  const branches = schema.allOf ?? schema.oneOf ?? schema.anyOf;
  if (!schema.type && branches?.length)
    return branches.map((branch) => describe(document, branch)).join(schema.allOf ? ' and ' : ', or ');
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  const [type, ...others] = [schema.type ?? []].flat();
  if (others.length > 0)
    return [type, ...others]
      .map((each) => (each === 'null' ? 'null' : describeBare(document, { ...schema, type: each as string })))
      .join(' or ');
  if ('const' in schema) return JSON.stringify(schema.const);
  switch (type) {
    case 'object':
      return schema.required?.length ? `an object with ${listed(schema.required)}` : 'an object';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${between(schema.minimum, schema.maximum)}`;
    case 'number':
      return `a number${between(schema.minimum, schema.maximum)}`;
    case 'string':
      return describeText(schema);
    default:
      return 'as the description has it';
  }
}

const formats: { readonly [format: string]: string } = {
  'date-time': 'a date and time with its zone, such as 2026-02-27T12:00:00Z',
  'iso-date-time': 'a date and time, such as 2026-02-27T12:00:00Z',
  date: 'a date written yyyy-mm-dd',
  uri: 'a complete URL',
  timespan: 'a time span written d.hh:mm:ss',
};

function describeText({ format = '', minLength = 0, maxLength, pattern }: SchemaObject): string {
  const kind = formats[format] ?? 'a text';
  const length = maxLength !== undefined ? ` of ${minLength} to ${counted(maxLength, 'character')}` : '';
  return `${kind}${length}${length === '' && minLength > 0 ? ', not empty' : ''}${pattern ? ` that matches ${pattern}` : ''}`;
}

function between(minimum?: number, maximum?: number): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum !== undefined ? ` of at most ${maximum}` : '';
}

/** `a, b and c` */
export function listed(names: readonly string[], word = 'and'): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
