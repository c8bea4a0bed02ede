import type { Deed, Leftover, Ledger as Port } from '../../../checklist/index.ts';
import { at, jsonOf, textAt } from '../../../record/evidence.ts';
import { routeId } from '../evidence.ts';
import { isFinal } from '../statuses.ts';

/** Statuses of a payment intent that has no more money or card to wait for. */
const settled: ReadonlySet<string> = new Set(['Captured', 'Canceled', 'Reversed', 'Refunded']);

/** What a run has made on an account and not brought to its end yet, as the exchanges tell it. */
export class Ledger implements Port {
  readonly #things = new Map<string, Leftover>();

  /** What is not over. Sessions come before payment intents, for they hold them. */
  get open(): Leftover[] {
    const rank = ({ kind }: Leftover) => order.indexOf(kind);
    return [...this.#things.values()].sort((one, other) => rank(one) - rank(other));
  }

  /** Takes notice of an exchange of the till's or of the kit's own. */
  note(exchange: Deed): void {
    const { response, request, trouble, startedAt: since } = exchange;
    const status = response?.status ?? 0;
    const answer = status < 300 ? jsonOf(response) : null;
    for (const [route, kind] of creations) {
      if (routeId(exchange, route) === null) continue;
      const id = textAt(answer, 'id');
      // It may have been made all the same.
      const lost = (response === null && trouble !== 'upstream-unreachable') || status >= 500;
      if (!id && !lost) return;
      const reference = textAt(jsonOf(request), 'reference');
      const held = heldBy(exchange);
      // A session is found through the payment intent that it holds.
      if (held) this.#reopen(held, since);
      if (id || !held)
        this.#put(id ?? `${kind} ${exchange.id}`, {
          kind,
          id,
          status: textAt(answer, 'status') ?? '',
          reference,
          since,
          why: '',
        });
      return;
    }
    const id = routeId(exchange, 'getSession') ?? routeId(exchange, 'cancelSession');
    const about = id ?? routeId(exchange, 'getIntent') ?? routeId(exchange, 'deleteIntent');
    const known = about ? this.#things.get(about) : undefined;
    const answered = textAt(answer, 'status');
    if (known && answered) this.#put(about!, { ...known, status: answered });
  }

  /** In place of what was open: what is still open now that somebody has tried to end it. */
  replace(open: readonly Leftover[]): void {
    this.#things.clear();
    for (const one of open) this.#things.set(one.id ?? `${one.kind} ${one.since} ${one.reference}`, one);
  }

  #put(key: string, thing: Leftover): void {
    const over = thing.kind === 'terminal session' ? isFinal(thing.status) : settled.has(thing.status);
    if (over) this.#things.delete(key);
    else this.#things.set(key, thing);
  }

  /** How it stands is not known any more. */
  #reopen(id: string, since: string): void {
    this.#things.set(id, { kind: 'payment intent', id, status: '', since, why: '' });
  }
}

const order: readonly string[] = ['terminal session', 'payment intent', 'webhook subscription'];

const creations = [
  ['createSession', 'terminal session'],
  ['createIntent', 'payment intent'],
  ['subscribe', 'webhook subscription'],
] as const;

function heldBy({ request }: Deed): string | null {
  const details = at(jsonOf(request), 'details');
  return textAt(details, 'sale', 'paymentIntentId') ?? textAt(details, 'matchedRefund', 'paymentIntentId');
}
