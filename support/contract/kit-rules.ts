import type { JsonSchema } from '../../fixtures/openapi/index.ts';
import type { Severity } from '../record/vocabulary.ts';

/**
 * What the kit demands on top of the description, whose schemas ask for too little: an empty object is a
 * valid payment intent by them, and no row could be judged on it.
 */
export interface KitRule {
  readonly id: string;
  /** The component of the kit's own description that it is about, wherever that occurs. */
  readonly schema: string;
  /** What is expected, as a sentence. */
  readonly says: string;
  /** Why the kit relies on it. */
  readonly why: string;
  readonly severity: Severity;
  readonly demands: JsonSchema;
}

const text = { type: 'string', minLength: 1 };

/** The named properties are there, and texts among them are not empty. */
const has = (properties: { readonly [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const whenSessionTypeIs = (sessionType: string, property: string): JsonSchema => ({
  if: { required: ['sessionType'], properties: { sessionType: { const: sessionType } } },
  // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
  then: { required: [property] },
});

export const kitRules: readonly KitRule[] = [
  {
    id: 'intent-identified',
    schema: 'PaymentIntent',
    says: 'a payment intent has an `id`, a `status` and an `amount`',
    why: 'every row follows an intent by its id and judges it by status and amount',
    severity: 'must',
    demands: has({ id: text, status: {}, amount: { type: 'object' } }),
  },
  {
    id: 'capture-identified',
    schema: 'Capture',
    says: 'the answer to a capture has a `captureId`',
    why: 'a capture without an id looks like one that did not happen',
    severity: 'must',
    demands: has({ captureId: text }),
  },
  {
    id: 'refund-identified',
    schema: 'Refund',
    says: 'a refund has a `refundId`',
    why: 'it is read by that id afterwards',
    severity: 'must',
    demands: has({ refundId: text }),
  },
  {
    id: 'reversal-identified',
    schema: 'Reversal',
    says: 'the answer to a reversal has a `reversalId`',
    why: 'a reversal without an id looks like one that did not happen',
    severity: 'must',
    demands: has({ reversalId: text }),
  },
  {
    id: 'session-identified',
    schema: 'TerminalSession',
    says: 'a terminal session has an `id` and says in `details` what it is for',
    why: 'sessions are attributed to a sale or a refund by their details',
    severity: 'must',
    demands: has({ id: text, details: {} }),
  },
  {
    id: 'session-details-match',
    schema: 'TerminalSessionDetails',
    says: '`sessionType` names the object that stands beside it',
    why: 'where the two disagree, nobody can say whether money is taken or given back',
    severity: 'must',
    demands: {
      allOf: [
        whenSessionTypeIs('Sale', 'sale'),
        whenSessionTypeIs('MatchedRefund', 'matchedRefund'),
        whenSessionTypeIs('UnlinkedRefund', 'unlinkedRefund'),
      ],
    },
  },
  {
    id: 'receipt-given',
    schema: 'TerminalSession',
    says: 'a session that took a payment has a receipt',
    why: 'a till prints, or mails, what the card machine tells it',
    severity: 'should',
    demands: {
      if: { required: ['status'], properties: { status: { enum: ['Captured', 'Authorized'] } } },
      // biome-ignore lint/suspicious/noThenProperty: the name is JSON Schema's
      then: {
        anyOf: [
          { required: ['receipt'] },
          { required: ['customerReceipt'] },
          { required: ['merchantReceipt'] },
        ],
      },
    },
  },
  {
    id: 'terminal-identified',
    schema: 'Terminal',
    says: 'a card machine has an `id` and a `properties.tid`',
    why: 'the till chooses by the one and its user by the other',
    severity: 'must',
    demands: has({ id: text, properties: has({ tid: text }) }),
  },
  {
    id: 'subscription-identified',
    schema: 'Subscription',
    says: 'a subscription has an `id`, its `events` and its `url`',
    why: 'the rows on webhooks look for the event and the address',
    severity: 'must',
    demands: has({ id: text, events: {}, url: text }),
  },
  {
    id: 'problem-says-why',
    schema: 'ProblemDetails',
    says: 'an error says what is wrong, in `detail` or at least in `title`',
    why: 'a POS can show its user only what the API reports',
    severity: 'should',
    demands: { anyOf: [has({ detail: text }), has({ title: text })] },
  },
];
