import { type Checklist, expectedChecks, type Row } from '../checklist/index.ts';
import type { PosDriver } from '../drivers/index.ts';
import { benchOf, isUnobserved, sceneAt } from '../judging/index.ts';
import type { Evidence } from '../record/evidence.ts';
import { monotonic } from '../record/monotonic.ts';
import { sentIn } from '../record/sent.ts';
import type { Json, Run } from '../record/vocabulary.ts';
import { patience } from './patience.ts';
import type { Recorder } from './recorder.ts';
import type { Still } from './still.ts';
import type { Waiting } from './waiting.ts';

/** What a check comes to while its row goes on. */
type Standing = 'passed' | 'may come' | 'not passed';

export type Params = { [name: string]: Json };

/** What a row is judged by, and by whom it is seen. */
export interface Court {
  readonly run: Run;
  readonly checklist: Checklist;
  /** `undefined` for a row that the catalogue does not have: it is asked everything. */
  readonly row: Row | undefined;
  readonly driver: PosDriver;
  readonly recorder: Recorder;
  readonly waiting: Waiting;
  readonly look: (picture?: boolean) => Promise<void>;
  /** Goes to the journal of a till that shows it apart, once the till has come to rest. */
  readonly seeJournal: () => Promise<void>;
  /** Does something while the account stands still, where a person does it. */
  readonly still: Still;
}

/** Applies checks while the row goes on: it waits for what they ask for, and records that they were asked. */
export class Expecting {
  readonly #court: Court;
  /** What a check last came to, and by which evidence: while nothing more is seen, it comes to the same. */
  #last: { check: string; params: Params; evidence: Evidence; standing: Standing } | null = null;

  constructor(court: Court) {
    this.#court = court;
  }

  /**
   * Applies a check: waits until it passes, at the longest as long as a till may take to show something, and
   * records that it was asked for. It never throws over what the check comes to: that is judged from the record. One
   * that the row does not ask of this subject, of its display where that is the API, is left out.
   */
  async expect(check: string, params: Params = {}): Promise<void> {
    const { run, checklist, row, driver, waiting, look, seeJournal, still } = this.#court;
    const definition = checklist.checks.get(check);
    if (!definition) throw new Error(`There is no check "${check}" in the checklist ${checklist.name}`);
    if (row && !expectedChecks(row, run.subject).some(({ id }) => id === check)) return;
    if (isUnobserved(definition, run)) return this.applied(check, params);
    const within = run.criteria['display.within']!;
    const passes = () => this.#settled(check, params) === 'passed';
    if (driver.attest && definition.plane === 'display') {
      // A person waits for what there is to see; who is asked anew would say the same.
      await still(async () => driver.attest?.(definition.ofJournal === true));
      await look(true);
      return this.applied(check, params);
    }
    if (definition.ofJournal) await seeJournal();
    if (definition.plane === 'display') await look();
    if (!(await waiting.until(`the check ${check}`, passes, within))) {
      await this.#waitOn(check, passes, within);
      const latest = (run.criteria['display.latest'] ?? 0) - within;
      if (this.#settled(check, params) === 'may come')
        await waiting.until(
          `what is late for the check ${check}`,
          () => this.#settled(check, params) !== 'may come',
          latest,
        );
    }
    if (definition.ofJournal && !passes()) await seeJournal();
    if (definition.plane === 'display') {
      await this.#read();
      await look(true);
    }
    this.applied(check, params);
  }

  /** Lets what is shown stand as long as it takes to read it: what is gone by then nobody has read. */
  async #read(): Promise<void> {
    const { run, recorder, waiting } = this.#court;
    const readable = run.criteria['display.readable'] ?? 0;
    const since = () => recorder.evidence.all('display').at(-1)?.at ?? 0;
    await waiting.until('what is shown to be read', () => monotonic() - since() >= readable, readable);
  }

  /** Records that a check was asked for. */
  applied(check: string, params: Params): void {
    this.#court.recorder.record({ kind: 'expectation', at: monotonic(), check, params });
  }

  /** Some check of the row reads the till's journal. */
  get readsJournal(): boolean {
    const { row, checklist } = this.#court;
    return this.#ids(row).some((id) => checklist.checks.get(id)?.ofJournal);
  }

  #ids(row: Row | undefined): string[] {
    return row?.clauses.flatMap(({ checks }) => checks.map(({ id }) => id)) ?? [];
  }

  /** Asks for the checks that no scenario names, of every row and of every row with a payment. */
  close(): void {
    const { row, checklist } = this.#court;
    const { everyRow, everyPayment } = checklist.closing;
    const expected = new Set(this.#ids(row));
    for (const check of [...everyRow, ...everyPayment]) if (expected.has(check)) this.applied(check, {});
  }

  /** Waits on where the machine is too busy for the till to have had its time; see `patience`. */
  async #waitOn(check: string, passes: () => boolean, within: number): Promise<void> {
    const { driver, waiting, look: lookAt } = this.#court;
    if (driver.display !== 'observed') return;
    const look = async () => {
      await lookAt();
      return driver.answeredIn ?? 0;
    };
    const over = patience({ look, holds: passes, within, now: monotonic });
    await waiting.until(`the check ${check}, on a machine that is busy`, over, Number.POSITIVE_INFINITY);
  }

  /** The contract and the other rows come to the judgement later: no row waits for them. */
  #settled(check: string, params: Params): Standing {
    const { evidence } = this.#court.recorder;
    const last = this.#last;
    if (last?.evidence === evidence && last.check === check && last.params === params) return last.standing;
    const standing = this.#standing(check, params, evidence);
    this.#last = { check, params, evidence, standing };
    return standing;
  }

  #standing(check: string, params: Params, evidence: Evidence): Standing {
    const { run, checklist, row } = this.#court;
    const everyRow = new Map(row ? [[row.id, sentIn(evidence, checklist.capabilitiesUsed)]] : []);
    const bench = benchOf(checklist, { run, everyRow, violations: () => [] });
    const { outcome, mayCome } = checklist.checks.get(check)!.judge(sceneAt(bench, evidence), params);
    return outcome === 'passed' ? outcome : mayCome ? 'may come' : 'not passed';
  }
}
