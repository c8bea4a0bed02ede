import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type IWorldOptions, World } from '@cucumber/cucumber';
import type { Account } from '../actors/card-machine/index.ts';
import { amountsBy, loadChecklist } from '../checklist/index.ts';
import type { PosDriver } from '../drivers/index.ts';
import type { Amounts } from '../record/amounts.ts';
import type { Evidence } from '../record/evidence.ts';
import { monotonic } from '../record/monotonic.ts';
import type { Action, Answer, Exchange, Facts, MachinePace, Observation } from '../record/vocabulary.ts';
import type { Access } from '../traffic/caller.ts';
import type { Armed, Elsewhere } from '../traffic/gateway/index.ts';
import { Expecting, type Params } from './expecting.ts';
import { Handling } from './handling.ts';
import type { Lane, RunParameters } from './lane.ts';
import { Reader } from './reader.ts';
import { Recorder } from './recorder.ts';
import { stillFor } from './still.ts';
import { Waiting } from './waiting.ts';

export type { RunParameters } from './lane.ts';

/** How often the kit looks at what a POS has made whose traffic nobody sees, in ms. */
const watchedEvery = 500;

/** What a row has once it was begun. */
interface Begun {
  readonly lane: Lane;
  readonly account: Account;
  readonly driver: PosDriver;
  readonly reader: Reader;
  readonly waiting: Waiting;
  readonly handling: Handling;
  readonly expecting: Expecting;
}

/**
 * What the steps of a scenario act on: one subject, one account, and the record of what was seen; `View` is what the
 * checklist makes of that.
 */
export class RowWorld<View extends Evidence = Evidence> extends World<RunParameters> {
  readonly recorder = new Recorder((text, mediaType) => this.attach(text, mediaType));
  row = '';
  #amounts: Amounts = {};
  /** The kit's own key, once the till's was revoked. */
  kitKey: string | null = null;
  /** Faults that lie in wait for the till; they go with the row. */
  readonly armed: Armed[] = [];
  /** How quick the machine was, once the row is over. */
  pace: MachinePace | null = null;
  #begun: Begun | null = null;
  readonly #delays = monitorEventLoopDelay();

  constructor(options: IWorldOptions<RunParameters>) {
    super(options);
  }

  get #its(): Begun {
    if (!this.#begun) throw new Error('The row was not begun: its Before hook has not ended');
    return this.#begun;
  }

  /** The account that this row was given. */
  get account(): Account {
    return this.#its.account;
  }

  /** An amount of this row in minor units, by the letter that its scenario has for it. */
  amount(letter: string): number {
    const amount = this.#amounts[letter];
    if (amount === undefined)
      throw new Error(
        `No amount ${letter} is drawn for the row ${this.row}: give it a rule in the amounts of its checklist`,
      );
    return amount;
  }

  get driver(): PosDriver {
    return this.#its.driver;
  }

  get lane(): Lane {
    return this.#its.lane;
  }

  get reader(): Reader {
    return this.#its.reader;
  }

  get waiting(): Waiting {
    return this.#its.waiting;
  }

  /** What has been seen so far, put in order. */
  get evidence(): View {
    // The recorder makes it by the view of the row's checklist, whose World this is.
    return this.recorder.evidence as View;
  }

  get fast(): boolean {
    return this.parameters.fast;
  }

  // ---- what a checklist adds

  /** What the kit waits for before it has the subject act, or goes to its journal. */
  protected async beforeAction(): Promise<void> {}

  /** Reads what the subject has made since, where nobody sees what it sends. */
  protected async watch(): Promise<void> {}

  /** Brings what is still open to its end, so that it can't reach into the next row. */
  protected async finish(): Promise<void> {}

  /** Reads what the subject has made in the row, once it has come to rest. */
  async readState(): Promise<void> {
    await this.rest();
  }

  /** Ids of what the subject has made: what is still sent about them later is no other row's. */
  protected get made(): readonly string[] {
    return [];
  }

  // ---- beginning and end of a row

  async begin(row: string, lane: Lane): Promise<void> {
    this.row = row;
    const { run } = this.parameters;
    const checklist = loadChecklist(run.checklist.name);
    const { recorder } = this;
    recorder.redaction = lane.redaction;
    recorder.view = checklist.view;
    const elsewhere = (host: string, what: Elsewhere) => recorder.note(`host-${what}`, { host });
    const own = checklist.rows.find(({ id }) => id === row);
    const took = (exchange: Exchange) => {
      this.#begun?.waiting.requested();
      recorder.record({ kind: 'exchange', exchange });
      this.#begun?.driver.exchanged?.(exchange);
    };
    const { account, driver } = await lane.begin(own, took, elsewhere, (detail) =>
      recorder.note('done-by-person', detail),
    );
    const record = (observation: Observation) => recorder.record(observation);
    const waiting = new Waiting(driver, record, async () => {
      if (!lane.observes && this.#begun) await this.watch();
    });
    const reader = new Reader(row, lane, () => this.#access, record);
    const still = stillFor(driver, account.clock);
    const { mostPictures, attempt } = this.parameters;
    const handling = new Handling({
      driver,
      recorder,
      pictures: {
        most: mostPictures,
        name: (number) => `${row}${attempt === 'second' ? '-second' : ''}-${number}`,
      },
      attach: (picture, mediaType, fileName) => this.attach(Buffer.from(picture), { mediaType, fileName }),
      keyShown: (key) => lane.redaction.key(key),
      enter: (settings) => lane.enter(driver, settings),
      restart: () => lane.restart(driver),
      before: () => this.beforeAction(),
      still,
    });
    const expecting = new Expecting({
      run,
      checklist,
      row: own,
      driver,
      recorder,
      waiting,
      look: (picture) => handling.look(picture),
      still,
      seeJournal: async () => {
        await this.rest();
        // Who goes to a journal that stands apart leaves what is shown.
        if (driver.seeJournal) await this.beforeAction();
        await handling.seeJournal();
      },
    });
    this.#begun = { lane, account, driver, reader, waiting, handling, expecting };
    // What was measured before is another row's, or the kit's own start.
    lane.pace();
    this.#delays.enable();
    driver.onChange((display) =>
      recorder.displayed(display, driver.display === 'reported' || driver.display === 'attested'),
    );
    driver.atRow?.(row);
    this.#amounts = amountsBy(run.amounts?.seeds[0] ?? '', checklist).get(row) ?? {};
    if (Object.keys(this.#amounts).length) this.note('amounts-drawn', { amounts: this.#amounts });
    if (!lane.observes) {
      this.note('traffic-unobserved', { every: watchedEvery });
      await this.watch();
    }
    await handling.begin(expecting.readsJournal);
  }

  /** Applies the checks of every row, and leaves the till and the account as the next row needs them. */
  async end(): Promise<void> {
    if (!this.#begun) return;
    try {
      await this.#conclude();
    } finally {
      this.#measured();
      await this.#tidy();
    }
  }

  /** Records how quick the machine was on which the row ran. */
  #measured(): void {
    this.#delays.disable();
    const roundTrip = this.lane.pace();
    this.pace = { roundTrip, loopDelay: { max: this.#delays.max / 1e6 } };
    this.record({ kind: 'pace', at: monotonic(), ...this.pace });
  }

  async #conclude(): Promise<void> {
    const { driver, lane, handling, expecting } = this.#its;
    for (const fault of this.armed) fault.disarm();
    driver.atRow?.(null);
    await this.finish();
    await this.readState();
    // What the till shows from here on is the kit's own tidying up; its journal is read last.
    driver.onChange(() => {});
    this.note('tidying-up', {});
    const left = await driver.reset();
    if (left.answer === 'crashed' && this.evidence.lastAction()) this.recorder.lost(left.reason);
    if (expecting.readsJournal) await handling.seeJournal();
    await this.look();
    expecting.close();
    if (driver.display === 'none') await driver.close();
    await lane.gateway.idle();
    lane.settle(this.made);
  }

  /** What the row has left open on the account is ended, or known as what could not be. */
  async #tidy(): Promise<void> {
    const { ended, left } = await this.lane.own.tidy(this.#access);
    for (const [name, things] of [
      ['leftovers-ended', ended],
      ['leftovers-open', left],
    ] as const) {
      const ids = things.map(({ id, kind }) => id ?? kind);
      if (ids.length) this.note(name, { ids });
    }
    await this.account.close();
  }

  // ---- recording

  record(observation: Observation): void {
    this.recorder.record(observation);
  }

  /** Notes a fact by its name. */
  note<Name extends keyof Facts>(name: Name, detail: Facts[Name], at = monotonic()): void {
    this.recorder.note(name, detail, at);
  }

  // ---- the subject

  /** Enters settings in the till; see `Handling`. */
  configure(apiKey = this.account.apiKey): Promise<Answer> {
    return this.#its.handling.configure(this.lane.settingsFor(this.account, apiKey));
  }

  /** Has the subject do something; `mayBeRefused` where one that does not offer it conforms too. */
  act(action: Action, mayBeRefused = false): Promise<Answer> {
    return this.#its.handling.act(action, mayBeRefused);
  }

  /** Switches the till off and on again. */
  restart(): Promise<void> {
    return this.#its.handling.restart();
  }

  /** Looks at the display and records it, with a picture when asked. */
  look(picture = false): Promise<void> {
    return this.#its.handling.look(picture);
  }

  // ---- waiting

  /** Waits, in the till's own time, until something holds; `false` when it did not within `limit` ms. */
  until(what: string, holds: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    return this.waiting.until(what, holds, limit);
  }

  /** Lets that much of the till's time pass. */
  async live(ms: number): Promise<void> {
    await this.until(`${ms} ms to pass`, () => false, ms);
  }

  /** Lets the subject come to rest. What was asked for last may not have led to a request yet. */
  async rest(): Promise<void> {
    await this.lane.gateway.idle();
    await this.waiting.rest(() => this.evidence.lastAction()?.until ?? 0);
  }

  // ---- judging

  /** Applies a check; see `Expecting`. */
  expect(check: string, params: Params = {}): Promise<void> {
    return this.#its.expecting.expect(check, params);
  }

  /** Applies a check at once: all that it looks at has been answered, so that waiting brings nothing. */
  expectNow(check: string, params: Params = {}): void {
    this.#its.expecting.applied(check, params);
  }

  /** A check of what the profile declares. */
  async expectDeclared(check: string, question: string): Promise<void> {
    const answer = this.parameters.profile.declared[question] ?? null;
    this.record({ kind: 'declared', at: monotonic(), question, answer });
    this.#its.expecting.applied(check, {});
  }

  // ----

  get #access(): Access {
    const { run, upstream } = this.parameters;
    const { softwareHouseId, resellerId, apiKey } = this.account;
    return {
      url: upstream.url,
      apiKey: this.kitKey ?? apiKey,
      softwareHouseId,
      resellerId,
      apiVersion: run.pos.apiVersion,
    };
  }
}

type WorldClass = new (options: IWorldOptions<RunParameters>) => RowWorld;

const worlds = new Map<string, WorldClass>();

/** Names what the steps of these checklists act on; of others, that is a `RowWorld`. */
export function defineWorld(world: WorldClass, ...checklists: string[]): void {
  for (const name of checklists) worlds.set(name, world);
}

/** What the steps of a checklist act on. */
export const worldOf = (checklist: string): WorldClass => worlds.get(checklist) ?? RowWorld;
