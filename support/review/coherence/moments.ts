import { attemptsOf, type Recording, type RowRecord } from '../../record/stream.ts';
import type { Exchange, Headers, Observation } from '../../record/vocabulary.ts';
import type { Incoherence } from './codes.ts';

/** An exchange, and where in a record it stands. */
export interface Moment {
  readonly row: string;
  /** Counted from 1. */
  readonly attempt: number;
  /** How often the run had gone on by then: 0 before it did for the first time. */
  readonly stretch: number;
  /** Whether the kit read the API's state by it. */
  readonly read: boolean;
  readonly exchange: Exchange;
  /** When its attempt began and ended, wall time in ms since 1970. */
  readonly from: number;
  readonly until: number | null;
}

/** All exchanges of a run in the order in which they began. */
export function momentsOf({ rows, continued = [] }: Recording): Moment[] {
  const moments: Moment[] = [];
  const stretchAt = (time: number) => continued.filter(({ at }) => Date.parse(at) <= time).length;
  for (const [row, record] of rows)
    attemptsOf(record).forEach(({ observations, startedAt, finishedAt }: RowRecord, index) => {
      for (const one of observations)
        if (one.kind === 'exchange' || one.kind === 'state')
          moments.push({
            row,
            attempt: index + 1,
            stretch: stretchAt(startedAt),
            read: one.kind === 'state',
            exchange: one.exchange,
            from: startedAt,
            until: finishedAt,
          });
    });
  // A machine that was started anew meanwhile counts from 0 again.
  return moments.sort((one, other) => one.stretch - other.stretch || one.exchange.at - other.exchange.at);
}

/** These say something of who answered, and when. */
const telling = /^(?:date|x-account-time|reseller-id)$/i;

const slimHeaders = (headers: Headers): Headers => headers.filter(([name]) => telling.test(name));

/** Without its bodies: a long run has many. */
const slim = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, headers: slimHeaders(exchange.request.headers), body: null },
  response: exchange.response && {
    ...exchange.response,
    headers: slimHeaders(exchange.response.headers),
    body: null,
  },
});

/** What of an observation can contradict another. */
function lightObservation(one: Observation): Observation[] {
  if (one.kind === 'exchange' || one.kind === 'state') return [{ ...one, exchange: slim(one.exchange) }];
  return one.kind === 'fact' || (one.kind === 'display' && one.reported) ? [one] : [];
}

function lightRow({ before, ...row }: RowRecord): RowRecord {
  return {
    ...row,
    observations: row.observations.flatMap(lightObservation),
    screenshots: [],
    steps: [],
    ...(before ? { before: lightRow(before) } : {}),
  };
}

/** A record without what contradicts nothing: each row is read from the stream once, however often it is looked at. */
export const lightened = (recording: Recording): Recording => ({
  ...recording,
  rows: new Map([...recording.rows].map(([id, row]) => [id, lightRow(row)])),
});

/** A till may ask for something before a row, and be answered within it; by so much, in ms. */
const longestAhead = 120_000;

/** What the wall clock may be off by between two moments of one row, in ms. */
const slack = 5000;

/** An exchange ends after it began, within its row, and those of one gateway are numbered as they ended. */
export function timesOfExchanges(moments: readonly Moment[]): Incoherence[] {
  const found: Incoherence[] = [];
  const wrong = (text: string) => found.push({ code: 'RECORD-EXCHANGE-TIMES', text });
  const numbered = new Map<string, { number: number; exchange: Exchange }[]>();
  for (const { row, exchange, from, until } of moments) {
    const began = Date.parse(exchange.startedAt);
    if (exchange.until < exchange.at)
      wrong(`In the row ${row} the exchange ${exchange.id} ends before it begins.`);
    else if (began < from - longestAhead || (until !== null && began > until + slack))
      wrong(
        `The exchange ${exchange.id} of ${exchange.startedAt} is in the row ${row}, which lasted from ${shown(from)} to ${until === null ? 'no time' : shown(until)}.`,
      );
    const [, gateway, number] = /^(x-[0-9a-z]+)-(\d+)$/.exec(exchange.id) ?? [];
    if (!gateway) continue;
    const all = numbered.get(gateway) ?? [];
    all.push({ number: Number(number), exchange });
    numbered.set(gateway, all);
  }
  for (const all of numbered.values()) {
    all.sort((one, other) => one.number - other.number);
    all.forEach(({ number, exchange }, index) => {
      const before = all[index - 1]?.exchange;
      // One that is there twice is reported as such.
      if (
        before &&
        all[index - 1]!.number !== all[index - 2]?.number &&
        number !== all[index - 1]!.number &&
        exchange.until < before.until - slack
      )
        wrong(`The exchange ${exchange.id} ended before ${before.id}, and was numbered after it.`);
    });
  }
  return found.slice(0, 5);
}

/** No exchange happens twice: its id stands for one alone. What the kit reads is numbered anew in each attempt at a row. */
export function repeatedIn(moments: readonly Moment[]): Incoherence[] {
  const seen = new Set<string>();
  for (const { row, attempt, read, exchange } of moments) {
    const key = read ? `${row} ${attempt} ${exchange.id}` : exchange.id;
    if (seen.has(key))
      return [
        {
          code: 'RECORD-REPEATED-EXCHANGE',
          text: `The exchange ${exchange.id} is in the record twice, the second time in the row ${row}.`,
        },
      ];
    seen.add(key);
  }
  return [];
}

const shown = (ms: number): string => new Date(ms).toISOString();
