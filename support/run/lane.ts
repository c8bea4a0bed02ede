import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright';
import {
  type Account,
  attendedAccount,
  type GivenAccount,
  type MadeAccount,
  simulatedAccount,
  simulatedAccountOf,
  virtualAccount,
} from '../actors/card-machine/index.ts';
import { loadChecklist, type Row } from '../checklist/index.ts';
import type { Desk } from '../drivers/attended/desk.ts';
import { type AccountClock, driverOf, type PosDriver, type Screen } from '../drivers/index.ts';
import type { BrowserDisplay, BrowserView } from '../drivers/settings.ts';
import type { Profile } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import type { Answer, Durations, Exchange, Facts, PosSettings, Run } from '../record/vocabulary.ts';
import { createRedaction, type Elsewhere, type Gateway, type Redaction } from '../traffic/gateway/index.ts';
import { type Approach, type Opened, openGateway } from './doors.ts';
import { type Entered, Entering } from './entering.ts';
import { joinRun, type LaneEnd } from './handover.ts';
import { heldAccount } from './held-account.ts';
import { ending, OwnRequests } from './own-requests.ts';
import { personFor } from './person.ts';
import { withoutStacks } from './stacks.ts';
import { StartedPos } from './started-pos.ts';

/** Where the traffic ends: a simulator with an admin port, or an API with an account that is given. */
export type Upstream =
  | { readonly kind: 'simulator'; readonly url: string; readonly adminUrl: string }
  | ({ readonly kind: 'api' } & GivenAccount);

/** A run that is being ended waits so long for the answer to a request that is under way, in ms. */
const longestAnswer = 15_000;

/** What the command line tool hands to each worker. */
export interface RunParameters {
  readonly run: Run;
  readonly profile: Profile;
  readonly upstream: Upstream;
  /** The one account of the run, where the POS is not set up with another in each row, and it is a simulator's. */
  readonly account: MadeAccount | null;
  /** How the till gets to the gateway. */
  readonly approach: Approach;
  /** Where the tills are served that the workers drive, or what folder each has for its files; one a worker. */
  readonly tills: readonly string[];
  /** Where the one browser is reached that all workers share. */
  readonly browserEndpoint: string | null;
  /** Key of the redaction, in hex: workers of one run must agree on it. */
  readonly redactionSecret: string;
  /** What the till is shown where it asks for a secret; '' where it does not. */
  readonly tillSecret: string;
  /** A quick run watches a waiting till only for a while and then moves the clock. */
  readonly fast: boolean;
  /** At most so many pictures of the display are kept of a row. */
  readonly mostPictures: number;
  /** Rows on which the machine was too slow are run a second time. */
  readonly attempt: 'first' | 'second';
}

/**
 * A worker's till and the gateway before it. They stand for the whole run; each row gets an account of its
 * own, with API keys and card machines that no other row sees.
 */
export class Lane {
  readonly redaction: Redaction;
  readonly gateway: Gateway;
  readonly #doors: Opened;
  readonly #parameters: RunParameters;
  #browser: Browser | null = null;
  readonly #settled = new Set<string>();
  /** What the kit itself asks of the upstream. */
  readonly own: OwnRequests;
  readonly #entering: Entering;
  readonly #pos: StartedPos | null;
  /** The one account of all rows, where there is such. */
  readonly #held: Account | null;
  #end: LaneEnd | null = null;
  #driver: PosDriver | null = null;
  /** Where a person does something besides for the row. */
  #beside: Desk | null = null;
  #onExchange: (exchange: Exchange) => void = () => {};
  #onElsewhere: (host: string, what: Elsewhere) => void = () => {};

  private constructor(parameters: RunParameters, opened: Opened, redaction: Redaction) {
    this.#parameters = parameters;
    // An account of a simulator goes with its row, and with all that was made on it.
    const leftovers =
      parameters.upstream.kind === 'api' ? loadChecklist(parameters.run.checklist.name).leftovers : undefined;
    this.own = new OwnRequests(leftovers);
    this.#doors = opened;
    this.gateway = opened.gateway;
    this.redaction = redaction;
    const { profile, upstream, account } = parameters;
    const { configure = 'per-row', start } = profile.reach ?? {};
    this.#pos = start
      ? new StartedPos(
          start,
          {
            folder: temporaryFolder('pos'),
            proxy: opened.proxyUrl,
            ca: parameters.approach.identity?.authority.file ?? '',
          },
          answersAt(profile),
        )
      : null;
    this.#entering = new Entering(configure, this.#pos);
    this.#held =
      account && upstream.kind === 'simulator'
        ? heldAccount(simulatedAccountOf(upstream.adminUrl, account))
        : null;
  }

  static async open(parameters: RunParameters): Promise<Lane> {
    const redaction = createRedaction({
      secret: Buffer.from(parameters.redactionSecret, 'hex'),
      known: [
        ...(parameters.upstream.kind === 'api' ? keysOf(parameters.upstream) : []),
        ...(parameters.tillSecret ? [parameters.tillSecret] : []),
      ],
    });
    const lane: { current: Lane | null } = { current: null };
    const opened = await openGateway(
      parameters.approach,
      {
        upstream: parameters.upstream.url,
        redaction,
        onExchange: (exchange) => lane.current?.exchanged(exchange),
      },
      (host, what) => lane.current?.wentElsewhere(host, what),
    );
    lane.current = new Lane(parameters, opened, redaction);
    if (parameters.upstream.kind === 'api') await lane.current.#join();
    return lane.current;
  }

  /** Makes the lane known to the run, which may have to stop it before its time. */
  async #join(): Promise<void> {
    this.#end = await joinRun(this.#parameters.run.id, randomUUID(), async () => {
      this.own.seal();
      await this.#rest();
      return this.own.open;
    });
    if (this.#end) return;
    await this.close();
    throw ending();
  }

  /** Hands an exchange to the row that it belongs to. What is still sent about an earlier row's payment is dropped. */
  exchanged(exchange: Exchange): void {
    this.own.note(exchange);
    const [, , id] = exchange.request.target.split(/[/?]/);
    if (id && this.#settled.has(id)) return;
    this.#onExchange(exchange);
    this.#beside?.exchanged(exchange);
  }

  /** The till wanted to another host than the API, by the kit's proxy: the row that is running notes it. */
  wentElsewhere(host: string, what: Elsewhere): void {
    this.#onElsewhere(host, what);
  }

  /** These sessions and payment intents belong to a row that is over. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) this.#settled.add(id);
  }

  /** Makes the account of the next row, and the till's way to it. `note` records what a person did for it. */
  async begin(
    row: Row | undefined,
    onExchange: (exchange: Exchange) => void,
    onElsewhere: (host: string, what: Elsewhere) => void,
    note: (detail: Facts['done-by-person']) => void,
  ): Promise<{ account: Account; driver: PosDriver }> {
    const { profile, upstream } = this.#parameters;
    const { clock, eachRow } = driverOf(profile.driver);
    const account =
      upstream.kind === 'simulator'
        ? (this.#held ??
          (await simulatedAccount(upstream.adminUrl, clock === 'account' ? 'held' : 'running')))
        : await this.#accountAt(upstream, personFor(row, this.#parameters, note));
    this.#onExchange = onExchange;
    this.#onElsewhere = onElsewhere;
    const anew = profile.reach?.start?.restart === 'per-row';
    await this.#entering.begin(this.settingsFor(account), anew, this.#driver);
    const driver = eachRow
      ? await this.#opened(account.clock)
      : await this.#till().catch(() => this.#tillAnew());
    return { account, driver };
  }

  /** The account that is given, with a person at its card machine where the row needs one. */
  async #accountAt(given: GivenAccount, attended: ReturnType<typeof personFor>): Promise<Account> {
    const { apiVersion, person: { cardMachine } = {} } = this.#parameters.profile;
    if (!attended) return virtualAccount(given, apiVersion);
    const { person, desk, row } = attended;
    const account = await attendedAccount(given, apiVersion, row, cardMachine, person);
    desk.atRow(row.id);
    // A till that a person drives hands over its exchanges itself.
    if (!driverOf(this.#parameters.profile.driver).byHand) this.#beside = desk;
    return {
      ...account,
      close: async () => {
        await account.close();
        this.#beside = null;
        desk.atRow(null);
      },
    };
  }

  /** Whether what the till sends goes through the gateway. */
  get observes(): boolean {
    return this.#parameters.profile.reach?.traffic !== 'none';
  }

  /** What the till is to be set up with, for an account and a key of it. */
  settingsFor({ softwareHouseId, resellerId, ...account }: Account, apiKey = account.apiKey): PosSettings {
    const baseUrl = this.observes ? this.#doors.baseUrl : this.#parameters.upstream.url;
    return { baseUrl, apiKey, softwareHouseId, resellerId };
  }

  /** Has the till take settings, in the way that its profile says. */
  enter(driver: PosDriver, settings: PosSettings): Promise<Entered> {
    return this.#entering.enter(driver, settings);
  }

  /** Switches the till off and on again. */
  restart(driver: PosDriver): Promise<Answer> {
    return this.#entering.restart(driver);
  }

  /** How long the till's page took to answer since this was asked last; see `PosDriver`. */
  pace(): Durations | null {
    return this.#driver?.pace?.() ?? null;
  }

  /** Lets go of the till and of the browser: the next row reaches both anew. */
  async renew(): Promise<void> {
    const [driver, browser] = [this.#driver, this.#browser];
    this.#driver = null;
    this.#browser = null;
    await driver?.close().catch(() => {});
    await browser?.close().catch(() => {});
  }

  /** What keeps the till away twice, the second time from a fresh start, is there to stay. */
  async #tillAnew(): Promise<PosDriver> {
    await this.renew();
    return this.#till();
  }

  /** Lets nothing more go to the upstream, and waits for the answers to what is under way, but not for ever. */
  async #rest(): Promise<void> {
    this.gateway.seal();
    const limit = new AbortController();
    const calm = Promise.all([this.gateway.idle(), this.own.atRest()]);
    await Promise.race([calm, wait(longestAnswer, null, { signal: limit.signal })]);
    limit.abort();
    this.gateway.giveUp();
  }

  async close(): Promise<void> {
    await this.#driver?.close();
    await this.#pos?.end();
    await this.#browser?.close();
    if (this.#end) {
      await this.#rest();
      this.#end.leave(this.own.open);
    }
    await this.#doors.close();
  }

  /** The worker's till is opened once and kept; its rows differ by their settings. */
  async #till(): Promise<PosDriver> {
    this.#driver ??= await this.#opened(null);
    await this.#driver.hello();
    return this.#driver;
  }

  /** Opens the till of this worker, or of a row whose account has that clock. */
  async #opened(clock: AccountClock | null): Promise<PosDriver> {
    this.#browser ??= await this.#connected();
    const browser = this.#browser;
    const { profile, run, tills, tillSecret } = this.#parameters;
    const { driver: settings, name, version, apiVersion, vocabulary } = profile;
    const kind = driverOf(settings);
    const place = tills[Number(process.env.CUCUMBER_WORKER_ID ?? 0)] ?? '';
    const placeless = kind.places(settings).length > 0 && !place;
    if (placeless || (kind.display(settings) === 'observed' && !browser)) {
      throw new Blocked(
        'KIT-PARALLEL-002',
        'There is no till for this worker',
        'Give as many URLs in `driver.url` as `--parallel` says, or lower it.',
      );
    }
    return kind.open({
      settings,
      hello: { name, version, apiVersion },
      place,
      vocabulary,
      browser,
      screen: async (display, view) => browser && pageScreen(browser, display, view),
      clock,
      run: run.id,
      checklist: run.checklist.name,
      secret: tillSecret,
    });
  }

  /** Playwright takes most of a second to import, which a till without a page need not pay for. */
  async #connected(): Promise<Browser | null> {
    const { browserEndpoint } = this.#parameters;
    if (!browserEndpoint) return null;
    const { chromium } = await import('playwright');
    withoutStacks();
    try {
      return await chromium.connect(browserEndpoint, { timeout: 60_000 });
    } catch {
      throw new Blocked(
        'KIT-BROWSER-005',
        "The kit's own browser could not be reached",
        'Run again; if it comes back, `npm run certify -- doctor` tries the browser.',
      );
    }
  }
}

/** Where a POS answers that the kit starts; `null` where its driver alone finds that out. */
function answersAt({ reach, driver }: Profile): string | null {
  const places = driverOf(driver).places(driver);
  return reach?.start?.answersAt ?? (places === 'folders' ? null : (places[0] ?? null));
}

// It is imported where it is used: a worker should start fast.
async function pageScreen(browser: Browser, display: BrowserDisplay, view: BrowserView): Promise<Screen> {
  const { PageScreen } = await import('../drivers/browser/screen.ts');
  return new PageScreen(browser, display, view);
}

/** The account's keys, of whatever form they are. */
const keysOf = ({ apiKey, otherApiKey }: GivenAccount): string[] => [
  apiKey,
  ...(otherApiKey ? [otherApiKey] : []),
];
