import type { Readable } from 'node:stream';
import { counted } from '../record/counted.ts';

/** How much is read of a till's output: longer lines are dropped, faster ones are left to wait. */
export interface Limits {
  /** Bytes of one line. */
  readonly line: number;
  /** Lines that are taken in a second. */
  readonly lines: number;
  /** Bytes that are taken in a second. */
  readonly bytes: number;
}

export const usualLimits: Limits = { line: 1_000_000, lines: 500, bytes: 4_000_000 };

/** What becomes of a line. */
export interface LineListener {
  line(text: string): void;
  /** Something that is no line of text: too long, not UTF-8, without its end. `shown` is how it begins. */
  odd(problem: string, shown: string): void;
  /** More comes than is taken: the rest is left in the pipe until the next second. Called once a second. */
  flooded(): void;
  /** All that came before the end of the stream has been handed out. */
  ended(): void;
}

/** Stops the reading; a line that has begun and not ended is reported as odd. */
export type Stop = () => void;

const newline = 0x0a;
const second = 1000;

/**
 * Cuts a stream into lines of UTF-8. It holds at the most one line and one chunk in memory, whatever comes: a
 * till that floods it is made to wait by its own pipe.
 */
export function readLines(stream: Readable, listener: LineListener, limits: Limits = usualLimits): Stop {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let held: Buffer[] = [];
  let size = 0;
  let tooLong = false;
  let waiting: Buffer | null = null;
  let budget = { lines: limits.lines, bytes: limits.bytes };
  let refill: NodeJS.Timeout | null = null;
  let closed = false;
  let over = false;

  const decoded = (bytes: Buffer): string | null => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };
  const beginning = (bytes: Buffer): string => bytes.subarray(0, 120).toString('utf8');

  const keep = (part: Buffer): void => {
    size += part.length;
    if (size > limits.line && !tooLong) {
      tooLong = true;
      listener.odd(`a line longer than ${counted(limits.line, 'byte')}`, beginning(held[0] ?? part));
      held = [];
    }
    // A copy, so that a few bytes do not hold on to the whole chunk.
    if (!tooLong && part.length) held.push(Buffer.from(part));
  };

  const finish = (): void => {
    const bytes = Buffer.concat(held);
    const dropped = tooLong;
    held = [];
    size = 0;
    tooLong = false;
    if (dropped) return;
    const text = decoded(bytes);
    if (text === null) listener.odd('a line that is not UTF-8', beginning(bytes));
    else if (text.trim()) listener.line(text);
  };

  const end = (): void => {
    if (over) return;
    over = true;
    if (refill) clearTimeout(refill);
    if (size > 0 && !tooLong) listener.odd('a last line without an end', beginning(Buffer.concat(held)));
    listener.ended();
  };

  /** Hands out as many lines of a chunk as may be taken now. */
  const take = (chunk: Buffer): void => {
    if (over) return;
    refill ??= setTimeout(refilled, second);
    let from = 0;
    while (from < chunk.length) {
      if (budget.lines <= 0 || budget.bytes <= 0) {
        waiting = chunk.subarray(from);
        stream.pause();
        listener.flooded();
        return;
      }
      const found = chunk.indexOf(newline, from);
      const to = found < 0 ? chunk.length : found;
      budget.bytes -= to - from + 1;
      keep(chunk.subarray(from, to));
      if (found >= 0) {
        budget.lines--;
        finish();
      }
      from = to + 1;
    }
  };

  const refilled = (): void => {
    refill = null;
    budget = { lines: limits.lines, bytes: limits.bytes };
    const chunk = waiting;
    waiting = null;
    if (chunk) take(chunk);
    if (waiting) return;
    if (closed) end();
    else stream.resume();
  };

  stream.on('data', (chunk: Buffer) => take(chunk));
  stream.on('error', () => {});
  stream.once('close', () => {
    closed = true;
    if (!waiting) end();
  });
  return () => {
    stream.destroy();
    end();
  };
}
