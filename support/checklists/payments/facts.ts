import { listed } from '../../checklist/check.ts';
import type { FactWords } from '../../checklist/index.ts';

declare module '../../record/vocabulary.ts' {
  interface Facts {
    /** A card machine was put before a cardholder, who will do this. */
    readonly 'card-machine-prepared': { readonly tid: string; readonly cardholder: Json };
    /** In minor units. */
    readonly 'tip-given': { readonly tid: string; readonly value: number };
    readonly 'card-machine-put': { readonly tid: string; readonly state: string };
    /** A cardholder who waited goes on. */
    readonly 'cardholder-proceeds': { readonly tid: string };
    /** What the card machine shows itself; the amount in minor units. */
    readonly 'card-machine-screen': {
      readonly tid: string;
      readonly prompt: string | null;
      readonly amount: number | null;
    };
    /** The kit created payment intents for the POS to list. */
    readonly 'intents-made': { readonly ids: readonly string[] };
    readonly 'key-revoked': object;
    readonly 'fault-armed': { readonly fault: string };
    /** An event was sent to the receiver of the POS; `status` is 0 when it gave no answer. */
    readonly 'event-sent': { readonly what: string; readonly genuine: boolean; readonly status: number };
    /** An event of the API reached the kit's own till; `genuine` when its signature is what the secret makes it. */
    readonly 'event-received': {
      readonly name: string;
      readonly paymentIntentId: string;
      readonly genuine: boolean;
    };
  }
}

const machine = (tid: string): string => `card machine ${tid}`;

/** What a reader of the record sees of each fact. */
export const factWords: FactWords = {
  'card-machine-prepared': ({ tid, cardholder }) => [machine(tid), `prepared ${JSON.stringify(cardholder)}`],
  'tip-given': ({ tid, value }) => [machine(tid), `tip given, ${value}`],
  'card-machine-put': ({ tid, state }) => [machine(tid), `put to ${state}`],
  'cardholder-proceeds': ({ tid }) => [machine(tid), 'the cardholder goes on'],
  'card-machine-screen': ({ tid, prompt, amount }) => [
    machine(tid),
    `shows ${prompt ?? 'no prompt'}, amount ${amount ?? 'none'}`,
  ],
  'intents-made': ({ ids }) => ['kit', `created payment intents: ${listed(ids)}`],
  'key-revoked': () => ['kit', 'revoked the API key of the till'],
  'fault-armed': ({ fault }) => ['kit', `armed the fault ${fault}`],
  'event-sent': ({ what, status }) => ['kit', `sent an event, ${what}: ${status || 'no answer'}`],
  'event-received': ({ name, genuine }) => [
    'API',
    `sent the event ${name}, signed ${genuine ? 'rightly' : 'wrongly'}`,
  ],
};
