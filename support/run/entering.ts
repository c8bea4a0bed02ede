import type { PosDriver } from '../drivers/index.ts';
import type { Configured } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import type { Answer, PosSettings } from '../record/vocabulary.ts';
import type { StartedPos } from './started-pos.ts';

/**
 * What came of it that a POS was to have settings. `times`: how often it was set up in the run so far, or `kept` where
 * it had these already; `null` for a POS that is set up in each row, which nobody counts.
 */
export interface Entered {
  readonly answer: Answer;
  readonly times: number | 'kept' | null;
}

/** How a POS gets its settings, by how often its profile says that it can be set up. */
export class Entering {
  readonly #configured: Configured;
  readonly #pos: StartedPos | null;
  /** What it is known to be set up with; `null` where nobody knows. */
  #current: string | null = null;
  #times = 0;
  /** It was started since settings were asked for last. */
  #fresh = false;

  constructor(configured: Configured, pos: StartedPos | null) {
    this.#configured = configured;
    this.#pos = pos;
  }

  /** Starts a POS that the kit starts, before its driver reaches it; `anew` where it has to be started for each row. */
  async begin(settings: PosSettings, anew: boolean, driver: PosDriver | null): Promise<void> {
    if (!this.#pos) return;
    if (!anew && this.#pos.runs && this.#current === JSON.stringify(settings)) return;
    await driver?.close();
    await this.#start(this.#pos, settings);
  }

  /** Has the POS take these settings, in the way that its profile says. */
  async enter(driver: PosDriver, settings: PosSettings): Promise<Entered> {
    if (this.#configured === 'per-row') return { answer: await driver.configure(settings), times: null };
    const wanted = JSON.stringify(settings);
    if (this.#current === wanted) {
      const times = this.#fresh ? this.#times : 'kept';
      this.#fresh = false;
      return { answer: { answer: 'done' }, times };
    }
    this.#current = null;
    if (this.#pos) {
      await driver.close();
      await this.#start(this.#pos, settings);
      await driver.hello();
      this.#fresh = false;
      return { answer: { answer: 'done' }, times: this.#times };
    }
    this.#times += 1;
    const answer = await driver.configure(settings);
    if (answer.answer === 'done') this.#current = wanted;
    return { answer, times: this.#times };
  }

  /** Switches the POS off, whatever it is doing, and on again. */
  async restart(driver: PosDriver): Promise<Answer> {
    if (!this.#pos) return driver.restart();
    try {
      await this.#pos.again();
      await driver.close();
      await driver.hello();
      return { answer: 'done' };
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      return { answer: 'crashed', reason: error.message };
    }
  }

  async #start(pos: StartedPos, settings: PosSettings): Promise<void> {
    this.#current = null;
    await pos.start(settings);
    this.#times += 1;
    this.#fresh = true;
    this.#current = JSON.stringify(settings);
  }
}
