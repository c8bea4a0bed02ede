import { closeSync, openSync, readSync, truncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { Blocked } from '../blocked.ts';
import { Chain, linkLine, type StreamHead } from '../chain.ts';
import { type Again, type Continuation, media } from '../stream.ts';
import { UsageError } from '../usage-error.ts';
import type { Run } from '../vocabulary.ts';
import { written } from './disk.ts';

/** The files of a stream in the folder of its run. */
export const files = { messages: 'messages.ndjson', chain: 'messages.chain' } as const;

/** In the place of a digest, which is as long. */
const none = '0'.repeat(64);

/** Writes bytes to an open file from an offset on, and says how many; `writeSync`, unless a test gives another. */
export type Write = (file: number, bytes: Uint8Array, from: number) => number;

/**
 * `messages.ndjson`, written synchronously as the messages arrive, so that a run that is killed leaves a
 * stream that reads. Beside it `messages.chain` holds, line by line, the digest of each message chained to
 * those before it.
 */
export class StreamFile {
  readonly #path: string;
  readonly #write: Write;
  readonly #take: (envelope: Envelope) => void;
  readonly #chain = new Chain();
  /** Where in the file each message begins, and at the end where the next will. */
  readonly #begins = [0];
  #open: { readonly messages: number; readonly chain: number } | null;

  /**
   * `take` is given each envelope once it is on its way to the disk. `before` holds the lines of a stream that goes on:
   * what lies behind them, a line that was cut off, is taken away.
   * Throws a `UsageError` when another run has its stream there: of two that begin at once, one gets the folder.
   * This and every writing throw a `Blocked` when the disk refuses; the stream is closed by then.
   */
  constructor(
    folder: string,
    take: (envelope: Envelope) => void,
    write: Write = writeSync,
    before: readonly Uint8Array[] | null = null,
  ) {
    this.#path = join(folder, files.messages);
    this.#write = write;
    this.#take = take;
    for (const line of before ?? []) {
      this.#chain.take(line);
      this.#begins.push(this.#begins.at(-1)! + line.length);
    }
    const chain = join(folder, files.chain);
    this.#open = written(this.#path, () => {
      if (!before) return { messages: newFile(this.#path), chain: openSync(chain, 'w') };
      truncateSync(this.#path, this.#begins.at(-1)!);
      truncateSync(chain, before.length * linkLine({ head: none, digest: none }).length);
      return { messages: openSync(this.#path, 'a'), chain: openSync(chain, 'a') };
    });
  }

  /** How many messages were written, and the digest that stands for them. */
  get head(): StreamHead {
    return this.#chain.head;
  }

  /** Writes the record of the run, which comes first. */
  start(run: Run): void {
    this.write(attachment(media.run, run));
  }

  /** Writes a message; once the stream is closed, nothing is its part any more. */
  write(envelope: Envelope): void {
    if (!this.#open) return;
    const { messages, chain } = this.#open;
    const line = Buffer.from(`${JSON.stringify(envelope)}\n`);
    try {
      written(this.#path, () => {
        this.#append(messages, line);
        this.#begins.push(this.#begins.at(-1)! + line.length);
        this.#append(chain, Buffer.from(linkLine(this.#chain.take(line))));
      });
    } catch (error) {
      this.close();
      throw error;
    }
    this.#take(envelope);
  }

  /** Writes that these rows are run once more: without it a row that is there twice is none of the run's doing. */
  again(rows: readonly string[], why: Again = 'slow'): void {
    this.write(attachment(media.again, { rows, why }));
  }

  /** Writes that the run goes on, after it was broken off or had ended. */
  goOn(continuation: Continuation): void {
    this.write(attachment(media.again, continuation));
  }

  /** Writes the record that the run came to its end. */
  finish(): void {
    this.write(attachment(media.finished, { finishedAt: new Date().toISOString() }));
  }

  /**
   * Messages that were written, from one place to another, both included; the first place is 0.
   * Throws a `Blocked` when they can't be read any more.
   */
  readAgain(first: number, last: number): Envelope[] {
    const from = this.#begins[first]!;
    const bytes = Buffer.alloc(this.#begins[last + 1]! - from);
    try {
      const file = openSync(this.#path, 'r');
      try {
        readSync(file, bytes, 0, bytes.length, from);
      } finally {
        closeSync(file);
      }
      // One at a time: a row may hold more than one text can.
      return this.#begins
        .slice(first, last + 1)
        .map((begin, index) => bytes.subarray(begin - from, this.#begins[first + index + 1]! - from))
        .map((line) => JSON.parse(line.toString()) as Envelope);
    } catch (error) {
      throw new Blocked(
        'KIT-DISK-002',
        `Expected to read ${this.#path} again, which this run has written, but ${(error as Error).message}`,
        'See that nothing moves, deletes or changes the folder of a run while it is going on, and run again.',
      );
    }
  }

  close(): void {
    if (this.#open) for (const file of Object.values(this.#open)) closeSync(file);
    this.#open = null;
  }

  #append(file: number, bytes: Uint8Array): void {
    for (let sent = 0; sent < bytes.length; ) sent += this.#write(file, bytes, sent);
  }
}

function newFile(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(
      'KIT-RECORD-003',
      `Expected ${dirname(path)} to hold no run, but another one has begun there. Give another folder as --out; what it records is kept.`,
    );
  }
}

function attachment(mediaType: string, content: unknown): Envelope {
  return {
    attachment: {
      body: JSON.stringify(content),
      contentEncoding: 'IDENTITY' as NonNullable<Envelope['attachment']>['contentEncoding'],
      mediaType,
      timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
    },
  };
}
