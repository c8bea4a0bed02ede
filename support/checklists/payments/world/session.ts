import { Blocked } from '../../../record/blocked.ts';
import { jsonOf, listAt, readableAt, textAt } from '../../../record/evidence.ts';
import { monotonic } from '../../../record/monotonic.ts';
import { resultOf } from '../../../record/phrases.ts';
import { outstayingSince } from '../checks/display/beside.ts';
import { leftOf } from '../checks/display/prompts.ts';
import { wrongSince } from '../checks/display/total.ts';
import { truths } from '../checks/display/truths.ts';
import { criteria } from '../criteria.ts';
import type { Session } from '../evidence.ts';
import { isFinal } from '../statuses.ts';
import type { PaymentWorld } from './world.ts';

/** A till that has sent nothing for so long, while its session goes on, has stopped polling; in ms. */
const silent = 6000;

/** Longer than a card machine takes from taking a session to asking for the PIN, in ms. */
const slowestPrompt = 12_000;

/** Of the silence of a lost card machine, what a quick run does not wait for, in ms. */
const hastened = 8000;

/** The payment in hand: what the kit waits for, as far as the till knows its terminal session. */
export class TillSession {
  readonly #world: PaymentWorld;

  constructor(world: PaymentWorld) {
    this.#world = world;
  }

  /** The session of the payment that was started last. */
  get inHand(): Session | null {
    const { session, paymentStart } = this.#world.evidence;
    return session && session.created.at >= paymentStart ? session : null;
  }

  /**
   * Waits for the display that the till owes for the payment that has ended, as long as it may take: else a result
   * that is drawn late would be taken for one of what is done next, and what is left of the card machine for what goes
   * in a moment.
   */
  async awaitOwed(): Promise<void> {
    await this.#awaitGone();
    const end = this.inHand?.answers.at(-1);
    const { display } = this.#world.driver;
    if (!end || !isFinal(end.status) || display === 'none' || display === 'attested') return;
    const since = monotonic() - readableAt(end.exchange);
    const left = criteria['display.within'].value - since;
    if (left <= 0) return;
    const { run } = this.#world.parameters;
    const { vocabulary } = run.pos;
    const owed = () => {
      const { display, paymentStart } = this.#world.evidence;
      const result = resultOf(display?.outcome ?? null, vocabulary);
      const answered = result && truths(this.#world.evidence, paymentStart, monotonic()).has(result);
      if (display && leftOf(display, end, run) !== null) return false;
      return Boolean(answered || display?.dialogues.length);
    };
    await this.#world.until('the till to show how its payment ended', owed, left);
  }

  /** A wrong total, and a text about the payment before, may stand for a while: the kit waits for the till to take it off. */
  async #awaitGone(): Promise<void> {
    const within = criteria['display.within'].value;
    const { run } = this.#world.parameters;
    const stands = (): boolean => {
      const { evidence } = this.#world;
      const since = [wrongSince(evidence), outstayingSince(evidence, run)];
      return since.some((one) => one !== null && monotonic() - one <= within);
    };
    if (stands()) await this.#world.until('the till to take off what is not so', () => !stands(), 2 * within);
  }

  /**
   * Waits until the till has learned that its session stands at one of these statuses, or has ended. When
   * the till has stopped asking, the kit asks in its stead, so that the row comes to an end.
   */
  async reach(...statuses: string[]): Promise<void> {
    if (statuses.includes('Expired')) await this.#hastenExpiry();
    const over = this.#over();
    const stands = this.#stands((status) => statuses.includes(status) || over(status));
    await this.#world.until(
      `the session to be ${statuses.join(' or ')}`,
      () => (this.inHand ? stands() : this.#refusedOrStuck()),
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
      const made = this.#world.evidence.intents.get(this.inHand?.intentId ?? '')?.created;
      const manual = textAt(jsonOf(made?.request ?? null), 'captureMode') === 'Manual';
      if (status !== 'Authorized' || manual) {
        since = null;
        return isFinal(status);
      }
      since ??= this.#world.waiting.lived;
      return this.#world.waiting.lived - since > slowestPrompt;
    };
  }

  /**
   * Tells whether the status of the session in hand fits: the one that the till learned last or, once it has
   * stopped asking, the one that the kit reads in its stead.
   */
  #stands(fits: (status: string) => boolean): () => Promise<boolean> {
    let asked = this.#world.waiting.lived;
    return async () => {
      const session = this.inHand;
      if (!session || fits(session.answers.at(-1)?.status ?? '')) return true;
      const silence =
        this.#world.driver.clock === 'account'
          ? this.#world.waiting.lived - this.#world.waiting.livedAtRequest
          : monotonic() - this.#world.waiting.lastRequest;
      if (silence < silent || this.#world.waiting.lived - asked < 1000) return false;
      asked = this.#world.waiting.lived;
      return fits(
        await this.#world.reader.read('terminal-session', `/terminal-sessions/${session.id}`, session.id),
      );
    };
  }

  /**
   * Waits until the till has learned of a prompt of the card machine that satisfies a condition, or of the
   * end; and no longer than a card machine takes to come to it, for prompts may be missing.
   */
  async reachPrompt(what: string, fits: (type: string) => boolean): Promise<void> {
    await this.reach('Initiated');
    await this.#world.until(
      what,
      () => {
        const answered = this.inHand?.answers.at(-1);
        return !answered || isFinal(answered.status) || answered.prompts.some(({ type }) => fits(type));
      },
      slowestPrompt,
    );
  }

  /**
   * A rejected signature may be declined next, stay as it is, or be captured all the same when its time is up:
   * the kit waits for that, and for the till to learn, before it judges how the session ended.
   */
  async #outliveRejection(): Promise<void> {
    const rejected = () => this.inHand?.answers.at(-1)?.status === 'SignatureVerificationRejected';
    if (!rejected()) return;
    const window = criteria['signature.window'].value + criteria['signature.window.tolerance'].value;
    const { clock } = this.#world.account;
    if (clock && this.#world.driver.clock === 'real') {
      await clock.hold();
      await clock.advance(window);
      const moved = monotonic();
      await clock.release();
      await this.#world.until(
        'the API to report to the POS how the rejected signature ended',
        () =>
          this.inHand?.answers.some(({ status, exchange }) => isFinal(status) && exchange.at > moved) ?? true,
        criteria['display.within'].value,
      );
    } else await this.#world.until('what becomes of the rejected signature', () => !rejected(), window);
  }

  /** In a quick run the silence of a lost card machine is not waited out: the account's clock is moved over it. */
  async #hastenExpiry(): Promise<void> {
    const { clock } = this.#world.account;
    if (!this.#world.fast || !clock || this.#world.driver.clock !== 'real') return;
    await this.reachPrompt(
      'the card to be presented',
      (type) => type !== 'PresentCard' && type !== 'InsertCard',
    );
    await clock.hold();
    await clock.advance(hastened);
    await clock.release();
  }

  /** Nothing more is to be waited for when the till was refused its session, or could not be driven. */
  #refusedOrStuck(): boolean {
    const { evidence } = this.#world;
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
      this.#world.driver.clock === 'real' &&
      monotonic() - Math.max(driven, this.#world.waiting.lastRequest) > 2 * silent;
    return refused || stuck || idle;
  }

  /**
   * Cancels while the card machine asks for the card. Throws a `Blocked` when nobody could tell the cardholder to
   * wait and the card came first: then the cancellation was too late through nobody's fault.
   */
  async cancelBeforeCard(): Promise<void> {
    const asksForCard = (type: string) => type === 'PresentCard' || type === 'InsertCard';
    await this.reachPrompt('the card machine to ask for the card', asksForCard);
    await this.#world.act({ name: 'cancel' });
    if (this.#world.account.canWait) return;
    const answer = () => this.inHand?.cancels.at(-1)?.response;
    await this.#world.until(
      'the cancellation to be answered',
      () => Boolean(answer()),
      criteria['display.within'].value,
    );
    const session = this.inHand;
    if (!session || answer()?.status !== 422) return;
    const { response } = await this.#world.reader.call('GET', `/terminal-sessions/${session.id}`);
    const prompts = listAt(jsonOf(response), 'notificationEvents');
    if (prompts.every((prompt) => asksForCard(textAt(prompt, 'notificationType') ?? ''))) return;
    throw new Blocked(
      'KIT-CARDS-005',
      `The card reached the virtual card machine ${this.#world.machine.current.tid} before the cancellation did`,
      'Run the row again, or against the simulator, where the card waits.',
      false,
    );
  }

  /**
   * Lets the operator be silent until the signature is closed. In a quick run the till is watched for a while
   * and the account's clock then moved to where the time is up.
   */
  async waitOutSignature(): Promise<void> {
    const { clock } = this.#world.account;
    const closed = this.#stands((status) => !status.startsWith('SignatureVerificationRequired'));
    if (this.#world.fast && clock && this.#world.driver.clock === 'real') {
      const watched = criteria['signature.observe'].value;
      if (await this.#world.until('the quick look at the open signature to be over', closed, watched)) return;
      await clock.hold();
      await clock.advance(criteria['signature.window'].value - watched);
      await clock.release();
    }
    await this.#world.until(
      'the signature to be closed',
      closed,
      criteria['signature.window'].value + criteria['signature.window.tolerance'].value,
    );
  }

  /** Brings a payment that is still open to its end, so that it can't reach into the next row. */
  async finish(): Promise<void> {
    await this.#world.rest();
    await this.#awaitGone();
    const open = this.#world.evidence.sessions.filter(
      ({ answers }) => !isFinal(answers.at(-1)?.status ?? ''),
    );
    if (!open.length) return;
    const { clock } = this.#world.account;
    if (clock && this.#world.driver.clock === 'real') await clock.hold();
    await clock?.advance(criteria['session.longest'].value);
    // A card machine that nobody can hurry ends the payment when it does: else the journal would be ahead of the state.
    const longest = clock ? 0 : criteria['session.longest'].value;
    await this.#world.until(
      'the till to see the end of its payment',
      () => this.#world.evidence.sessions.every(({ answers }) => isFinal(answers.at(-1)?.status ?? '')),
      longest + criteria['display.within'].value,
    );
  }
}
