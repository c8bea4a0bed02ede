import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Catalogue,
  checklistOf,
  checklists,
  type Kill,
  loadChecklist,
  type Row,
  type WrongSubject,
} from '../../checklist/index.ts';
import { galleryOf } from '../../checklists/galleries.ts';
import type { Contract } from '../../contract/index.ts';
import type { Certificate } from '../../judging/index.ts';
import { loadProfile, ownProfiles, type Profile } from '../../profile/index.ts';
import { Blocked } from '../../record/blocked.ts';
import { coded } from '../../record/error-codes.ts';
import { checkIn } from '../../record/row-id.ts';
import { runRows } from '../../run/run.ts';

/** The checks of all checklists by their ids: one that two checklists use is one. */
const checks = new Map(checklists.flatMap((name) => [...loadChecklist(name).checks]));

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
  readonly mutant: WrongSubject;
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
  /** How long its rows took, one after another, in ms. */
  readonly durationMs: number;
}

/** Rows of one checklist that are run on a mutant in one go, on one till. */
export interface Part {
  readonly mutant: WrongSubject;
  readonly catalogue: Catalogue;
  readonly rows: readonly Row[];
  /** Names it among the parts of its mutant. */
  readonly name: string;
}

/** What a part came to; `rows` in the order of the checklist. */
export interface Outcome {
  readonly rows: readonly Pick<
    Certificate['rows'][number],
    'id' | 'verdict' | 'why' | 'findings' | 'trouble'
  >[];
  readonly durationMs: number;
}

/** What a part is run with. */
export interface Bench {
  readonly contract: Contract;
  /** Folder below which each run is written. */
  readonly out: string;
  /** Where a browser runs that tills can be opened in; without one each run starts its own. */
  readonly browserEndpoint: string | null;
}

export const kindOf = (mutant: WrongSubject): Proof['kind'] => (mutant.till ? 'till' : 'upstream');

/** A till that is wrong in its page is looked at in a browser; what others show, they can as well tell. */
export const isSeen = ({ onPage }: WrongSubject): boolean => onPage === true;

/** A signal ended a run before its time. */
export class Interrupted extends Blocked {
  constructor(signal: NodeJS.Signals) {
    super(
      'KIT-WORKSHOP-006',
      `Interrupted by ${signal}: there is no kill table of a part of the gallery`,
      'Run it again.',
    );
  }
}

/** True when a mutant did what its entry says and nothing besides; of an unseen one, that nothing sees it. */
export const holds = ({ mutant, shots, outside, stuck }: Proof): boolean =>
  shots.every(({ hit }) => hit === !mutant.unseen) && !outside.length && !stuck.length;

/** So many rows are run on one till at the most: the parts of one mutant can then be run side by side. */
const mostRows = 6;

/** What the tills of the gallery are given to show something, in ms: they are the kit's own, and those that don't would hold up the rest. */
const seeWithin = 8000;

/**
 * The parts in which a mutant is run: the rows that its entry names and the control row, or all where `allRows` says so. A mutant that gets stuck is not fit for another row, so that each of its rows is a part.
 */
export function partsOf(mutant: WrongSubject, catalogues: readonly Catalogue[], allRows: boolean): Part[] {
  const gallery = galleryOf(mutant.id);
  const named = new Set([...mutant.kills.map(({ row }) => row), gallery.control]);
  const own = catalogues.filter(({ name }) => gallery.checklists.includes(name));
  return own.flatMap((catalogue) => {
    const rows = catalogue.rows.filter(({ id }) => allRows || named.has(id));
    const most = mutant.getsStuck ? 1 : mutant.till ? mostRows : catalogue.rows.length;
    const parts = Math.ceil(rows.length / most);
    const size = Math.ceil(rows.length / parts);
    return Array.from({ length: parts }, (_, index) => ({
      mutant,
      catalogue,
      rows: rows.slice(index * size, (index + 1) * size),
      name: parts === 1 ? catalogue.name : `${catalogue.name}-${index + 1}`,
    }));
  });
}

/**
 * Runs a part, its rows one after another in this thread: an upstream is driven by the headless till; a till is
 * driven through its test endpoint, or in the browser where it is wrong in its page, over a right simulator. Throws an
 * `Interrupted` when a signal ends it, and else as `runRows` does.
 */
export async function runPart({ mutant, catalogue, rows, name }: Part, bench: Bench): Promise<Outcome> {
  const { contract, out, browserEndpoint } = bench;
  const started = Date.now();
  const folder = join(out, mutant.id, name);
  rmSync(folder, { recursive: true, force: true });
  const { certificate, interrupted } = await runRows({
    profile: profileOf(mutant, catalogue.name),
    ownTill: kindOf(mutant) === 'till',
    upstream: { kind: 'embedded' },
    rows,
    checklist: checklistOf(catalogue),
    contract,
    workers: 0,
    ...(browserEndpoint ? { browserEndpoint } : {}),
    fast: !mutant.realTime,
    // A mutant is caught by what is judged, and nobody looks at pictures of it.
    mostPictures: 0,
    allure: false,
    out: folder,
    id: mutant.id,
    // A mutant that survives does so again.
    amounts: { seed: mutant.id },
    say: () => {},
    wrong: {
      ...(mutant.till ? { till: mutant.till } : {}),
      ...(mutant.upstream ? { upstream: mutant.upstream } : {}),
    },
  });
  if (interrupted) throw new Interrupted(interrupted);
  return {
    rows: certificate.rows.map(({ id, verdict, why, findings, trouble }) => ({
      id,
      verdict,
      why,
      findings,
      trouble,
    })),
    durationMs: Date.now() - started,
  };
}

function profileOf(mutant: WrongSubject, checklist: string): Profile {
  const own = ownProfiles(checklist);
  if (mutant.pos) return loadProfile(own[mutant.pos as keyof typeof own]);
  if (!mutant.till) return loadProfile(own.headless);
  if (!isSeen(mutant)) return loadProfile(own['reference-http']);
  const profile = loadProfile(own.reference);
  const { driver } = profile;
  return driver.kind === 'browser' ? { ...profile, driver: { ...driver, seeWithin } } : profile;
}

/** What the parts of a mutant show together. */
export function proofOf(mutant: WrongSubject, parts: readonly Outcome[]): Proof {
  const judged = parts.flatMap(({ rows }) => rows);
  return {
    ...compared(mutant, judged),
    rows: judged.map(({ id }) => id),
    durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

function compared(mutant: WrongSubject, rows: Outcome['rows']): Omit<Proof, 'rows' | 'durationMs'> {
  const toWarn = new Set(mutant.kills.flatMap(({ row, check, warns }) => (warns ? [`${row}/${check}`] : [])));
  const failed = rows.flatMap((row) =>
    row.findings
      .filter(
        ({ check, outcome, severity, reported: answered }) =>
          outcome === 'failed' ||
          (outcome === 'warning' && (severity === 'should' || toWarn.has(check))) ||
          (outcome === 'review' && !answered && checks.get(checkIn(check))?.leftToReview),
      )
      .map((finding) => ({
        row: row.id,
        check: checkIn(finding.check),
        outcome: finding.outcome,
        observed: finding.observed,
        // A mutant is caught by a verdict: what is only a finding in a row that is blocked catches nobody.
        rowFits: row.verdict === 'failed' || finding.severity === 'should' || finding.outcome === row.verdict,
      })),
  );
  const shots = mutant.kills.map((kill): Shot => {
    const found = failed.find(({ row, check }) => row === kill.row && check === kill.check);
    const { row, check } = kill;
    if (!found || (kill.warns && found.outcome !== 'warning'))
      return { row, check, hit: false, observed: insteadOf(kill, rows) };
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
function insteadOf({ row: id, check }: Kill, rows: Outcome['rows']): string {
  const row = rows.find((one) => one.id === id);
  const finding = row?.findings.find((one) => one.check === `${id}/${check}`);
  const trouble = row?.trouble[0];
  if (finding) return `${finding.outcome}: ${finding.observed}`;
  return trouble
    ? `${row?.verdict}: ${coded(trouble.code, trouble.message)}`
    : `not executed; the row is ${row?.verdict ?? 'not there'}`;
}
