import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { knownActions, knownWords } from '../checklist/index.ts';
import { counted } from '../record/counted.ts';
import type { Action, Answer, Display, PosSettings } from '../record/vocabulary.ts';
import type { Hello } from './driver.ts';
import schema from './messages.schema.json' with { type: 'json' };

/** What the kit asks a till for. */
export type Call =
  | { readonly call: 'hello'; readonly protocol: 1 }
  | { readonly call: 'configure'; readonly settings: PosSettings }
  | { readonly call: 'act'; readonly action: Action; readonly token?: string }
  | { readonly call: 'reset'; readonly token?: string }
  | { readonly call: 'display' | 'close' };

/** A till's reply to the call with that id. */
export type Reply = { readonly id: number } & (
  | { readonly hello: Hello }
  | { readonly display: Display }
  | Answer
);

/** Something that a till tells unasked. */
export interface Event {
  readonly event: 'display';
  readonly display: Display;
}

/** What a line from a till is: a message, or the reason why it is none; `id` when it says which call it is about. */
export type Reading =
  | { readonly message: Reply | Event }
  | {
      readonly problem: string;
      readonly id: number | null;
      /** It was to tell a display: without it, nobody knows what the till shows. */
      readonly display?: true;
    };

interface Validators {
  readonly request: ValidateFunction;
  readonly reply: Readonly<Record<'hello' | 'display' | 'any', ValidateFunction>>;
}

/** By the actions that were known when they were compiled: checklists bring theirs. */
const compiled = new Map<string, Validators>();

/** The schema of the messages, with the actions that checklists bring. */
export function protocolSchema() {
  const oneOf = [...knownActions()].map(([name, { description, properties, required = [] }]) => ({
    description,
    additionalProperties: false,
    required,
    properties: { name: { const: name }, ...properties },
  }));
  const { ledgerEntry } = schema.definitions;
  const kinds = Object.keys(knownWords().kinds);
  const kind = kinds.length ? { enum: kinds } : ledgerEntry.properties.kind;
  const entry = { ...ledgerEntry, properties: { ...ledgerEntry.properties, kind } };
  return {
    ...schema,
    definitions: {
      ...schema.definitions,
      ledgerEntry: entry,
      action: { ...schema.definitions.action, oneOf },
    },
  };
}

function validators(): Validators {
  const key = [...knownActions().keys()].join();
  const before = compiled.get(key);
  if (before) return before;
  const ajv = new Ajv({
    discriminator: true,
    strict: false,
    allErrors: true,
    useDefaults: true,
    verbose: true,
  });
  ajv.addSchema(protocolSchema(), 'protocol');
  const of = (name: string) => ajv.compile({ $ref: `protocol#/definitions/${name}` });
  const validate = {
    request: of('request'),
    reply: { hello: of('hello'), display: of('display'), any: of('reply') },
  };
  compiled.set(key, validate);
  return validate;
}

/** The line that asks for it. Throws when the kit would send what is no request: a defect of the kit. */
export function written(id: number, call: Call): string {
  const { request } = validators();
  const message = { id, ...call };
  if (!request(message)) {
    throw new Error(`The kit's own request is not in order: ${explained(request.errors ?? [])}`);
  }
  return `${JSON.stringify(message)}\n`;
}

/** Reads one line of a till. What a display leaves out is filled in. */
export function read(line: string): Reading {
  const { reply } = validators();
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return { problem: 'it is not JSON', id: null };
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { problem: 'it is not a JSON object', id: null };
  }
  const given = message as { id?: unknown; hello?: unknown; display?: unknown };
  if (typeof given.id === 'string' && /^\d{1,15}$/.test(given.id)) {
    const id = Number(given.id);
    return { problem: `its id is the text "${id}", and has to be the number ${id}, as it was sent`, id };
  }
  const id = Number.isInteger(given.id) ? (given.id as number) : null;
  // Looked at alone first, for a message that says where in it something is wrong.
  for (const part of ['hello', 'display'] as const) {
    if (given[part] !== undefined && !reply[part](given[part])) {
      const problem = `in its ${part}, ${explained(reply[part].errors ?? [])}`;
      return part === 'display' ? { problem, id, display: true } : { problem, id };
    }
  }
  if (reply.any(message)) return { message: message as unknown as Reply | Event };
  return {
    problem: 'it is neither a reply nor an event, or has members that those have not',
    id,
  };
}

/** What is wrong first, in plain words. */
function explained(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (!error) return 'something is wrong';
  const { params, data } = error;
  const where = error.instancePath ? `\`${error.instancePath.slice(1).replaceAll('/', '.')}\`` : 'it';
  const found = JSON.stringify(data)?.slice(0, 60);
  switch (error.keyword) {
    case 'additionalProperties':
      return `${where} has a member \`${params.additionalProperty}\`, which is not one of the protocol's`;
    case 'required':
      return `${where} has no \`${params.missingProperty}\``;
    case 'type':
      return `${where} is ${found} and has to be ${[params.type].flat().map(typeName).join(' or ')}`;
    case 'enum':
      return `${where} is ${found} and has to be one of ${params.allowedValues.map((one: unknown) => JSON.stringify(one)).join(', ')}`;
    case 'pattern':
      return `${where} is ${found} and has to look like ${/currency/.test(where) ? '"GBP"' : '"2026-02-27"'}`;
    case 'maxLength':
      return `${where} has more than ${counted(params.limit, 'character')}`;
    case 'minLength':
      return `${where} is empty`;
    case 'maxItems':
      return `${where} has more than ${counted(params.limit, 'entry', 'entries')}`;
    default:
      return `${where} ${error.message}`;
  }
}

const typeName = (type: string): string =>
  ({
    integer: 'a whole number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  })[type] ?? type;
