import type { Leftover } from '../checklist/index.ts';

/** What lanes and the run that they belong to tell each other, across threads. */
type Message =
  | { readonly lane: string; readonly asks: 'leave to begin' }
  | { readonly to: string; readonly leave: boolean }
  | { readonly halt: true }
  | { readonly lane: string; readonly open: readonly Leftover[] };

const channelOf = (run: string): BroadcastChannel => {
  const channel = new BroadcastChannel(`dojo-conformance-lanes-${run}`);
  // It keeps no process alive: Node's BroadcastChannel can, which its DOM type does not know.
  (channel as unknown as { unref(): void }).unref();
  return channel;
};

/** The lane's end. */
export interface LaneEnd {
  /** Tells what is still open as the lane closes. */
  leave(open: readonly Leftover[]): void;
}

/**
 * Asks the run for leave to begin, so that it knows whom to stop; `null` when it is being ended. `halted` is
 * called when it is ended later: it lets nothing more go to the upstream, and returns what is open once all that
 * is under way has come to its end.
 */
export async function joinRun(
  run: string,
  lane: string,
  halted: () => Promise<readonly Leftover[]>,
): Promise<LaneEnd | null> {
  const channel = channelOf(run);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  channel.onmessage = ({ data }: { data: Message }) => {
    if ('leave' in data && data.to === lane) resolve(data.leave);
    if ('halt' in data) void halted().then((open) => channel.postMessage({ lane, open } satisfies Message));
  };
  channel.postMessage({ lane, asks: 'leave to begin' } satisfies Message);
  if (await promise) {
    return {
      leave: (open) => {
        channel.postMessage({ lane, open } satisfies Message);
        channel.close();
      },
    };
  }
  channel.close();
  return null;
}

/** The run's end: it knows its lanes, and can have all of them stop. */
export class Lanes {
  readonly #channel: BroadcastChannel;
  readonly #running = new Set<string>();
  readonly #open: Leftover[] = [];
  #halted = false;
  #over: () => void = () => {};

  constructor(run: string) {
    this.#channel = channelOf(run);
    this.#channel.onmessage = ({ data }: { data: Message }) => this.#take(data);
  }

  /**
   * Lets no lane send anything more, and returns what they leave open, and how many did not answer within
   * `patience` ms.
   */
  async halt(patience: number): Promise<{ open: readonly Leftover[]; silent: number }> {
    this.#halted = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#over = resolve;
    this.#channel.postMessage({ halt: true } satisfies Message);
    const limit = setTimeout(resolve, patience);
    if (this.#running.size) await promise;
    clearTimeout(limit);
    return { open: this.#open, silent: this.#running.size };
  }

  close(): void {
    this.#channel.close();
  }

  #take(message: Message): void {
    if ('asks' in message) {
      if (!this.#halted) this.#running.add(message.lane);
      this.#channel.postMessage({ to: message.lane, leave: !this.#halted } satisfies Message);
    }
    if ('open' in message && this.#running.delete(message.lane)) {
      this.#open.push(...message.open);
      if (!this.#running.size) this.#over();
    }
  }
}
