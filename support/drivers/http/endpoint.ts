import type { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { Blocked } from '../../record/blocked.ts';
import { counted } from '../../record/counted.ts';
import { type Connection, type Described, expectedIn, Lost, named, Unreadable } from '../connection.ts';
import { readLines, type Stop } from '../lines.ts';
import { mostDisplays, Pace } from '../pace.ts';
import { connectorTo } from '../pinned.ts';
import { type Call, type Event, type Reply, read, written } from '../protocol.ts';
import { Rubbish } from '../remains.ts';
import { secretVariable } from './secret.ts';

/** Where a POS's test endpoint is, and what it asks of who calls. */
export interface Place {
  /** Without a slash at its end. */
  readonly url: string;
  readonly secret: string;
  /** Its displays are followed; else only its answers count. */
  readonly displays: boolean;
  /** Path of the one certificate that it may show. */
  readonly certificate?: string | undefined;
}

/** An answer that is longer, in bytes, is none. */
const longest = 1_000_000;

/** A stream of displays that ends is opened again, and no sooner than so long after it was opened last, in ms. */
const soonest = 50;

/**
 * A POS's test endpoint: each call is a POST to its name, with the message as the body and the reply as the answer. What
 * the POS shows comes as server-sent events of `GET /events`.
 */
export class Endpoint implements Connection {
  readonly #place: Place;
  readonly #reported: Described;
  readonly #events: Pace<Event>;
  readonly #rubbish = new Rubbish('Among its events besides');
  readonly #agent: Agent;
  #queue: Promise<unknown> = Promise.resolve();
  #ids = 0;
  #stopReading: Stop = () => {};
  #pause: NodeJS.Timeout | undefined;
  #lost: string | null = null;
  #ended: () => void = () => {};
  readonly ended: Promise<void> = new Promise((resolve) => {
    this.#ended = resolve;
  });

  constructor(place: Place, answered: Described) {
    this.#place = place;
    // A connection for each call: one that is kept may be closed by the POS in the moment in which the kit uses it. Whatever
    // certificate it shows is taken where the profile names none, for it is on this machine.
    const { certificate } = place;
    const connect = certificate === undefined ? { rejectUnauthorized: false } : connectorTo(certificate);
    this.#agent = new Agent({ pipelining: 0, headersTimeout: 0, bodyTimeout: 0, connect });
    this.#reported = answered;
    this.#events = new Pace(
      mostDisplays,
      (event) => answered.event(event),
      () => this.#rubbish.add(`more displays than can be taken (${mostDisplays} a second)`, ''),
    );
  }

  get lost(): string | null {
    return this.#lost;
  }

  get remains(): string {
    return this.#rubbish.words;
  }

  ask(call: Call, within: number): Promise<Reply> {
    const asked = this.#queue.then(() => this.#ask(call, within));
    this.#queue = asked.catch(() => {});
    return asked;
  }

  end(why: string): void {
    if (this.#lost !== null) return;
    this.#lost = why;
    clearTimeout(this.#pause);
    this.#events.stop();
    this.#stopReading();
    void this.#agent.destroy();
    this.#ended();
    this.#reported.lost();
  }

  async #ask(call: Call, within: number): Promise<Reply> {
    const id = ++this.#ids;
    const text = await this.#within(within, named(call), async (signal) => {
      const { status, body } = await this.#sent('POST', call.call, signal, written(id, call));
      if (status !== 200) throw new Unreadable(`POST /${call.call} was answered with the status ${status}`);
      return textOf(body);
    });
    const reading = read(text);
    if ('problem' in reading) throw new Unreadable(reading.problem);
    const { message } = reading;
    if ('event' in message) throw new Unreadable('it is an event, and no reply');
    if (message.id !== id)
      throw new Unreadable(`its id is ${message.id}, and has to be ${id}, as it was sent`);
    if (!(expectedIn(call) in message)) throw new Unreadable(`it has no \`${expectedIn(call)}\``);
    if (call.call === 'hello' && this.#place.displays)
      await this.#within(within, 'GET /events', (signal) => this.#watch(signal));
    return message;
  }

  /** Follows what the POS shows, until it is lost; resolves with the first of it. */
  async #watch(signal?: AbortSignal): Promise<void> {
    const opened = performance.now();
    const { status, body } = await this.#sent('GET', 'events', signal);
    if (status !== 200) throw new Unreadable(`GET /events was answered with the status ${status}`);
    const first = Promise.withResolvers<void>();
    let some = false;
    this.#stopReading = readLines(body, {
      line: (line) => {
        const [, text] = /^data:(.*)$/.exec(line.trimEnd()) ?? [];
        if (text === undefined) return;
        this.#take(text);
        some = true;
        first.resolve();
      },
      odd: (problem, shown) => this.#rubbish.add(problem, shown),
      flooded: () => this.#rubbish.add('more lines than can be read (500 lines or 4 MB a second)', ''),
      ended: () => {
        first.reject(new Unreadable('GET /events ended before it had sent what the POS shows'));
        if (some && this.#lost === null) this.#watchAgain(opened);
      },
    });
    await first.promise;
  }

  #watchAgain(opened: number): void {
    const again = () => this.#watch().catch((error) => this.end(this.#whyOf(error)));
    this.#pause = setTimeout(again, Math.max(0, soonest - (performance.now() - opened)));
  }

  #take(text: string): void {
    if (this.#lost !== null) return;
    const reading = read(text);
    if ('problem' in reading) {
      this.#rubbish.add(reading.problem, text);
      if (reading.display) this.#reported.unread(reading.problem);
    } else if ('event' in reading.message) this.#events.take(reading.message);
    else this.#rubbish.add('a reply, where only events belong', text);
  }

  async #sent(
    method: 'GET' | 'POST',
    name: string,
    signal?: AbortSignal,
    body?: string,
  ): Promise<{ status: number; body: Readable }> {
    const { url, secret } = this.#place;
    const answer = await request(`${url}/${name}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? { accept: 'text/event-stream' } : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
      dispatcher: this.#agent,
    });
    const { statusCode: status } = answer;
    if (status === 401 || status === 403)
      throw new Blocked(
        'KIT-SECRET-002',
        `The POS's test endpoint at ${url} refuses the kit's secret: it answered ${status}`,
        `Put the secret that the POS expects into ${secretVariable}; the kit sends it as \`Authorization: Bearer …\`.`,
      );
    return { status, body: answer.body };
  }

  /** Throws a `Blocked` when it takes longer: that alone says nothing about the POS. */
  async #within<Result>(
    ms: number,
    what: string,
    act: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (this.#lost !== null) throw new Lost(this.#lost);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), ms);
    try {
      return await act(limit.signal);
    } catch (error) {
      if (error instanceof Unreadable || error instanceof Blocked) throw error;
      if (limit.signal.aborted)
        throw new Blocked(
          'KIT-DRIVER-003',
          `The POS's test endpoint gave no answer to ${what} within ${ms / 1000} s`,
          'Let it answer as soon as the POS has taken what it was asked for, or give it longer by `driver.answerWithin` in the profile.',
        );
      if (this.#lost === null) this.end(this.#whyOf(error));
      throw new Lost(this.#lost ?? '');
    } finally {
      clearTimeout(timer);
    }
  }

  #whyOf(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    const { host } = new URL(this.#place.url);
    if (code === 'ECONNREFUSED') return `nothing listens at ${host}`;
    if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET')
      return `${host} closed the connection before it had answered`;
    return message || String(code ?? error);
  }
}

/** The whole body. Throws an `Unreadable` when it is no text that the kit would read. */
async function textOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longest) throw new Unreadable(`it is longer than ${counted(longest, 'byte')}`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Unreadable('it is not UTF-8');
  }
}
