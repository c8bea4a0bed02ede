import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';
import { KEPT } from '../capture.ts';
import { FrameReader, type Said } from './frames.ts';
import { Inflater } from './inflate.ts';
import { closing, type Framed, frame, ofClient } from './testing/frames.ts';

/** What was said, in short. */
const short = (said: Said): string => {
  if (said.kind === 'broken') return `broken: ${said.why}`;
  if (said.kind === 'close') return `close ${said.code} ${said.reason}`.trim();
  const cut = 'whole' in said && !said.whole ? ' (in part)' : '';
  return `${said.kind} ${said.content.bytes().toString('utf8')}${cut}`;
};

const heard = (bytes: Buffer, at: readonly number[], masked: boolean, inflater: Inflater | null = null) => {
  const all: string[] = [];
  const reader = new FrameReader(masked, inflater, (said) => all.push(short(said)));
  let from = 0;
  for (const to of [...at, bytes.length]) {
    reader.read(bytes.subarray(from, to));
    from = to;
  }
  return all;
};

/** The same, whole, cut once at each place, and byte by byte. */
function eachWay(
  frames: readonly Buffer[],
  expected: string[],
  masked: boolean,
  packs?: () => Inflater,
): void {
  const bytes = Buffer.concat(frames);
  const way = (at: readonly number[]) => heard(bytes, at, masked, packs?.() ?? null);
  for (let at = 0; at <= bytes.length; at += 1) assert.deepEqual(way([at]), expected, `cut at ${at}`);
  const bytewise = Array.from(bytes, (_, index) => index);
  assert.deepEqual(way(bytewise), expected, 'byte by byte');
}

const packed = (text: string, dictionary?: Buffer): Buffer =>
  deflateRawSync(text, {
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary ? { dictionary } : {}),
  }).subarray(0, -4);

suite('frames are read, however their bytes come', () => {
  for (const [side, of] of [
    ['a client', ofClient],
    ['a server', frame],
  ] as const) {
    const masked = side === 'a client';
    test(`a text, an empty one, a binary one and one of two lengths, of ${side}`, () => {
      const long = 'x'.repeat(200);
      eachWay(
        [
          of({ payload: 'Tea £2' }),
          of({ payload: '' }),
          of({ opcode: 2, payload: 'abc' }),
          of({ payload: long }),
        ],
        ['text Tea £2', 'text ', 'binary abc', `text ${long}`],
        masked,
      );
    });
    test(`a message in fragments with a ping, a pong and an empty fragment between them, of ${side}`, () => {
      eachWay(
        [
          of({ payload: '{"a":', final: false }),
          of({ opcode: 9, payload: 'p1' }),
          of({ opcode: 0, payload: '', final: false }),
          of({ opcode: 10, payload: '' }),
          of({ opcode: 0, payload: '"£"}' }),
        ],
        ['ping p1', 'pong ', 'text {"a":"£"}'],
        masked,
      );
    });
    test(`a close with a code and a reason, and one without, of ${side}`, () => {
      eachWay([of({ opcode: 8, payload: closing(1001, 'away') })], ['close 1001 away'], masked);
      eachWay([of({ opcode: 8 })], ['close null'], masked);
    });
  }

  test('a message of more than 64 KiB', () => {
    const long = 'y'.repeat(70_000);
    assert.deepEqual(heard(frame({ payload: long }), [1, 9, 10, 11, 66_000], false), [`text ${long}`]);
  });

  test('packed messages, each by itself, in fragments, or leaning on the one before', () => {
    const [first, second] = ['{"method":"SearchOrdersV1"}', '{"method":"SearchOrdersV1","id":"2"}'];
    const one = packed(first);
    eachWay(
      [
        frame({ payload: one, reserved: 0x40 }),
        frame({ payload: 'plain' }),
        frame({ payload: packed(second).subarray(0, 5), reserved: 0x40, final: false }),
        frame({ opcode: 9, payload: 'p' }),
        frame({ opcode: 0, payload: packed(second).subarray(5) }),
      ],
      [`text ${first}`, 'text plain', 'ping p', `text ${second}`],
      false,
      () => new Inflater(false),
    );
    eachWay(
      [
        frame({ payload: one, reserved: 0x40 }),
        frame({ payload: packed(second, Buffer.from(first)), reserved: 0x40 }),
      ],
      [`text ${first}`, `text ${second}`],
      false,
      () => new Inflater(true),
    );
  });
});

suite('what is broken ends the reading, and nothing else', () => {
  const broken: Readonly<Record<string, readonly [Framed | Buffer, boolean, RegExp]>> = {
    'a client without a mask': [{ payload: 'a' }, true, /does not mask/],
    'a server with a mask': [{ payload: 'a', masked: true }, false, /a server masks/],
    'an opcode that means nothing': [{ opcode: 3 }, false, /opcode 3/],
    'a control opcode that means nothing': [{ opcode: 11 }, false, /opcode 11/],
    'a fragment of a ping': [{ opcode: 9, final: false }, false, /fragmented/],
    'a long ping': [{ opcode: 9, payload: 'x'.repeat(126) }, false, /126 bytes/],
    'a message that never began': [{ opcode: 0, payload: 'a' }, false, /never began/],
    'a packed message where nothing was agreed': [{ payload: 'a', reserved: 0x40 }, false, /not agreed/],
    'another bit': [{ payload: 'a', reserved: 0x20 }, false, /not agreed/],
    'a length beyond all measure': [{ announced: 2n ** 63n }, false, /length/],
    'a message within another': [
      Buffer.concat([frame({ payload: 'a', final: false }), frame({ payload: 'b' })]),
      false,
      /within another/,
    ],
  };
  for (const [what, [framed, masked, why]] of Object.entries(broken))
    test(what, () => {
      const bytes = Buffer.isBuffer(framed) ? framed : frame(framed);
      const [only, ...more] = heard(Buffer.concat([bytes, frame({ payload: 'after' })]), [], masked);
      assert.match(only ?? '', why);
      assert.deepEqual(more, []);
    });

  test('text that is no UTF-8 is a binary message', () => {
    assert.match(heard(frame({ payload: Buffer.from([0xc3, 0x28]) }), [], false)[0]!, /^binary/);
  });

  test('what cannot be unpacked is not whole, nor what leans on it', () => {
    const nonsense = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]);
    const [first, second, third] = heard(
      Buffer.concat([
        frame({ payload: nonsense, reserved: 0x40 }),
        frame({ payload: packed('hello'), reserved: 0x40 }),
        frame({ payload: 'plain' }),
      ]),
      [],
      false,
      new Inflater(true),
    );
    assert.match(first!, /\(in part\)$/);
    assert.match(second!, /\(in part\)$/);
    assert.equal(third, 'text plain');
  });
});

suite('memory has an end', () => {
  test('of a message of 3 MiB a part is kept, and the next is read', () => {
    const seen: Said[] = [];
    const reader = new FrameReader(false, null, (said) => seen.push(said));
    const chunk = Buffer.alloc(65_536, 97);
    const head = frame({ announced: BigInt(48 * chunk.length) });
    reader.read(head);
    for (let at = 0; at < 48; at += 1) reader.read(chunk);
    reader.read(frame({ payload: 'next' }));
    const [huge, next] = seen;
    assert.ok(huge?.kind === 'text' && !huge.whole && huge.content.bytes().length === KEPT);
    assert.equal(next && short(next), 'text next');
  });

  test('a message that unpacks to 200 MiB is unpacked up to what is kept', () => {
    const bomb = packed('0'.repeat(200 * 1024 * 1024));
    const seen: Said[] = [];
    const reader = new FrameReader(false, new Inflater(false), (said) => seen.push(said));
    const before = process.memoryUsage().arrayBuffers;
    reader.read(Buffer.concat([frame({ payload: bomb, reserved: 0x40 }), frame({ payload: 'next' })]));
    const [huge, next] = seen;
    assert.ok(huge?.kind === 'text' && !huge.whole);
    assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 1024 * 1024);
    assert.equal(next && short(next), 'text next');
  });
});
