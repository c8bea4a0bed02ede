import { listed, money } from '../../checklist/check.ts';
import type { FactWords } from '../../checklist/index.ts';

declare module '../../record/vocabulary.ts' {
  interface Facts {
    /** An order that was opened at the POS, as the kit found it when Dojo looked for it; the sum is what was entered. */
    readonly 'order-found': {
      readonly orderId: string;
      readonly entered: number;
      readonly currency: string;
      readonly waiterId: string | null;
    };
    /** No search shows the order that was opened. */
    readonly 'order-lost': { readonly entered: number };
    /** A guest has paid at the card machine; minor units, the tip besides the amount. */
    readonly 'guest-paid': {
      readonly orderId: string;
      readonly paymentIntentId: string;
      readonly amount: number;
      readonly tips: number;
      readonly currency: string;
    };
    /** The guest got the money back, since the POS did not record the payment. */
    readonly 'guest-repaid': { readonly paymentIntentId: string };
    /** Somebody called the POS as Dojo does not: by what, in words, and in which exchange. */
    readonly 'stranger-called': { readonly exchange: string; readonly by: string };
    /** What is registered of the POS, by adapter. */
    readonly 'capabilities-registered': {
      readonly rest: readonly string[];
      readonly socket: readonly string[];
      readonly url: string | null;
      /** Those of the capabilities, each once; left out in records of older kits. */
      readonly versions?: readonly string[];
      /** Where Dojo calls the POS; left out where it does not, and in records of older kits. */
      readonly called?: string;
    };
    /** Dojo sends nothing over the WebSocket from here on, and waits for a sign of life. */
    readonly 'socket-idle': object;
    /** The WebSocket is about to be lost. */
    readonly 'socket-lost': { readonly how: 'close' | 'reset' | 'fall silent' | 'lost answer' };
  }
}

const losses = {
  close: 'closes the WebSocket, and takes none for a moment',
  reset: 'resets the WebSocket',
  'fall silent': 'says nothing more over the WebSocket, which stays open',
  'lost answer': 'loses the WebSocket as the next answer comes',
};

/** How each fact of Pay at Table is put to a reader of the record. */
export const tableFactWords: FactWords = {
  'order-found': ({ orderId, entered, currency }) => [
    'kit',
    `found the order ${orderId}, which was opened over ${money(entered, currency)}`,
  ],
  'order-lost': ({ entered }) => ['kit', `found no order over ${money(entered)}`],
  'guest-paid': ({ orderId, paymentIntentId, amount, tips, currency }) => [
    'guest',
    `paid ${money(amount, currency)}${tips ? ` and a tip of ${money(tips, currency)}` : ''} of ${orderId} with ${paymentIntentId}`,
  ],
  'guest-repaid': ({ paymentIntentId }) => ['card machine', `gave the payment ${paymentIntentId} back`],
  'socket-idle': () => ['upstream', 'sends nothing over the WebSocket, and waits for a sign of life'],
  'socket-lost': ({ how }) => ['upstream', losses[how]],
  'stranger-called': ({ by }) => ['kit', `called the POS ${by}`],
  'capabilities-registered': ({ rest, socket }) => [
    'upstream',
    `has over REST: ${listed(rest)}; over WebSocket: ${listed(socket)}`,
  ],
};
