import { counted } from './counted.ts';
import type { Body, Json } from './vocabulary.ts';

/**
 * JSON that nests deeper than this (levels) is not read. Servers of the field stop at 64 or so, and what walks deeper
 * values by recursion, JSON.stringify among it, ends in a RangeError.
 */
export const DEEPEST = 128;

/** What parsing loses of a text in JSON. */
export interface Oddity {
  /** JSON pointer (RFC 6901) of the value; empty for the whole. */
  readonly pointer: string;
  /**
   * `fraction`: a whole number written with a fraction or an exponent (`1000.0`, `1e3`), which OpenAPI 3.0 takes for no
   * integer. `rounded`: a number that a double does not hold. `doubled`: a member that stands there more than once,
   * where the last one counts. `mark`: a byte order mark before the text, which RFC 8259 (section 8.1) forbids.
   */
  readonly what: 'fraction' | 'rounded' | 'doubled' | 'mark';
  /** The number as it was written, or the member's name. */
  readonly written: string;
}

/** JSON as it was written: its value, and what the value does not tell; or why it can't be read. */
export type Written =
  | { readonly json: Json; readonly oddities: readonly Oddity[] }
  | { readonly unreadable: string };

/** Reads a text as JSON. Never throws. */
export function readJson(text: string): Written {
  const marked = text.startsWith('\ufeff');
  const plain = marked ? text.slice(1) : text;
  if (nestsTooDeep(plain)) return { unreadable: `it nests more than ${counted(DEEPEST, 'level')} deep` };
  let json: Json;
  try {
    json = JSON.parse(plain) as Json;
  } catch {
    return { unreadable: 'it is not JSON' };
  }
  const mark: Oddity[] = marked ? [{ pointer: '', what: 'mark', written: '\ufeff' }] : [];
  return { json, oddities: printsAlike(plain, json) ? mark : [...mark, ...odditiesOf(plain)] };
}

/** A body as it is kept: parsed where that loses nothing but white space and the spelling of escapes, else as text. */
export function bodyOf(text: string): Body {
  const read = readJson(text);
  return 'json' in read && !text.startsWith('\ufeff') && printsAlike(text, read.json)
    ? { json: read.json }
    : { text };
}

const readBodies = new WeakMap<Body, Written>();

/** What a body says in JSON, however it is kept; each body is read once. */
export function written(body: Body): Written {
  if ('json' in body) return { json: body.json, oddities: [] };
  if ('base64' in body) return { unreadable: 'it is not text' };
  let read = readBodies.get(body);
  if (!read) {
    read = readJson(body.text);
    readBodies.set(body, read);
  }
  return read;
}

/** Whether parsed JSON still tells all that its text said: white space and the spelling of escapes aside. */
function printsAlike(text: string, json: Json): boolean {
  const printed = JSON.stringify(json);
  if (printed === text) return true;
  const plain = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\s+/gs, (token) =>
    token[0] !== '"' ? '' : token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token,
  );
  return plain === printed;
}

const QUOTE = 34;
const BACKSLASH = 92;

function nestsTooDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return false;
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

/** Where a string that begins there ends; -1 where it does not. */
function endOfString(text: string, begin: number): number {
  let end = begin;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return -1;
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
}

/** An object or a list that is being read. */
interface Open {
  /** The names that were there; `null` for a list. */
  readonly names: Set<string> | null;
  /** Name or index of the member under way. */
  at: string | number;
  nameIsNext: boolean;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|[^\s"{}[\],:]+/gs;

/** Walks valid JSON for what parsing loses of it. */
function odditiesOf(text: string): Oddity[] {
  const found: Oddity[] = [];
  const open: Open[] = [];
  const tell = (what: Oddity['what'], spelling: string) =>
    found.push({ pointer: open.map(({ at }) => `/${escaped(at)}`).join(''), what, written: spelling });
  for (const [token] of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (token === '{') open.push({ names: new Set(), at: '', nameIsNext: true });
    else if (token === '[') open.push({ names: null, at: 0, nameIsNext: false });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && inner) {
      if (inner.names) inner.nameIsNext = true;
      else inner.at = Number(inner.at) + 1;
    } else if (inner?.names && inner.nameIsNext) {
      inner.at = JSON.parse(token) as string;
      inner.nameIsNext = false;
      if (inner.names.has(inner.at)) tell('doubled', inner.at);
      inner.names.add(inner.at);
    } else if (/^[-\d]/.test(token)) {
      const what = oddityOf(token);
      if (what) tell(what, token);
    }
  }
  return found;
}

function oddityOf(number: string): 'fraction' | 'rounded' | null {
  const value = Number(number);
  if (!Number.isFinite(value)) return 'rounded';
  if (/[.e]/i.test(number)) return Number.isInteger(value) ? 'fraction' : null;
  return BigInt(number) === BigInt(value) ? null : 'rounded';
}

const escaped = (name: string | number) => String(name).replaceAll('~', '~0').replaceAll('/', '~1');
