import type { IWorldOptions } from '@cucumber/cucumber';
import { RowWorld, type RunParameters } from '../../../run/row-world.ts';
import type { PaymentEvidence } from '../evidence.ts';
import { Machine } from './machine.ts';
import { TillSession } from './session.ts';
import { Till } from './till.ts';
import { Arrangements } from './upstream.ts';

/** What the steps of Pay at Counter act on: a till, a card machine, their session, and the account behind them. */
export class PayAtCounterWorld extends RowWorld<PaymentEvidence> {
  readonly till = new Till(this);
  readonly machine = new Machine(this);
  readonly session = new TillSession(this);
  readonly upstream = new Arrangements(this);

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
    for (const { id } of this.evidence.sessions)
      await this.reader.read('terminal-session', `/terminal-sessions/${id}`, id);
    for (const id of this.evidence.intents.keys())
      await this.reader.read('payment-intent', `/payment-intents/${id}?returnCanceled=true`, id);
  }

  protected override get made(): string[] {
    return [...this.evidence.intents.keys(), ...this.evidence.sessions.map(({ id }) => id)];
  }
}
