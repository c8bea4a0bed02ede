import type { Socket } from 'node:net';
import type { Exchange } from '../../record/vocabulary.ts';
import type { Upstream } from './upstream.ts';

/** What is heard of a connection to the upstream, for as long as it is the one in use. */
export interface Heard {
  data(chunk: Buffer): void;
  /** What was sent has gone out: more may be sent. */
  drained(): void;
  /** Nothing has come for as long as was set. Returns whether the connection has ended with that. */
  silent(): boolean;
  gone(trouble: Exchange['trouble'], cause: Error | undefined): void;
}

/** A client's way to the upstream: one connection at a time, and of one that was left nothing more is heard. */
export class UpstreamLine {
  readonly #upstream: Upstream;
  readonly #heard: Heard;
  #socket: Socket | null = null;

  constructor(upstream: Upstream, heard: Heard) {
    this.#upstream = upstream;
    this.#heard = heard;
  }

  get open(): boolean {
    return this.#socket !== null;
  }

  /** Opens a connection where there is none. It may be silent for as long as it likes. */
  reach(): void {
    this.#socket ??= this.#connected();
    this.#socket.setTimeout(0);
  }

  /** Sends bytes where there is a connection. Returns false when no more should be sent for now. */
  write(bytes: Buffer): boolean {
    return bytes.length === 0 || this.#socket?.write(bytes) !== false;
  }

  /** How long it may be silent from now on, in ms. */
  setTimeout(ms: number): void {
    this.#socket?.setTimeout(ms);
  }

  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  /** Ends this side of it. */
  end(): void {
    this.#socket?.end();
  }

  leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.destroy();
  }

  #connected(): Socket {
    let reached = false;
    let cause: Error | undefined;
    const socket = this.#upstream.connect(() => {
      reached = true;
    });
    const gone = () => {
      if (socket === this.#socket)
        this.#heard.gone(reached ? 'upstream-dropped' : 'upstream-unreachable', cause);
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      if (socket === this.#socket) this.#heard.data(chunk);
    });
    socket.on('drain', () => this.#heard.drained());
    socket.on('error', (error) => {
      cause = error;
    });
    socket.on('timeout', () => {
      if (socket !== this.#socket || !this.#heard.silent()) gone();
    });
    socket.on('end', gone);
    socket.on('close', gone);
    return socket;
  }
}
