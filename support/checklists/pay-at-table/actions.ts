import { type ActionForm, type ActionsOf, amount, type BareAction, currency } from '../../checklist/index.ts';

const item = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'plu', 'quantity', 'price'],
  properties: {
    name: { type: 'string' },
    plu: { type: 'string', description: 'What the POS knows it by' },
    quantity: { type: 'integer', minimum: 1 },
    price: { type: 'integer', minimum: 0, description: 'Of one, without its modifiers; pence or cents' },
    modifiers: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'plu', 'quantity', 'price'],
        properties: {
          name: { type: 'string' },
          plu: { type: 'string' },
          quantity: { type: 'integer', minimum: 1, description: 'For each of the item' },
          price: { type: 'integer', description: 'Pence or cents' },
        },
      },
    },
  },
} as const;

const orderId = { type: 'string', description: 'The order, by the id that the POS gives Dojo' } as const;

const forms = {
  openOrder: {
    description: 'Opens an order on a free table of that waiter, and puts the items on it',
    required: ['currency', 'items'],
    needed: true,
    properties: {
      currency,
      items: { type: 'array', items: item },
      waiterId: { type: 'string', description: 'Left out: any waiter' },
      discount: { ...amount, description: 'Off the whole order; pence or cents' },
      serviceCharge: { ...amount, description: 'On the whole order; pence or cents' },
    },
  },
  addItem: {
    description: 'Puts one more item on an order',
    required: ['orderId', 'item'],
    properties: { orderId, item },
  },
  holdOrder: {
    description: 'Begins to edit an order at the POS and leaves it so',
    required: ['orderId'],
    properties: { orderId },
  },
  voidOrder: {
    description: 'Voids an order that nobody has to pay any more',
    required: ['orderId'],
    properties: { orderId },
  },
  registerCapabilities: {
    description: 'Registers with Dojo what the POS can be asked for',
    properties: {},
  },
  listCapabilities: {
    description: 'Asks Dojo what of the POS is registered',
    properties: {},
  },
  refundPayment: {
    description: 'Refunds a payment of an order on the card machine: in full, or in part',
    required: ['orderId', 'paymentIntentId'],
    properties: { orderId, paymentIntentId: { type: 'string' }, amount },
  },
} as const satisfies Readonly<Record<string, BareAction>>;

type Mine = ActionsOf<typeof forms>;

declare module '../../record/vocabulary.ts' {
  interface Actions {
    readonly 'pay-at-table': Mine;
  }
}

export type Item = Mine['addItem']['item'];
export type Opened = Mine['openOrder'];

/** What a POS is asked to do in Pay at Table. */
export const actions: Readonly<Record<keyof typeof forms, ActionForm>> = forms;
