import { monotonic } from '../../record/monotonic.ts';
import type { Answer, Display } from '../../record/vocabulary.ts';
import { own } from './answering.ts';
import { patience, tooSlow } from './control.ts';

/** How the kit gets to a till's journal and back. */
interface Way {
  /** Does what the profile says to open the journal. */
  there(): Promise<Answer>;
  /** Leads back to what was shown before. */
  back(): Promise<Answer>;
  /** What the page shows, or was last seen to show. */
  look(): Promise<Display>;
  /** What the journal shows now; `null` where it could not be read; an answer where the till keeps the kit from it. */
  read(): Promise<Display | Answer | null>;
  /** Whether something that the journal asked a server for, up to a time, is still to be answered. */
  awaits(upTo?: number): boolean;
  /** Until the display changes, and at the longest that long. */
  live(ms: number): Promise<unknown>;
}

/**
 * The journal of a till that shows it apart from its sales. The kit goes there for a moment: what the till shows
 * meanwhile is the kit's doing, so its display is taken to stay as it was, and the journal as it was read last.
 */
export class JournalApart {
  readonly #now: () => number;
  #read: Pick<Display, 'ledger' | 'unseen'> | null = null;
  #meanwhile: Display | null = null;

  constructor(now = monotonic) {
    this.#now = now;
  }

  /** What the till showed when the kit went to its journal; `null` while the kit is not there. */
  get meanwhile(): Display | null {
    return this.#meanwhile;
  }

  /** A display of the till, with the journal as it was read last. */
  with(display: Display): Display {
    if (!this.#read) return display;
    const { unseen = [], ...rest } = display;
    const all = [...unseen.filter(({ part }) => part !== 'journal'), ...(this.#read.unseen ?? [])];
    return { ...rest, ledger: this.#read.ledger, ...(all.length ? { unseen: all } : {}) };
  }

  /**
   * Goes there, reads it and comes back. What was read before stays, where it can't be opened. Throws a `Blocked` where
   * it was opened and the kit could not read it.
   */
  async visit(way: Way): Promise<Answer> {
    this.#meanwhile = this.with(await way.look());
    try {
      const opened = await way.there();
      const answer = opened.answer === 'done' ? await this.#settle(way) : opened;
      const returned = answer.answer === 'crashed' ? answer : await way.back();
      return answer.answer === 'done' ? returned : answer;
    } finally {
      this.#meanwhile = null;
    }
  }

  /**
   * Reads it once all has come that it is filled with. What asks a server all the time gets a while only, unless the
   * journal has lost entries: those may be what is still to come. A journal that was not read is unknown, and never empty.
   */
  async #settle({ read, awaits, live }: Way): Promise<Answer> {
    const started = this.#now();
    const before = this.#read?.ledger.length ?? 0;
    for (;;) {
      const hasTime = this.#now() - started < patience;
      const seen = hasTime && awaits() ? null : await read();
      if (seen && 'answer' in seen) return seen;
      if (seen && !(seen.ledger.length < before && awaits(started + patience))) {
        const { ledger, unseen = [] } = seen;
        this.#read = { ledger, unseen: unseen.filter(({ part }) => part === 'journal') };
        this.#meanwhile = this.with(this.#meanwhile!);
        return { answer: 'done' };
      }
      if (this.#now() - started > own) throw tooSlow('read the journal');
      await live(100);
    }
  }
}
