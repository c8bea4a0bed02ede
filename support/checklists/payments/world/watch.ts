import { at, jsonOf, listAt, textAt } from '../../../record/evidence.ts';
import { monotonic } from '../../../record/monotonic.ts';
import type { Json } from '../../../record/vocabulary.ts';
import type { PaymentWorld } from './world.ts';

/** The API is asked no more often than this, in ms. */
const every = 500;

/** No page of what the API lists is longer. */
const page = 100;

/**
 * Looks at what a POS has made on its account, where nobody sees what it sends: the kit asks with the same key for the
 * payment intents that were not there as the row began, and for their terminal sessions.
 */
export class Watch {
  readonly #world: PaymentWorld;
  /** Payment intents that were there before; null before the first look. */
  #before: ReadonlySet<string> | null = null;
  readonly #seen = new Map<string, string>();
  #last = 0;

  constructor(world: PaymentWorld) {
    this.#world = world;
  }

  /** Looks again, when it is time to. Returns whether anything was otherwise than at the look before. */
  async look(): Promise<boolean> {
    if (this.#before && monotonic() - this.#last < every) return false;
    this.#last = monotonic();
    const listed = await this.#listed();
    if (!this.#before) {
      this.#before = new Set(listed.flatMap((intent) => textAt(intent, 'id') ?? []));
      return false;
    }
    const own = new Set(this.#world.evidence.facts('intents-made').flatMap(({ detail }) => detail.ids));
    let changed = false;
    // The newest are listed first; they are read in the order in which they were made.
    for (const intent of listed.toReversed()) {
      const id = textAt(intent, 'id');
      if (!id || this.#before.has(id) || own.has(id) || !this.#differs(id, intent)) continue;
      changed = true;
      const { reader } = this.#world;
      await reader.readChanged('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id);
      for (const entry of listAt(intent, 'terminalSessionHistory')) {
        const session = at(entry, 'terminalSession') ?? null;
        const sessionId = textAt(session, 'id');
        if (sessionId && this.#differs(sessionId, session))
          await reader.readChanged('terminal-session', `/terminal-sessions/${sessionId}`, sessionId);
      }
    }
    return changed;
  }

  #differs(id: string, state: Json): boolean {
    const text = JSON.stringify(state);
    if (this.#seen.get(id) === text) return false;
    this.#seen.set(id, text);
    return true;
  }

  /** The payment intents of the account: at the first look all, later the newest page, on which a row's own are. */
  async #listed(): Promise<Json[]> {
    const all: Json[] = [];
    let after: string | null = null;
    do {
      const { response } = await this.#world.reader.call('POST', '/payment-intents/search', {
        cursor: { limit: page, ...(after ? { after } : {}) },
      });
      const answer = jsonOf(response);
      all.push(...listAt(answer, 'data'));
      after = textAt(answer, 'after');
    } while (after && !this.#before && all.length < 10 * page);
    return all;
  }
}
