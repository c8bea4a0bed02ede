import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type IWorldOptions, World } from '@cucumber/cucumber';
import type { Account, Cardholder, CardMachine } from '../actors/card-machine/index.ts';
import { criteria, expectedChecks, loadCatalogue } from '../checklist/index.ts';
import { deliverCapture, deliverEvents, type PosDriver } from '../drivers/index.ts';
import {
  at,
  checks,
  Evidence,
  isFinal,
  journalVisit,
  jsonOf,
  listAt,
  media,
  numberAt,
  readableAt,
  resultOf,
  sentIn,
  textAt,
  tidyingUp,
  truths,
} from '../judging/index.ts';
import { Blocked } from '../record/blocked.ts';
import { monotonic } from '../record/monotonic.ts';
import {
  type Action,
  type Answer,
  type Display,
  type Exchange,
  type Json,
  kitReference,
  type MachinePace,
  type Observation,
  type PosSettings,
  type Sale,
} from '../record/vocabulary.ts';
import { bodyOf } from '../record/written.ts';
import type { Access } from '../traffic/caller.ts';
import type { Armed, Effect } from '../traffic/gateway/index.ts';
import type { Lane, RunParameters } from './lane.ts';
import { patience } from './patience.ts';

/** How long a till in real time has to be quiet before the state is read, in ms. */
const quiet = 400;

/** A till that has sent nothing for so long, while its session goes on, has stopped polling; in ms. */
const silent = 6000;

/** Longer than a card machine takes from taking a session to asking for the PIN, in ms. */
const slowestPrompt = 12_000;

/** Longer than a lost card machine takes to be heard of again, in ms. */
const latestReport = 20_000;

/** Of the silence of a lost card machine, what a quick run does not wait for, in ms. */
const hastened = 8000;

/** A till that is going to act on what it was told has begun to by then, in ms. */
const promptly = 1500;

/** What the steps of a scenario act on: one till, one account, and the record of what was seen. */
export class KitWorld extends World<RunParameters> {
  readonly observations: Observation[] = [];
  #lane: Lane | null = null;
  #account: Account | null = null;
  #driver: PosDriver | null = null;
  #evidence: Evidence | null = null;
  #unsent: Observation[] = [];
  #pictures = 0;
  #reads = 0;
  #lastRequest = 0;
  /** What had passed for the till when it made it. */
  #livedAtRequest = 0;
  #machine: CardMachine | null = null;
  #chosen: string | null = null;
  /** Whether the card machine that the scenario speaks of can take a payment. */
  #ready = true;
  #row = '';
  /** The till's journal was read as it stood before the row's first sale, where the row needs that. */
  #journalRead = true;
  /** The kit's own key, once the till's was revoked. */
  #kitKey: string | null = null;
  /** What has passed for the till, in its own time. */
  #lived = 0;
  #armed: Armed[] = [];
  /** How quick the machine was, once the row is over. */
  pace: MachinePace | null = null;
  readonly #delays = monitorEventLoopDelay();

  constructor(options: IWorldOptions<RunParameters>) {
    super(options);
  }

  /** The account that this row was given. */
  get account(): Account {
    return this.#given(this.#account);
  }

  /** The card machine that the scenario now speaks of. */
  get machine(): CardMachine {
    return this.#given(this.#machine);
  }

  /** What has been seen so far, put in order. */
  get evidence(): Evidence {
    this.#evidence ??= new Evidence(this.observations);
    return this.#evidence;
  }

  get fast(): boolean {
    return this.parameters.fast;
  }

  // ---- beginning and end of a row

  async begin(row: string, lane: Lane): Promise<void> {
    this.#row = row;
    this.#lane = lane;
    const { account, driver } = await lane.begin((exchange) => this.#exchanged(exchange));
    this.#account = account;
    this.#driver = driver;
    // What was measured before is another row's, or the kit's own start.
    lane.pace();
    this.#delays.enable();
    driver.onChange((display) => this.#displayed(display));
    const { unreadable } = driver;
    let answer = await driver.reset();
    if (unreadable && answer.answer !== 'done') throw unreadable;
    if (answer.answer === 'crashed') {
      // What it was lost over belongs to the row before.
      await driver.hello();
      answer = await driver.reset();
    }
    if (answer.answer !== 'done') {
      throw new Blocked(
        `The till could not be brought to an empty basket: ${answer.reason}`,
        'Bring the till back by hand, or correct how the profile resets it.',
        false,
      );
    }
    // A till that has no settings yet may have no journal to show either: it is seen before the first sale then.
    const journal = this.#readsJournal(this.#expected) ? await driver.seeJournal?.() : null;
    this.#journalRead = !journal || journal.answer === 'done';
    await this.look();
  }

  /** Ids of the checks that the row is judged by. */
  get #expected(): string[] {
    const { rows } = loadCatalogue(this.parameters.run.checklist.name);
    const row = rows.find(({ id }) => id === this.#row);
    return row?.clauses.flatMap(({ checks: entries }) => entries.map(({ id }) => id)) ?? [];
  }

  #readsJournal(ids: readonly string[]): boolean {
    return ids.some((id) => checks.get(id)?.ofJournal);
  }

  /** Goes to the journal of a till that shows it apart; that it could not be opened is recorded. */
  async #seeJournal(): Promise<void> {
    const at = monotonic();
    const answer = await this.#given(this.#driver).seeJournal?.();
    this.#journalRead = true;
    if (!answer) return;
    if (answer.answer === 'done') this.record({ kind: 'arrangement', at, what: journalVisit, ids: [] });
    else {
      const told = { ...answer, reason: this.#text(answer.reason) };
      this.record({ kind: 'action', at, until: monotonic(), action: { name: 'journal' }, answer: told });
    }
    await this.look();
  }

  /** Applies the checks of every row, and leaves the till and the account as the next row needs them. */
  async end(): Promise<void> {
    if (!this.#driver) return;
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
    const roundTrip = this.#given(this.#lane).pace();
    this.pace = { roundTrip, loopDelay: { max: this.#delays.max / 1e6 } };
    this.record({ kind: 'pace', at: monotonic(), ...this.pace });
  }

  async #conclude(): Promise<void> {
    const driver = this.#given(this.#driver);
    for (const fault of this.#armed) fault.disarm();
    await this.#finish();
    await this.readState();
    // What the till shows from here on is the kit's own tidying up; its journal is read last.
    driver.onChange(() => {});
    this.record({ kind: 'arrangement', at: monotonic(), what: tidyingUp, ids: [] });
    const left = await driver.reset();
    if (left.answer === 'crashed' && this.evidence.lastAction()) this.#lost(left.reason);
    const { closing } = loadCatalogue(this.parameters.run.checklist.name);
    const expected = new Set(this.#expected);
    if (this.#readsJournal([...expected])) await this.#seeJournal();
    await this.look();
    for (const check of [...closing.everyRow, ...closing.everyPayment])
      if (expected.has(check)) this.#applied(check, {});
    if (driver.display === 'none') await driver.close();
    await this.#lane?.gateway.idle();
    this.#lane?.settle([...this.evidence.intents.keys(), ...this.evidence.sessions.map(({ id }) => id)]);
  }

  /** What the row has left open on the account is ended, or known as what could not be. */
  async #tidy(): Promise<void> {
    const { ended, left } = await this.#given(this.#lane).tidy(this.#access);
    for (const [what, things] of [
      ['what the row left open is ended', ended],
      ['what the row left open could not be ended yet', left],
    ] as const) {
      const ids = things.map(({ id, kind }) => id ?? kind);
      if (ids.length) this.record({ kind: 'arrangement', at: monotonic(), what, ids });
    }
    await this.account.close();
  }

  // ---- recording

  record(observation: Observation): void {
    this.observations.push(observation);
    this.#evidence = null;
    this.#unsent.push(observation);
    this.flush();
  }

  /** Hands over what was recorded. Between two steps the runner takes nothing: it is kept for the next. */
  flush(): void {
    while (this.#unsent.length) {
      try {
        this.attach(JSON.stringify(this.#unsent[0]), media.observation);
      } catch {
        return;
      }
      this.#unsent.shift();
    }
  }

  /** The till was lost after the row's last action: that is its own doing. */
  #lost(reason: string): void {
    this.record({
      kind: 'trouble',
      at: monotonic(),
      fault: 'pos',
      message: `The till was lost: ${this.#text(reason)}`,
      advice: 'Find out what it was doing; its page, or its process, must survive each payment.',
      infrastructure: false,
    });
  }

  trouble(error: unknown): void {
    const blocked = error instanceof Blocked;
    const lost = (error as { code?: unknown } | null)?.code;
    const network = typeof lost === 'string' && /^(UND_ERR_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/.test(lost);
    this.record({
      kind: 'trouble',
      at: monotonic(),
      fault: 'environment',
      message: this.#text(error instanceof Error ? error.message : String(error)),
      advice: blocked
        ? error.advice
        : network
          ? 'A connection was lost: look after the network and the upstream, then run the row again.'
          : 'This is a defect of the kit: report it with the message stream of the run.',
      infrastructure: blocked ? error.infrastructure : network,
    });
  }

  /** Something went wrong in the row that may lie with the lane that it ran in. */
  get struck(): boolean {
    return this.observations.some((one) => one.kind === 'trouble' && one.infrastructure);
  }

  // ---- the till

  /** Enters settings in the till. What is recorded of the key is its redacted form. */
  async configure(apiKey = this.account.apiKey): Promise<Answer> {
    const { softwareHouseId, resellerId } = this.account;
    const settings: PosSettings = {
      baseUrl: this.#given(this.#lane).gateway.url,
      apiKey,
      softwareHouseId,
      resellerId,
    };
    const at = monotonic();
    const answer = await this.#given(this.#driver).configure(settings);
    const shown = { ...settings, apiKey: this.keyAsRecorded(apiKey) };
    this.record({
      kind: 'action',
      at,
      until: monotonic(),
      action: { name: 'configure', settings: shown },
      answer,
    });
    await this.look();
    return answer;
  }

  keyAsRecorded(apiKey: string): string {
    return this.#given(this.#lane).redaction.key(apiKey);
  }

  async act(action: Action, mayBeRefused = false): Promise<Answer> {
    if (!this.#journalRead && action.name !== 'listTerminals' && action.name !== 'chooseTerminal')
      await this.#seeJournal();
    await this.look();
    await this.#awaitOwed();
    const at = monotonic();
    const answer = await this.#given(this.#driver).act(action);
    this.record({
      kind: 'action',
      at,
      until: monotonic(),
      action,
      answer: answer.answer === 'done' ? answer : { ...answer, reason: this.#text(answer.reason) },
      ...(mayBeRefused ? { mayBeRefused } : {}),
    });
    return answer;
  }

  /**
   * Waits for the display that the till owes for the payment that has ended, as long as it may take: else a result
   * that is drawn late would be taken for one of what is done next.
   */
  async #awaitOwed(): Promise<void> {
    const told = this.#sessionInHand()?.told.at(-1);
    if (!told || !isFinal(told.status) || this.#given(this.#driver).display === 'none') return;
    const since = monotonic() - readableAt(told.exchange);
    const left = criteria['display.within'].value - since;
    if (left <= 0) return;
    const { vocabulary } = this.parameters.run.pos;
    const owed = () => {
      const { display, paymentStart } = this.evidence;
      const result = resultOf(display?.outcome ?? null, vocabulary);
      const told = result && truths(this.evidence, paymentStart, monotonic()).has(result);
      return Boolean(told || display?.dialogues.length);
    };
    await this.until('the till to show how its payment ended', owed, left);
  }

  /** Switches the till off and on again. */
  async restart(): Promise<void> {
    await this.look();
    const at = monotonic();
    const answer = await this.#given(this.#driver).restart();
    this.record({ kind: 'action', at, until: monotonic(), action: { name: 'restart' }, answer });
    await this.look();
  }

  /** Looks at the display and records it, with a picture when asked. */
  async look(picture = false): Promise<void> {
    const driver = this.#given(this.#driver);
    const display = await driver.look();
    if (driver.unreadable) throw driver.unreadable;
    const room = picture && this.#pictures < this.parameters.mostPictures;
    // A picture can't be redacted: none is kept of a display whose own text holds a secret.
    const secret = room && JSON.stringify(this.#redacted(display)) !== JSON.stringify(display);
    if (secret)
      this.record({
        kind: 'arrangement',
        at: monotonic(),
        what: 'no picture is kept of a display that shows a card number or a key',
        ids: [],
      });
    const png = room && !secret ? await driver.screenshot() : null;
    const screenshot = png ? `${this.#row}-${++this.#pictures}.png` : undefined;
    if (png && screenshot)
      await this.attach(Buffer.from(png), { mediaType: media.screenshot, fileName: screenshot });
    this.#displayed(display, screenshot);
  }

  /** Takes a sale at the card machine that the scenario speaks of. Amounts in minor units. */
  async sell(sale: Omit<Sale, 'currency'>, mayBeRefused = false): Promise<Answer> {
    const chosen = await this.chooseMachine();
    // A till that does not offer a card machine that is not ready would sell at another.
    if (!this.#ready && chosen.answer === 'notOffered') return chosen;
    return this.act({ name: 'sale', sale: { ...sale, currency: 'GBP' } }, mayBeRefused || !this.#ready);
  }

  /** Has the till ask for its card machines again, where it offers that, and waits until it has been answered. */
  async lookUpAgain(): Promise<void> {
    await this.act({ name: 'listTerminals' }, true);
    await this.#rest();
  }

  /**
   * Has the till ask the API for its card machines. A till that takes a TID by hand offers no such thing: it
   * takes a sale instead, so that it sends something all the same.
   */
  async lookUp(): Promise<void> {
    const answer = await this.act({ name: 'listTerminals' }, true);
    if (answer.answer !== 'notOffered') return;
    await this.place('SIP0', { presents: 300 });
    await this.sell({ amount: 100 });
    await this.reach('Captured');
  }

  /** A sale with a gratuity entered on the till; without one where the till offers none. */
  async sellWithOptionalTip(amount: number, tip: number): Promise<void> {
    const answer = await this.sell({ amount, tip }, true);
    if (answer.answer === 'notOffered') await this.sell({ amount });
  }

  /** Rejects the signature once it is too late. A till that has closed its dialogue offers nothing to press. */
  async rejectLate(): Promise<void> {
    const action: Action = { name: 'signature', accepted: false };
    await this.look();
    const shown = this.evidence.all('display').map(({ display }) => display.dialogues.length > 0);
    if (this.#given(this.#driver).display === 'observed' && shown.includes(true) && !shown.at(-1)) {
      const at = monotonic();
      const answer: Answer = { answer: 'notOffered', reason: 'the till has closed its dialogue' };
      this.record({ kind: 'action', at, until: at, action, answer, mayBeRefused: true });
    } else await this.act(action, true);
  }

  async retry(): Promise<void> {
    await this.chooseMachine();
    await this.act({ name: 'retry' });
  }

  /**
   * Tries the payment or refund in hand again, where the till has not found out by itself how it stands; and
   * sees to its end what the till makes of that.
   */
  async retryIfOffered(): Promise<void> {
    await this.act({ name: 'retry' }, true);
    await this.live(promptly);
    if (this.#sessionInHand()) await this.reach();
  }

  /** Captures again what was not captured, in whichever way the till offers it. */
  async captureIfOffered(): Promise<void> {
    const answer = await this.act({ name: 'capture' }, true);
    if (answer.answer === 'notOffered') await this.retryIfOffered();
  }

  /** Refunds a further part of the payment, where the till offers it, and sees it sent; in minor units. */
  async refundMore(amount: number): Promise<void> {
    const sent = () => this.evidence.requests('refund').length;
    const before = sent();
    const answer = await this.act({ name: 'refundIntent', amount }, true);
    if (answer.answer !== 'done') return;
    await this.until('a further refund to be sent', () => sent() > before, criteria['display.within'].value);
    await this.until(
      'the till to read the payment intent',
      () =>
        (this.evidence.requests('getIntent').at(-1)?.at ?? 0) >
        (this.evidence.requests('refund').at(-1)?.at ?? 0),
      criteria['display.within'].value,
    );
  }

  /** Has the kit's own client ask for a penny more than is left to refund; a till that is certified is not asked to. */
  async refundTooMuch(): Promise<void> {
    if (this.parameters.run.subject !== 'api') return;
    await this.readState();
    const state = this.evidence.made.at(-1)?.state;
    const left = (numberAt(state, 'totalAmount', 'value') ?? 0) - (numberAt(state, 'refundedAmount') ?? 0);
    await this.act({ name: 'refundIntent', amount: left + 1 });
  }

  /** Changes the amount of the payment that the till made last; in minor units. */
  async changeAmount(amount: number, mayBeRefused = false): Promise<void> {
    const paymentIntentId = [...this.evidence.intents.keys()].at(-1);
    await this.act(
      { name: 'changeAmount', amount, ...(paymentIntentId ? { paymentIntentId } : {}) },
      mayBeRefused,
    );
  }

  /** The sale that the till took last. */
  get sale(): Sale {
    const taken = this.evidence.all('action').filter(({ answer }) => answer.answer === 'done');
    const last = taken.flatMap(({ action }) => (action.name === 'sale' ? [action.sale] : [])).at(-1);
    return last ?? { amount: 0, currency: 'GBP' };
  }

  /** All that was asked for with the last sale, in minor units. */
  get asked(): number {
    const { amount, tip = 0, cashback = 0 } = this.sale;
    return amount + tip + cashback;
  }

  /** The basket of the last sale, and the discount in it (minor units, negative). */
  get basket(): { lines: Json; discount: number } {
    const lines = this.sale.lines ?? [];
    const amounts = lines.flatMap(({ modifiers }) =>
      modifiers.map(({ amountPerModifier }) => amountPerModifier),
    );
    return {
      lines: lines.map(({ name, quantity, amountTotal }) => ({ name, quantity, amountTotal })),
      discount: amounts.find((amount) => amount < 0) ?? 0,
    };
  }

  /** The gratuity that was given on the card machine last, in minor units. */
  get givenTip(): number {
    const given = this.evidence.all('card-machine').filter(({ event }) => event === 'tip given');
    return numberAt(given.at(-1)?.detail, 'value') ?? 0;
  }

  /** The keys that were entered in the till, in their redacted form, in turn. */
  get enteredKeys(): string[] {
    return this.evidence
      .all('action')
      .flatMap(({ action }) => (action.name === 'configure' ? [action.settings.apiKey ?? ''] : []));
  }

  // ---- the card machine

  /** Sets the till up, where that was not done yet. */
  async setUp(): Promise<void> {
    if (!this.enteredKeys.length) await this.configure();
  }

  /** Sets the till up and puts a card machine before the customer. */
  async serve(suffix: string, cardholder: Cardholder | null): Promise<void> {
    await this.setUp();
    await this.place(suffix, cardholder);
  }

  /** Puts a card machine before the customer and says what the next cardholder does there. */
  async place(suffix: string, cardholder: Cardholder | null): Promise<void> {
    const machine = this.account.machineFor(suffix, cardholder);
    this.#machine = machine;
    this.#ready = true;
    if (cardholder) await this.account.prepare(machine, cardholder);
    this.#note('prepared', { cardholder: (cardholder ?? {}) as Json });
    if (cardholder?.tip) this.#note('tip given', { value: cardholder.tip });
  }

  async putMachine(state: 'ready' | 'menu' | 'offline'): Promise<void> {
    await this.account.put(this.machine, state);
    this.#ready = state === 'ready';
    this.#note('put', { state });
  }

  async proceed(): Promise<void> {
    await this.account.proceed(this.machine);
    this.#note('proceeds', null);
  }

  async readMachineScreen(): Promise<void> {
    const screen = await this.account.screen(this.machine);
    if (screen) this.#note('screen', { ...screen });
  }

  /** Chooses on the till the card machine that the scenario speaks of, where it is not chosen yet. */
  async chooseMachine(): Promise<Answer> {
    if (this.#chosen === this.machine.tid) return { answer: 'done' };
    const { tid, terminalId } = this.machine;
    const answer = await this.act({ name: 'chooseTerminal', tid, terminalId }, !this.#ready);
    this.#chosen = tid;
    return answer;
  }

  // ---- what the kit arranges on the upstream, past the till

  /**
   * Creates so many payment intents for the till to list that there is more than one page. A page holds 50 unless the
   * till asks for up to 100: on a simulator more than that are made; elsewhere it would take long, and as many would be
   * left on the account.
   */
  async arrangePages(): Promise<void> {
    const count = this.parameters.upstream.kind === 'simulator' ? 105 : 60;
    const ids: string[] = [];
    for (let number = 1; number <= count; number++) {
      const { response } = await this.#call('POST', '/payment-intents', {
        amount: { value: 100 * number, currencyCode: 'GBP' },
        reference: kitReference(this.parameters.run.id, `${this.#row}-${number}`),
        captureMode: 'Auto',
      });
      const id = textAt(jsonOf(response), 'id');
      if (!id)
        throw new Blocked(
          `The payment intent ${number} of ${count} could not be created: ${response?.status}`,
          'Look after the upstream.',
          false,
        );
      ids.push(id);
    }
    this.record({ kind: 'arrangement', at: monotonic(), what: `${count} payment intents`, ids });
  }

  /** Ids of what was arranged. */
  get arranged(): string[] {
    return this.evidence.all('arrangement').flatMap(({ ids }) => [...ids]);
  }

  /** Revokes the key that the till was set up with; the kit goes on with another. */
  async revokeKey(): Promise<void> {
    this.#kitKey = await this.account.anotherKey();
    await this.account.revoke(this.account.apiKey);
    this.record({
      kind: 'arrangement',
      at: monotonic(),
      what: 'the API key of the till is revoked',
      ids: [],
    });
  }

  /**
   * Lays a fault in wait for the till's next requests to `path` (as in the API description). `what` names it in
   * the record. What of it was not met goes with the row.
   */
  arm(what: string, method: string, path: string, effect: Effect, times = 1): void {
    const { gateway } = this.#given(this.#lane);
    this.#armed.push(gateway.arm({ id: what, match: { method, path }, effect, times }));
    this.record({ kind: 'arrangement', at: monotonic(), what, ids: [] });
  }

  async readSubscriptions(): Promise<void> {
    const exchange = await this.#call('GET', '/webhooks');
    this.record({ kind: 'state', at: exchange.at, resource: 'webhooks', id: 'webhooks', exchange });
  }

  /**
   * Records the events that the API itself has sent, where the till is the kit's own and can tell. Returns whether
   * they can come: an API elsewhere does not reach it, which is no fault of the API.
   */
  async receiveEvents(): Promise<boolean> {
    const events = await this.#given(this.#driver).events?.(criteria['display.within'].value);
    for (const event of events ?? []) this.record({ kind: 'event', at: monotonic(), ...event });
    return this.parameters.upstream.kind === 'simulator';
  }

  /**
   * Sends events to the till's receiver, where it is on this machine: a genuine one twice, as may happen, one
   * whose signature is wrong, and one that has none.
   */
  async deliverEvents(): Promise<void> {
    for (const { url, secret } of await this.#receivers()) {
      const sent = await deliverEvents(url, secret, this.evidence.session?.intentId ?? '');
      for (const one of sent) this.record({ kind: 'delivery', at: monotonic(), ...one });
    }
  }

  /**
   * Tells the till's receiver, once for each delivery that is named, that its payment was captured when it was.
   * `name` tells events apart.
   */
  async deliverCapture(name: string, ...deliveries: string[]): Promise<void> {
    const { session } = this.evidence;
    const event = {
      id: `evt_kit_${session?.id}_${name}`,
      paymentIntentId: session?.intentId ?? '',
      createdAt: session?.told.at(-1)?.exchange.startedAt ?? new Date().toISOString(),
    };
    for (const { url, secret } of await this.#receivers()) {
      const sent = await deliverCapture(url, secret, event, deliveries);
      for (const one of sent) this.record({ kind: 'delivery', at: monotonic(), ...one });
    }
    await this.live(promptly);
  }

  /** Where the account's events go, and what they are signed with. */
  async #receivers(): Promise<{ url: string; secret: string }[]> {
    const list = jsonOf((await this.#call('GET', '/webhooks')).response);
    const receivers: { url: string; secret: string }[] = [];
    for (const subscription of Array.isArray(list) ? list : []) {
      const path = `/webhooks/${textAt(subscription, 'id')}/secrets`;
      const secrets = at(jsonOf((await this.#call('GET', path, undefined, true)).response), 'secrets');
      const active = Array.isArray(secrets)
        ? secrets.find((one) => at(one, 'isActive') !== false)
        : undefined;
      receivers.push({ url: textAt(subscription, 'url') ?? '', secret: textAt(active, 'value') ?? '' });
    }
    return receivers;
  }

  // ---- waiting

  /** Waits, in the till's own time, until something holds; `false` when it did not within `limit` ms. */
  async until(what: string, holds: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    const at = monotonic();
    const started = this.#lived;
    const driver = this.#given(this.#driver);
    let met = await holds();
    while (!met && this.#lived - started < limit) {
      const most = driver.clock === 'account' ? 1000 : 100;
      this.#lived += await driver.live(Math.min(most, limit - (this.#lived - started)));
      met = await holds();
    }
    this.record({ kind: 'wait', at, until: monotonic(), for: what, met });
    return met;
  }

  /** Lets that much of the till's time pass. */
  async live(ms: number): Promise<void> {
    await this.until(`${ms} ms to pass`, () => false, ms);
  }

  /**
   * Waits until the till has been told that its session stands at one of these statuses, or has ended. When
   * the till has stopped asking, the kit asks in its stead, so that the row comes to an end.
   */
  async reach(...statuses: string[]): Promise<void> {
    if (statuses.includes('Expired')) await this.#hastenExpiry();
    const over = this.#over();
    const stands = this.#stands((status) => statuses.includes(status) || over(status));
    await this.until(
      `the session to be ${statuses.join(' or ')}`,
      () => (this.#sessionInHand() ? stands() : this.#refusedOrStuck()),
      criteria['session.longest'].value,
    );
    await this.#outliveRejection();
  }

  /**
   * Tells whether a status of the session in hand is its end. A sale that is to be captured at once may pass through
   * Authorized, before its signature is checked too: it has ended so only when nothing has come after that for as
   * long as a card machine may take.
   */
  #over(): (status: string) => boolean {
    let since: number | null = null;
    return (status) => {
      const made = this.evidence.intents.get(this.#sessionInHand()?.intentId ?? '')?.created;
      const manual = textAt(jsonOf(made?.request ?? null), 'captureMode') === 'Manual';
      if (status !== 'Authorized' || manual) {
        since = null;
        return isFinal(status);
      }
      since ??= this.#lived;
      return this.#lived - since > slowestPrompt;
    };
  }

  /**
   * Tells whether the status of the session in hand fits: the one that the till was told last or, once it has
   * stopped asking, the one that the kit reads in its stead.
   */
  #stands(fits: (status: string) => boolean): () => Promise<boolean> {
    let asked = this.#lived;
    return async () => {
      const session = this.#sessionInHand();
      if (!session || fits(session.told.at(-1)?.status ?? '')) return true;
      const silence =
        this.#given(this.#driver).clock === 'account'
          ? this.#lived - this.#livedAtRequest
          : monotonic() - this.#lastRequest;
      if (silence < silent || this.#lived - asked < 1000) return false;
      asked = this.#lived;
      return fits(await this.#read('terminal-session', `/terminal-sessions/${session.id}`, session.id));
    };
  }

  /**
   * Waits until the till has been told of a prompt of the card machine that satisfies a condition, or of the
   * end; and no longer than a card machine takes to come to it, for prompts may be missing.
   */
  async reachPrompt(what: string, fits: (type: string) => boolean): Promise<void> {
    await this.reach('Initiated');
    await this.until(
      what,
      () => {
        const told = this.#sessionInHand()?.told.at(-1);
        return !told || isFinal(told.status) || told.prompts.some(({ type }) => fits(type));
      },
      slowestPrompt,
    );
  }

  /**
   * Cancels while the card machine asks for the card. Throws a `Blocked` when nobody could tell the cardholder to
   * wait and the card came first: then the cancellation was too late through nobody's fault.
   */
  async cancelBeforeCard(): Promise<void> {
    const asksForCard = (type: string) => type === 'PresentCard' || type === 'InsertCard';
    await this.reachPrompt('the card machine to ask for the card', asksForCard);
    await this.act({ name: 'cancel' });
    if (this.account.canWait) return;
    const answer = () => this.#sessionInHand()?.cancels.at(-1)?.response;
    await this.until(
      'the cancellation to be answered',
      () => Boolean(answer()),
      criteria['display.within'].value,
    );
    const session = this.#sessionInHand();
    if (!session || answer()?.status !== 422) return;
    const { response } = await this.#call('GET', `/terminal-sessions/${session.id}`);
    const prompts = listAt(jsonOf(response), 'notificationEvents');
    if (prompts.every((prompt) => asksForCard(textAt(prompt, 'notificationType') ?? ''))) return;
    throw new Blocked(
      `The card came to the virtual card machine ${this.machine.tid} before the cancellation did`,
      'Run the row again, or against the simulator, where the card waits.',
      false,
    );
  }

  /** Waits until the payment intent that the till made last, as the kit reads it once a second, stands so. */
  async awaitIntent(status: string): Promise<void> {
    const id = [...this.evidence.intents.keys()].at(-1);
    if (!id) return;
    let asked = this.#lived;
    await this.until(
      `the payment intent to be ${status}`,
      async () => {
        if (this.#lived - asked < 1000) return false;
        asked = this.#lived;
        const read = await this.#read('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id);
        return read === status;
      },
      latestReport,
    );
  }

  /**
   * Lets the operator be silent until the signature is closed. In a quick run the till is watched for a while
   * and the account's clock then moved to where the time is up.
   */
  async waitOutSignature(): Promise<void> {
    const { clock } = this.account;
    const closed = this.#stands((status) => !status.startsWith('SignatureVerificationRequired'));
    if (this.fast && clock && this.#given(this.#driver).clock === 'real') {
      const watched = criteria['signature.observe'].value;
      if (await this.until('the quick look at the open signature to be over', closed, watched)) return;
      await clock.hold();
      await clock.advance(criteria['signature.window'].value - watched);
      await clock.release();
    }
    await this.until(
      'the signature to be closed',
      closed,
      criteria['signature.window'].value + criteria['signature.window.tolerance'].value,
    );
  }

  // ---- judging

  /**
   * Applies a check: waits until it passes, at the longest as long as a till may take to show something, and
   * records that it was asked for. It never throws; what the check comes to is judged from the record. One that the
   * row does not ask of this subject, of its display where that is the API, is left out.
   */
  async expect(check: string, params: { [name: string]: Json } = {}): Promise<void> {
    const definition = checks.get(check);
    if (!definition) throw new Error(`There is no check "${check}"`);
    const { run } = this.parameters;
    const row = loadCatalogue(run.checklist.name).rows.find(({ id }) => id === this.#row);
    if (row && !expectedChecks(row, run.subject).some(({ id }) => id === check)) return;
    const ofDisplay = definition.plane === 'display';
    const within = criteria['display.within'].value;
    const passes = () => this.#passes(check, params);
    if (definition.ofJournal) {
      await this.#rest();
      await this.#seeJournal();
    }
    if (!(await this.until(`the check ${check}`, passes, within))) await this.#waitOn(check, passes, within);
    if (definition.ofJournal && !passes()) await this.#seeJournal();
    if (ofDisplay) await this.look(true);
    this.#applied(check, params);
  }

  /** Waits on where the machine is too busy for the till to have had its time; see `patience`. */
  async #waitOn(check: string, passes: () => boolean, within: number): Promise<void> {
    const driver = this.#given(this.#driver);
    if (driver.display !== 'observed') return;
    const look = async () => {
      await this.look();
      return driver.answeredIn ?? 0;
    };
    const over = patience({ look, holds: passes, within, now: monotonic });
    await this.until(`the check ${check}, on a machine that is busy`, over, Number.POSITIVE_INFINITY);
  }

  /** A check of what the profile declares. */
  async expectDeclared(check: string, question: string): Promise<void> {
    const answer = this.parameters.profile.declared[question] ?? null;
    this.record({ kind: 'declared', at: monotonic(), question, answer });
    this.#applied(check, {});
  }

  /** Reads every session and payment intent of the till itself, once the till has come to rest. */
  async readState(): Promise<void> {
    await this.#rest();
    for (const { id } of this.evidence.sessions)
      await this.#read('terminal-session', `/terminal-sessions/${id}`, id);
    for (const id of this.evidence.intents.keys()) {
      await this.#read('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id);
    }
  }

  // ----

  /** Lets the till come to rest: it may answer an action before it has sent what it is about to send. */
  async #rest(): Promise<void> {
    await this.#given(this.#lane).gateway.idle();
    if (this.#given(this.#driver).clock !== 'real') return;
    // What was asked for last may not have led to a request yet.
    const since = () => Math.max(this.#lastRequest, this.evidence.lastAction()?.until ?? 0);
    await this.until('the till to be quiet', () => monotonic() - since() > quiet, 3 * quiet);
  }

  #passes(check: string, params: { [name: string]: Json }): boolean {
    const { run } = this.parameters;
    const scene = {
      evidence: this.evidence,
      whole: this.evidence,
      run,
      everyRow: new Map([[this.#row, sentIn(this.evidence)]]),
      violations: () => [],
      provoked: () => false,
    };
    return checks.get(check)!.judge(scene, params).outcome === 'passed';
  }

  #applied(check: string, params: { [name: string]: Json }): void {
    this.record({ kind: 'expectation', at: monotonic(), check, params });
  }

  /** In a quick run the silence of a lost card machine is not waited out: the account's clock is moved over it. */
  async #hastenExpiry(): Promise<void> {
    const { clock } = this.account;
    if (!this.fast || !clock || this.#given(this.#driver).clock !== 'real') return;
    await this.reachPrompt(
      'the card to be presented',
      (type) => type !== 'PresentCard' && type !== 'InsertCard',
    );
    await clock.hold();
    await clock.advance(hastened);
    await clock.release();
  }

  /**
   * A rejected signature may be declined next, stay as it is, or be captured all the same when its time is up:
   * the kit waits for that, and for the till to be told, before it judges how the session ended.
   */
  async #outliveRejection(): Promise<void> {
    const rejected = () => this.#sessionInHand()?.told.at(-1)?.status === 'SignatureVerificationRejected';
    if (!rejected()) return;
    const window = criteria['signature.window'].value + criteria['signature.window.tolerance'].value;
    const { clock } = this.account;
    if (clock && this.#given(this.#driver).clock === 'real') {
      await clock.hold();
      await clock.advance(window);
      const moved = monotonic();
      await clock.release();
      await this.until(
        'the till to be told what became of the rejected signature',
        () =>
          this.#sessionInHand()?.told.some(
            ({ status, exchange }) => isFinal(status) && exchange.at > moved,
          ) ?? true,
        criteria['display.within'].value,
      );
    } else await this.until('what becomes of the rejected signature', () => !rejected(), window);
  }

  /** The session of the payment that was started last. */
  #sessionInHand() {
    const { session, paymentStart } = this.evidence;
    return session && session.created.at >= paymentStart ? session : null;
  }

  /** Nothing more is to be waited for when the till was refused its session, or could not be driven. */
  #refusedOrStuck(): boolean {
    const { evidence } = this;
    const start = evidence.paymentStart;
    // Driving a till takes its time: it is silent only from when the kit has let go of it.
    const driven = evidence.starts.at(-1)?.until ?? 0;
    const last = evidence.all('action').at(-1);
    const refused = evidence.exchanges.some(
      ({ at, request: asked, response }) =>
        at >= start && asked.method === 'POST' && (response?.status ?? 0) >= 400,
    );
    const stuck = last !== undefined && last.answer.answer !== 'done' && !last.mayBeRefused;
    const idle =
      this.#given(this.#driver).clock === 'real' &&
      monotonic() - Math.max(driven, this.#lastRequest) > 2 * silent;
    return refused || stuck || idle;
  }

  /** Brings a payment that is still open to its end, so that it can't reach into the next row. */
  async #finish(): Promise<void> {
    await this.#rest();
    const open = this.evidence.sessions.filter(({ told }) => !isFinal(told.at(-1)?.status ?? ''));
    if (!open.length || !this.account.clock) return;
    if (this.#given(this.#driver).clock === 'real') await this.account.clock.hold();
    await this.account.clock.advance(criteria['session.longest'].value);
    await this.until(
      'the till to see the end of its payment',
      () => this.evidence.sessions.every(({ told }) => isFinal(told.at(-1)?.status ?? '')),
      criteria['display.within'].value,
    );
  }

  #exchanged(exchange: Exchange): void {
    this.#lastRequest = monotonic();
    this.#livedAtRequest = this.#lived;
    this.record({ kind: 'exchange', exchange });
  }

  #displayed(display: Display, screenshot?: string): void {
    const driver = this.#given(this.#driver);
    const shown = this.#redacted(display);
    const last = this.evidence.all('display').at(-1);
    if (!screenshot && last && JSON.stringify(last.display) === JSON.stringify(shown)) return;
    this.record({
      kind: 'display',
      at: monotonic(),
      told: driver.display === 'told',
      display: shown,
      ...(screenshot ? { screenshot } : {}),
    });
  }

  #redacted(display: Display): Display {
    return this.#lane
      ? (this.#lane.redaction.json(display as unknown as Json) as unknown as Display)
      : display;
  }

  #text(text: string): string {
    return this.#lane ? this.#lane.redaction.text(text) : text;
  }

  #note(event: string, detail: Json): void {
    this.record({ kind: 'card-machine', at: monotonic(), tid: this.machine.tid, event, detail });
  }

  /** One reading of the state by the kit itself, past the gateway. Returns the status that it tells. */
  async #read(resource: 'terminal-session' | 'payment-intent', path: string, id: string): Promise<string> {
    const exchange = await this.#call('GET', path);
    this.record({ kind: 'state', at: exchange.at, resource, id, exchange });
    return textAt(jsonOf(exchange.response), 'status') ?? '';
  }

  /** One request of the kit itself. `secret`: what is answered is used and never recorded, so it is not redacted. */
  async #call(method: 'GET' | 'POST', path: string, body?: Json, secret = false): Promise<Exchange> {
    const lane = this.#given(this.#lane);
    const { redaction } = lane;
    const at = monotonic();
    const startedAt = new Date().toISOString();
    const { sent, status, headers, text } = await lane.ask(this.#access, method, path, body);
    const told = secret ? text : redaction.jsonText(text);
    return {
      id: `${this.#row}-read-${++this.#reads}`,
      by: 'kit',
      request: { method, target: path, headers: redaction.headers(sent), body: null },
      response: { status, headers: redaction.headers(headers), body: told ? bodyOf(told) : null },
      at,
      until: monotonic(),
      startedAt,
    };
  }

  get #access(): Access {
    const { run, upstream } = this.parameters;
    const { softwareHouseId, resellerId, apiKey } = this.account;
    return {
      url: upstream.url,
      apiKey: this.#kitKey ?? apiKey,
      softwareHouseId,
      resellerId,
      apiVersion: run.pos.apiVersion,
    };
  }

  #given<T>(value: T | null): T {
    if (value === null) throw new Error('The row was not begun: its Before hook has not come to its end');
    return value;
  }
}
