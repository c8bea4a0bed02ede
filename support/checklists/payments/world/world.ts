import type { IWorldOptions } from '@cucumber/cucumber';
import { Blocked } from '../../../record/blocked.ts';
import type { Action, Answer } from '../../../record/vocabulary.ts';
import { RowWorld, type RunParameters } from '../../../run/row-world.ts';
import type { PaymentEvidence } from '../evidence.ts';
import { Machine } from './machine.ts';
import { TillSession } from './session.ts';
import { Till } from './till.ts';
import { Arrangements } from './upstream.ts';
import { Watch } from './watch.ts';

/** What the steps of a checklist of payments act on: a till, a card machine, their session, and the account behind them. */
export class PaymentWorld extends RowWorld<PaymentEvidence> {
  readonly till = new Till(this);
  readonly machine = new Machine(this);
  readonly session = new TillSession(this);
  readonly upstream = new Arrangements(this);

  readonly #watch = new Watch(this);

  constructor(options: IWorldOptions<RunParameters>) {
    super(options);
  }

  protected override beforeAction(): Promise<void> {
    return this.session.awaitOwed();
  }

  protected override finish(): Promise<void> {
    return this.session.finish();
  }

  /** Reads every session and payment intent of the till itself, once the till has come to rest. */
  override async readState(): Promise<void> {
    await this.rest();
    if (!this.lane.observes) await this.watch();
    for (const { id } of this.evidence.sessions)
      await this.reader.read('terminal-session', `/terminal-sessions/${id}`, id);
    for (const id of this.evidence.intents.keys())
      await this.reader.read('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id);
  }

  /** A refund without a payment leaves nothing by which the kit finds its session. */
  override async act(action: Action, mayBeRefused = false): Promise<Answer> {
    if (action.name === 'unlinkedRefund') this.refuseUnobserved('makes a refund that the API lists nowhere');
    return super.act(action, mayBeRefused);
  }

  /** Throws a `Blocked` where what the POS sends goes past the kit, and the row does what nobody could judge then. */
  refuseUnobserved(does: string): void {
    if (this.lane.observes) return;
    throw new Blocked(
      'KIT-REACH-006',
      `The row ${does}, and the traffic of the POS goes past the kit`,
      'Lead the traffic of the POS through the kit (docs/reach.md), or leave the row out.',
      false,
    );
  }

  protected override async watch(): Promise<void> {
    if (await this.#watch.look()) this.waiting.requested();
  }

  protected override get made(): string[] {
    return [...this.evidence.intents.keys(), ...this.evidence.sessions.map(({ id }) => id)];
  }
}
