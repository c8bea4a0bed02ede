import type { Criterion } from '../../checklist/index.ts';

/**
 * The thresholds of any POS that takes payments, in one place. A run records the values it was judged by.
 * Times are those of the till: real time, or its account's time for a till that lives there.
 */
export const criteria = {
  'signature.window': {
    value: 80_000,
    unit: 'ms',
    says: "Dojo's signature verification page: 80 seconds to decide, then finalised as accepted",
  },
  'signature.window.tolerance': {
    value: 24_000,
    unit: 'ms',
    says: 'the live sandbox was seen to finalise between 56 s and 93 s',
  },
  'signature.observe': {
    value: 6000,
    unit: 'ms',
    says: 'how long a quick run (--fast) watches the till before it moves the clock',
  },
  'display.within': {
    value: 5000,
    unit: 'ms',
    says: 'how long after the API has said it a till may take to show it',
  },
  'display.latest': {
    value: 15_000,
    unit: 'ms',
    says: 'a result that is shown later than `display.within` warns; after this the next customer is served, and it fails',
  },
  'display.readable': {
    value: 500,
    unit: 'ms',
    says: 'a result that the till takes away sooner, unasked, can be read by nobody',
  },
  'display.prompt': {
    value: 2500,
    unit: 'ms',
    says: 'a prompt that lasts longer than two polls and a half is seen by any till that polls as it should',
  },
  'session.longest': {
    value: 200_000,
    unit: 'ms',
    says: 'initiation, 90 s to present a card and 80 s to decide on a signature are over by then',
  },
} as const satisfies Record<string, Criterion>;
