import type { Criterion } from '../../checklist/index.ts';
import { criteria as ofPayments } from '../payments/criteria.ts';

/** Every threshold of Pay at Table. */
export const criteria = {
  'answer.within': {
    value: 10_000,
    unit: 'ms',
    says: 'how long Dojo waits for an answer stands in no document: a guest does not wait longer at a card machine',
  },
  'answer.prompt': {
    value: 3000,
    unit: 'ms',
    says: 'a card machine that shows nothing for longer is pressed again',
  },
  'socket.idle': {
    value: 30_000,
    unit: 'ms',
    says: 'a POS pings at least every 30 s while nothing else is sent (EPOS Data API over WebSocket)',
  },
  'socket.pong': { value: 5000, unit: 'ms', says: 'a ping is answered within a few seconds (the same page)' },
  'socket.back': {
    value: 35_000,
    unit: 'ms',
    says: 'the pauses between two attempts grow to about 30 s (the same page)',
  },
  'socket.noticed': {
    value: 90_000,
    unit: 'ms',
    says: 'three pings without a pong show that a connection is half-open; no document has a number',
  },
  'display.within': ofPayments['display.within'],
  'display.latest': ofPayments['display.latest'],
  'display.readable': ofPayments['display.readable'],
  'session.longest': ofPayments['session.longest'],
} as const satisfies Record<string, Criterion>;
