import { closeSync, openSync, writeSync } from 'node:fs';
import type { Envelope } from '@cucumber/messages';
import { media } from '../verdict/index.ts';
import type { Run } from '../vocabulary.ts';

/**
 * `messages.ndjson`, written synchronously as the messages arrive, so that a run that is killed leaves a
 * stream that reads. Its first record is the run itself.
 */
export class StreamFile {
  #file: number | null;
  readonly #take: (envelope: Envelope) => void;

  /** `take` is given each envelope once it is on its way to the disk. */
  constructor(path: string, run: Run, take: (envelope: Envelope) => void) {
    this.#file = openSync(path, 'w');
    this.#take = take;
    this.write(attachment(media.run, run));
  }

  /** Writes a message; once the stream is closed, nothing is its part any more. */
  write(envelope: Envelope): void {
    if (this.#file === null) return;
    const line = Buffer.from(`${JSON.stringify(envelope)}\n`);
    for (let sent = 0; sent < line.length; ) sent += writeSync(this.#file, line, sent);
    this.#take(envelope);
  }

  /** Writes the record that the run came to its end. */
  finish(): void {
    this.write(attachment(media.finished, { finishedAt: new Date().toISOString() }));
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
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
