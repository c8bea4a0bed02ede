import type { Observation, Run } from './vocabulary.ts';

/** What a record may hold that an earlier version of the kit wrote: anything, by its name. */
type Old = { [name: string]: unknown };

const isOld = (value: unknown): value is Old =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An observation as this version of the kit reads it, whichever version recorded it. What is no observation stays as it is. */
export function upgradedObservation(found: unknown): Observation {
  if (isOld(found) && isOld(found.exchange))
    return { ...found, exchange: withParties(found.exchange) } as never;
  return found as Observation;
}

/** Schema 1 knew two kinds of exchanges, both with the API: `by` the till, and by the kit. */
function withParties(exchange: Old): Old {
  if (!('by' in exchange)) return exchange;
  const { by, ...rest } = exchange;
  return { from: by === 'kit' ? 'kit' : 'subject', to: 'dojo', channel: 'http', ...rest };
}

/** A run record as this version of the kit reads it, whichever version wrote it. What is no run record stays as it is. */
export function upgradedRun(found: unknown): Run {
  if (!isOld(found) || found.schema !== 1) return found as Run;
  return { ...found, schema: 2, ...(isOld(found.pos) ? { pos: withKinds(found.pos) } : {}) } as never;
}

/** Records from before the kit knew kinds of entries: it went by these words then. */
function withKinds(pos: Old): Old {
  const { vocabulary } = pos;
  if (!isOld(vocabulary) || vocabulary.kinds !== undefined) return pos;
  return { ...pos, vocabulary: { ...vocabulary, kinds: { sale: ['sale'], refund: ['refund'] } } };
}
