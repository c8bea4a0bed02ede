import { Ajv, type ErrorObject } from 'ajv';
import type { Action, Answer, Display, PosSettings } from '../vocabulary.ts';
import type { Hello } from './driver.ts';
import schema from './protocol.schema.json' with { type: 'json' };

/** What the kit asks a till for. */
export type Call =
  | { readonly call: 'hello'; readonly protocol: 1 }
  | { readonly call: 'configure'; readonly settings: PosSettings }
  | { readonly call: 'act'; readonly action: Action }
  | { readonly call: 'display' | 'reset' | 'close' };

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
  | { readonly problem: string; readonly id: number | null };

const ajv = new Ajv({ discriminator: true, strict: false, allErrors: true, useDefaults: true });
ajv.addSchema(schema, 'protocol');
const compiled = (name: string) => ajv.compile({ $ref: `protocol#/definitions/${name}` });
const request = compiled('request');
const reply = { hello: compiled('hello'), display: compiled('display'), any: compiled('reply') };

/** The line that asks for it. Throws when the kit would send what is no request: a defect of the kit. */
export function written(id: number, call: Call): string {
  const message = { id, ...call };
  if (!request(message)) {
    throw new Error(`The kit's own request is not in order: ${explained(request.errors ?? [])}`);
  }
  return `${JSON.stringify(message)}\n`;
}

/** Reads one line of a till. What a display leaves out is filled in. */
export function read(line: string): Reading {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return { problem: 'it is no JSON', id: null };
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { problem: 'it is no JSON object', id: null };
  }
  const given = message as { id?: unknown; hello?: unknown; display?: unknown };
  const id = Number.isInteger(given.id) ? (given.id as number) : null;
  // Looked at alone first, for a message that says where in it something is wrong.
  for (const part of ['hello', 'display'] as const) {
    if (given[part] !== undefined && !reply[part](given[part])) {
      return { problem: `in its ${part}, ${explained(reply[part].errors ?? [])}`, id };
    }
  }
  if (reply.any(message)) return { message: message as unknown as Reply | Event };
  return {
    problem: 'it is neither a reply nor an event, or has members that those have not',
    id,
  };
}

function explained(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (!error) return 'something is wrong';
  const where = error.instancePath ? `${error.instancePath.slice(1).replaceAll('/', '.')} ` : '';
  const name = error.params.additionalProperty ? ` (${error.params.additionalProperty})` : '';
  return `${where}${error.message}${name}`;
}
