import { createHmac } from 'node:crypto';

/** The API's own keys, anywhere. */
const KEY = 'sk_(?:sandbox|prod)_[\\w-]+(?:[.~+=][\\w-]+)*';
const OWN_KEY = new RegExp(KEY, 'i');
const WHOLE_KEY = new RegExp(`^${KEY}$`, 'i');
/** Keys of other vendors, by the forms that they publish; what is no letter or digit comes before. */
const LONG_MARKS = [
  '(?:sk|rk)_(?:live|test)_[\\w-]{6,}',
  'whsec[_-](?!…)[\\w+/=-]{8,}',
  'github_pat_\\w{20,}',
  'glpat-[\\w-]{16,}',
].map((form) => `(?<![a-z0-9])${form}`);
/**
 * The same with marks so short that an id made at random may hold one (`pi_sandbox_Rk_…`): these begin a word, and are
 * written as their vendors write them.
 */
const SHORT_MARKS = [
  '(?:sk|rk)_(?=[a-z_-]{0,40}\\d)[\\w-]{16,}',
  'sk-(?=[a-z-]{0,40}\\d)[\\w-]{20,}',
  'gh[pousr]_\\w{20,}',
  'xox[abprs]-[\\w-]{10,}',
  'AKIA[0-9A-Z]{16}',
  'AIza[\\w-]{30,}',
  'eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*',
].map((form) => `(?<![\\w-])(?-i:${form})`);
const OTHER_KEYS = [...LONG_MARKS, ...SHORT_MARKS];
/** What of a key says whose and of what kind it is, and is kept. */
const PREFIX =
  /^(?:sk_(?:sandbox|prod)_|(?:sk|rk)_(?:live|test)_|(?:sk|rk)_|sk-|whsec[_-]|gh[pousr]_|eyJ(?=[^.]*\.))/i;
/** What was made of a credential, or of a card number in its place: it is made no other. */
const MASK = /…#[0-9a-f]{12}|card…\d{4}|^…$/;
const PEM = /(-----BEGIN [A-Z ]*PRIVATE KEY-----)((?:(?!-----).)+)(-----END [A-Z ]*-----)?/gs;
/** A credential behind its scheme. A scheme that is only spoken of is followed by a word. */
const SCHEME =
  /\b(bearer|basic)((?:\s|%20|\+){1,3})(?=[\w.~+/=%-]*[\d._~+/=-])([\w.~+/=%-]{8,})(?![\w.~+/=%…-])/gi;
const USER_INFO = /([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/?#@:"'<>]*)(?::([^\s/?#@"'<>]*))?@/gi;
/** Cheap to look for, and without it nothing of these is there. */
const MAYBE =
  /sk[_-]|rk_|whsec|gh[pousr]_|github_pat|glpat|xox|AKIA|AIza|eyJ|-----BEGIN|bearer|basic|:\/\/[^\s/"'<>]{1,200}@/i;

/** Whether a word may begin with a vendor's key. */
export const mayBeginKey = (word: string): boolean => MAYBE.test(word);

/** Forms once made are remembered: the same few keys come with every request. */
const REMEMBERED = 1_000;

/** Takes credentials out of text by their own form. */
export interface Keys {
  /** The form in which this credential shows: what says of which kind it is, and a keyed hash. */
  form(value: string): string;
  /** The form of a credential that stood there in a coding, such as base64. */
  coded(coding: string, value: string): string;
  /** The text with all credentials in it in their forms; `known` ones are given to `found`. */
  text(text: string, known: (word: string) => string): string;
  /** What a header of authorization says, with its scheme as it was. */
  authorization(value: string): string;
}

/** `known` are more secrets to take out wherever they stand. */
export function createKeys(secret: Buffer, known: readonly string[]): Keys {
  const forms = new Map<string, string>();
  const words = known
    .filter((word) => word !== '' && !WHOLE_KEY.test(word))
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // A known secret that a key's form would cut comes first.
  const pattern = new RegExp([...words, KEY, ...OTHER_KEYS].join('|'), 'gi');
  const maybe = new RegExp([...words, MAYBE.source].join('|'), 'i');

  function form(value: string): string {
    if (value === '' || MASK.test(value)) return value;
    let made = forms.get(value);
    if (made === undefined) {
      const hash = createHmac('sha256', secret).update(value).digest('hex').slice(0, 12);
      made = `${PREFIX.exec(value)?.[0] ?? ''}…#${hash}`;
      if (forms.size >= REMEMBERED) forms.clear();
      forms.set(value, made);
    }
    return made;
  }

  const coded = (coding: string, value: string): string => `${coding}${form(value).replace(/^[^…]*/, '')}`;

  function text(value: string, show: (word: string) => string): string {
    if (!maybe.test(value)) return value;
    return value
      .replace(PEM, (_, begin: string, held: string, end = '') => begin + form(held) + end)
      .replace(USER_INFO, (_, scheme: string, user: string, password?: string) =>
        password === undefined ? `${scheme}${form(user)}@` : `${scheme}${user}:${form(password)}@`,
      )
      .replace(pattern, (found) => (WHOLE_KEY.test(found) ? form(found) : show(found)))
      .replace(
        SCHEME,
        (_, scheme: string, gap: string, credential: string) =>
          `${scheme}${gap}${credentialOf(credential, scheme)}`,
      );
  }

  function authorization(value: string): string {
    const [, scheme = '', credential = ''] = /^([a-z][a-z0-9-]{0,19}[ \t]+)?(.*)$/is.exec(value) ?? [];
    return credential === '' ? scheme : scheme + credentialOf(credential, scheme.trim());
  }

  /** Readable stays whether a key, or the user and password of `Basic`, came as it is or in base64. */
  function credentialOf(credential: string, scheme: string): string {
    const held = inBase64(credential, /^(?:basic)?$/i.test(scheme));
    return held === null ? form(credential) : coded('base64', held);
  }

  return { form, coded, text, authorization };
}

/** The API's key in these letters, if there is one. */
export const ownKeyIn = (letters: string): string | null => OWN_KEY.exec(letters)?.[0] ?? null;

/** What a base64 credential holds: the API key in it, or a `user:password` pair. Null where it is none. */
function inBase64(credential: string, basic: boolean): string | null {
  if (/^(?:sk_|eyJ)/i.test(credential) || !/^[\w+/-]{8,}={0,2}$/.test(credential)) return null;
  const decoded = Buffer.from(credential, 'base64').toString('latin1');
  return ownKeyIn(decoded) ?? (basic && /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(decoded) ? decoded : null);
}
