import { type CaptureEvent, deliverCapture, deliverEvents } from '../../../actors/event-sender.ts';
import type { PosDriver } from '../../../drivers/index.ts';
import { Blocked } from '../../../record/blocked.ts';
import { at, jsonOf, textAt } from '../../../record/evidence.ts';
import { type Facts, kitReference } from '../../../record/vocabulary.ts';
import type { Effect } from '../../../traffic/gateway/index.ts';
import { criteria } from '../criteria.ts';
import { promptly } from './till.ts';
import type { PaymentWorld } from './world.ts';

/** Longer than a lost card machine takes to be heard of again, in ms. */
const latestReport = 20_000;

/** A till that reports the events that the API has sent to it, which only the kit's own does; real time, in ms. */
interface Hearing {
  events(ms: number): Promise<readonly Facts['event-received'][]>;
}

const hears = (driver: PosDriver): driver is PosDriver & Hearing => 'events' in driver;

/** What the kit arranges on the upstream, and reads there, past the till. */
export class Arrangements {
  readonly #world: PaymentWorld;

  constructor(world: PaymentWorld) {
    this.#world = world;
  }

  /**
   * Creates so many payment intents for the till to list that there is more than one page. A page holds 50 unless the
   * till asks for up to 100: on a simulator more than that are made; elsewhere it would take long, and as many would be
   * left on the account.
   */
  async arrangePages(): Promise<void> {
    const count = this.#world.parameters.upstream.kind === 'simulator' ? 105 : 60;
    const ids: string[] = [];
    for (let number = 1; number <= count; number++) {
      const { response } = await this.#world.reader.call('POST', '/payment-intents', {
        amount: { value: this.#world.amount('L') + number, currencyCode: 'GBP' },
        reference: kitReference(this.#world.parameters.run.id, `${this.#world.row}-${number}`),
        captureMode: 'Auto',
      });
      const id = textAt(jsonOf(response), 'id');
      if (!id)
        throw new Blocked(
          'KIT-UPSTREAM-013',
          `The payment intent ${number} of ${count} could not be created: ${response?.status}`,
          'Look after the upstream.',
          false,
        );
      ids.push(id);
    }
    this.#world.note('intents-made', { ids });
  }

  /** Ids of the payment intents that were created for the till to list. */
  get arranged(): string[] {
    return this.#world.evidence.facts('intents-made').flatMap(({ detail }) => [...detail.ids]);
  }

  /** Revokes the key that the till was set up with; the kit goes on with another. */
  async revokeKey(): Promise<void> {
    this.#world.kitKey = await this.#world.account.anotherKey();
    await this.#world.account.revoke(this.#world.account.apiKey);
    this.#world.note('key-revoked', {});
  }

  /**
   * Lays a fault in wait for the till's next requests to `path` (as in the API description). `what` names it in
   * the record. What of it was not met goes with the row.
   */
  arm(what: string, method: string, path: string, effect: Effect, times = 1): void {
    const { gateway } = this.#world.lane;
    this.#world.refuseUnobserved('arranges an answer that gets lost or is refused');
    this.#world.armed.push(gateway.arm({ id: what, match: { method, path }, effect, times }));
    this.#world.note('fault-armed', { fault: what });
  }

  /** Waits until the payment intent that the till made last, as the kit reads it once a second, stands so. */
  async awaitIntent(status: string): Promise<void> {
    const { evidence, reader, waiting } = this.#world;
    const id = [...evidence.intents.keys()].at(-1);
    if (!id) return;
    let asked = waiting.lived;
    const stands = async () => {
      if (waiting.lived - asked < 1000) return false;
      asked = waiting.lived;
      return (
        (await reader.read('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id)) === status
      );
    };
    await this.#world.until(`the payment intent to be ${status}`, stands, latestReport);
  }

  async readSubscriptions(): Promise<void> {
    const exchange = await this.#world.reader.call('GET', '/webhooks');
    this.#world.record({ kind: 'state', at: exchange.at, resource: 'webhooks', id: 'webhooks', exchange });
  }

  /**
   * Records the events that the API itself has sent, where the till is the kit's own and can tell. Returns whether
   * they can come: an API elsewhere does not reach it, which is no fault of the API.
   */
  async receiveEvents(): Promise<boolean> {
    const { driver } = this.#world;
    const events = hears(driver) ? await driver.events(criteria['display.within'].value) : [];
    for (const event of events) this.#world.note('event-received', event);
    return this.#world.parameters.upstream.kind === 'simulator';
  }

  /**
   * Sends events to the till's receiver, where it is on this machine: a genuine one twice, as may happen, one
   * whose signature is wrong, and one that has none.
   */
  async deliverEvents(): Promise<void> {
    for (const { url, secret } of await this.#receivers()) {
      const sent = await deliverEvents(url, secret, this.#world.evidence.session?.intentId ?? '');
      for (const one of sent) this.#world.note('event-sent', one);
    }
  }

  /**
   * Tells the till's receiver, once for each delivery that is named, that its payment was captured when it was.
   * `name` tells events apart.
   */
  async deliverCapture(name: string, ...deliveries: string[]): Promise<void> {
    const { session } = this.#world.evidence;
    await this.deliver(
      {
        id: `evt_kit_${session?.id}_${name}`,
        paymentIntentId: session?.intentId ?? '',
        createdAt: session?.answers.at(-1)?.exchange.startedAt ?? new Date().toISOString(),
      },
      deliveries,
    );
    await this.#world.live(promptly);
  }

  /** Sends that event to each receiver of the account, once for each delivery that is named. */
  async deliver(event: CaptureEvent, deliveries: readonly string[]): Promise<void> {
    for (const { url, secret } of await this.#receivers()) {
      const sent = await deliverCapture(url, secret, event, deliveries);
      for (const one of sent) this.#world.note('event-sent', one);
    }
  }

  /** Where the account's events go, and what they are signed with. */
  async #receivers(): Promise<{ url: string; secret: string }[]> {
    const list = jsonOf((await this.#world.reader.call('GET', '/webhooks')).response);
    const receivers: { url: string; secret: string }[] = [];
    for (const subscription of Array.isArray(list) ? list : []) {
      const path = `/webhooks/${textAt(subscription, 'id')}/secrets`;
      const secrets = at(
        jsonOf((await this.#world.reader.call('GET', path, undefined, true)).response),
        'secrets',
      );
      const active = Array.isArray(secrets)
        ? secrets.find((one) => at(one, 'isActive') !== false)
        : undefined;
      receivers.push({ url: textAt(subscription, 'url') ?? '', secret: textAt(active, 'value') ?? '' });
    }
    return receivers;
  }
}
