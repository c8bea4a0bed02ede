/** What a member, header or parameter holds by its name, whatever its value is. */
export type Kind = 'secret' | 'authorization' | 'cookie' | 'code' | 'card' | 'track' | 'goods';

/** Names as they are written, apart from case, `_`, `-` and blanks; those of secrets at the end of a longer name too. */
const KINDS: readonly (readonly [kind: Kind, names: RegExp])[] = [
  ['authorization', /^(?:http)?(?:proxy)?authori[sz]ation$/],
  ['cookie', /^(?:http)?(?:set)?cookie2?$/],
  [
    'secret',
    /(?:secret|passw(?:or)?d|passphrase|passcode|pwd|apikey|(?:private|secret|access|account)key|(?:access|auth|bearer|csrf|xsrf|id|refresh|remote|security|session)token|credentials?)$|^x?token$/,
  ],
  [
    'code',
    /^(?:card)?(?:cvv2?|cvc2?|cvn2?|cv2|csc|cid|(?:security|verification|validation)(?:code|value|number)|pin(?:code|number|no|block)?)$/,
  ],
  [
    'card',
    /^(?:pan|(?:full|clear|plain|card)pan|(?:credit|debit|payment|bank)?card(?:no|num|number)|cc(?:no|num|number)?|primaryaccountnumber|card)$/,
  ],
  [
    'track',
    /^(?:track[123]?(?:data|equivalent|equivalentdata)?|magstripe(?:data)?|(?:emv|icc|chip)(?:data)?)$/,
  ],
  [
    'goods',
    /^(?:.*(?:barcode|gtin|ean|upc|sku|isbn|imei|iccid|reference|ref|id)|ean(?:8|13)|gtin(?:8|12|13|14)|id)$/,
  ],
];

/** The last letters of the names above: cheap to look at, before a name is. */
const ENDS = new Set(
  'ret ord swd ase ode pwd key ken ial als ion kie ie2 cvv vv2 cvc vc2 cvn vn2 cv2 csc cid lue ber pin nno ock pan dno num cno ard ack ck1 ck2 ck3 ata ent ipe emv icc hip xcc'.split(
    ' ',
  ),
);
const THREE = new Uint8Array(32_768);
const TWO = new Uint8Array(1024);
for (const end of ENDS) {
  const [one, two, three] = [...end].map((letter) => letter.charCodeAt(0)) as [number, number, number];
  // Of those with `value` the shortest is `securityvalue`.
  THREE[(place(one, two) << 5) | (three & 31)] = end === 'lue' ? 13 : 2;
  TWO[place(two, three)] = 2;
}

function place(one: number, other: number): number {
  return ((one & 31) << 5) | (other & 31);
}

/** The least letters that a name has which asks for something and ends in these; 0 where none does. */
export function leastWithEnd(one: number, two: number, three: number): number {
  const isLetter = (one | 0x20) >= 0x61 && (one | 0x20) <= 0x7a;
  return isLetter ? THREE[(place(one, two) << 5) | (three & 31)]! : TWO[place(two, three)]!;
}

const kinds = new Map<string, Kind | null>();
/** Names come again and again: so many are remembered. */
const REMEMBERED = 2_000;

/** The kind of what stands under this name; null where it is nothing of these. */
export function kindOf(name: string): Kind | null {
  let kind = kinds.get(name);
  if (kind === undefined) {
    const plain = name.toLowerCase().replace(/[-_\s]|^x-/g, '');
    kind = KINDS.find(([, names]) => names.test(plain))?.[0] ?? null;
    if (kinds.size >= REMEMBERED) kinds.clear();
    kinds.set(name, kind);
  }
  return kind;
}

/** Cheap to look for, and without it no name in a text asks for anything. */
export const TELLING_NAME =
  /secret|passw|passphrase|passcode|pwd|api[_-]?key|[_-]key|[a-z]Key|token|credential|authori[sz]ation|cookie|cvv|cvc|cvn|cv2|csc|cid\b|security|verification|validation|\bpin|pan\b|card[_-]?n|["_-]?card\b|\bcc|account[_-]?n|track|magstripe|emv|icc|chip/i;

/** A name and what parts it from its value: `name=`, `"name": "`, `\"name\":\"`, `name => '`, `<name>`. */
const NAMED = /([a-z][\w-]{1,60})(\\*["']?\s{0,4}(?:=>|[:=>])\s{0,4}|[ +](?=\d{3,4}(?!\d)))/gi;

/** A value that is named in a text, by where it stands. */
export interface Named {
  readonly name: string;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** The values in a text whose names ask for something, in turn. */
export function* namedIn(text: string): Iterable<Named> {
  NAMED.lastIndex = 0;
  let from = 0;
  for (const found of text.matchAll(NAMED)) {
    const [all, name] = found as unknown as [string, string];
    const kind = kindOf(name);
    if (kind === null || kind === 'goods' || found.index < from) continue;
    // A name and its value with nothing but a blank between them is one only where both can be nothing else.
    if (kind !== 'code' && /[\w-][ +]$/.test(all)) continue;
    const { start, end } = valueAt(text, found.index + all.length, kind);
    if (end <= start) continue;
    from = end;
    yield { name, kind, start, end };
  }
}

/** Where a value begins and ends: in its quotes, escaped or not, or up to what ends a word or, in a header, a line. */
function valueAt(text: string, at: number, kind: Kind): { start: number; end: number } {
  const quote = /^\\*["']/.exec(text.slice(at, at + 9))?.[0];
  if (quote === undefined) {
    const unquoted =
      kind === 'authorization' || kind === 'cookie' ? /[^\r\n"'\\<>]*/y : /[^\s"'\\<>&,;{}()[\]]*/y;
    unquoted.lastIndex = at;
    return { start: at, end: at + unquoted.exec(text)![0].length };
  }
  const start = at + quote.length;
  let end = text.indexOf(quote, start);
  while (quote.length === 1 && end > 0 && isEscaped(text, end)) end = text.indexOf(quote, end + 1);
  return { start, end: end < 0 ? text.length : end };
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
