import type { PosDriver } from '../drivers/index.ts';
import { monotonic } from '../record/monotonic.ts';
import type { Observation } from '../record/vocabulary.ts';

/** How long a till in real time has to be quiet before the state is read, in ms. */
const quiet = 400;

/** Waits in the till's own time: real time, or its account's for a till that lives there. */
export class Waiting {
  /** What has passed for the till so far, in ms. */
  lived = 0;
  /** When the till's last request came to its end, and what had passed for the till by then. */
  lastRequest = 0;
  livedAtRequest = 0;
  readonly #driver: PosDriver;
  readonly #record: (wait: Extract<Observation, { kind: 'wait' }>) => void;

  readonly #watch: () => Promise<void>;

  /** `watch` is called before each look at what is waited for. */
  constructor(
    driver: PosDriver,
    record: (wait: Extract<Observation, { kind: 'wait' }>) => void,
    watch: () => Promise<void> = async () => {},
  ) {
    this.#driver = driver;
    this.#record = record;
    this.#watch = watch;
  }

  /** Takes notice of a request of the till. */
  requested(): void {
    this.lastRequest = monotonic();
    this.livedAtRequest = this.lived;
  }

  /** Waits until something holds; `false` when it did not within `limit` ms. */
  async until(what: string, holds: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    const at = monotonic();
    const started = this.lived;
    await this.#watch();
    let met = await holds();
    if (!met && Number.isFinite(limit)) this.#driver.waits?.(limit);
    try {
      while (!met && this.lived - started < limit) {
        const most = this.#driver.clock === 'account' ? 1000 : 100;
        this.lived += await this.#driver.live(Math.min(most, limit - (this.lived - started)));
        await this.#watch();
        met = await holds();
      }
    } finally {
      this.#driver.waits?.(null);
    }
    this.#record({ kind: 'wait', at, until: monotonic(), for: what, met });
    return met;
  }

  /** Lets the till come to rest after `since`: it may answer an action before it has sent what it is about to send. */
  async rest(since: () => number): Promise<void> {
    if (this.#driver.clock !== 'real') return;
    const last = () => Math.max(this.lastRequest, since());
    await this.until('the till to be quiet', () => monotonic() - last() > quiet, 3 * quiet);
  }
}
