import { type Criterion, machineCriteria } from '../../checklist/index.ts';

/**
 * Every threshold of the kit, in one place. A run records the values it was judged by.
 * Times are those of the till: real time, or its account's time for a till that lives there.
 */
export const criteria = {
  'polling.samples': {
    value: 8,
    unit: 'count',
    says: 'fewer intervals are too few to tell a rate from an accident',
  },
  'polling.median.least': {
    value: 500,
    unit: 'ms',
    says: 'the checklist asks for "once per second"; twice that is still about once',
  },
  'polling.median.pass': {
    value: 1500,
    unit: 'ms',
    says: 'the checklist asks for "once per second"; half a second of processing is allowed for',
  },
  'polling.median.warn': {
    value: 2500,
    unit: 'ms',
    says: 'slower than asked, but prompts that last two seconds and more are still seen',
  },
  'polling.gap': {
    value: 3000,
    unit: 'ms',
    says: 'a longer gap hides whole phases of the card machine from the user',
  },
  'polling.after-end': {
    value: 3000,
    unit: 'ms',
    says: 'a till that polls on for three intervals after the end has not seen it',
  },
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
  ...machineCriteria,
} as const satisfies Record<string, Criterion>;

/** The values alone, as a run records them. */
export const criterionValues: Readonly<Record<keyof typeof criteria, number>> = Object.fromEntries(
  Object.entries(criteria).map(([name, { value }]) => [name, value]),
) as Record<keyof typeof criteria, number>;
