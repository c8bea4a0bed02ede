import type { Answer, Display } from '../../record/vocabulary.ts';

/** How the kit gets to a till's journal and back. */
interface Way {
  /** Does what the profile says to open the journal. */
  there(): Promise<Answer>;
  /** Leads back to what was shown before. */
  back(): Promise<Answer>;
  /** What the page shows at this moment. */
  look(): Promise<Display>;
}

/**
 * The journal of a till that shows it apart from its sales. The kit goes there for a moment: what the till shows
 * meanwhile is the kit's doing, so its display is taken to stay as it was, and the journal as it was read last.
 */
export class JournalApart {
  #read: Pick<Display, 'ledger' | 'unseen'> | null = null;
  #meanwhile: Display | null = null;

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

  /** Goes there, reads it and comes back. What was read before stays, where it can't be opened. */
  async visit({ there, back, look }: Way): Promise<Answer> {
    this.#meanwhile = this.with(await look());
    try {
      const answer = await there();
      if (answer.answer === 'done') {
        const { ledger, unseen = [] } = await look();
        this.#read = { ledger, unseen: unseen.filter(({ part }) => part === 'journal') };
        this.#meanwhile = this.with(this.#meanwhile);
      }
      const returned = answer.answer === 'crashed' ? answer : await back();
      return answer.answer === 'done' ? returned : answer;
    } finally {
      this.#meanwhile = null;
    }
  }
}
