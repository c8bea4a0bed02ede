import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Level, Plane, Severity, Subject } from '../vocabulary.ts';

/** One check that a clause of a row is judged by. */
export interface CheckEntry {
  readonly id: string;
  readonly plane: Plane;
  /** Left out: `must`. */
  readonly severity?: Severity;
  /** How often the row's scenario applies it; left out: once. */
  readonly times?: number;
}

export interface Clause {
  readonly clause: string;
  readonly checks: readonly CheckEntry[];
}

/** A refusal that a row provokes on purpose: `POST /payment-intents/{id}/amount`, its status, and its cause. */
export interface Provoked {
  readonly request: string;
  readonly status: number;
  readonly because: string;
}

/** One row of a go-live checklist, its expected outcome cut into clauses. */
export interface Row {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly level: Level;
  readonly capability?: string;
  /** How a row whose text contradicts itself or leaves something open is read. */
  readonly notes?: string;
  /** Suffix of the TID that the row is about, where it names one. */
  readonly tid?: string;
  /** Money may move in it, so it is judged by the clauses of every payment too. */
  readonly payment?: boolean;
  /** It really waits with a till, so it is started first. */
  readonly waits?: boolean;
  /** It is judged from all exchanges of the run. */
  readonly wholeRun?: boolean;
  readonly provokes?: readonly Provoked[];
  /** `false`: it says nothing about the API. */
  readonly api?: boolean;
  /** Every clause that it is judged by, the common ones last. */
  readonly clauses: readonly Clause[];
}

/** A rule over several rows: it holds when one of them is passed. */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly anyOf: readonly string[];
}

export interface Catalogue {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly sha256: string;
  readonly rows: readonly Row[];
  readonly rules: readonly Rule[];
  /** Checks that no scenario names: they are applied at the end of every row, and of every row with a payment. */
  readonly closing: { readonly everyRow: readonly string[]; readonly everyPayment: readonly string[] };
}

interface CatalogueFile {
  checklist: string;
  title: string;
  source: string;
  everyRow: Clause[];
  everyPayment: Clause[];
  rows: Row[];
  rules: Rule[];
}

const folder = new URL('../../fixtures/checklists/', import.meta.url);

/** Reads a row catalogue from `fixtures/checklists`. Throws when there is none of that name. */
export function loadCatalogue(name = 'pay-at-counter'): Catalogue {
  const text = readFileSync(fileURLToPath(new URL(`${name}.yaml`, folder)), 'utf8');
  const file = parse(text) as CatalogueFile;
  return {
    name: file.checklist,
    title: file.title,
    source: file.source,
    sha256: createHash('sha256').update(text).digest('hex'),
    rules: file.rules,
    closing: { everyRow: checkIds(file.everyRow), everyPayment: checkIds(file.everyPayment) },
    rows: file.rows.map((row) => ({
      ...row,
      clauses: [...row.clauses, ...(row.payment ? file.everyPayment : []), ...file.everyRow],
    })),
  };
}

const checkIds = (clauses: readonly Clause[]): string[] =>
  clauses.flatMap(({ checks }) => checks.map(({ id }) => id));

/**
 * The checks that a row is expected to be judged by. For the subject `api` the kit's own client plays the
 * till: its display and its declared answers do not count.
 */
export function expectedChecks(row: Row, subject: Subject): CheckEntry[] {
  const all = row.clauses.flatMap((clause) => clause.checks);
  return subject === 'pos' ? all : all.filter(({ plane }) => plane !== 'display' && plane !== 'declared');
}
