import type { Body } from '../../record/vocabulary.ts';
import { maskCards } from './cards.ts';
import { openings, unpackings } from './packed.ts';
import type { Redaction } from './redaction.ts';

/** Bytes in bytes, and no deeper. */
const DEEPEST = 3;

/**
 * Bytes that are no text, as they are kept: as they came where no reading of them holds a secret, else as the text of that
 * reading without it. What can't be searched is not kept; a note says so.
 */
export function searchedBytes(bytes: Buffer, redaction: Redaction): Body {
  const found = search(bytes, redaction, 0);
  if (found === null) return { base64: bytes.toString('base64') };
  return { text: found };
}

function search(bytes: Buffer, redaction: Redaction, depth: number): string | null {
  const letters = bytes.toString('latin1');
  const redacted = redaction.text(letters);
  if (redacted !== letters) {
    // What is packed among it may hold another one, or the same once more.
    const packed = depth < DEEPEST ? firstIn(unpackings(bytes), bytes, redaction, depth) : null;
    return packed ?? redacted;
  }
  // The data of a card's chip holds its number in half bytes.
  const halves = bytes.toString('hex');
  if (maskCards(halves) !== halves) return note(bytes, 'hold a card number');
  if (depth === DEEPEST) return note(bytes, 'could not be searched for secrets');
  return firstIn(openings(bytes), bytes, redaction, depth);
}

/** What is kept of bytes of which these are readings, by the first that holds a secret. */
function firstIn(
  readings: Iterable<Buffer | null>,
  bytes: Buffer,
  redaction: Redaction,
  depth: number,
): string | null {
  for (const opened of readings) {
    if (opened === null) return note(bytes, 'could not be searched for secrets');
    const found = search(opened, redaction, depth + 1);
    if (found !== null)
      return depth > 0 || /^\[\d+ bytes/.test(found)
        ? note(bytes, 'hold a secret when they are unpacked')
        : found;
  }
  return null;
}

const note = (bytes: Buffer, what: string): string => `[${bytes.length} bytes that ${what}]`;
