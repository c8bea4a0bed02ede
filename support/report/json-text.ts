import type { Json } from '../record/vocabulary.ts';

/** What fits on a line stays on it. */
const widest = 96;

/** JSON for a reader: as `JSON.stringify` lays it out, but for what is short enough for one line. */
export function jsonText(value: Json, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((one) => jsonText(one, deeper))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${jsonText(one, deeper)}`);
  if (!members.length) return isList ? '[]' : '{}';
  const length = members.reduce((sum, one) => sum + one.length + 2, indent.length + 2);
  const fits = length <= widest && !members.some((one) => one.includes('\n'));
  if (fits) return isList ? `[${members.join(', ')}]` : `{ ${members.join(', ')} }`;
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${members.map((one) => deeper + one).join(',\n')}\n${indent}${close}`;
}

function oneLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${oneLine(one)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}

/** The members in which JSON departs from some other, a line each: where, and what is there now. */
export function* differences(value: Json, from: Json, at = ''): Iterable<string> {
  if (!isOpen(value) || !isOpen(from) || Array.isArray(value) !== Array.isArray(from)) {
    if (value !== from) yield `${at || 'all of it'}: ${oneLine(value)}`;
    return;
  }
  const [now, before] = [value, from] as Readonly<Record<string, Json>>[];
  const place = (name: string) => (at ? `${at}.${name}` : name);
  for (const name of Object.keys(before!))
    if (Object.hasOwn(now!, name)) yield* differences(now![name]!, before![name]!, place(name));
    else yield `${place(name)}: no longer there`;
  for (const name of Object.keys(now!))
    if (!Object.hasOwn(before!, name)) yield `${place(name)}: ${oneLine(now![name]!)}`;
}

const isOpen = (value: Json): value is Json[] | { [name: string]: Json } =>
  typeof value === 'object' && value !== null;
