/** Rows in a row that infrastructure blocked, after which a run may be stopped. */
const most = 3;

/**
 * Stops a run in which going on is of no use. A worker whose row was blocked by what would strike any row starts its
 * next one afresh; only trouble that comes again after that is there to stay.
 */
export class Breaker {
  #inARow = 0;
  /** Workers whose last row was blocked, which have begun afresh since. */
  readonly #fresh = new Set<string>();
  #stays = false;

  /** Takes in how a worker's row ended, blocked by infrastructure or not; true when the run is to be stopped. */
  opens(worker: string, blocked: boolean): boolean {
    if (!blocked) {
      this.#inARow = 0;
      this.#stays = false;
      this.#fresh.clear();
      return false;
    }
    this.#inARow += 1;
    this.#stays ||= this.#fresh.has(worker);
    this.#fresh.add(worker);
    return this.#stays && this.#inARow >= most;
  }
}
