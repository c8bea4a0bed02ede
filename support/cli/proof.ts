import { join } from 'node:path';
import type { Kill, Mutant } from '../../fixtures/mutants/index.ts';
import { Blocked } from '../blocked.ts';
import type { Catalogue, Row } from '../checklist/index.ts';
import type { Contract } from '../contract/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import type { Certificate } from '../verdict/index.ts';
import { runRows } from './run.ts';

/** Rows on which a mutant must not be caught unless its entry says so. */
const controls = ['PAC-CFG-04', 'PAC-SALE-01', 'PAC-SALE-04'];

/** A check that failed in a run on a mutant. */
export interface Failure {
  readonly row: string;
  readonly check: string;
  readonly observed: string;
}

/** What the gallery's entry says must fail, and what came of it. */
export interface Shot extends Failure {
  readonly hit: boolean;
}

/** What one run on a mutant has shown. */
export interface Proof {
  readonly mutant: Mutant;
  readonly kind: 'till' | 'upstream';
  /** Rows that were run. */
  readonly rows: readonly string[];
  /** One for each kill of the entry. `observed` says what was seen in its place where it missed. */
  readonly shots: readonly Shot[];
  /** What failed besides and is about the same defect, by the entry's own word. */
  readonly besides: readonly Failure[];
  /** What failed besides, and should not have. */
  readonly outside: readonly Failure[];
  /** Rows that came to no judgement, with the reason. */
  readonly stuck: readonly string[];
  readonly durationMs: number;
}

/** What a proof needs; `allRows` runs the whole checklist in place of the rows that the entry names. */
export interface Bench {
  /** All checklists, the usual one first. */
  readonly catalogues: readonly Catalogue[];
  readonly contract: Contract;
  readonly allRows: boolean;
  /** Folder below which each mutant's run is written. */
  readonly out: string;
  /** Where a browser runs that tills can be opened in; without one each run starts its own. */
  readonly browserEndpoint: string | null;
}

export const kindOf = (mutant: Mutant): Proof['kind'] => (mutant.till ? 'till' : 'upstream');

/** A signal ended a run before its time. */
export class Interrupted extends Blocked {
  constructor(signal: NodeJS.Signals) {
    super(`Interrupted by ${signal}: there is no kill table of a part of the gallery`, 'Run it again.');
  }
}

/** True when a mutant did what its entry says and nothing besides; of an unseen one, that nothing sees it. */
export const holds = ({ mutant, shots, outside, stuck }: Proof): boolean =>
  shots.every(({ hit }) => hit === !mutant.unseen) && !outside.length && !stuck.length;

/**
 * Runs rows on a mutant, one after another in this thread, on one till unless it gets stuck: an upstream is driven by the headless till; a till
 * is driven in the browser, over a right simulator. Throws an `Interrupted` when a signal ends it, and else as `runRows` does.
 */
export async function prove(mutant: Mutant, bench: Bench): Promise<Proof> {
  const { catalogues, contract, allRows, out, browserEndpoint } = bench;
  const kind = kindOf(mutant);
  const named = new Set([...mutant.kills.map(({ row }) => row), ...controls]);
  const started = Date.now();
  const run = async (catalogue: Catalogue, some: readonly Row[], folder: string): Promise<Certificate> => {
    const { certificate, interrupted } = await runRows({
      profile: loadProfile(kind === 'till' ? builtIn.reference : builtIn.headless),
      ownTill: kind === 'till',
      upstream: { kind: 'embedded' },
      rows: some,
      catalogue,
      contract,
      workers: 0,
      ...(browserEndpoint ? { browserEndpoint } : {}),
      fast: !mutant.realTime,
      allure: false,
      out: folder,
      id: mutant.id,
      say: () => {},
      wrong: {
        ...(mutant.till ? { till: mutant.till } : {}),
        ...(mutant.upstream ? { upstream: mutant.upstream } : {}),
      },
    });
    if (interrupted) throw new Interrupted(interrupted);
    return certificate;
  };
  const folder = join(out, mutant.id);
  const judged: Certificate['rows'][number][] = [];
  for (const catalogue of catalogues) {
    const rows = catalogue.rows.filter(({ id }) => allRows || named.has(id));
    for (const some of mutant.getsStuck ? rows.map((row) => [row]) : rows.length ? [rows] : []) {
      const part = mutant.getsStuck ? some[0]!.id : catalogue.name;
      judged.push(...(await run(catalogue, some, join(folder, part))).rows);
    }
  }
  return {
    ...compared(mutant, judged),
    rows: judged.map(({ id }) => id),
    durationMs: Date.now() - started,
  };
}

function compared(mutant: Mutant, rows: Certificate['rows']): Omit<Proof, 'rows' | 'durationMs'> {
  const failed = rows.flatMap((row) =>
    row.findings
      .filter(
        ({ outcome, severity }) => outcome === 'failed' || (outcome === 'warning' && severity === 'should'),
      )
      .map((finding) => ({
        row: row.id,
        check: finding.check.split('/')[1]!,
        observed: finding.observed,
        // A mutant is caught by a verdict: what is only a finding in a row that is blocked catches nobody.
        rowFits: row.verdict === 'failed' || finding.severity === 'should',
      })),
  );
  const shots = mutant.kills.map((kill): Shot => {
    const found = failed.find(({ row, check }) => row === kill.row && check === kill.check);
    const { row, check } = kill;
    if (!found) return { row, check, hit: false, observed: insteadOf(kill, rows) };
    return { row, check, hit: found.rowFits && kill.observed.test(found.observed), observed: found.observed };
  });
  const others = failed
    .filter(({ row, check }) => !mutant.kills.some((kill) => kill.row === row && kill.check === check))
    .map(({ row, check, observed }) => ({ row, check, observed }));
  const same = new Set(mutant.sameDefect);
  return {
    mutant,
    kind: kindOf(mutant),
    shots,
    besides: others.filter(({ check }) => same.has(check)),
    outside: others.filter(({ check }) => !same.has(check)),
    stuck: rows.filter(({ verdict }) => verdict === 'incomplete').map(({ id, why }) => `${id}: ${why}`),
  };
}

/** What stands in the certificate where a failing was expected. */
function insteadOf({ row: id, check }: Kill, rows: Certificate['rows']): string {
  const row = rows.find((one) => one.id === id);
  const finding = row?.findings.find((one) => one.check === `${id}/${check}`);
  const trouble = row?.trouble[0];
  if (finding) return `${finding.outcome}: ${finding.observed}`;
  return trouble
    ? `${row?.verdict}: ${trouble.message}`
    : `not executed; the row is ${row?.verdict ?? 'not there'}`;
}
