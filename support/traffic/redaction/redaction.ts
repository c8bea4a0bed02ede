import { randomBytes } from 'node:crypto';
import { type Headers, type Json, maskedCard } from '../../record/vocabulary.ts';
import { maskCards } from './cards.ts';
import { createKeys, mayBeginKey, ownKeyIn } from './keys.ts';
import { membersOf } from './members.ts';
import { type Kind, kindOf, namedIn, TELLING_NAME } from './names.ts';
import { createReadings } from './readings.ts';
import { isBarcodeLength, isCard } from './schemes.ts';
import { createSuspicion } from './suspicion.ts';

/** Takes secrets out of what is recorded, where it is captured. What it gave goes through it unchanged. */
export interface Redaction {
  /** Any free text: a display, a log line, an error's message. */
  text(text: string): string;
  /** JSON of any depth, in its structure; a card number that is a JSON number becomes a string, its mask. */
  json(json: Json): Json;
  /** Valid JSON as text: all but the secrets stays as it was written. */
  jsonText(text: string): string;
  /** A request target: path and query. */
  target(target: string): string;
  headers(headers: Headers): Headers;
  /** The form in which this API key shows in what was recorded, to compare with. */
  key(apiKey: string): string;
}

export interface RedactionSettings {
  /** Keys the hashes. Workers of one run share it so that they agree; random unless given. */
  readonly secret?: Buffer;
  /** More secrets to take out wherever they stand. */
  readonly known?: readonly string[];
}

/** A string, with the colon after it if it is a name, or a number. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gis;
/** What a card number is made of, where its member's name says that it is one: its digits, however they are parted. */
const CARD_DIGITS = /^(?:\d|[\s._/+\u2010-\u2015-]|%20|%2D){12,40}$/i;
const SHORT_CODE = /^\d{3,12}(?!\d)/;
/** Nearly all headers come again and again: so many names and values are remembered. */
const REMEMBERED = 100;
/** Polls give the same body again and again: so many, of no more letters than this, are remembered. */
const REMEMBERED_BODIES = 32;
const LONGEST_BODY = 32_768;
/** Where more members of a body than this are under suspicion, all that follow are read. */
const MOST_MEMBERS = 64;
/** What stands for a code of so few digits that any hash could be turned back. */
const CODE = '…';

/**
 * Redaction with keyed hashes: `sk_sandbox_…#1f0c22ab9d3e` stands for the same key wherever it shows, and
 * for no other, yet does not tell it. Card numbers become `card…1234`, security codes and PINs `…`.
 */
export function createRedaction({ secret = randomBytes(32), known = [] }: RedactionSettings = {}): Redaction {
  const keys = createKeys(secret, known);
  const readings = createReadings({ redacted: (value, depth) => search(value, depth), masked: coded, known });

  const jsonSeen = new Map<string, string>();
  const headersSeen = new Map<string, Map<string, string>>();
  const suspicion = createSuspicion(known, (word, hex) => mayBeginKey(word) || readings.hinted(word, hex));

  const shown = (word: string): string => (isCard(word) ? maskedCard(word) : keys.form(word));

  /** What stands for a word in a coding: the key or the card number that it holds, else the word itself. */
  function coded(coding: string, held: string, word: string): string {
    const key = ownKeyIn(held);
    if (key !== null) return keys.coded(coding, key);
    const card = /card…\d{4}/.exec(maskCards(held));
    return card ? `${coding}…${card[0]}` : keys.coded(coding, word);
  }

  function search(value: string, depth: number): string {
    return suspicion(value) < 0 ? value : readings.text(plain(value), depth);
  }

  /** Without what stands there as it is. */
  function plain(value: string): string {
    return maskCards(keys.text(TELLING_NAME.test(value) ? named(value) : value, shown));
  }

  /** Without what its name alone tells, as it stands in log lines, forms, heads, XML, and JSON within a string. */
  function named(value: string): string {
    let redacted = '';
    let done = 0;
    for (const { kind, start, end } of namedIn(value)) {
      redacted += value.slice(done, start) + ofName(kind, value.slice(start, end), false);
      done = end;
    }
    return redacted + value.slice(done);
  }

  /** What is shown of a value with a name of this kind; `exact` where the value is surely all of it. */
  function ofName(kind: Kind | null, value: string, exact: boolean): string {
    switch (kind) {
      case 'secret':
        return /^(?:null|true|false|undefined|none)?$/i.test(value) ? value : keys.form(value);
      case 'authorization':
        return keys.authorization(value);
      case 'cookie':
        return keys.form(value);
      case 'code':
        return exact ? (value === '' ? '' : CODE) : value.replace(SHORT_CODE, CODE);
      case 'card':
        return CARD_DIGITS.test(value) ? maskedCard(value.replace(/%20|%2D|\D/gi, '')) : value;
      case 'track':
        return value.replace(/(?=.*\d{12}).{20,}/s, () => CODE);
      default:
        return value;
    }
  }

  function ofMember(name: string, value: string): string {
    const kind = kindOf(name);
    // A number of goods may look like a card number, and none of them has 15 or 16 digits.
    if (kind === 'goods' && /^\d+$/.test(value) && isBarcodeLength(value)) return value;
    return search(ofName(kind, value, true), 0);
  }

  function json(value: Json): Json {
    return JSON.parse(jsonText(JSON.stringify(value))) as Json;
  }

  function jsonText(written: string): string {
    let redacted = jsonSeen.get(written);
    if (redacted === undefined) {
      redacted = searchedJson(written);
      if (jsonSeen.size >= REMEMBERED_BODIES) jsonSeen.clear();
      if (written.length <= LONGEST_BODY) jsonSeen.set(written, redacted);
    }
    return redacted;
  }

  function searchedJson(written: string): string {
    // Of a webhook's secrets the names don't tell: they are looked for in all of it.
    if (written.includes('"secrets"')) return membersText(written, true);
    const first = suspicion(written);
    return first < 0 ? written : fromPlace(written, first);
  }

  /** The same, member by member, where only those that hold a place under suspicion are read. */
  function fromPlace(written: string, first: number): string {
    let redacted = '';
    let done = 0;
    let at = first;
    let read = 0;
    for (const member of membersOf(written)) {
      if (at >= member.end) continue;
      read += 1;
      if (read > MOST_MEMBERS) return redacted + membersText(written.slice(done), false);
      redacted +=
        written.slice(done, member.start) + membersText(written.slice(member.start, member.end), false);
      done = member.end;
      at = suspicion(written, done);
      if (at < 0) break;
    }
    return redacted + written.slice(done);
  }

  function membersText(written: string, ofWebhook: boolean): string {
    let name = '';
    return written.replace(TOKEN, (token, content: string | undefined, colon: string | undefined) => {
      if (content === undefined) return ofNumber(name, token);
      const value = unescaped(content);
      if (colon !== undefined) name = value;
      const kind = ofWebhook && name === 'value' ? 'secret' : null;
      const redacted =
        colon !== undefined ? search(value, 0) : kind ? ofName(kind, value, true) : ofMember(name, value);
      return redacted === value ? token : JSON.stringify(redacted) + (colon ?? '');
    });
  }

  function ofNumber(name: string, token: string): string {
    const kind = kindOf(name);
    if (kind === 'code') return `"${CODE}"`;
    const digits = wholeDigits(token);
    if (digits.length < 12 || (kind === 'goods' && isBarcodeLength(digits))) return token;
    if (kind === 'card') return `"${maskedCard(digits)}"`;
    const redacted = maskCards(digits);
    return redacted === digits ? token : JSON.stringify(redacted);
  }

  return {
    text: (value) => search(value, 0),
    json,
    jsonText,
    target: (value) => search(value, 0),
    headers: (received) => received.map(([name, value]) => [search(name, 0), header(name, value)]),
    key: keys.form,
  };

  function header(name: string, value: string): string {
    let values = headersSeen.get(name);
    if (!values) {
      if (headersSeen.size >= REMEMBERED) headersSeen.clear();
      values = new Map();
      headersSeen.set(name, values);
    }
    let redacted = values.get(value);
    if (redacted === undefined) {
      redacted = headerValue(name.toLowerCase(), value);
      if (values.size >= REMEMBERED) values.clear();
      values.set(value, redacted);
    }
    return redacted;
  }

  function headerValue(name: string, value: string): string {
    if (name === 'set-cookie')
      return value.replace(
        /^([^=;]*=)?([^;]*)/,
        (_, before = '', cookie: string) => before + keys.form(cookie),
      );
    return ofMember(name, value);
  }
}

/** The digits of a JSON number before its point, as they were written unless it has an exponent. */
function wholeDigits(number: string): string {
  const plain = /e/i.test(number) ? String(Math.abs(Number(number))) : number;
  return plain.replace(/^-|\.\d*$/g, '');
}

function unescaped(content: string): string {
  if (!content.includes('\\')) return content;
  try {
    return JSON.parse(`"${content}"`) as string;
  } catch {
    return content;
  }
}
