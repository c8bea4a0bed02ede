import { createHash } from 'node:crypto';
import type { Json } from './vocabulary.ts';

/** What stands for a secret in a profile. The keyed hash that marks it in traffic would be another one in each run. */
export const withoutHashes = (redacted: Json): Json =>
  JSON.parse(JSON.stringify(redacted).replace(/[\w-]*…#[0-9a-f]{12}/g, '…')) as Json;

/** SHA-256 in hex of what a profile says: the same whenever the same is said, in whatever order. */
export const digestOfProfile = (content: Json): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
