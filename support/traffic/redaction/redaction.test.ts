import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Headers, Json } from '../../record/vocabulary.ts';
import { createRedaction } from './index.ts';
import { kindOf } from './names.ts';
import { isBarcode, isBarcodeLength } from './schemes.ts';

const secret = Buffer.from('shared by the workers of one run');
const redaction = createRedaction({ secret, known: ['whsec-PDYkJQq6', 'sk_sandbox_with/odd"letters'] });
const KEY = 'sk_sandbox_c8oLGaI__msxsXbpBDpdtw-Jz_eIhf';
const form = redaction.key(KEY);
const hash = form.slice('sk_sandbox_'.length);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const authorization = (value: string) => redaction.headers([['Authorization', value]])[0]?.[1];

test('a key’s form keeps its environment and equality, and not the key', () => {
  assert.match(form, /^sk_sandbox_…#[0-9a-f]{12}$/);
  assert.match(redaction.key('sk_prod_x'), /^sk_prod_…#[0-9a-f]{12}$/);
  assert.match(redaction.key('anything'), /^…#[0-9a-f]{12}$/);
  assert.equal(createRedaction({ secret }).key(KEY), form);
  assert.notEqual(redaction.key(`${KEY}x`), form);
  assert.notEqual(createRedaction().key(KEY), form);
});

for (const [sent, kept] of [
  [`Basic ${KEY}`, `Basic ${form}`],
  [`basic  ${KEY}`, `basic  ${form}`],
  [KEY, form],
  [`Bearer ${KEY}`, `Bearer ${form}`],
  [`Basic ${base64(KEY)}`, `Basic base64${hash}`],
  [`Basic ${base64(`${KEY}:`)}`, `Basic base64${hash}`],
  [`Basic ${base64(`:${KEY}`)}`, `Basic base64${hash}`],
  [`Basic ${base64('someone:secret')}`, `Basic base64${redaction.key('someone:secret')}`],
  ['Basic something', `Basic ${redaction.key('something')}`],
  ['Bearer eyJhbGciOi.x.y', `Bearer ${redaction.key('eyJhbGciOi.x.y')}`],
  ['Digest username="a", response="b"', `Digest ${redaction.key('username="a", response="b"')}`],
  ['', ''],
] as const) {
  test(`Authorization ${JSON.stringify(sent.replace(KEY, 'KEY'))} is reported by its scheme and form`, () => {
    assert.equal(authorization(sent), kept);
    assert.equal(authorization(kept), kept);
  });
}

test('secrets in other headers go, and the rest of the headers stays as it was', () => {
  const received: Headers = [
    ['COOKIE', 'session=abc; theme=dark'],
    ['Set-Cookie', 'session=abc; Path=/; Secure'],
    ['X-Api-Key', 'plain'],
    ['X-Debug', `key ${KEY}!`],
    ['X-Card', '4111 1111 1111 1111'],
    ['x-account-time', '1772186400123'],
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-5105105105105100-01'],
    ['software-house-id', 'softwareHouse1'],
  ];
  const kept = redaction.headers(received);
  assert.deepEqual(kept, [
    ['COOKIE', redaction.key('session=abc; theme=dark')],
    ['Set-Cookie', `session=${redaction.key('abc')}; Path=/; Secure`],
    ['X-Api-Key', redaction.key('plain')],
    ['X-Debug', `key ${form}!`],
    ['X-Card', 'card…1111'],
    ['x-account-time', '1772186400123'],
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-card…5100-01'],
    ['software-house-id', 'softwareHouse1'],
  ]);
  assert.deepEqual(redaction.headers(kept), kept);
});

for (const [name, written, kept] of [
  ['a Visa', '4111111111111111', 'card…1111'],
  ['an old Visa of 13 digits', '4222222222222', 'card…2222'],
  ['an Amex with spaces', 'Amex 3782 822463 10005.', 'Amex card…0005.'],
  ['a Mastercard of the 2 series with dashes', '2223-0031-2200-3222', 'card…3222'],
  ['a Maestro of 19 digits', '6304000000000000000', null],
  ['a card and what follows it', '4111 1111 1111 1111 12 29 123', 'card…1111 12 29 123'],
  ['a card after other digits', '1 4111111111111111', '1 card…1111'],
  [
    'a card in track data',
    '%B4111111111111111^DOE/J^2512 ;4111111111111111=2512',
    '%Bcard…1111^DOE/J^2512 ;card…1111=2512',
  ],
  [
    'a card in a URL',
    '/x?q=4111%201111%201111%201111&r=%204111111111111111',
    '/x?q=card…1111&r=%20card…1111',
  ],
  ['a card after an escape', String.raw`a\n4111111111111111`, String.raw`a\ncard…1111`],
  ['a card on a track of 32 letters', '4111111111111111D251220100000123', 'card…1111D2512201…'],
  [
    'a card behind its tag in 64 letters',
    `9f36ab57134111111111111111D2512201000001230000${'0a'.repeat(9)}`,
    '9f36ab5713card…1111D2512201…a0a0a0a0a0a0a0a0a',
  ],
  ['a card in what is no bank account’s number', 'GB99NWBK30562166907678', 'GB99NWBKcard…7678'],
  ['a card between underscores', 'card_4111111111111111_x', 'card_card…1111_x'],
] as const) {
  test(`${name} is masked`, () => {
    assert.equal(
      redaction.text(written),
      kept ?? written.replace(/\d(?=\d{4})/g, '*').replace(/^\*+/, 'card…'),
    );
  });
}

for (const innocent of [
  'card…1111',
  '411111******1111',
  '44565300****1096',
  '4111111111111112',
  '1772186400123',
  '2026-02-27 10:00:00.000',
  '20260227100000',
  '9411111111111111',
  'a4111111111111111b',
  '41111111111111110000000',
  '0.4111111111111111',
  '12345678',
  '00000000-4111-1111-1111-111111111111',
  '6b9d9b1e-2f63-4ff9-9d04-3c0e5a4f1b7a',
  'GB73NWBK30562166907678',
  'GB73 NWBK 3056 2166 9076 78',
  '00-d4b8150caa33d54abc62c0bb56808353-25865751bd1a6444-01',
  'sha256%3A334397aa936f8f6d3dd4737517218163ca0618d75bbff5a601b1c471a30d0727',
  'W%2F%224555922344804956d90a2e013642daf6%22',
  '/payment-intents/W%2F%2285709937173209d22741ade191b96a47%22?traceId=1',
  'sha256:71330954778523631d3758c2aca0a6b5bcb58e45d6f4831d17079ba668712367',
  'pi_sandbox_K7Gg_HtBOUGXBGpnGbrNMA',
  'sk_sandbox_…#0123456789ab',
]) {
  test(`${innocent} is no card number and stays`, () => {
    assert.equal(redaction.text(innocent), innocent);
  });
}

test('a known secret goes wherever it stands, and a known card number is masked and not hashed', () => {
  assert.equal(redaction.text('a whsec-PDYkJQq6 b'), `a ${redaction.key('whsec-PDYkJQq6')} b`);
  assert.equal(
    redaction.text('x sk_sandbox_with/odd"letters'),
    `x ${redaction.key('sk_sandbox_with/odd"letters')}`,
  );
  assert.equal(createRedaction({ known: ['4111111111111111'] }).text('a4111111111111111b'), 'acard…1111b');
});

test('a parameter that says it is a card number is masked whatever its check digit', () => {
  assert.equal(redaction.target('/a?pan=4111111111111112&x=1'), '/a?pan=card…1112&x=1');
  assert.equal(redaction.target(`/a/${KEY}/b?k=${KEY}&x=1`), `/a/${form}/b?k=${form}&x=1`);
});

test('secrets that only their names tell go from JSON, wherever and however it is written', () => {
  const answered = redaction.key('pssst');
  assert.deepEqual(
    redaction.json({ data: [{ clientSessionSecret: 'pssst', clientSessionSecretExpirationDate: 'd' }] }),
    {
      data: [{ clientSessionSecret: answered, clientSessionSecretExpirationDate: 'd' }],
    },
  );
  assert.deepEqual(redaction.json({ id: 'sub', secrets: [{ id: 'sc', value: 'pssst' }] }), {
    id: 'sub',
    secrets: [{ id: 'sc', value: answered }],
  });
  assert.deepEqual(redaction.json({ amount: { value: 'pssst' } }), { amount: { value: 'pssst' } });
  assert.equal(
    redaction.jsonText('{"clientSessionSecret" : "ps\\u0073st", "n": 1.0}'),
    `{"clientSessionSecret" : "${answered}", "n": 1.0}`,
  );
  assert.equal(
    redaction.text('log {"clientSessionSecret":"pssst","cut'),
    `log {"clientSessionSecret":"${answered}","cut`,
  );
  assert.equal(
    redaction.text(String.raw`"{\"clientSessionSecret\":\"pssst\"}"`),
    String.raw`"{\"clientSessionSecret\":\"${answered}\"}"`,
  );
});

test('a card number sent as a JSON number becomes its mask, and other numbers stay numbers', () => {
  assert.deepEqual(redaction.json({ card: 4111111111111111, amount: 1000, at: 1772186400123 }), {
    card: 'card…1111',
    amount: 1000,
    at: 1772186400123,
  });
  assert.equal(
    redaction.jsonText('[4111111111111111.0,-4111111111111111,4.111111111111111e15,1e400]'),
    '["card…1111","card…1111","card…1111",1e400]',
  );
});

/** First digits and length of card numbers. */
const schemes = [
  ['4', 13],
  ['4', 16],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['36', 14],
  ['6011', 16],
  ['3528', 16],
  ['62', 19],
  ['6304', 19],
] as const;

/** Digits that pass for a card number, by making the check digit right; none is a barcode too. */
const card = fc
  .constantFrom(...schemes)
  .chain(([prefix, length]) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), {
        minLength: length - 1 - prefix.length,
        maxLength: length - 1 - prefix.length,
      })
      .map((rest) => withCheckDigit(prefix + rest.join(''))),
  )
  .filter((digits) => !isBarcode(digits));

function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const weighed = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
}

const key = fc
  .tuple(fc.constantFrom('sk_sandbox_', 'sk_prod_'), fc.stringMatching(/^[A-Za-z0-9_-]{12,40}$/))
  .map(([prefix, rest]) => prefix + rest);
const planted = fc.oneof(
  key,
  card,
  card.map((digits) => digits.replace(/.{4}(?=.)/g, '$& ')),
  card.map((digits) => digits.replace(/.{4}(?=.)/g, '$&-')),
);
/** Planted between characters that are no letters, digits or gaps, as a word of its own. */
const around = fc.stringMatching(/^[^0-9A-Za-z_ +%*\\-]{0,5}$/);
const text = fc.tuple(around, planted, around).map((parts) => parts.join(''));

/** JSON with secrets among its strings, numbers and names. */
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      text,
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    card.filter((digits) => digits.length < 16).map(Number),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), text), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Every secret that stands in this JSON: whatever the digits are broken by. */
function secretsIn(value: Json): string[] {
  if (typeof value === 'string') return secretsInText(value);
  if (typeof value === 'number')
    return Math.abs(value) < 1e19 ? secretsInText(String(Math.trunc(Math.abs(value)))) : [];
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  return Object.entries(value).flatMap(([name, member]) => [
    ...secretsInText(name),
    ...(isOfGoods(name, member) ? [] : secretsIn(member)),
  ]);
}

/** A number that its name says to be one of goods stays, where it has a length that those have: it is no card's. */
const isOfGoods = (name: string, member: Json): boolean =>
  kindOf(name) === 'goods' &&
  (typeof member === 'number' || typeof member === 'string') &&
  /^\d+$/.test(String(member)) &&
  isBarcodeLength(String(member));

function secretsInText(value: string): string[] {
  const keys = value.match(/sk_(?:sandbox|prod)_[A-Za-z0-9_-]{12,}/g) ?? [];
  const cards = (value.match(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g) ?? []).map((digits) =>
    digits.replace(/[ -]/g, ''),
  );
  const known = (digits: string) =>
    schemes.some(([prefix, length]) => digits.startsWith(prefix) && digits.length === length) &&
    withCheckDigit(digits.slice(0, -1)) === digits &&
    !isBarcode(digits);
  return [...keys, ...cards.filter(known)];
}

function shape(value: Json): unknown {
  if (value === null || typeof value !== 'object') return 'leaf';
  if (Array.isArray(value)) return value.map(shape);
  return Object.values(value).map(shape);
}

test('a number of goods keeps its digits by its name alone, and by no other name', () => {
  assert.deepEqual(redaction.json({ id: 4100000000004 }), { id: 4100000000004 });
  assert.notDeepEqual(redaction.json({ number: 4100000000004 }), { number: 4100000000004 });
});

test('of keys and cards planted anywhere in JSON nothing shows, its structure stays, and twice is once', () => {
  fc.assert(
    fc.property(json, (value) => {
      const redacted = redaction.json(value);
      const printed = JSON.stringify(redacted).replace(/(?<=\d)[ -](?=\d)/g, '');
      for (const found of secretsIn(value))
        assert.ok(!printed.includes(found.slice(0, -4)), `${found} in ${printed}`);
      assert.deepEqual(shape(redacted), shape(value));
      assert.deepEqual(redaction.json(redacted), redacted);
    }),
    { numRuns: 1_000 },
  );
});

test('of keys and cards planted in text nothing shows, and twice is once', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
      const value = parts.join(' / ');
      const redacted = redaction.text(value);
      for (const found of parts.flatMap(secretsInText))
        assert.ok(
          !redacted.replace(/(?<=\d)[ -](?=\d)/g, '').includes(found.slice(0, -4)),
          `${found} in ${redacted}`,
        );
      assert.equal(redaction.text(redacted), redacted);
    }),
    { numRuns: 1_000 },
  );
});

test('JSON without secrets comes back the very same', () => {
  fc.assert(
    fc.property(fc.json(), (written) => {
      fc.pre(secretsIn(JSON.parse(written)).length === 0);
      assert.equal(redaction.jsonText(written), written);
    }),
  );
});
