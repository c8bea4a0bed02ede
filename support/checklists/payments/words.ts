import type { WordsForm } from '../../checklist/index.ts';

/** What a POS usually says besides the results of payments. */
export const words = {
  prompts: {
    PresentCard: [
      'present card',
      'present the card',
      'present your card',
      'tap, insert or swipe',
      'insert or tap',
    ],
    InsertCard: ['insert card', 'insert the card', 'insert your card'],
    PresentOnlyOneCard: ['present only one card', 'only one card'],
    EnterPin: ['enter pin', 'enter the pin', 'entering pin', 'pin entry', 'enter your pin'],
    PleaseWait: ['please wait', 'processing', 'working'],
    RemoveCard: ['remove card', 'remove the card', 'remove your card'],
    ReEnterCard: ['re-enter card', 'reenter card', 'insert the card again', 'insert card again'],
    CardUnsupported: ['card unsupported', 'card not supported', 'card is not supported'],
    CardError: ['card error', 'card could not be read', 'card read error'],
    Approved: ['approved'],
    Declined: ['declined'],
  },
  kinds: {
    sale: ['sale', 'payment', 'purchase', 'capture', 'charge', 'pre-authorisation', 'pre-authorization'],
    refund: ['refund', 'refunded', 'refunds', 'return', 'credit note', 'money back'],
  },
  lists: {
    signature: {
      description: 'A dialogue asks for a signature to be checked',
      shownAs: 'dialogue',
      phrases: ['signature', 'verify the signature', 'signature verification'],
    },
    accept: {
      description: 'Buttons by which a signature is right',
      offeredWith: 'signature',
      phrases: ['accept', 'accept signature', 'accepted', 'approve', 'yes', 'signature ok'],
    },
    reject: {
      description: 'Buttons by which a signature is wrong',
      offeredWith: 'signature',
      phrases: ['reject', 'reject signature', 'rejected', 'decline', 'no', 'signature not ok'],
    },
    recordByHand: {
      description: 'Buttons that record a payment by hand',
      offeredWith: 'Unconfirmed',
      phrases: [
        'record',
        'record by hand',
        'record manually',
        'record as paid',
        'mark as paid',
        'manually record',
      ],
    },
    retry: {
      description: 'Buttons that try a payment again',
      offeredWith: 'Unconfirmed',
      phrases: ['try again', 'retry', 'repeat'],
    },
    available: {
      description: 'A card machine can be chosen',
      phrases: ['available', 'free', 'ready', 'online', 'idle'],
    },
    unavailable: {
      description: 'A card machine cannot take a payment',
      shownAs: 'notice',
      phrases: [
        'not available',
        'unavailable',
        'busy',
        'in use',
        'offline',
        'not ready',
        'cannot be reached',
      ],
    },
    checkApiKey: {
      description: 'The API key is wrong',
      shownAs: 'notice',
      phrases: [
        'api key is incorrect',
        'incorrect api key',
        'check the api key',
        'check your api key',
        'check that the api key',
        'invalid api key',
        'api key is invalid',
        'api key was refused',
        'api key is wrong',
        'check the credentials',
        'check your credentials',
        'check that the credentials',
        'credentials are incorrect',
        'incorrect credentials',
      ],
    },
    cannotCancel: {
      description: 'A payment can no longer be cancelled',
      shownAs: 'notice',
      phrases: [
        'can only be cancelled',
        'can only be canceled',
        'cannot be cancelled',
        'cannot be canceled',
        'can no longer be cancelled',
        'can no longer be canceled',
        'could not be cancelled',
        'could not be canceled',
        "doesn't allow it to be canceled",
        'does not allow it to be canceled',
        'too late to cancel',
      ],
    },
    checkMachine: {
      description: 'Look after the card machine',
      shownAs: 'notice',
      phrases: [
        'check the card machine',
        'check that the card machine',
        'check that the terminal',
        'check that the device',
        'check that the card reader',
        'check the terminal',
        'check the device',
        'check that it is switched on',
        'check the machine',
        'look at the card machine',
        'check the card reader',
        "check the card machine's screen",
        'check the card machine’s screen',
      ],
    },
    partly: {
      description: 'Only a part was refunded',
      phrases: [
        'partially',
        'partly',
        'partial',
        'in part',
        'part refund',
        'part refunded',
        'part-refund',
        'part-refunded',
        'part return',
        'part returned',
        'part of it',
        'part of the amount',
        'part of the money',
        'part of the payment',
        'part of the price',
        'part of the sale',
        'part of the sum',
        'part of the total',
        'part of this payment',
        'part of this sale',
        'part of your money',
        'part of your payment',
      ],
    },
  },
} as const satisfies WordsForm;

declare module '../../record/vocabulary.ts' {
  interface WordNames {
    readonly payments: {
      readonly kinds: keyof typeof words.kinds;
      readonly lists: keyof typeof words.lists;
    };
  }
}
