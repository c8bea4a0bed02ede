import {
  type ActionForm,
  type ActionsOf,
  amount,
  type BareAction,
  currency,
  type OnPage,
} from '../../checklist/index.ts';

const line = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'quantity', 'amountTotal', 'modifiers'],
  properties: {
    name: { type: 'string' },
    quantity: { type: 'integer', minimum: 1 },
    amountTotal: { type: 'integer', description: 'Price of all of it, without its modifiers' },
    modifiers: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'quantity', 'amountPerModifier'],
        properties: {
          name: { type: 'string' },
          quantity: { type: 'integer', minimum: 1 },
          amountPerModifier: { type: 'integer', description: 'Negative for a discount' },
        },
      },
    },
  },
} as const;

const sale = {
  type: 'object',
  additionalProperties: false,
  required: ['amount', 'currency'],
  properties: {
    amount,
    tip: amount,
    cashback: amount,
    currency,
    manualCapture: {
      type: 'boolean',
      description: 'Authorizes only; what is taken is captured later',
    },
    cardHolderNotPresent: { type: 'boolean', description: 'The card number is keyed in' },
    lines: {
      type: 'array',
      description: 'What is sold; together, with their modifiers, they make the amount',
      items: line,
    },
  },
} as const;

const forms = {
  sale: {
    description:
      'Takes a new sale to the chosen card machine; an unsuccessful payment that is still on the screen is given up first',
    required: ['sale'],
    needed: true,
    properties: { sale },
    sends: ['POST /terminal-sessions'],
  },
  retry: {
    description: 'Tries the payment in hand again, on the same payment intent',
    properties: {},
    words: 'retry',
    asks: 'Try the payment again',
    sends: ['POST /terminal-sessions'],
  },
  cancel: {
    description: 'Asks the card machine to cancel',
    properties: {},
    asks: 'Cancel the payment',
    sends: ['PUT /terminal-sessions/{id}/cancel'],
  },
  signature: {
    description: 'Accepts or rejects the signature in the dialogue',
    required: ['accepted'],
    properties: { accepted: { type: 'boolean' } },
    sends: ['PUT /terminal-sessions/{id}/signature'],
  },
  recordManually: {
    description: 'Records by hand a payment whose result cannot be confirmed',
    properties: {},
    words: 'recordByHand',
    asks: 'Record the payment by hand',
  },
  capture: {
    description: 'Captures the authorized payment in hand: all of it, or that much',
    properties: { amount },
    asks: 'Capture the authorised payment {amount}',
    sends: ['POST /payment-intents/{id}/captures'],
  },
  changeAmount: {
    description:
      'Changes the amount of the payment that is named; where it is the one in hand, it stays in hand',
    required: ['amount'],
    properties: {
      amount,
      paymentIntentId: {
        type: 'string',
        description: 'Whose amount; without it, that of the payment in hand',
      },
    },
    asks: 'Change the amount of the payment to {amount}',
    sends: ['POST /payment-intents/{id}/amount'],
  },
  cancelIntent: {
    description: 'Cancels the open payment intent of the payment in hand',
    properties: {},
    asks: 'Cancel the open payment',
    sends: ['DELETE /payment-intents/{id}'],
  },
  payElsewhere: {
    description: 'In a second window or on a second device: pays the sale that is being paid already',
    properties: {},
    elsewhere: true,
    asks: 'Pay the same sale from a second window or device',
    sends: ['POST /terminal-sessions'],
  },
  listIntents: {
    description:
      'Lists all payments of the account, all pages, and shows each by its reference or its payment intent',
    properties: {},
    asks: 'List all payments of the account',
    sends: ['POST /payment-intents/search'],
  },
  refundIntent: {
    description: 'Refunds the last captured payment on its payment intent: in full, or in part',
    properties: { amount },
    asks: 'Refund the last payment, without the card {amount}',
    sends: ['POST /payment-intents/{id}/refunds', 'POST /payment-intents/{id}/reversal'],
  },
  matchedRefund: {
    description: 'Refunds the last captured payment on the card machine: in full, or in part',
    properties: { amount },
    asks: 'Refund the last payment on the card machine {amount}',
    sends: ['POST /terminal-sessions'],
  },
  unlinkedRefund: {
    description: 'Refunds without a payment, on the card machine',
    required: ['amount', 'currency'],
    properties: { amount, currency },
    asks: 'Refund {amount} on the card machine, without a payment',
    sends: ['POST /terminal-sessions'],
  },
  subscribeWebhooks: {
    description:
      'Subscribes to events; in a practice run the receiver may be `http` on this machine, else the API takes `https` alone',
    properties: {},
    asks: 'Subscribe to events (webhooks)',
    sends: ['POST /webhooks'],
  },
  listTerminals: {
    description:
      'Asks the API for the card machines; one row does so with a wrong key, and an error is shown then',
    properties: {},
    prepares: true,
    asks: 'Look up the card machines',
    sends: ['GET /terminals'],
  },
  chooseTerminal: {
    description:
      'Chooses a card machine for the sales that follow: `tid` is printed on it, `terminalId` is what the API calls it; the result of the last sale may still stand there',
    required: ['tid', 'terminalId'],
    properties: {
      tid: { type: 'string', description: 'As it is printed on the card machine' },
      terminalId: { type: 'string', description: 'As the API calls it' },
    },
    prepares: true,
    lasts: true,
    asks: 'Choose the card machine {tid}',
  },
} as const satisfies Readonly<Record<string, BareAction>>;

type Mine = ActionsOf<typeof forms>;

declare module '../../record/vocabulary.ts' {
  interface Actions {
    readonly payments: Mine;
  }
}

export type Sale = Mine['sale']['sale'];
export type SaleLine = NonNullable<Sale['lines']>[number];

/** What the modifiers of a line come to, in minor units: each comes with each single item, as often as it says. */
export const modifiersTotal = ({ quantity, modifiers }: SaleLine): number =>
  modifiers.reduce((sum, one) => sum + quantity * one.quantity * one.amountPerModifier, 0);

/** The basket's lines, and what is typed of a sale, differ from what the till is asked for by another driver. */
const saleOnPage: OnPage = {
  steps: {
    sale: {
      description: 'Enters a sale and starts it on the card machine',
      parameters: ['amount', 'tip', 'cashback', 'currency', 'manualCapture', 'cardHolderNotPresent', 'lines'],
      asks: 'Take a sale of {amount}',
    },
  },
  optional: ['tip', 'cashback', 'manualCapture', 'cardHolderNotPresent', 'lines'],
  lists: {
    lines: ['name', 'quantity', 'price', 'modifiers'],
    modifiers: ['modifierName', 'modifierQuantity', 'modifierPrice'],
  },
  typed: ['amount', 'tip', 'cashback', 'price', 'quantity', 'modifierPrice', 'modifierQuantity'],
  of: (action, typed) => ({
    name: 'sale',
    parameters: action.name === 'sale' ? parametersOf(action.sale, typed) : {},
  }),
};

/** Each answer to the question has a button of its own. */
const signatureOnPage: OnPage = {
  steps: {
    acceptSignature: {
      description: 'Accepts the signature',
      parameters: [],
      words: 'accept',
      asks: 'Accept the signature',
    },
    rejectSignature: {
      description: 'Rejects the signature',
      parameters: [],
      words: 'reject',
      asks: 'Reject the signature',
    },
  },
  of: (action) => ({
    name: action.name === 'signature' && action.accepted ? 'acceptSignature' : 'rejectSignature',
    parameters: {},
  }),
};

/** What a POS is asked to do with payments. */
export const actions: Readonly<Record<keyof typeof forms, ActionForm>> = {
  ...forms,
  sale: { ...forms.sale, onPage: saleOnPage },
  signature: { ...forms.signature, onPage: signatureOnPage },
};

/** What the steps of a web page may refer to in a sale, with amounts as the till wants them typed. */
function parametersOf(sold: Sale, typed: (minor: number) => string) {
  const { amount: sum, tip, cashback, currency: code, manualCapture, cardHolderNotPresent, lines } = sold;
  return {
    amount: typed(sum),
    currency: code,
    ...(tip === undefined ? {} : { tip: typed(tip) }),
    ...(cashback === undefined ? {} : { cashback: typed(cashback) }),
    ...(manualCapture ? { manualCapture: 'yes' } : {}),
    ...(cardHolderNotPresent ? { cardHolderNotPresent: 'yes' } : {}),
    ...(lines
      ? {
          lines: lines.map(({ name, quantity, amountTotal, modifiers }) => ({
            name,
            quantity: String(quantity),
            price: typed(amountTotal / quantity),
            modifiers: modifiers.map((modifier) => ({
              modifierName: modifier.name,
              modifierQuantity: String(modifier.quantity),
              modifierPrice: typed(modifier.amountPerModifier),
            })),
          })),
        }
      : {}),
  };
}
