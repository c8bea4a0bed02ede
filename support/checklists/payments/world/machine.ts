import type { Cardholder, CardMachine } from '../../../actors/card-machine/index.ts';
import { usualMachine } from '../../../actors/card-machine/machines-needed.ts';
import { loadChecklist } from '../../../checklist/index.ts';
import type { Answer, Json } from '../../../record/vocabulary.ts';
import type { PaymentWorld } from './world.ts';

/** The card machine that the scenario speaks of, and who stands before it. */
export class Machine {
  #machine: CardMachine | null = null;
  #chosen: string | null = null;
  /** Whether it can take a payment. */
  ready = true;
  readonly #world: PaymentWorld;

  constructor(world: PaymentWorld) {
    this.#world = world;
  }

  /** The card machine that the scenario now speaks of. */
  get current(): CardMachine {
    if (!this.#machine) throw new Error('The scenario has not spoken of a card machine yet');
    return this.#machine;
  }

  /** Sets the till up and puts a card machine before the customer. */
  async serve(suffix: string, cardholder: Cardholder | null): Promise<void> {
    await this.#world.till.setUp();
    await this.place(suffix, cardholder);
  }

  /** Puts a card machine before the customer and says what the next cardholder does there. */
  async place(suffix: string, cardholder: Cardholder | null): Promise<void> {
    const { row, parameters } = this.#world;
    const { rows } = loadChecklist(parameters.run.checklist.name);
    const cardMachines = rows.find(({ id }) => id === row)?.cardMachines ?? [];
    if (!cardMachines.includes(suffix) && suffix !== usualMachine)
      throw new Error(
        `Its row has to name ${suffix} in \`cardMachines\`: others may be served there meanwhile`,
      );
    const machine = this.#world.account.machineFor(suffix, cardholder);
    this.#machine = machine;
    this.ready = true;
    if (cardholder) await this.#world.account.prepare(machine, cardholder);
    const { tid } = machine;
    this.#world.note('card-machine-prepared', { tid, cardholder: (cardholder ?? {}) as Json });
    if (cardholder?.tip) this.#world.note('tip-given', { tid, value: cardholder.tip });
  }

  async put(state: 'ready' | 'menu' | 'offline'): Promise<void> {
    await this.#world.account.put(this.current, state);
    this.ready = state === 'ready';
    this.#world.note('card-machine-put', { tid: this.current.tid, state });
  }

  async proceed(): Promise<void> {
    await this.#world.account.proceed(this.current);
    this.#world.note('cardholder-proceeds', { tid: this.current.tid });
  }

  async readScreen(): Promise<void> {
    const screen = await this.#world.account.screen(this.current);
    if (screen) this.#world.note('card-machine-screen', { tid: this.current.tid, ...screen });
  }

  /** Chooses on the till the card machine that the scenario speaks of, where it is not chosen yet. */
  async choose(): Promise<Answer> {
    if (this.#chosen === this.current.tid) return { answer: 'done' };
    const { tid, terminalId } = this.current;
    const answer = await this.#world.act({ name: 'chooseTerminal', tid, terminalId }, !this.ready);
    this.#chosen = tid;
    return answer;
  }

  /** The gratuity that was given on the card machine last, in minor units. */
  get givenTip(): number {
    return this.#world.evidence.facts('tip-given').at(-1)?.detail.value ?? 0;
  }
}
