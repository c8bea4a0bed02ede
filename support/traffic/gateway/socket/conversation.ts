import { monotonic } from '../../../record/monotonic.ts';
import type { Exchange, Json, Party } from '../../../record/vocabulary.ts';
import type { Capture } from '../capture.ts';
import { FrameReader, type Said } from './frames.ts';
import type { Inflater } from './inflate.ts';

type Side = Extract<Party, 'subject' | 'dojo'>;

/** What one side sent: what it goes by, and what it says. */
export interface Sent {
  readonly from: Side;
  /** The method of a call; else `message`, `ping`, `pong`, `close`, or `unreadable` for a frame that the standard forbids. */
  readonly method: string;
  readonly content: Capture | Json;
}

/** What a side sent, and what the other made of it. */
export interface Spoken extends Sent {
  /** The id of a call, as text. */
  readonly id: string | null;
  readonly answer: Capture | Json | null;
  readonly trouble?: NonNullable<Exchange['trouble']>;
  readonly at: number;
  readonly until: number;
  readonly startedAt: number;
}

type Open = Sent & Pick<Spoken, 'id' | 'at' | 'startedAt'>;

/** So many calls wait for their answers at most, and so many of their bytes are kept: the oldest is given up first. */
const mostOpen = 10_000;
const mostKept = 32 * 1024 * 1024;
/** Of one connection so many pings and pongs are recorded, then no more. */
const mostSigns = 1000;

const other = (side: Side): Side => (side === 'dojo' ? 'subject' : 'dojo');

/**
 * What is said over one WebSocket, read from the bytes of both sides: each call of Dojo with the answer that has its id,
 * each ping with its pong, each close with the close that answers it, and all else by itself.
 */
export class Conversation {
  readonly #emit: (spoken: Spoken) => void;
  readonly #readers: Readonly<Record<Side, FrameReader>>;
  readonly #calls = new Map<string, Open[]>();
  #open = 0;
  #kept = 0;
  readonly #pings: Record<Side, Open[]> = { subject: [], dojo: [] };
  readonly #closes: Partial<Record<Side, Open>> = {};
  #signs = 0;
  #over = false;

  constructor(packing: { client: Inflater; server: Inflater } | null, emit: (spoken: Spoken) => void) {
    this.#emit = emit;
    this.#readers = {
      subject: new FrameReader(true, packing?.client ?? null, (said) => this.#take('subject', said)),
      dojo: new FrameReader(false, packing?.server ?? null, (said) => this.#take('dojo', said)),
    };
  }

  read(from: Side, chunk: Buffer): void {
    if (!this.#over) this.#readers[from].read(chunk);
  }

  /** Waits no longer for the answer to a call. Returns whether it was waited for. */
  giveUp(id: string): boolean {
    const call = this.#called(id);
    if (call) this.#close(call, null, 'client-dropped');
    return call !== null;
  }

  /** The connection is gone, and what was open with it. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    for (const calls of this.#calls.values())
      for (const call of calls) this.#close(call, null, 'upstream-dropped');
    for (const side of ['subject', 'dojo'] as const) {
      for (const ping of this.#pings[side]) this.#close(ping, null);
      const close = this.#closes[side];
      if (close) this.#close(close, null);
    }
    this.#calls.clear();
  }

  #take(from: Side, said: Said): void {
    switch (said.kind) {
      case 'text':
        this.#message(from, said.content, said.whole);
        break;
      case 'binary':
        this.#alone(from, 'message', said.content);
        break;
      case 'ping':
        this.#ping(from, said.content);
        break;
      case 'pong':
        this.#pong(from, said.content);
        break;
      case 'close':
        this.#closing(from, { code: said.code, reason: said.reason });
        break;
      default:
        this.#alone(from, 'unreadable', said.why);
    }
  }

  #message(from: Side, content: Capture, whole: boolean): void {
    const { id, method } = whole ? headOf(content) : { id: null, method: null };
    const call = from === 'subject' && id !== null ? this.#called(id) : null;
    if (from === 'dojo' && id !== null && method !== null) this.#call(id, method, content);
    else if (call) this.#close(call, content);
    else this.#alone(from, 'message', content);
  }

  #call(id: string, method: string, content: Capture): void {
    const calls = this.#calls.get(id) ?? [];
    calls.push(opened({ from: 'dojo', method, content }, id));
    this.#calls.set(id, calls);
    this.#open += 1;
    this.#kept += content.size;
    while (this.#open > mostOpen || (this.#kept > mostKept && this.#open > 1)) {
      const [oldest] = this.#calls.keys();
      this.giveUp(oldest!);
    }
  }

  /** The call of that id that waits longest; it waits no more. */
  #called(id: string): Open | null {
    const [call, ...later] = this.#calls.get(id) ?? [];
    if (!call) return null;
    if (later.length) this.#calls.set(id, later);
    else this.#calls.delete(id);
    this.#open -= 1;
    this.#kept -= (call.content as Capture).size;
    return call;
  }

  #ping(from: Side, content: Capture): void {
    this.#signs += 1;
    if (this.#signs <= mostSigns) this.#pings[from].push(opened({ from, method: 'ping', content }));
  }

  /** A pong answers the ping that it repeats, and those before that (RFC 6455, section 5.5.3). */
  #pong(from: Side, content: Capture): void {
    const pings = this.#pings[other(from)];
    const answered = pings.findIndex((ping) => (ping.content as Capture).bytes().equals(content.bytes()));
    for (const ping of pings.splice(0, answered + 1)) this.#close(ping, content);
    if (answered >= 0) return;
    this.#signs += 1;
    if (this.#signs <= mostSigns) this.#alone(from, 'pong', content);
  }

  #closing(from: Side, content: { code: number | null; reason: string }): void {
    const begun = this.#closes[other(from)];
    delete this.#closes[other(from)];
    if (begun) this.#close(begun, content);
    else this.#closes[from] ??= opened({ from, method: 'close', content });
  }

  #alone(from: Side, method: string, content: Capture | Json): void {
    this.#close(opened({ from, method, content }), null);
  }

  #close(open: Open, answer: Spoken['answer'], trouble?: Spoken['trouble']): void {
    this.#emit({ ...open, answer, ...(trouble ? { trouble } : {}), until: monotonic() });
  }
}

const opened = (sent: Sent, id: string | null = null): Open => ({
  ...sent,
  id,
  at: monotonic(),
  startedAt: Date.now(),
});

/** The id and the method of a message in JSON-RPC; an id that is a number is read as text. */
function headOf(content: Capture): { id: string | null; method: string | null } {
  let json: unknown;
  try {
    json = JSON.parse(content.bytes().toString('utf8'));
  } catch {
    json = null;
  }
  const { id, method } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : null,
    method: typeof method === 'string' ? method : null,
  };
}
