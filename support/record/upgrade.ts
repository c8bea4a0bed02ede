import type { Observation, Run } from './vocabulary.ts';

/** What a record may hold that an earlier version of the kit wrote: anything, by its name. */
type Old = { [name: string]: unknown };

const isOld = (value: unknown): value is Old =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An observation as this version of the kit reads it, whichever version recorded it. What is no observation stays as it is. */
export function upgradedObservation(found: unknown): Observation {
  if (!isOld(found)) return found as Observation;
  const { exchange, kind } = found;
  if (kind === 'display' && 'told' in found) return withReported(found) as never;
  if (isOld(exchange)) return { ...found, exchange: withParties(exchange) } as never;
  const known = typeof kind === 'string' && Object.hasOwn(facts, kind);
  return (known ? facts[kind]!(found) : found) as Observation;
}

/** Records up to schema 2 of the first kits said "told" of what a POS reports of itself. */
function withReported({ told, ...rest }: Old): Old {
  return { ...rest, reported: told };
}

const fact = (at: unknown, name: string, detail: Old): Old => ({ kind: 'fact', at, name, detail });

/** Schema 1 had a kind for each sort of fact, and said in a sentence what was arranged. */
const facts: Readonly<Record<string, (old: Old) => Old>> = {
  'card-machine': ({ at, tid, event, detail }) => {
    const name = cardMachineFacts.get(event) ?? `card-machine-${event}`;
    return fact(at, name, { tid, ...(isOld(detail) ? detail : {}) });
  },
  arrangement: ({ at, what, ids }) => {
    const sentence = String(what);
    if (/^\d+ payment intents$/.test(sentence)) return fact(at, 'intents-made', { ids });
    const [name, detail] = arrangements.get(sentence) ?? ['fault-armed', () => ({ fault: what })];
    return fact(at, name, detail(ids));
  },
  delivery: ({ at, what, genuine, status }) => fact(at, 'event-sent', { what, genuine, status }),
  event: ({ at, name, paymentIntentId, genuine }) =>
    fact(at, 'event-received', { name, paymentIntentId, genuine }),
};

const cardMachineFacts: ReadonlyMap<unknown, string> = new Map([
  ['prepared', 'card-machine-prepared'],
  ['tip given', 'tip-given'],
  ['put', 'card-machine-put'],
  ['proceeds', 'cardholder-proceeds'],
  ['screen', 'card-machine-screen'],
]);

const nothing = (): Old => ({});

const arrangements = new Map<string, readonly [name: string, detail: (ids: unknown) => Old]>([
  ['the till is put back to an empty basket', ['tidying-up', nothing]],
  [
    'the till is given this token for the row',
    ['row-token', (ids) => ({ mark: Array.isArray(ids) ? ids[0] : '' })],
  ],
  ['the journal of the till is opened and left again', ['journal-visited', nothing]],
  ['what the row left open is ended', ['leftovers-ended', (ids) => ({ ids })]],
  ['what the row left open could not be ended yet', ['leftovers-open', (ids) => ({ ids })]],
  ['no picture is kept of a display that shows a card number or a key', ['picture-withheld', nothing]],
  ['the API key of the till is revoked', ['key-revoked', nothing]],
]);

/** Schema 1 knew two kinds of exchanges, both with the API: `by` the till, and by the kit. */
function withParties(exchange: Old): Old {
  if (!('by' in exchange)) return exchange;
  const { by, ...rest } = exchange;
  return { from: by === 'kit' ? 'kit' : 'subject', to: 'dojo', channel: 'http', ...rest };
}

/** A run record as this version of the kit reads it, whichever version wrote it. What is no run record stays as it is. */
export function upgradedRun(found: unknown): Run {
  if (!isOld(found)) return found as Run;
  const { pos } = found;
  const run =
    isOld(pos) && pos.display === 'told' ? { ...found, pos: { ...pos, display: 'reported' } } : found;
  if (run.schema !== 1) return run as never;
  return { ...run, schema: 2, ...(isOld(run.pos) ? { pos: withKinds(run.pos) } : {}) } as never;
}

/** Records from before the kit knew kinds of entries: it went by these words then. */
function withKinds(pos: Old): Old {
  const { vocabulary } = pos;
  if (!isOld(vocabulary) || vocabulary.kinds !== undefined) return pos;
  return { ...pos, vocabulary: { ...vocabulary, kinds: { sale: ['sale'], refund: ['refund'] } } };
}
