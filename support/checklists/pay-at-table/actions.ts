import {
  type ActionForm,
  type ActionsOf,
  amount,
  type BareAction,
  currency,
  type OnPage,
} from '../../checklist/index.ts';

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

const itemParameters = ['name', 'plu', 'quantity', 'price'] as const;

/** What the steps within `each` may refer to: an item of an order, and what comes with each of it. */
const lists: OnPage['lists'] = {
  items: [...itemParameters, 'itemModifiers'],
  itemModifiers: ['modifierName', 'modifierPlu', 'modifierQuantity', 'modifierPrice'],
};

const itemOnPage = (
  { name, plu, quantity, price, modifiers = [] }: Item,
  typed: (minor: number) => string,
) => ({
  name,
  plu,
  quantity: String(quantity),
  price: typed(price),
  itemModifiers: modifiers.map((one) => ({
    modifierName: one.name,
    modifierPlu: one.plu,
    modifierQuantity: String(one.quantity),
    modifierPrice: typed(one.price),
  })),
});

/** An order as the steps of a web page open it. */
const openOrderOnPage: OnPage = {
  steps: {
    openOrder: {
      description: forms.openOrder.description,
      parameters: ['currency', 'items', 'itemModifiers', 'waiterId', 'discount', 'serviceCharge'],
    },
  },
  optional: ['itemModifiers', 'waiterId', 'discount', 'serviceCharge'],
  typed: ['discount', 'serviceCharge'],
  lists,
  of: (action, typed) => {
    const { items, currency, waiterId, discount, serviceCharge } = action as Opened & typeof action;
    return {
      name: 'openOrder',
      parameters: {
        currency,
        items: items.map((one) => itemOnPage(one, typed)),
        // It stands for those of any item: a page without a step for them offers no such order.
        ...(items.some(({ modifiers }) => modifiers?.length) ? { itemModifiers: 'yes' } : {}),
        ...(waiterId === undefined ? {} : { waiterId }),
        ...(discount === undefined ? {} : { discount: typed(discount) }),
        ...(serviceCharge === undefined ? {} : { serviceCharge: typed(serviceCharge) }),
      },
    };
  },
};

const addItemOnPage: OnPage = {
  steps: {
    addItem: {
      description: forms.addItem.description,
      parameters: ['orderId', ...itemParameters, 'itemModifiers'],
    },
  },
  lists,
  of: (action, typed) => {
    const { orderId: order, item: added } = action as Mine['addItem'] & typeof action;
    return { name: 'addItem', parameters: { orderId: order, ...itemOnPage(added, typed) } };
  },
};

/** What a POS is asked to do in Pay at Table. */
export const actions: Readonly<Record<keyof typeof forms, ActionForm>> = {
  ...forms,
  openOrder: { ...forms.openOrder, onPage: openOrderOnPage },
  addItem: { ...forms.addItem, onPage: addItemOnPage },
};
