import type { Headers } from '../../record/vocabulary.ts';

/** What befalls the exchange that a fault was armed for. */
export type Effect =
  /** The gateway answers itself; the upstream gets nothing. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Headers; readonly body?: string }
  /** The request is lost on its way: the upstream gets nothing, the till a closed connection. */
  | { readonly kind: 'drop-before' }
  /** The answer is lost on its way: the upstream has acted, the till gets a closed connection. */
  | { readonly kind: 'drop-after' }
  /** The upstream acts at once; its answer reaches the till `ms` later. */
  | { readonly kind: 'delay'; readonly ms: number };

/** The one way in which traffic is ever altered: because a scenario asks for it. */
export interface Fault {
  /** Named by `Exchange.armed` of each exchange that met it. */
  readonly id: string;
  readonly match: {
    readonly method: string;
    /** A path as in the API description (`/terminal-sessions/{id}`), or a pattern for the path. */
    readonly path: string | RegExp;
  };
  readonly effect: Effect;
  /** How many exchanges meet it; 1 unless set. */
  readonly times?: number;
}

/** A fault that lies in wait. */
export interface Armed {
  readonly id: string;
  /** How many exchanges have met it so far. */
  readonly met: number;
  disarm(): void;
}

/** The faults of one gateway, each met by so many exchanges and no more. */
export class Faults {
  readonly #waiting = new Set<Waiting>();

  arm(fault: Fault): Armed {
    const waiting = new Waiting(fault);
    this.#waiting.add(waiting);
    return {
      id: fault.id,
      get met() {
        return waiting.met;
      },
      disarm: () => void this.#waiting.delete(waiting),
    };
  }

  /** The fault that this request meets, which uses it up by one. */
  meet(method: string, target: string): Fault | null {
    if (this.#waiting.size === 0) return null;
    const path = target.replace(/[?#].*$/s, '');
    for (const waiting of this.#waiting) {
      if (!waiting.matches(method, path)) continue;
      waiting.met += 1;
      if (waiting.met >= waiting.times) this.#waiting.delete(waiting);
      return waiting.fault;
    }
    return null;
  }
}

class Waiting {
  met = 0;
  readonly fault: Fault;
  readonly times: number;
  readonly #path: RegExp;

  constructor(fault: Fault) {
    this.fault = fault;
    this.times = fault.times ?? 1;
    this.#path = typeof fault.match.path === 'string' ? template(fault.match.path) : fault.match.path;
  }

  matches(method: string, path: string): boolean {
    return method === this.fault.match.method && path.search(this.#path) >= 0;
  }
}

/** A path template as a pattern; a trailing slash makes no difference to the API. */
function template(path: string): RegExp {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}/?$`);
}
