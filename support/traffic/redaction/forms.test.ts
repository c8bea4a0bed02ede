import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { createRedaction, searchedBytes } from './index.ts';

const redaction = createRedaction({ known: ['odd-secret+of/the=run'] });
const key = 'sk_sandbox_c8oLGaI__msxsXbpBDpdtw';
const card = '4111111111111111';
const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();
const codings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'URL-coded': (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 behind one letter': (text) => Buffer.from(` ${text}`).toString('base64'),
  'base64 behind two letters': (text) => Buffer.from(`: ${text} .`).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 in base64': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'base64 of gzip': (text) => gzipSync(text).toString('base64'),
  'URL-coded base64': (text) => encodeURIComponent(Buffer.from(`?${text}>`).toString('base64')),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'hex in bytes': (text) =>
    Buffer.from(text)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
  'letters that nobody sees': (text) => [...text].join('\u200b').replace('\u200b', '\u00ad'),
  'escapes of JSON': (text) =>
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'character references': (text) => [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
};
for (const [coding, code] of Object.entries(codings)) {
  for (const secret of [
    key,
    card,
    'odd-secret+of/the=run',
    'sk_live_51H8abcdefghijkl',
    'whsec_MfKQ9r8GKYqrTwjU',
  ]) {
    test(`${secret} in ${coding} goes from text, JSON, headers and targets`, () => {
      const written = code(secret);
      for (const shown of [
        redaction.text(`before ${written} after`),
        JSON.stringify(redaction.json({ note: written })),
        JSON.stringify(redaction.headers([['X-Note', written]])),
        redaction.target(`/a?note=${written}&b=1`),
      ]) {
        assert.ok(!shown.includes(written) && !shown.includes(secret), shown);
        assert.equal(redaction.text(shown), shown);
      }
    });
  }
}

const packings: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: gzipSync,
  zlib: deflateSync,
  'raw deflate': deflateRawSync,
  brotli: brotliCompressSync,
  zstd: zstdCompressSync,
  'gzip in gzip': (text) => gzipSync(gzipSync(text)),
  'gzip behind other bytes': (text) =>
    Buffer.concat([Buffer.from('\0\u0001form-data\r\n\r\n'), gzipSync(text)]),
  'zstd of what does not shrink, beside what does': (text) =>
    zstdCompressSync(`${text} sk_sandbox_8HBaaaaaaaaaaaaaaaaaaa ${'1'.repeat(40)}`),
  'gzip beside the same': (text) => Buffer.concat([Buffer.from(`\0${text}\0`), gzipSync(text)]),
  'UTF-16, big end first': (text) => swap(Buffer.from(text, 'utf16le')),
  'UTF-16, little end first': (text) => Buffer.from(text, 'utf16le'),
  'the data of a chip': () => Buffer.from('9f0607a00000000310105a0841111111111111115f2403251231', 'hex'),
};
for (const [packing, pack] of Object.entries(packings)) {
  test(`a secret in bytes of ${packing} is not kept`, () => {
    for (const secret of [key, card]) {
      const bytes = pack(JSON.stringify({ a: 'b'.repeat(20), note: secret }));
      const body = searchedBytes(bytes, redaction);
      assert.ok('text' in body && !body.text.includes(secret), JSON.stringify(body));
      // What is still packed could be unpacked.
      for (const mark of ['(\xb5/\xfd', '\x1f\x8b']) assert.ok(!body.text.includes(mark), body.text);
    }
  });
}

for (const [what, bytes] of [
  ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\x04')],
  ['gzip that was cut', gzipSync('x').subarray(0, 10)],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
  [
    'bytes as even as encrypted ones',
    Buffer.from(Array.from({ length: 256 }, (_, i) => (i * 167 + 13) & 255)),
  ],
] as const) {
  test(`${what} can't be searched, and is not kept`, () => {
    assert.deepEqual(searchedBytes(bytes, redaction), {
      text: `[${bytes.length} bytes that could not be searched for secrets]`,
    });
  });
}

test('bytes that were searched and hold nothing are kept as they came', () => {
  const bytes = Buffer.from('\0\u0001\u0002 receipt 42 \xff', 'latin1');
  assert.deepEqual(searchedBytes(bytes, redaction), { base64: bytes.toString('base64') });
});

for (const written of [
  '4111111111111111D25122010000012300000F',
  '57134111111111111111D25122010000012300000F',
  '9F0607A00000000310105A0841111111111111115F2403251231',
  '%B4111111111111111^DOE/J^25122010000000?;4111111111111111=25122010000012300000?',
  '4111\u00a01111\u00a01111\u00a01111',
  '4111\u20091111\u20091111\u20091111',
  '4111\u20111111\u20111111\u20111111',
  '4111\u200b1111\u200b1111\u200b1111',
  '4111  1111  1111  1111',
  '4111.1111.1111.1111',
  '4111/1111/1111/1111',
  '4111_1111_1111_1111',
  '4111\t1111\t1111\t1111',
  '4111\n1111\n1111\n1111',
  '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
  '411111 1111111111',
  '41111111 11111111',
  '5A 08 41 11 11 11 11 11 11 11',
  'PAN4111111111111111',
  'ts_4111111111111111',
  '4111111111111111EXP1228',
  '4111111111111111GBP',
  '41111111111111111228',
  '0004111111111111111',
  '\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11',
  '4111-1111-1111-1111',
  '<CardNumber>4111111111111111</CardNumber>',
]) {
  test(`${JSON.stringify(written)} is masked`, () => {
    for (const shown of [
      redaction.text(written),
      String((redaction.json({ note: written }) as { note: string }).note),
    ]) {
      assert.match(shown, /card…1111/);
      assert.doesNotMatch(shown.replace(/[^0-9\uff10-\uff19]/g, ''), /4111|\uff14|0000012300000/);
      assert.equal(redaction.text(shown), shown);
    }
  });
}

for (const [written, shown] of [
  ['pan=1234567890123', 'pan=card…0123'],
  ['{"pan":"1234567890123"', '{"pan":"card…0123"'],
  [String.raw`{\"cardNumber\":\"4111111111111112\"}`, String.raw`{\"cardNumber\":\"card…1112\"}`],
  ['cvv=123&x=1', 'cvv=…&x=1'],
  ['CVV: 1234', 'CVV: …'],
  ['PIN 1234', 'PIN …'],
  ['securityCode => 987', 'securityCode => …'],
  ['<cv2>123</cv2>', '<cv2>…</cv2>'],
] as const) {
  test(`${written} is masked by its name`, () => {
    assert.equal(redaction.text(written), shown);
  });
}

test('members are masked by their names, whatever their values are', () => {
  assert.deepEqual(
    redaction.json({
      cardNumber: '4111111111111112',
      card_number: 1234567890123,
      primaryAccountNumber: '1234-5678-9012-3',
      pan: '411111******1111',
      cvv: '123',
      cvc: 7,
      card: { securityCode: '12', pin: '0000' },
      track2: '4111111111111111D25122010000',
      password: 'p"a s\\s',
      access_token: 'opaque',
      'X-Auth-Token': 'opaque',
      nothing: { password: null, cvv: null, pin: true },
    }),
    {
      cardNumber: 'card…1112',
      card_number: 'card…0123',
      primaryAccountNumber: 'card…0123',
      pan: '411111******1111',
      cvv: '…',
      cvc: '…',
      card: { securityCode: '…', pin: '…' },
      track2: '…',
      password: redaction.key('p"a s\\s'),
      access_token: redaction.key('opaque'),
      'X-Auth-Token': redaction.key('opaque'),
      nothing: { password: null, cvv: null, pin: true },
    },
  );
});

for (const written of [
  'Api-Key: OPAQUE',
  'X-Auth-Token: OPAQUE',
  'Authorization: Bearer OPAQUE',
  'authorization: OPAQUE',
  'Cookie: a=OPAQUE; b=c',
  'token bearer OPAQUE-1 was sent',
  'https://user:OPAQUE@api.example/x',
  'https://OPAQUE@api.example/x',
  '/x?access_token=OPAQUE&a=b',
  "password='OPAQUE'",
  'client_secret: OPAQUE',
  'DOJO_API_KEY=OPAQUE',
  '-----BEGIN PRIVATE KEY-----\nOPAQUE\n-----END PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\\nOPAQUE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.OPAQUE',
]) {
  test(`${JSON.stringify(written)} is reported without the credential`, () => {
    const shown = redaction.text(written);
    assert.doesNotMatch(shown, /OPAQUE/);
    assert.match(shown, /…#[0-9a-f]{12}/);
    assert.equal(redaction.text(shown), shown);
    assert.equal(redaction.text(written), shown, 'equal credentials look equal');
  });
}

test('of a body only the members with a secret change, and twice is once', () => {
  const clean = '"status":"Captured", "card":{"cardNumber":"445653******1096"},"n":1.0';
  for (const [member, shown] of [
    ['"password":"{a"', `"password":"${redaction.key('{a')}"`],
    ['"password":"null,a"', `"password":"${redaction.key('null,a')}"`],
    [
      '"a":["x\\\\","sk_live_51H8abcdefghijkl"]',
      `"a":["x\\\\","${redaction.key('sk_live_51H8abcdefghijkl')}"]`,
    ],
    ['"card number":"4111 1111 1111 1112"', '"card number":"card…1112"'],
    ['"pan":[1234567890123]', '"pan":["card…0123"]'],
    ['"cvv" : 123', '"cvv" : "…"'],
  ] as const) {
    const written = `{${clean},"b":{${member},${clean}},${member}}`;
    const redacted = redaction.jsonText(written);
    assert.equal(redacted, `{${clean},"b":{${shown},${clean}},${shown}}`);
    assert.equal(redaction.jsonText(written), redacted);
    assert.equal(redaction.jsonText(redacted), redacted);
  }
});

test('a bearer’s token is not reported as base64 of a user and password', () => {
  const token = Buffer.from('{"alg":"none"}').toString('base64');
  const [[, shown] = []] = redaction.headers([['Authorization', `Bearer ${token}`]]);
  assert.equal(shown, `Bearer ${redaction.key(token)}`);
});

for (const innocent of [
  'MSIE token expired',
  'Basic authentication is used',
  'the secret of success',
  'PIN entry',
  'Enter PIN',
  '4006381333931',
  '04006381333931',
  '40063813339310',
  '401234567890123456',
  '4.111111111111111',
  '12.4111111111111111',
  'd41d8cd98f00b204e9800998ecf8427e',
  'e4111111111111111b0998ecf8427e00',
  '4111111111111111b0998ecf8427e001',
  '6b9d9b1e-2f63-4ff9-9d04-411111111111',
  'pi_sandbox_K7Gg_HtBOUGXBGpnGbrNMA',
  'DE89370400440532013000',
  'GB29 NWBK 6016 1331 9268 19',
  '+44 20 7946 0958',
  '2026-02-27 10:00:00.000 4021',
  '353915103300123',
  '1772186400123456789',
]) {
  test(`${innocent} stays`, () => {
    assert.equal(redaction.text(innocent), innocent);
    assert.deepEqual(redaction.json({ note: innocent }), { note: innocent });
  });
}

test('an id made at random may hold the mark of a key', () => {
  for (const id of [
    'pi_sandbox_Rk_a1b2c3d4e5f6g7h8i9j0',
    'Sk_a1b2c3d4e5f6g7h8i9j0',
    'Gho_a1b2c3d4e5f6g7h8i9j0k1',
    'ts_sandbox_-sk-a1b2c3d4e5f6g7h8i9j0k1',
    'pi_sandbox_xoxb-a1b2c3d4e5f6g7h',
    'tm_ghp_a1b2c3d4e5f6g7h8i9j0k1l2',
  ])
    assert.equal(
      redaction.text(`https://pay.dojo.tech/checkout/${id}`),
      `https://pay.dojo.tech/checkout/${id}`,
    );
});

test('of ids, times and barcodes none is masked', () => {
  let state = 20261130;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const digits = (count: number) => Array.from({ length: count }, () => random(10)).join('');
  const hex = (count: number) => Array.from({ length: count }, () => random(16).toString(16)).join('');
  const barcode = (body: string) => {
    const sum = [...body].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 1 : 3), 0);
    return body + ((10 - (sum % 10)) % 10);
  };
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (let i = 0; i < 20_000; i += 1) {
    for (const id of [
      barcode(`4${digits(11)}`),
      barcode(digits(13)),
      barcode(digits(17)),
      `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
      hex(32),
      `pi_sandbox_${Array.from({ length: 22 }, () => letters[random(64)]).join('')}`,
      String(1_700_000_000_000 + random(2 ** 31)),
    ])
      assert.equal(redaction.text(id), id);
  }
});
