import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ownDescription } from '../../../fixtures/openapi/index.ts';

type Node = { readonly [name: string]: unknown };

/**
 * The description in OpenAPI 3.1. Prism does not get by with `nullable` where 3.0 leaves out the type, and then
 * validates nothing, without a word; what is compared with has to do the same work.
 */
export function repairedDescription(): string {
  const document = parse(readFileSync(ownDescription, 'utf8')) as Node;
  return JSON.stringify({ ...(repaired(document) as Node), openapi: '3.1.0' });
}

function repaired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repaired);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = value as Node;
  const node = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, repaired(member)]));
  if (nullable !== true)
    return typeof nullable === 'object' ? { ...node, nullable: repaired(nullable) } : node;
  if (typeof node.type !== 'string') return { anyOf: [node, { type: 'null' }] };
  const values = node.enum as unknown[] | undefined;
  return { ...node, type: [node.type, 'null'], ...(values && { enum: [...values, null] }) };
}
