import { attemptsOf, type Recording } from '../record/stream.ts';
import type { Exchange, Run, ServerCertificate } from '../record/vocabulary.ts';

/** What in a record contradicts itself; each kind has a code that stays. docs/trust.md lists them. */
export type CoherenceCode =
  | 'RECORD-ENDS-BEFORE-START'
  | 'RECORD-ROW-OUTSIDE-RUN'
  | 'RECORD-RUN-ID'
  | 'RECORD-CLOCK-JUMP'
  | 'RECORD-DATE-HEADERS'
  | 'RECORD-CERTIFICATE-MISSING'
  | 'RECORD-CERTIFICATE-HOST'
  | 'RECORD-CERTIFICATE-SELF-SIGNED'
  | 'RECORD-CERTIFICATE-DATES'
  | 'RECORD-SIMULATOR-TRACES'
  | 'RECORD-CLAIMS-QUALIFYING'
  | 'RECORD-SUBJECT'
  | 'RECORD-SELECTION'
  | 'RECORD-REPEATED-EXCHANGE';

/** A contradiction within a record, or something that a reader of it should know. */
export interface Incoherence {
  readonly code: CoherenceCode;
  /** A sentence for a person. */
  readonly text: string;
}

export interface Coherence {
  readonly contradictions: readonly Incoherence[];
  /** Honest accidents, in a sentence each: a clock that is off, a machine that was asleep. */
  readonly notes: readonly string[];
}

/** Clocks are set right by less than this while a run goes on, in ms. */
const slew = 2000;

/** `Date` headers count in seconds, and a proxy may hold an answer: they may be off by this, in ms. */
const dateSlack = 5000;

/** A run's id is the second in which it was asked for; its record begins so much later at the most, in ms. */
const longestStart = 10 * 60_000;

/** A machine that slept was away for at least so long, in ms: within it nothing was recorded. */
const shortestSleep = 5000;

/**
 * Judges from the record alone whether it can be what a run saw: its times, its server's certificate, its driver and
 * its rows have to fit each other. What a clock does in an honest run is no contradiction.
 */
export function coherenceOf(recording: Recording): Coherence {
  const { run } = recording;
  const moments = momentsOf(recording);
  const clock = clockOf(run, moments);
  return {
    contradictions: [
      ...timesOf(recording),
      ...clock.contradictions,
      ...certificateOf(run, recording.finishedAt),
      ...tracesOf(run, moments),
      ...claimsOf(run),
      ...subjectOf(recording),
      ...repeatedIn(moments),
    ],
    notes: clock.notes,
  };
}

interface Moment {
  readonly row: string;
  readonly exchange: Exchange;
}

/** All exchanges of a run in the order in which they began. */
function momentsOf({ rows }: Recording): Moment[] {
  return [...rows]
    .flatMap(([row, record]) =>
      attemptsOf(record).flatMap(({ observations }) =>
        observations.flatMap((one) =>
          one.kind === 'exchange' || one.kind === 'state' ? [{ row, exchange: slim(one.exchange) }] : [],
        ),
      ),
    )
    .sort((one, other) => one.exchange.at - other.exchange.at);
}

/** Without its bodies: a long run has many. */
const slim = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, body: null },
  response: exchange.response && { ...exchange.response, body: null },
});

function timesOf({ run, rows, finishedAt }: Recording): Incoherence[] {
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
function clockOf(run: Run, moments: readonly Moment[]): Coherence {
  const contradictions: Incoherence[] = [];
  const notes: string[] = [];
  let offset = Date.parse(run.startedAt) - run.monotonic;
  let last = run.monotonic;
  let away: number | null = null;
  for (const { row, exchange } of moments) {
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

/** The address of an upstream that is an API of its own; `null` for a simulator of the kit's. */
const addressOf = (upstream: string): URL | null =>
  URL.canParse(upstream) && !/simulator/.test(upstream) ? new URL(upstream) : null;

/** The host of Dojo's sandbox: a run that names it, or claims to qualify, has its certificate. */
const sandboxHost = 'api.dojo.tech';

function certificateOf(run: Run, finishedAt: string | null): Incoherence[] {
  const address = addressOf(run.upstream);
  const certificate = run.serverCertificate;
  if (address?.protocol !== 'https:') return [];
  const host = address.hostname.toLowerCase();
  if (!certificate)
    return [
      {
        code: 'RECORD-CERTIFICATE-MISSING',
        text: `The run says that its upstream was ${run.upstream}, but holds no certificate of that server.`,
      },
    ];
  const found: Incoherence[] = [];
  if (!isOf(certificate, host))
    found.push({
      code: 'RECORD-CERTIFICATE-HOST',
      text: `The server's certificate is of ${oneLine(certificate.names ?? certificate.subject)}, and the upstream is ${host}.`,
    });
  // A server of the user's own may have signed for itself: such a run is practice, and says so.
  if (certificate.subject === certificate.issuer && (host === sandboxHost || !run.why.length))
    found.push({
      code: 'RECORD-CERTIFICATE-SELF-SIGNED',
      text: `The server of ${host} signed its certificate itself; Dojo's is signed by a certificate authority.`,
    });
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const [started, finished] = [Date.parse(run.startedAt), Date.parse(finishedAt ?? run.startedAt)];
  if (!(from <= started && finished <= to))
    found.push({
      code: 'RECORD-CERTIFICATE-DATES',
      text: `The server's certificate was valid from ${certificate.validFrom} to ${certificate.validTo}, and the run began at ${run.startedAt}.`,
    });
  return found;
}

/** Whether a certificate is for a host, with `*` for one label. Older records hold the common name alone, which may be another of the same domain. */
function isOf({ subject, names }: ServerCertificate, host: string): boolean {
  if (names === undefined) {
    const domain = host.split('.').slice(-2).join('.');
    return new RegExp(`(?:^|[\\s,=.*])${domain.replaceAll('.', '\\.')}(?:$|[\\s,])`, 'i').test(subject);
  }
  return names
    .split(/,\s*/)
    .map((name) => name.replace(/^(?:DNS|IP Address):/, '').toLowerCase())
    .some((name) =>
      name.startsWith('*.') ? host.slice(host.indexOf('.')) === name.slice(1) : name === host,
    );
}

/** What only the kit's own simulator sends. */
function tracesOf(run: Run, moments: readonly Moment[]): Incoherence[] {
  if (addressOf(run.upstream) === null) return [];
  const traced = moments.find(
    ({ exchange }) =>
      exchange.accountTime !== undefined ||
      exchange.response?.headers.some(([name]) => name.toLowerCase() === 'x-account-time'),
  );
  if (!traced) return [];
  return [
    {
      code: 'RECORD-SIMULATOR-TRACES',
      text: `The run says that its upstream was ${run.upstream}, but in the row ${traced.row} the kit's simulator answered (x-account-time).`,
    },
  ];
}

/** A run of which nothing says that it is practice must be able to qualify. */
function claimsOf(run: Run): Incoherence[] {
  if (run.why.length) return [];
  const { driver, display, clock, name } = run.pos;
  const against = [
    ...(addressOf(run.upstream) === null ? [`its upstream was ${run.upstream}`] : []),
    ...(run.subject === 'api' || driver === 'headless' ? ['no point of sale was driven'] : []),
    ...(run.realTime ? [] : ['it did not run in real time']),
    ...(display === 'told' ? ['the POS reported its display itself'] : []),
    ...(clock === 'account' ? ['it moved the clock of the account'] : []),
    ...(/^reference pos$/i.test(name) ? ["the POS was the kit's own"] : []),
  ];
  if (!against.length) return [];
  return [
    {
      code: 'RECORD-CLAIMS-QUALIFYING',
      text: `The record gives no reason why the run is practice, but ${against.join(', and ')}.`,
    },
  ];
}

/** What drives a POS, and what was observed of it, fit each other; rows are those that were selected. */
function subjectOf({ run, rows }: Recording): Incoherence[] {
  const { driver, display } = run.pos;
  const found: Incoherence[] = [];
  const fits = driver === 'headless' ? display === 'none' && run.subject === 'api' : display !== 'none';
  if (!fits)
    found.push({
      code: 'RECORD-SUBJECT',
      text: `The run was of the ${run.subject} with the driver ${driver}, and says that its display was ${display}.`,
    });
  const selected = new Set(run.selection);
  if (selected.size !== run.selection.length)
    found.push({ code: 'RECORD-SELECTION', text: 'The run selects a row twice.' });
  for (const id of rows.keys())
    if (!selected.has(id))
      found.push({
        code: 'RECORD-SELECTION',
        text: `The record holds the row ${id}, which the run did not select.`,
      });
  return found;
}

/** No exchange happens twice: its id, or the trace of its answer, stands for one alone. */
function repeatedIn(moments: readonly Moment[]): Incoherence[] {
  const seen = new Map<string, string>();
  for (const { row, exchange } of moments) {
    const key = `${exchange.id} ${exchange.at}`;
    const before = seen.get(exchange.id);
    if (before !== undefined && before !== key)
      return [
        {
          code: 'RECORD-REPEATED-EXCHANGE',
          text: `The exchange ${exchange.id} is in the record twice, the second time in the row ${row}.`,
        },
      ];
    seen.set(exchange.id, key);
  }
  return [];
}

const shown = (ms: number): string => new Date(ms).toISOString();

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const oneLine = (text: string): string => text.replaceAll('\n', ', ');
