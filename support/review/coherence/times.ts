import { attemptsOf, type Continuation, type Recording } from '../../record/stream.ts';
import type { Exchange, Run } from '../../record/vocabulary.ts';
import type { Coherence, Incoherence } from './codes.ts';
import type { Moment } from './moments.ts';

/** Clocks are set right by less than this while a run goes on, in ms. */
const slew = 2000;

/** `Date` headers count in seconds, and a proxy may hold an answer: they may be off by this, in ms. */
const dateSlack = 5000;

/** A run's id is the second in which it was asked for; its record begins so much later at the most, in ms. */
const longestStart = 10 * 60_000;

/** A machine that slept was away for at least so long, in ms: within it nothing was recorded. */
const shortestSleep = 5000;

export function timesOf({ run, rows, finishedAt }: Recording): Incoherence[] {
  const [started, finished] = [
    Date.parse(run.startedAt),
    finishedAt === null ? null : Date.parse(finishedAt),
  ];
  const found: Incoherence[] = [];
  if (Number.isNaN(started) || (finished !== null && !(finished >= started)))
    return [
      {
        code: 'RECORD-ENDS-BEFORE-START',
        text: `The run says that it began at ${run.startedAt} and ended at ${finishedAt}.`,
      },
    ];
  for (const [id, record] of rows) {
    for (const one of attemptsOf(record)) {
      const early = one.startedAt < started - slew;
      const late = finished !== null && (one.finishedAt ?? one.startedAt) > finished + slew;
      const backwards = one.finishedAt !== null && one.finishedAt < one.startedAt - slew;
      if (early || late || backwards)
        found.push({
          code: 'RECORD-ROW-OUTSIDE-RUN',
          text: `The row ${id} began at ${shown(one.startedAt)} and ended at ${one.finishedAt === null ? 'no time' : shown(one.finishedAt)}; the run lasted from ${run.startedAt} to ${finishedAt ?? 'no time'}.`,
        });
    }
  }
  const of = idTime(run.id);
  if (of !== null && (started - of > longestStart || of - started > slew))
    found.push({
      code: 'RECORD-RUN-ID',
      text: `The run's id ${run.id} is of another time than its record, which begins at ${run.startedAt}.`,
    });
  return found;
}

/** The time that a run's id names, ms since 1970; `null` where it names none. */
function idTime(id: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-\d+)?$/.exec(id) ?? [];
  return year ? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : null;
}

/**
 * Follows the machine's wall clock beside its monotonic one, and beside the upstream's `Date`. A constant offset is an
 * honest clock that is off. A jump of the wall clock that the upstream's clock made too is a machine that slept, during
 * which its monotonic clock stood still; a jump of one alone is a clock that was set, or a time that was written by hand.
 */
export function clockOf(
  run: Run,
  moments: readonly Moment[],
  continued: readonly Continuation[] = [],
): Coherence {
  const contradictions: Incoherence[] = [];
  const notes: string[] = [];
  let offset = Date.parse(run.startedAt) - run.monotonic;
  let last = run.monotonic;
  let away: number | null = null;
  let reached = 0;
  for (const { row, exchange, stretch } of moments) {
    // Between two stretches of a run anything may have become of the machine and its clocks.
    if (stretch !== reached) {
      const { at, monotonic } = continued[stretch - 1]!;
      offset = Date.parse(at) - monotonic;
      last = monotonic;
      away = null;
      reached = stretch;
    }
    const wall = Date.parse(exchange.startedAt) - exchange.at;
    const jump = wall - offset;
    if (!(Math.abs(jump) <= slew)) {
      const slept = jump >= shortestSleep && followedBy(exchange, away);
      if (slept) {
        notes.push(
          `The machine was asleep for ${seconds(jump)} before ${exchange.startedAt}, in the row ${row} or before it: the upstream's clock went on by as much.`,
        );
      } else {
        contradictions.push({
          code: 'RECORD-CLOCK-JUMP',
          text: `Between two exchanges, before ${exchange.startedAt} in the row ${row}, the wall clock moved by ${seconds(jump)} against the monotonic clock, and the upstream's clock did not: ${seconds(exchange.at - last)} had passed.`,
        });
      }
      offset = wall;
      if (!slept) away = null;
    }
    last = exchange.at;
    const date = dateOf(exchange);
    if (date === null) continue;
    const off = date - (Date.parse(exchange.startedAt) + exchange.until - exchange.at);
    if (away === null) {
      away = off;
      if (Math.abs(off) > 60_000)
        notes.push(
          `The machine's clock is ${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'behind' : 'ahead of'} the upstream's, throughout.`,
        );
    } else if (Math.abs(off - away) > dateSlack) {
      contradictions.push({
        code: 'RECORD-DATE-HEADERS',
        text: `In the row ${row} the upstream's Date (${shown(date)}) is off by ${seconds(off)} from the time of its exchange, ${exchange.startedAt}; before, it was off by ${seconds(away)}.`,
      });
      away = off;
    }
  }
  return { contradictions: contradictions.slice(0, 5), notes };
}

/** Whether the upstream's clock is as far from the wall clock as before: both have moved on alike. */
function followedBy(exchange: Exchange, away: number | null): boolean {
  const date = dateOf(exchange);
  if (date === null || away === null) return false;
  return Math.abs(date - (Date.parse(exchange.startedAt) + exchange.until - exchange.at) - away) <= dateSlack;
}

function dateOf({ response }: Exchange): number | null {
  const header = response?.headers.find(([name]) => name.toLowerCase() === 'date')?.[1];
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? null : time;
}

const shown = (ms: number): string => new Date(ms).toISOString();

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
