import { randomUUID } from 'node:crypto';
import type { Deed, Ledger, Leftover, Leftovers } from '../checklist/index.ts';
import { Blocked } from '../record/blocked.ts';
import type { Json } from '../record/vocabulary.ts';
import { bodyOf } from '../record/written.ts';
import { type Access, type Asked, ask } from '../traffic/caller.ts';

/**
 * What the kit itself asks of the upstream, past the gateway, and what it and the subject have made there that somebody
 * has to end: an account of an API outlives the run.
 */
export class OwnRequests {
  readonly #leftovers: Leftovers | undefined;
  /** What was made on an account that outlives the run. */
  readonly #ledger: Ledger | undefined;
  readonly #under = new Set<Promise<unknown>>();
  #sealed = false;

  /** `leftovers` ends what is left open; `undefined` where the account goes with its row. */
  constructor(leftovers: Leftovers | undefined) {
    this.#leftovers = leftovers;
    this.#ledger = leftovers?.ledger();
  }

  /** What is open on the account, as far as anybody knows. */
  get open(): readonly Leftover[] {
    return this.#ledger?.open ?? [];
  }

  /** Lets nothing more go to the upstream. */
  seal(): void {
    this.#sealed = true;
  }

  /** Is kept once each request that is under way has been answered, or has failed. */
  atRest(): Promise<unknown> {
    return Promise.allSettled(this.#under);
  }

  /** One request; see `ask`. Throws a `Blocked` once the run is being ended. */
  async ask(
    access: Access,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    target: string,
    body?: Json,
  ): Promise<Asked> {
    if (this.#sealed) throw ending();
    const asking = this.#noted(access, method, target, body);
    this.#under.add(asking);
    try {
      return await asking;
    } finally {
      this.#under.delete(asking);
    }
  }

  /** Takes notice of what an exchange has made on the account. */
  note(deed: Deed): void {
    this.#ledger?.note(deed);
  }

  /** Ends what rows have left open on an account that outlives the run. What could not be ended stays known. */
  async tidy(access: Access): Promise<{ ended: readonly Leftover[]; left: readonly Leftover[] }> {
    if (!this.#leftovers || !this.#ledger || this.#sealed) return { ended: [], left: [] };
    const { open } = this.#ledger;
    const left = await this.#leftovers.endAll(
      (method, path, body) => this.ask(access, method, path, body),
      open,
    );
    if (!this.#sealed) this.#ledger.replace(left);
    return { ended: open.filter(({ id }) => !left.some((one) => one.id === id)), left };
  }

  async #noted(...[access, method, target, body]: Parameters<OwnRequests['ask']>): Promise<Asked> {
    const request = { method, target, headers: [], body: body === undefined ? null : { json: body } };
    const startedAt = new Date().toISOString();
    let answer: Asked | null = null;
    try {
      answer = await ask(access, method, target, body);
      return answer;
    } finally {
      const response = answer && {
        status: answer.status,
        headers: [],
        body: answer.text ? bodyOf(answer.text) : null,
      };
      this.note({ id: randomUUID(), request, response, startedAt });
    }
  }
}

/** A run that is being ended asks for nothing more. */
export const ending = (): Blocked =>
  new Blocked(
    'KIT-RUN-002',
    'The run is being ended before its time',
    'Run again for a whole certificate.',
    false,
  );
