import type { SocketDeed } from '../../../actors/dojo-caller/index.ts';
import { criteria } from '../criteria.ts';
import { isUp } from '../evidence.ts';
import type { PayAtTableWorld } from './world.ts';

/** How long Dojo takes no new connection after it has said goodbye, in ms: it shows how often a POS tries. */
const closedFor = 1500;

/** The kit waits a little longer than a POS may take, so that one that just makes it is not cut off. */
const grace = 2000;

/** The WebSocket between the POS and Dojo, and what becomes of it. */
export class Line {
  readonly #world: PayAtTableWorld;

  constructor(world: PayAtTableWorld) {
    this.#world = world;
  }

  /** Lets the WebSocket be idle until the POS gives a sign of life, and pings it then. */
  async idle(): Promise<void> {
    const world = this.#world;
    if (!world.dojo.speaks()) return;
    world.note('socket-idle', {});
    const since = world.evidence.facts('socket-idle').at(-1)!.at;
    const sign = () => world.evidence.spoken.some(({ from, at }) => from === 'subject' && at > since);
    await world.until('a sign of life of the POS', sign, criteria['socket.idle'].value + grace);
    await this.#disturb('ping');
    const pong = () =>
      world.evidence.spoken.some(({ from, request }) => from === 'dojo' && request.method === 'ping');
    await world.until('a pong of the POS', pong, criteria['socket.pong'].value);
  }

  /** Has Dojo say goodbye, be reset or fall silent, waits for the POS to come back, and calls it. */
  async lose(deed: Exclude<SocketDeed, 'ping'>): Promise<void> {
    const { dojo } = this.#world;
    if (!dojo.speaks()) return;
    this.#world.note('socket-lost', { how: deed });
    if (deed === 'close') await this.#closeForAMoment();
    else await this.#disturb(deed);
    const limit = deed === 'fall silent' ? criteria['socket.noticed'] : criteria['socket.back'];
    if (await this.back(limit.value)) await this.call();
    // Over one that is silent nothing can be asked any more: it is lost in a way that nobody can miss.
    else if (deed === 'fall silent') await this.lose('reset');
  }

  /** Waits for the POS to open a WebSocket once more, since it was lost last. */
  back(limit: number): Promise<boolean> {
    const { evidence } = this.#world;
    const since = evidence.facts('socket-lost').at(-1)?.at ?? 0;
    const comes = () => this.#world.evidence.handshakes.some((one) => one.at > since && isUp(one));
    return this.#world.until('the POS to open its WebSocket again', comes, limit + grace);
  }

  /** Calls the POS over its WebSocket, for what it does not mind. */
  async call(): Promise<void> {
    const { dojo, orders } = this.#world;
    const [order] = orders.values();
    if (order && dojo.speaks('GetOrderById')) await dojo.call('GetOrderById', { orderId: order.orderId });
    else await dojo.search();
  }

  /** What has no WebSocket to be done to is not done. */
  async #disturb(deed: SocketDeed): Promise<void> {
    const { tables } = this.#world;
    if (!(await this.#world.connected())) return;
    await tables.disturb(deed);
  }

  async #closeForAMoment(): Promise<void> {
    const { lane, armed } = this.#world;
    const closed = lane.gateway.arm({
      id: 'no-websocket-taken',
      match: { method: 'GET', path: '/epos' },
      effect: { kind: 'answer', status: 503 },
      times: Number.POSITIVE_INFINITY,
    });
    armed.push(closed);
    await this.#disturb('close');
    await this.#world.live(closedFor);
    closed.disarm();
  }
}
