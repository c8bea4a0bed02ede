import type { AccountClock, Hello, PosDriver } from '../../../drivers/driver.ts';
import { Client, type Reply } from '../../../drivers/headless/client.ts';
import { at, textAt } from '../../../record/evidence.ts';
import type { Action, Answer, Display, PosSettings } from '../../../record/vocabulary.ts';
import type { Sale } from '../../payments/actions.ts';
import { isFinal } from '../../payments/statuses.ts';
import { AtCardMachine } from './card-machine.ts';
import { Intents, money } from './intents.ts';
import { EventReceiver, type ReceivedEvent } from './receiver.ts';

const done: Answer = { answer: 'done' };
const notOffered = (reason: string): Answer => ({ answer: 'notOffered', reason });

/**
 * The kit's own client in the role of the till: this is how the API itself is certified. It protects nobody:
 * what it is asked for is sent, also where it must be refused, and it goes on by what the API answers. What it
 * does not offer is only what has nothing to be sent about. It has no display that would count. It lives in its
 * account's time where the upstream lets it: each poll advances the account's held clock by a second.
 */
export class HeadlessTill implements PosDriver {
  readonly display = 'none';
  readonly clock: 'account' | 'real';
  readonly #clock: AccountClock | null;
  readonly #apiVersion: string;
  readonly #client: Client;
  readonly #intents: Intents;
  readonly #machine: AtCardMachine;
  #terminals: string[] = [];
  #notice: string | null = null;
  #receiver: EventReceiver | null = null;
  #listener: (display: Display) => void = () => {};

  /** `run`: what it makes is named after it. */
  constructor(clock: AccountClock | null, { apiVersion, run }: { apiVersion: string; run: string }) {
    this.#clock = clock;
    this.#apiVersion = apiVersion;
    this.#client = new Client(apiVersion);
    this.#intents = new Intents(this.#client, run);
    this.#machine = new AtCardMachine(this.#client);
    this.clock = clock ? 'account' : 'real';
  }

  async hello(): Promise<Hello> {
    return { name: 'Headless till', version: '0.1.0', apiVersion: this.#apiVersion };
  }

  async configure(settings: PosSettings): Promise<Answer> {
    this.#client.use(settings);
    this.#notice = null;
    return this.#listTerminals();
  }

  async act(action: Action): Promise<Answer> {
    const answer = await this.#take(action);
    this.#changed();
    return answer;
  }

  async look(): Promise<Display> {
    return this.#look();
  }

  onChange(listener: (display: Display) => void): void {
    this.#listener = listener;
  }

  async screenshot(): Promise<null> {
    return null;
  }

  async live(ms: number): Promise<number> {
    const step = this.#machine.next(ms);
    if (this.#clock) await this.#clock.advance(step);
    else await new Promise((resolve) => setTimeout(resolve, step));
    if (await this.#machine.passed(step)) this.#changed();
    return step;
  }

  async reset(): Promise<Answer> {
    this.#machine.leave();
    this.#intents.reset();
    this.#notice = null;
    this.#changed();
    return done;
  }

  async restart(): Promise<Answer> {
    return notOffered('it keeps nothing that it could go on from');
  }

  /** The events that the API has sent to it, once there is one, or none has come within `ms` of real time. */
  async events(ms: number): Promise<readonly ReceivedEvent[]> {
    return this.#receiver ? this.#receiver.received(ms) : [];
  }

  async close(): Promise<void> {
    await this.#receiver?.close();
    await this.#client.close();
  }

  #take(action: Action): Promise<Answer> | Answer {
    switch (action.name) {
      case 'listTerminals':
        return this.#listTerminals();
      case 'chooseTerminal':
        this.#machine.terminalId = action.terminalId;
        return done;
      case 'sale':
        return this.#sell(action.sale);
      case 'retry':
        return this.#retry();
      case 'cancel':
        return this.#onSession('cancel');
      case 'signature':
        return this.#onSession('signature', { accepted: action.accepted });
      case 'recordManually':
        return this.#machine.status === 'Expired' ? done : notOffered('the result is known');
      case 'capture':
        return this.#onIntent((id) => this.#intents.capture(id, action.amount));
      case 'changeAmount':
        return this.#onIntent((id) => this.#intents.changeAmount(id, action.amount), action.paymentIntentId);
      case 'cancelIntent':
        return this.#onIntent((id) => this.#intents.cancel(id));
      case 'listIntents':
        return this.#listIntents();
      case 'refundIntent':
        return this.#onIntent((id) => this.#intents.refund(id, action.amount));
      case 'matchedRefund':
        return this.#onIntent((paymentIntentId) =>
          this.#machine.begin(paymentIntentId, {
            sessionType: 'MatchedRefund',
            matchedRefund: {
              paymentIntentId,
              ...(action.amount === undefined ? {} : { amount: money(action.amount) }),
            },
          }),
        );
      case 'unlinkedRefund':
        return this.#answered(
          this.#machine.begin(null, {
            sessionType: 'UnlinkedRefund',
            unlinkedRefund: { amount: money(action.amount, action.currency) },
          }),
        );
      case 'subscribeWebhooks':
        return this.#subscribe();
      default:
        return notOffered(`it knows no action called ${action.name}`);
    }
  }

  async #listTerminals(): Promise<Answer> {
    const { status, json } = await this.#client.send('GET', '/terminals');
    this.#terminals = Array.isArray(json) ? json.map((one) => textAt(one, 'properties', 'tid') ?? '') : [];
    if (status === 401) this.#notice = 'API key is incorrect.';
    return done;
  }

  async #sell(sale: Sale): Promise<Answer> {
    this.#notice = null;
    this.#machine.leave();
    const reply = await this.#intents.create(sale);
    const paymentIntentId = textAt(reply.json, 'id');
    if (!paymentIntentId) return this.#answered(reply);
    return this.#answered(
      this.#machine.begin(
        paymentIntentId,
        { sessionType: 'Sale', sale: { paymentIntentId } },
        sale.manualCapture,
      ),
    );
  }

  #retry(): Promise<Answer> | Answer {
    const { refundAgain } = this.#intents;
    if (refundAgain) return this.#answered(refundAgain());
    return this.#machine.inHand
      ? this.#answered(this.#machine.startSession())
      : notOffered('there is nothing to try again');
  }

  async #onSession(path: 'cancel' | 'signature', body?: { accepted: boolean }): Promise<Answer> {
    const reply = await this.#machine.onSession(path, body);
    return reply ? this.#answered(reply) : notOffered('there is no terminal session');
  }

  #onIntent(
    use: (id: string) => Promise<Reply | null>,
    id = this.#intents.current,
  ): Promise<Answer> | Answer {
    return id ? this.#answered(use(id)) : notOffered('there is no payment intent');
  }

  async #listIntents(): Promise<Answer> {
    await this.#intents.list();
    return done;
  }

  async #subscribe(): Promise<Answer> {
    this.#receiver ??= await EventReceiver.open();
    const reply = await this.#client.send('POST', '/webhooks', {
      events: ['payment_intent.status_updated'],
      url: this.#receiver.url,
    });
    const id = textAt(reply.json, 'id');
    if (!id) return this.#answered(reply);
    const secrets = await this.#client.send('GET', `/webhooks/${id}/secrets`);
    const list = at(secrets.json, 'secrets');
    this.#receiver.secret = Array.isArray(list) ? textAt(list[0], 'value') : null;
    return this.#answered(reply);
  }

  /** What a person would read of a refusal, in either casing that the API uses. `null`: no answer came. */
  async #answered(answer: Promise<Reply | null> | Reply): Promise<Answer> {
    const reply = await answer;
    if (!reply) return done;
    const { status, json } = reply;
    this.#notice =
      status >= 400 ? (textAt(json, 'detail') ?? textAt(json, 'Detail') ?? `answered ${status}`) : null;
    return done;
  }

  #look(): Display {
    const { status, prompt } = this.#machine;
    const outcome = status && isFinal(status) ? status : null;
    return {
      text: [outcome, prompt, this.#notice].filter(Boolean).join('\n'),
      outcome,
      prompt,
      notice: this.#notice,
      dialogues: [],
      ledger: [],
      cardMachines: this.#terminals,
    };
  }

  #changed(): void {
    this.#listener(this.#look());
  }
}
