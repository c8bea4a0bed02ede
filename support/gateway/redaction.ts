import { createHmac, randomBytes } from 'node:crypto';
import { type Headers, type Json, maskedCard } from '../vocabulary.ts';
import { isCard, maskCards } from './cards.ts';

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

const KEY = 'sk_(?:sandbox|prod)_[\\w-]+(?:[.~+=][\\w-]+)*';
const WHOLE_KEY = new RegExp(`^${KEY}$`, 'i');
const PREFIX = /^sk_(?:sandbox|prod)_/i;
const REDACTED = /^(?:sk_(?:sandbox|prod)_|base64)?…#[0-9a-f]{12}$/i;

/** Properties that are secrets by their name; `value` is one in an answer that has `secrets` (of webhooks). */
const SECRET_NAME = /"(?:clientSessionSecret|secrets)"/;
/** The same in text that is no JSON as a whole: in a log line, within a string, cut short. */
const NAMED_SECRET = /(clientSessionSecret\\*"\s*:\s*\\*")([^"\\]+)/g;
/** A string, with the colon after it if it is a name, or a number. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gis;
/** A parameter that says it is a card number is taken for one even if its check digit is wrong. */
const CARD_PARAMETER = /([?&](?:pan|card_?(?:no|num|number)?)=)((?:\d|[ +-]|%20|%2D){12,})(?=[&#]|$)/gi;

/** Forms once made are remembered: the same few keys come with every request. */
const REMEMBERED = 1_000;

/**
 * Redaction with keyed hashes: `sk_sandbox_…#1f0c22ab9d3e` stands for the same key wherever it shows, and
 * for no other, yet does not tell it. Card numbers become `card…1234`.
 */
export function createRedaction({ secret = randomBytes(32), known = [] }: RedactionSettings = {}): Redaction {
  const forms = new Map<string, string>();
  const secrets = secretsPattern(known);

  function key(value: string): string {
    if (REDACTED.test(value)) return value;
    let form = forms.get(value);
    if (form === undefined) {
      const hash = createHmac('sha256', secret).update(value).digest('hex').slice(0, 12);
      form = `${PREFIX.exec(value)?.[0] ?? ''}…#${hash}`;
      if (forms.size >= REMEMBERED) forms.clear();
      forms.set(value, form);
    }
    return form;
  }

  function text(value: string): string {
    return maskCards(
      value
        .replace(NAMED_SECRET, (_, before: string, found: string) => before + key(found))
        .replace(secrets, (found) => (isCard(found) ? maskedCard(found) : key(found))),
    );
  }

  function json(value: Json): Json {
    return JSON.parse(jsonText(JSON.stringify(value))) as Json;
  }

  function jsonText(written: string): string {
    const redacted = text(written);
    // Without escapes nothing can be in a string that is not in the text.
    if (redacted === written && !written.includes('\\') && !SECRET_NAME.test(written)) return written;

    const ofWebhook = written.includes('"secrets"');
    let name = '';
    return written.replace(TOKEN, (token, content: string | undefined, colon: string | undefined) => {
      if (content === undefined)
        return isCard(wholeDigits(token)) ? `"${maskedCard(wholeDigits(token))}"` : token;
      const value = unescaped(content);
      if (colon !== undefined) name = value;
      const secret = name === 'clientSessionSecret' || (ofWebhook && name === 'value');
      const shown = colon === undefined && secret ? key(value) : text(value);
      return shown === value ? token : JSON.stringify(shown) + (colon ?? '');
    });
  }

  function target(value: string): string {
    return text(
      value.replace(CARD_PARAMETER, (_, before: string, digits: string) => before + maskedCard(digits)),
    );
  }

  function headers(received: Headers): Headers {
    return received.map(([name, value]) => [text(name), header(name.toLowerCase(), value)]);
  }

  function header(name: string, value: string): string {
    switch (name) {
      case 'authorization':
      case 'proxy-authorization':
        return authorization(value);
      case 'cookie':
      case 'x-api-key':
        return key(value);
      case 'set-cookie':
        return value.replace(/^([^=;]*=)?([^;]*)/, (_, named = '', cookie: string) => named + key(cookie));
      default:
        return text(value);
    }
  }

  /** Readable stay the scheme, and whether the key came as it is or in base64. */
  function authorization(value: string): string {
    const [, scheme = '', credential = ''] = /^([a-z][a-z0-9-]{0,19}[ \t]+)?(.*)$/is.exec(value) ?? [];
    if (credential === '') return scheme;
    const held = inBase64(credential);
    return scheme + (held === null ? key(credential) : `base64${key(held).replace(PREFIX, '')}`);
  }

  return { text, json, jsonText, target, headers, key };
}

/** API keys by their form, and known secrets by their letters: those that a key's form would cut come first. */
function secretsPattern(known: readonly string[]): RegExp {
  const words = known
    .filter((word) => word !== '' && !WHOLE_KEY.test(word))
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp([...words, KEY].join('|'), 'gi');
}

/** What a base64 credential holds: the API key in it, or a `user:password` pair. Null where it is none. */
function inBase64(credential: string): string | null {
  if (PREFIX.test(credential) || !/^[\w+/-]{8,}={0,2}$/.test(credential)) return null;
  const decoded = Buffer.from(credential, 'base64').toString('latin1');
  const held = new RegExp(KEY, 'i').exec(decoded);
  if (held) return held[0];
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(decoded) ? decoded : null;
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
