import { once } from 'node:events';
import type { Ledger } from '../../checklist/index.ts';
import type { Desk } from '../../drivers/attended/desk.ts';
import { jsonOf, listAt, pathOf, textAt } from '../../record/evidence.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import type { Plan } from './plan.ts';
import { TimeLeft } from './time-left.ts';

/** One thing that was seen on the wire, and how often in a row. */
export interface Seen {
  readonly text: string;
  readonly tone: 'good' | 'bad';
  readonly times: number;
}

/** What a person chose to begin with. */
export interface Begun {
  readonly by: string;
  readonly rows: 'all' | 'trial';
  /** The rows that the person has not left out; all where it is not said. */
  readonly only?: readonly string[];
}

/** Lines of the wire that the page shows. */
const mostSeen = 40;

/** What the console shows besides the desk: where the run stands, and what goes by on the wire. */
export class ConsoleSession {
  readonly desk: Desk;
  readonly plan: Plan;
  /** What runs out while the person is at it. */
  readonly time: TimeLeft;
  /** Goes up with each change. */
  version = 0;
  phase: 'before' | 'running' | 'over' = 'before';
  /** The rows of this run, by what was chosen. */
  rows: Plan['rows'];
  /** Rows that are over, each with what it came to. */
  readonly done: string[] = [];
  /** What the run came to, in sentences. */
  result: readonly string[] = [];
  /** A link by which a phone comes in, once; '' where none may. */
  phoneLink = '';
  #seen: Seen[] = [];
  readonly #wrong = new Set<string>();
  #waiting = Promise.withResolvers<void>();
  readonly #begun = Promise.withResolvers<Begun>();
  readonly #parted = Promise.withResolvers<void>();

  /** `ledger`: knows what is open at the API. */
  constructor(desk: Desk, plan: Plan, operator = '', ledger: Ledger | null = null) {
    this.desk = desk;
    this.plan = plan;
    this.rows = plan.rows;
    this.time = new TimeLeft(desk, plan.waits ? null : ledger);
    desk.operator = operator;
    desk.onChange(() => this.#changed());
    desk.onExchange((exchange) => this.#note(exchange));
  }

  /** About how many minutes of a person's time the rows of this run take. */
  get minutes(): number {
    const { minutes, rows, trial } = this.plan;
    return this.rows === trial ? minutes.trial : Math.ceil((minutes.all * this.rows.length) / rows.length);
  }

  get seen(): readonly Seen[] {
    return this.#seen;
  }

  /** Comes when the person begins. */
  get begun(): Promise<Begun> {
    return this.#begun.promise;
  }

  /** Begins the run. Says what is missing, or `null`. */
  begin({ by, rows, only }: Begun): string | null {
    if (this.phase !== 'before') return 'The run has begun already.';
    if (!by.trim()) return 'Write your name: it stands beside each of your answers.';
    const { trial, rows: all, choice } = this.plan;
    const left = only && choice ? all.filter(({ id }) => only.includes(id)) : all;
    const chosen = rows === 'trial' ? trial : left;
    if (!chosen.length) return 'Choose at least one row.';
    this.desk.operator = by.trim();
    this.rows = chosen;
    this.phase = 'running';
    this.#begun.resolve({ by: by.trim(), rows });
    this.#changed();
    return null;
  }

  /** The rows in which an answer can be wrong: the one under way first, then those that are over, the last first. */
  get answeredIn(): readonly string[] {
    const over = this.done.toReversed().map((line) => line.split(' ')[0]!);
    return [...new Set([...(this.desk.row === null ? [] : [this.desk.row]), ...over])];
  }

  /**
   * The person has answered something wrong in a row: both attempts are kept, and the row is run once more after all others. The
   * one under way is left. Says what is wrong with that, or `null`.
   */
  correct(row: string): string | null {
    if (!this.answeredIn.includes(row)) return 'Choose a row in which you have answered something.';
    this.#wrong.add(row);
    this.#changed();
    return row === this.desk.row
      ? this.desk.leave('an answer was wrong, and the row is done once more')
      : null;
  }

  /** Whether a row waits to be run once more. */
  isWrong(row: string): boolean {
    return this.#wrong.has(row);
  }

  /** The rows that are to be run once more, and no longer wait for it. */
  takeCorrected(): string[] {
    const rows = [...this.#wrong];
    this.#wrong.clear();
    return rows;
  }

  /** Another phone comes in by this link. */
  offerPhone(link: string): void {
    this.phoneLink = link;
    this.#changed();
  }

  /** A row is over. */
  rowDone(line: string): void {
    this.done.push(line);
    this.#seen = [];
    this.#changed();
  }

  /** The run is over. */
  over(result: readonly string[]): void {
    this.phase = 'over';
    this.result = result;
    this.#changed();
  }

  /** Comes when there is more to see than that, or after `ms`. */
  async after(version: number, ms: number): Promise<void> {
    if (this.version > version) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.#waiting.promise, late]);
    clearTimeout(timer);
  }

  /** A page has what came of the run. */
  parted(): void {
    this.#parted.resolve();
  }

  /** Comes when a page has shown what came of the run, or after `ms`: nobody may be looking any more. */
  async shown(ms: number): Promise<void> {
    const late = AbortSignal.timeout(ms);
    await Promise.race([this.#parted.promise, once(late, 'abort')]);
  }

  #note(exchange: Exchange): void {
    this.time.note(exchange);
    const { text, tone } = wordsOf(exchange);
    const last = this.#seen.at(-1);
    if (last?.text === text) this.#seen[this.#seen.length - 1] = { ...last, times: last.times + 1 };
    else this.#seen = [...this.#seen, { text, tone, times: 1 }].slice(-mostSeen);
  }

  #changed(): void {
    this.version += 1;
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers<void>();
  }
}

/** `POST /terminal-sessions: 201, Initiated, PresentCard`. */
function wordsOf(exchange: Exchange): Omit<Seen, 'times'> {
  const { request, response, trouble } = exchange;
  const path = pathOf(exchange).replace(/\/[^/]*\d[^/]*(?=\/|$)/g, '/…');
  const body = jsonOf(response);
  const prompt = textAt(listAt(body, 'notificationEvents').at(-1) ?? null, 'notificationType');
  const came = [
    response ? String(response.status) : (trouble ?? 'no answer'),
    textAt(body, 'status'),
    prompt,
  ];
  return {
    text: `${request.method} ${path}: ${came.filter(Boolean).join(', ')}`,
    tone: response && response.status < 400 ? 'good' : 'bad',
  };
}
