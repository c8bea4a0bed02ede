import type { Socket } from 'node:net';
import { monotonic } from '../../record/monotonic.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { Ahead } from './ahead.ts';
import { answer, staysHere } from './fault-answer.ts';
import type { Faults } from './faults.ts';
import { listOf } from './head.ts';
import type { RequestReader } from './request.ts';
import { ResponseReader } from './response.ts';
import type { Conversation } from './socket/conversation.ts';
import { Transit } from './transit.ts';
import type { Upstream } from './upstream.ts';
import { UpstreamLine } from './upstream-line.ts';

/** What a connection needs of its gateway. */
export interface Site {
  readonly upstream: Upstream;
  readonly faults: Faults;
  /** No request that has not begun yet may go on. */
  readonly sealed: boolean;
  begun(): void;
  /**
   * Called once for each transit that has begun; null when nothing of it is worth a record. Returns the id of what was
   * recorded.
   */
  ended(transit: Transit | null, cause?: Error): string | null;
  /** A WebSocket was opened by the exchange of that id: what is said over it is read along. */
  talk(handshake: string, transit: Transit): Conversation;
}

/**
 * An upstream connection idle for so long (ms) is given up: servers close theirs after five seconds and
 * more, and a request must not cross with that.
 */
const IDLE = 4_000;

/**
 * A client that has ended its side may still read, or be gone: that shows only when something is sent to it. It is
 * taken for gone when the upstream stays silent for so long (ms) after that.
 */
const SILENT = 30_000;

/**
 * Carries one connection of the till over one of its own to the upstream, byte for byte, an exchange after
 * the other. Whatever either side does to its connection, the other side sees: no answer is invented and no
 * request is sent twice. Only an upstream connection that ends between two exchanges is silently replaced, and a
 * client that ends its side after its request is answered, also by servers that would take that for an abort.
 */
export class Connection {
  readonly #client: Socket;
  readonly #site: Site;
  readonly #upstream: UpstreamLine;
  #current: Transit | null = null;
  readonly #ahead = new Ahead();
  /** `closing`: the last response has been given. `tunnel`: both sides have left HTTP. */
  #state: 'carrying' | 'closing' | 'tunnel' = 'carrying';
  #delay: NodeJS.Timeout | undefined;
  /** When the client ended its side; null while it may still send. */
  #leftAt: number | null = null;
  /** A request that was answered before its body came, which is still to come or was given up. */
  #owing: RequestReader | null = null;
  /** What is said over a WebSocket, once the connection is one. */
  #talk: Conversation | null = null;

  constructor(client: Socket, site: Site) {
    this.#client = client;
    this.#site = site;
    this.#upstream = new UpstreamLine(site.upstream, {
      data: (chunk) => this.#fromUpstream(chunk),
      drained: () => client.resume(),
      silent: () => this.#upstreamSilent(),
      gone: (trouble, why) => this.#upstreamGone(trouble, why),
    });
    let cause: Error | undefined;
    client.on('data', (chunk: Buffer) => this.#fromClient(chunk));
    client.on('drain', () => this.#upstream.resume());
    client.on('error', (error) => {
      cause = error;
    });
    client.on('end', () => this.#clientLeft());
    client.on('close', () => this.#clientGone(cause));
  }

  /** Waits no longer for the upstream. */
  giveUp(): void {
    if (this.#leftAt !== null) this.#clientGone(undefined);
    else this.#upstreamGone('upstream-dropped', new Error('the gateway waited no longer'));
  }

  /** Waits no longer for the answer to a call over its WebSocket. Returns whether it was waited for. */
  giveUpCall(id: string): boolean {
    return this.#talk?.giveUp(id) === true;
  }

  #fromClient(chunk: Buffer): void {
    if (this.#state === 'tunnel') {
      this.#talk?.read('subject', chunk);
      this.#send(chunk);
    }
    if (this.#state !== 'carrying') return;
    const current = this.#current;
    if (this.#owing) this.#settleDebt(this.#owing, chunk);
    else if (!current) this.#begin(chunk);
    else if (current.request.complete) this.#keepAhead(chunk);
    else this.#carry(current, chunk);
  }

  /** After an early answer the client sends the body that it announced, or lets that be and begins anew. */
  #settleDebt(owing: RequestReader, chunk: Buffer): void {
    const begins = beginsRequest(chunk);
    const taken = begins ? 0 : owing.readBody(chunk);
    this.#send(chunk.subarray(0, taken));
    if (begins || owing.complete) this.#owing = null;
    if (taken < chunk.length) this.#fromClient(chunk.subarray(taken));
  }

  /** Empty lines before a request are no part of it (RFC 9112, section 2.2). */
  #begin(chunk: Buffer): void {
    const first = chunk.findIndex((byte) => byte !== 13 && byte !== 10);
    if (first < 0) return;
    if (this.#site.sealed) {
      this.#client.destroy();
      return;
    }
    this.#site.begun();
    this.#current = new Transit();
    this.#carry(this.#current, chunk.subarray(first));
  }

  #carry(current: Transit, chunk: Buffer): void {
    const { request } = current;
    let head = '';
    let rest = chunk;
    if (!request.begun) {
      const got = request.readHead(rest);
      if (!got) return;
      ({ head, rest } = got);
      this.#route(current);
    }
    const taken = request.readBody(rest);
    if (!staysHere(current.fault)) {
      const body = rest.subarray(0, taken);
      this.#send(
        head === '' ? body : Buffer.concat([Buffer.from(this.#site.upstream.address(head), 'latin1'), body]),
      );
    }
    if (taken < rest.length) this.#keepAhead(rest.subarray(taken));
    if (request.complete) this.#requested(current);
  }

  #route(current: Transit): void {
    const { request } = current;
    current.response = new ResponseReader(request.method);
    current.fault = this.#site.faults.meet(request.method, request.target);
    if (staysHere(current.fault)) {
      // Whatever becomes of an idle upstream connection must not be taken for this request's end.
      this.#leaveUpstream();
      if (request.awaitsContinue) this.#client.write('HTTP/1.1 100 Continue\r\n\r\n');
      return;
    }
    this.#upstream.reach();
  }

  /** A client that has ended its side is not waited for any longer. */
  #upstreamSilent(): boolean {
    if (this.#leftAt === null) return false;
    this.#clientGone(undefined);
    return true;
  }

  #send(bytes: Buffer): void {
    if (!this.#upstream.write(bytes)) this.#client.pause();
  }

  #keepAhead(chunk: Buffer): void {
    if (!this.#ahead.keep(chunk)) this.#client.pause();
  }

  #requested(current: Transit): void {
    const effect = current.fault?.effect;
    if (effect?.kind === 'answer') this.#carryBack(current, answer(effect, current.request.method));
    else if (effect?.kind === 'drop-before') this.#drop(current, 'upstream-dropped');
    else if (current.until !== null) this.#finish(current);
  }

  #fromUpstream(chunk: Buffer): void {
    const current = this.#current;
    if (this.#state === 'tunnel') {
      this.#talk?.read('dojo', chunk);
      this.#deliver(chunk);
    } else if (!current?.response || current.response.complete) {
      // Nobody asked: a server may say so when it gives up an idle connection.
      this.#leaveUpstream();
    } else if (current.fault?.effect.kind === 'delay' && this.#delay === undefined) {
      this.#upstream.pause();
      this.#delay = setTimeout(() => {
        this.#carryBack(current, chunk);
        this.#upstream.resume();
      }, current.fault.effect.ms);
    } else {
      this.#carryBack(current, chunk);
    }
  }

  #carryBack(current: Transit, chunk: Buffer): void {
    const response = current.response!;
    const taken = response.read(chunk);
    if (response.switches) {
      this.#switchOver(current, chunk);
    } else if (current.fault?.effect.kind === 'drop-after') {
      if (response.complete) this.#drop(current, 'upstream-dropped');
    } else {
      this.#deliver(chunk.subarray(0, taken), response.complete ? current : undefined);
      if (taken < chunk.length) this.#leaveUpstream();
    }
  }

  /** Gives bytes to the client; with `last` they are the end of that transit's response. */
  #deliver(bytes: Buffer, last?: Transit): void {
    if (last) last.readableAt = monotonic();
    const flowing = this.#client.write(bytes, (error) => {
      if (!last || error) return;
      if (this.#leftAt === null) this.#delivered(last);
      else this.#probe(last);
    });
    if (!flowing) this.#upstream.pause();
  }

  /** Whether a client that has ended its side was there to get what was sent: else sending nothing is an error. */
  #probe(last: Transit): void {
    setImmediate(() => {
      if (this.#client.destroyed) return;
      this.#client.write('', (error) => {
        if (!error) this.#delivered(last);
      });
    });
  }

  #delivered(current: Transit): void {
    const { request, response } = current;
    current.until = monotonic();
    if (request.complete || request.endless || !this.#upstream.open || !response?.keepsAlive)
      this.#finish(current);
    else if (request.awaitsContinue && request.content.size === 0) {
      this.#owing = request;
      this.#settle(current);
      this.#upstream.setTimeout(IDLE);
    }
  }

  #finish(current: Transit): void {
    if (this.#current !== current) return;
    const { request, response } = current;
    const goesOn = request.complete && request.keepsAlive && response?.keepsAlive === true;
    this.#settle(current);
    if (!goesOn || (this.#leftAt !== null && this.#ahead.empty)) {
      this.#state = 'closing';
      this.#leaveUpstream();
      this.#client.end();
      return;
    }
    this.#upstream.setTimeout(IDLE);
    if (this.#ahead.empty) return;
    const ahead = this.#ahead.take();
    this.#client.resume();
    this.#fromClient(ahead);
    // A client that has ended its side sends nothing more: a request that is not whole by now never will be.
    if (this.#leftAt !== null && this.#state === 'carrying') this.#clientLeft();
  }

  #settle(current: Transit, trouble?: Exchange['trouble'], cause?: Error): string | null {
    clearTimeout(this.#delay);
    this.#delay = undefined;
    this.#current = null;
    current.until ??= (trouble === 'client-dropped' ? this.#leftAt : null) ?? monotonic();
    if (trouble) current.trouble = trouble;
    return this.#site.ended(current.request.begun ? current : null, cause);
  }

  /** A fault ends the connection. */
  #drop(current: Transit, trouble: Exchange['trouble']): void {
    this.#settle(current, trouble);
    this.#leaveUpstream();
    this.#client.destroy();
  }

  #switchOver(current: Transit, chunk: Buffer): void {
    this.#state = 'tunnel';
    this.#deliver(chunk);
    const response = current.response!;
    const id = this.#settle(current);
    const ahead = this.#ahead.take();
    if (id !== null && listOf(response.headers, 'upgrade').some((one) => /^websocket\b/.test(one))) {
      this.#talk = this.#site.talk(id, current);
      this.#talk.read('dojo', response.content.bytes());
      this.#talk.read('subject', ahead);
    }
    this.#send(ahead);
  }

  #leaveUpstream(): void {
    this.#upstream.leave();
    this.#client.resume();
  }

  #upstreamGone(trouble: Exchange['trouble'], cause: Error | undefined): void {
    this.#leaveUpstream();
    const current = this.#current;
    if (this.#state === 'tunnel') {
      this.#talk?.end();
      // A reset stays a reset: one that is lost looks otherwise than one that was given up.
      if (cause) this.#client.resetAndDestroy();
      else this.#client.destroySoon();
    }
    if (!current?.response) return;
    if (current.response.complete) {
      if (current.until !== null) this.#finish(current);
    } else if (current.response.completeAtEnd && !cause) {
      this.#endOfConnection(current);
    } else {
      this.#settle(current, trouble, cause);
      this.#state = 'closing';
      // A reset stays a reset: the end of a connection may be the end of a body.
      if (cause) this.#client.write('', () => this.#client.resetAndDestroy());
      else this.#client.destroySoon();
    }
  }

  /** The response that only the end of its connection ends has ended. */
  #endOfConnection(current: Transit): void {
    current.response!.end();
    if (current.fault?.effect.kind === 'drop-after') this.#drop(current, 'upstream-dropped');
    else this.#deliver(Buffer.alloc(0), current);
  }

  /** The client has ended its side: what it has asked for in full is still answered. */
  #clientLeft(): void {
    if (this.#state === 'tunnel' && this.#upstream.open) {
      this.#upstream.end();
    } else if (this.#state === 'carrying' && this.#current?.request.complete) {
      this.#leftAt = monotonic();
      this.#upstream.setTimeout(SILENT);
    } else {
      this.#clientGone(undefined);
    }
  }

  #clientGone(cause: Error | undefined): void {
    const current = this.#current;
    if (current) this.#settle(current, current.until === null ? 'client-dropped' : undefined, cause);
    this.#talk?.end();
    this.#leaveUpstream();
    this.#client.destroy();
  }
}

/** Whether bytes begin with a request line; a body in JSON does not. */
function beginsRequest(chunk: Buffer): boolean {
  return /^[A-Z]+ \S+ HTTP\/1\.\d\r?\n/.test(chunk.toString('latin1', 0, 4096));
}
