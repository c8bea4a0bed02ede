import type { Evidence } from '../record/evidence.ts';
import type { Sent } from '../record/sent.ts';
import type { Exchange, Fault, Json, Outcome, Plane, Run, Violation } from '../record/vocabulary.ts';

export type Params = { readonly [name: string]: Json };

/** What a check may look at; `View` is what its checklist makes of the evidence. */
export interface Scene<View extends Evidence = Evidence> {
  /** The row, up to the moment at which the step asked. */
  readonly evidence: View;
  /** The row as a whole. */
  readonly whole: View;
  readonly run: Run;
  /** What was sent in each row of the run, for the rows that are judged from all of it. */
  readonly everyRow: ReadonlyMap<string, Sent>;
  readonly violations: (exchange: Exchange) => readonly Violation[];
  /** True when the row provokes this refusal on purpose; `cause` is what the answer says. */
  readonly provoked: (row: string, exchange: Exchange, cause: string) => boolean;
}

/** What a check came to, in words for people. */
export interface Result {
  readonly outcome: Outcome;
  readonly observed: string;
  readonly evidence: readonly string[];
  /** Overrides whose fault the check usually is. */
  readonly fault?: Fault;
  /** Overrides the check's usual advice. */
  readonly advice?: string;
  /** When that was, where no exchange of the evidence tells it. */
  readonly at?: number;
  /** What the check rests on never came about: its failing may be a mere consequence of another. */
  readonly untested?: true;
  /** What is missing may only be late: the kit waits on for it, as long as `display.latest` says. */
  readonly mayCome?: boolean;
  /** Overrides whether the check rests on times: what it found may be wrong at any time, or only too late. */
  readonly timed?: boolean;
  /** By how much a time missed its limit, in ms, where delays of the machine could add up to as much. */
  readonly beyond?: number;
}

/**
 * One check: a pure function of what was observed. It has one id whether it passes or fails, and says whose
 * fault its failing would usually be.
 */
export interface Check<View extends Evidence = Evidence> {
  readonly id: string;
  readonly plane: Plane;
  readonly fault: Fault;
  /** What a conforming subject shows, as a sentence. */
  readonly expected: (params: Params, run: Run) => string;
  /** What to do when it fails. */
  readonly advice: string;
  // A method, so that checks of any view fit into one list: who brings a check brings its view.
  judge(scene: Scene<View>, params: Params): Result;
  /**
   * The check supposes that the API went the way the row sets up. When it did not, through no fault of the
   * till, a failing is no verdict on the till.
   */
  readonly followsApi?: boolean;
  /**
   * It fails a till that does something too late, too seldom or too briefly in real time. On a machine that was too
   * slow its failing is no verdict on the till.
   */
  readonly timed?: true;
  /** What it finds may be honest: a person decides on it, and it fails nobody. */
  readonly leftToReview?: true;
  /** It reads the till's journal. */
  readonly ofJournal?: true;
  /** It judges what the subject does, or fails to do, though the wire alone does not show it. */
  readonly deed?: true;
  /** Where it fails, all else may be a mere consequence: it is reported first. */
  readonly reportedFirst?: true;
  /** A failing is the sender's own doing, whatever else went wrong before it. */
  readonly decisive?: true;
  /** What it found before a block stays found, although it is asked for only at the end. */
  readonly standsAfterBlock?: true;
  /** All that it looks at is what a person says who is asked what the POS shows. */
  readonly attestable?: true;
  /** True when what a till only reported of its display is borne out by wire and state. */
  corroborated?(scene: Scene<View>, params: Params): boolean;
}

export const passed = (observed: string, evidence: readonly string[] = []): Result => ({
  outcome: 'passed',
  observed,
  evidence,
});

export const failed = (
  observed: string,
  evidence: readonly string[] = [],
  more: Partial<Result> = {},
): Result => ({
  outcome: 'failed',
  observed,
  evidence,
  ...more,
});

/** What a check rests on never came about; that is a failing, for a skip would read as green. */
export const notTestable = (why: string, evidence: readonly string[] = []): Result =>
  failed(`Not testable: ${why}`, evidence, { untested: true });

/**
 * What a check comes to that rests on what the kit itself could not read, by its ids. That is nobody's failing, and
 * the row is blocked; but an API that answers 404 for what it has made itself is at fault.
 */
export function unread(evidence: Evidence, what: string, ids: readonly string[]): Result {
  const lost = evidence
    .all('state')
    .findLast(({ id, exchange }) => ids.includes(id) && exchange.response?.status === 404);
  if (lost)
    return failed(`the API answers 404 for ${what} ${lost.id}, which it has made`, [lost.exchange.id], {
      fault: 'api',
      advice: 'What the API has made can be read again with the key that made it.',
    });
  return {
    ...notTestable(`the kit could not read ${what} ${listed(ids)}`),
    fault: 'environment',
    advice: 'The till is not at fault: see that the upstream can be reached, and run the row again.',
  };
}

export const noSession = 'the till created no terminal session';
export const noIntent = 'the till created no payment intent';
export const noDisplay = 'nothing was seen of the display';

/** Only a person can see the screen of that card machine. */
export const unseenScreen = (advice: string): Result => ({
  outcome: 'review',
  observed: "the kit cannot see this card machine's screen",
  evidence: [],
  advice,
});

/** How a request was answered, in short: its status, or why there is none. */
export const answered = ({ response, trouble }: Exchange): string =>
  response ? `${response.status}` : (trouble ?? 'no answer');

/** `failed` or `passed`, after a condition. */
export const judged = (
  ok: boolean,
  observed: string,
  evidence: readonly string[] = [],
  more: Partial<Result> = {},
): Result => (ok ? passed(observed, evidence) : failed(observed, evidence, more));

/** The same of a request and its answer: what was sent rightly and answered wrongly is the API's doing. */
export const judgedBothSides = (
  sent: boolean,
  answered: boolean,
  observed: string,
  evidence: readonly string[],
): Result => ({
  ...judged(sent && answered, observed, evidence),
  ...(sent && !answered ? { fault: 'api' } : {}),
});

const symbols: ReadonlyMap<string, string> = new Map([
  ['GBP', '£'],
  ['EUR', '€'],
]);

/** Minor units as people write them: `£10.00`; another currency goes by its code, and one that is not reported is left out. */
export function money(value: number | null, currency: string | null = 'GBP'): string {
  if (value === null) return 'nothing';
  const sign = value < 0 ? '-' : '';
  const symbol = currency === null ? '' : (symbols.get(currency) ?? `${currency} `);
  return `${sign}${symbol}${(Math.abs(value) / 100).toFixed(2)}`;
}

/** Milliseconds as seconds: `1.02 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Names in a list as people read it. */
export const listed = (names: readonly string[]): string => (names.length ? names.join(', ') : 'none');
