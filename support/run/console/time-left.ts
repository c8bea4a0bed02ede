import type { Ledger } from '../../checklist/index.ts';
import type { Desk } from '../../drivers/attended/desk.ts';
import { jsonOf, textAt } from '../../record/evidence.ts';
import { monotonic } from '../../record/monotonic.ts';
import type { Exchange } from '../../record/vocabulary.ts';

/** A time that runs out, and in words what ends with it. */
export interface Ending {
  readonly what: string;
  /** On the machine's monotonic clock. */
  readonly at: number;
}

/** What ends later hurries nobody, in ms. */
const near = 180_000;

/** A wait that is over sooner is none that a person could follow, in ms. */
const shortest = 3000;

/** What the kit knows of the time that a person has, from the exchanges that went by. It decides nothing. */
export class TimeLeft {
  readonly #desk: Desk;
  /** What is open; `null` where the card machine waits for the person, and nothing runs out. */
  readonly #ledger: Ledger | null;
  /** When what was made is over by itself, by its id. */
  readonly #ends = new Map<string, number>();
  /** What ended first when the question was asked that is open now. */
  #asked: { readonly number: number; readonly ending: Ending | null } | null = null;

  constructor(desk: Desk, ledger: Ledger | null) {
    this.#desk = desk;
    this.#ledger = ledger;
  }

  /** Takes notice of an exchange: the API says when what was made ends by itself. */
  note(exchange: Exchange): void {
    if (!this.#ledger) return;
    this.#ledger.note(exchange);
    const body = jsonOf(exchange.response);
    const id = textAt(body, 'id');
    const ends = Date.parse(textAt(body, 'expireAt') ?? '');
    if (id && ends) this.#ends.set(id, exchange.until + ends - sentAt(exchange));
  }

  /**
   * What ends first, or `null` where nothing hurries. While a person is asked what the POS shows, it is what was known when
   * the question was asked: what the API says since then would put the answer into the person's mouth.
   */
  get first(): Ending | null {
    const { open } = this.#desk;
    if (!open || open.step.kind === 'do') {
      this.#asked = null;
      return this.#known;
    }
    if (this.#asked?.number !== open.number) this.#asked = { number: open.number, ending: this.#known };
    return this.#asked.ending;
  }

  get #known(): Ending | null {
    const now = monotonic();
    const wait = this.#desk.waitsUntil;
    const open = (this.#ledger?.open ?? []).flatMap(({ kind, id }) => {
      const at = id === null ? undefined : this.#ends.get(id);
      return at === undefined || at - now > near ? [] : [{ what: `The ${kind} ends by itself`, at }];
    });
    return (
      open.toSorted((one, other) => one.at - other.at)[0] ??
      (wait !== null && wait - now >= shortest
        ? { what: 'The kit waits for the POS, at most', at: wait }
        : null)
    );
  }
}

/** When the answer was sent, by the clock of the API where it says so: that of this machine may differ. */
function sentAt({ response, startedAt, at, until }: Exchange): number {
  const named = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? '';
  return Date.parse(named) || Date.parse(startedAt) + until - at;
}
