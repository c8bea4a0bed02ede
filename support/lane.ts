import type { Browser } from 'playwright';
import { Blocked } from './blocked.ts';
import {
  type Account,
  type CardMachine,
  type GivenAccount,
  simulatedAccount,
  virtualAccount,
} from './card-machine/index.ts';
import { createRedaction, type Gateway, type Redaction, startGateway } from './gateway/index.ts';
import type { PosDriver } from './pos/index.ts';
import type { Profile } from './profile/index.ts';
import type { Exchange, Run } from './vocabulary.ts';

/** Where the traffic ends: a simulator with an admin port, or an API with an account that is given. */
export type Upstream =
  | { readonly kind: 'simulator'; readonly url: string; readonly adminUrl: string }
  | ({ readonly kind: 'api' } & GivenAccount);

/** What the command line tool hands to each worker. */
export interface RunParameters {
  readonly run: Run;
  readonly profile: Profile;
  readonly upstream: Upstream;
  /** Where the tills are served that the workers drive, or what folder each has for its files; one a worker. */
  readonly tills: readonly string[];
  /** Where the one browser is reached that all workers share. */
  readonly browserEndpoint: string | null;
  /** Key of the redaction, in hex: workers of one run must agree on it. */
  readonly redactionSecret: string;
  /** A quick run watches a waiting till only for a while and then moves the clock. */
  readonly fast: boolean;
}

/**
 * A worker's till and the gateway before it. They stand for the whole run; each row gets an account of its
 * own, with API keys and card machines that no other row sees.
 */
export class Lane {
  readonly redaction: Redaction;
  readonly gateway: Gateway;
  readonly #parameters: RunParameters;
  readonly #browser: Browser | null;
  readonly #settled = new Set<string>();
  #driver: PosDriver | null = null;
  #onExchange: (exchange: Exchange) => void = () => {};

  private constructor(
    parameters: RunParameters,
    gateway: Gateway,
    redaction: Redaction,
    browser: Browser | null,
  ) {
    this.#parameters = parameters;
    this.gateway = gateway;
    this.redaction = redaction;
    this.#browser = browser;
  }

  static async open(parameters: RunParameters): Promise<Lane> {
    const redaction = createRedaction({ secret: Buffer.from(parameters.redactionSecret, 'hex') });
    const lane: { current: Lane | null } = { current: null };
    const gateway = await startGateway({
      upstream: parameters.upstream.url,
      redaction,
      onExchange: (exchange) => lane.current?.exchanged(exchange),
    });
    // Playwright takes a fifth of a second to import, which a till without a page need not pay for.
    const browser = parameters.browserEndpoint
      ? await (await import('playwright')).chromium.connect(parameters.browserEndpoint)
      : null;
    lane.current = new Lane(parameters, gateway, redaction, browser);
    return lane.current;
  }

  /** Hands an exchange to the row that it belongs to. What is still sent about an earlier row's payment is dropped. */
  exchanged(exchange: Exchange): void {
    const [, , id] = exchange.request.target.split(/[/?]/);
    if (!id || !this.#settled.has(id)) this.#onExchange(exchange);
  }

  /** These sessions and payment intents belong to a row that is over. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) this.#settled.add(id);
  }

  /** Makes the account of the next row, and the till's way to it. */
  async begin(onExchange: (exchange: Exchange) => void): Promise<{ account: Account; driver: PosDriver }> {
    const { profile, upstream } = this.#parameters;
    const headless = profile.driver.kind === 'headless';
    const account =
      upstream.kind === 'simulator'
        ? await simulatedAccount(upstream.adminUrl, headless ? 'held' : 'running')
        : await virtualAccount(upstream, profile.apiVersion);
    this.#onExchange = onExchange;
    const driver = headless ? await headlessTill(account) : await this.#till();
    await driver.hello();
    return { account, driver };
  }

  async close(): Promise<void> {
    await this.#driver?.close();
    await this.#browser?.close();
    await this.gateway.close();
  }

  /** The worker's till is opened once and kept; its rows differ by their settings. */
  async #till(): Promise<PosDriver> {
    if (this.#driver) return this.#driver;
    const { driver, name, version, apiVersion } = this.#parameters.profile;
    const hello = { name, version, apiVersion };
    const place = this.#parameters.tills[Number(process.env.CUCUMBER_WORKER_ID ?? 0)];
    if (driver.kind === 'command' && place) {
      const { CommandTill } = await import('./pos/command/index.ts');
      this.#driver = new CommandTill(driver, hello, place);
      return this.#driver;
    }
    if (driver.kind !== 'browser' || !this.#browser || !place) {
      throw new Blocked(
        'There is no till for this worker',
        'Give as many URLs in `driver.url` as `--parallel` says, or lower it.',
      );
    }
    const { BrowserTill } = await import('./pos/browser/till.ts');
    this.#driver = new BrowserTill(
      this.#browser,
      place,
      driver.actions,
      driver.display,
      hello,
      this.#parameters.profile.vocabulary,
    );
    return this.#driver;
  }
}

// Each driver is imported where it is used: a worker should start fast, and it uses one of them.
async function headlessTill({ clock }: Account): Promise<PosDriver> {
  const { HeadlessTill } = await import('./pos/headless/till.ts');
  return new HeadlessTill(clock);
}

/** The machine whose TID ends so. Throws a `Blocked` when the upstream has none. */
export function machineOf(account: Account, suffix: string): CardMachine {
  const machine = account.cardMachines.find(({ tid }) => tid.endsWith(suffix));
  if (machine) return machine;
  throw new Blocked(
    `The account has no card machine whose TID ends in ${suffix}`,
    'Ask for one, or leave out the rows that need it.',
    false,
  );
}
