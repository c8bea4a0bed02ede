/** For tests: frames of RFC 6455 as bytes, right or wrong. */
export interface Framed {
  readonly opcode?: number;
  readonly payload?: string | Buffer;
  readonly masked?: boolean;
  readonly final?: boolean;
  /** Bits of extensions, as they stand in the first byte. */
  readonly reserved?: number;
  /** The length that is announced, in 8 bytes, whatever comes. */
  readonly announced?: bigint;
}

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

export function frame({
  opcode = 1,
  payload = '',
  masked = false,
  final = true,
  reserved = 0,
  announced,
}: Framed): Buffer {
  const bytes = Buffer.from(payload);
  const { length } = bytes;
  const short = announced !== undefined ? 127 : length < 126 ? length : length < 65_536 ? 126 : 127;
  const size = Buffer.alloc(short === 127 ? 8 : short === 126 ? 2 : 0);
  if (short === 127) size.writeBigUInt64BE(announced ?? BigInt(length));
  if (short === 126) size.writeUInt16BE(length);
  const head = Buffer.from([(final ? 0x80 : 0) | reserved | opcode, (masked ? 0x80 : 0) | short]);
  if (!masked) return Buffer.concat([head, size, bytes]);
  const hidden = bytes.map((byte, at) => byte ^ mask[at & 3]!);
  return Buffer.concat([head, size, mask, hidden]);
}

/** The same by a client. */
export const ofClient = (framed: Framed): Buffer => frame({ masked: true, ...framed });

/** The payload of a close. */
export function closing(code: number, reason = ''): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return Buffer.concat([bytes, Buffer.from(reason)]);
}
