import type { Catalogue } from '../../checklist/index.ts';
import { checkIn } from '../../record/row-id.ts';
import { type Failure, holds, type Proof } from './proof.ts';

/** A check of a row that no mutant makes fail. */
export interface Untried {
  readonly row: string;
  readonly check: string;
}

/** Which mutant is caught by which check in which row, and what no mutant shows to be able to fail. */
export interface KillTable {
  readonly schema: 1;
  readonly rows: readonly string[];
  readonly mutants: readonly KillTableEntry[];
  /** Checks of a row's own clauses that no mutant makes fail in that row; those of unseen mutants are named there. */
  readonly untried: readonly Untried[];
  /** Checks of every row, with the rows in which a mutant makes them fail. */
  readonly everywhere: readonly {
    readonly check: string;
    readonly rows: readonly string[];
    readonly of: number;
  }[];
}

export interface KillTableEntry {
  readonly id: string;
  readonly kind: Proof['kind'];
  readonly wrong: string;
  readonly says: string;
  /** `unseen`: it survives, and its entry says why. */
  readonly verdict: 'caught' | 'unseen' | 'survived' | 'out of bounds';
  readonly why: string;
  readonly ran: readonly string[];
  readonly caught: readonly Failure[];
  readonly missed: readonly Failure[];
  readonly besides: readonly Failure[];
  readonly outside: readonly Failure[];
  readonly stuck: readonly string[];
  readonly durationMs: number;
}

/** The table of a gallery's proofs. */
export function killTable(proofs: readonly Proof[], catalogues: readonly Catalogue[]): KillTable {
  const rows = catalogues.flatMap((one) => one.rows);
  // They stand in many rows: one row in which they fail shows that they can.
  const everywhere = new Set(
    catalogues.flatMap(({ closing }) => [...closing.everyRow, ...closing.everyPayment]),
  );
  const names = (shots: Proof['shots']) => shots.map(({ row, check }) => `${row}/${check}`);
  const caught = new Set(proofs.flatMap(({ shots }) => names(shots.filter(({ hit }) => hit))));
  const unseen = new Set(proofs.flatMap(({ mutant, shots }) => (mutant.unseen ? names(shots) : [])));
  // Of a row that no certification needs it is enough that its check was seen to fail in another.
  const inAny = new Set([...caught].map((name) => checkIn(name)));
  const extra = new Set(rows.filter(({ level }) => level === 'extra').map(({ id }) => id));
  const all = rows.flatMap((row) =>
    row.clauses.flatMap(({ checks }) =>
      checks.filter(({ plane }) => plane !== 'declared').map(({ id }) => ({ row: row.id, check: id })),
    ),
  );
  return {
    schema: 1,
    rows: rows.map(({ id }) => id),
    mutants: proofs.map(entryOf),
    untried: all.filter(
      ({ row, check }) =>
        !everywhere.has(check) &&
        !ofNeither.has(check) &&
        !caught.has(`${row}/${check}`) &&
        !(extra.has(row) && inAny.has(check)) &&
        !unseen.has(`${row}/${check}`),
    ),
    everywhere: [...everywhere].map((check) => {
      const expected = all.filter((one) => one.check === check);
      return {
        check,
        rows: expected.filter(({ row }) => caught.has(`${row}/${check}`)).map(({ row }) => row),
        of: expected.length,
      };
    }),
  };
}

/** What the kit itself arranges is nothing that a till or an upstream is wrong in; nor is what a profile declares. */
const ofNeither = new Set(['fault-met']);

/** What stands in the table of one mutant. */
export function entryOf(proof: Proof): KillTableEntry {
  const { mutant, kind, shots, outside, besides, stuck, rows, durationMs } = proof;
  const missed = shots.filter(({ hit }) => !hit);
  const plain = ({ row, check, observed }: Failure): Failure => ({ row, check, observed });
  return {
    id: mutant.id,
    kind,
    wrong: mutant.wrong,
    says: mutant.says,
    verdict: holds(proof)
      ? mutant.unseen
        ? 'unseen'
        : 'caught'
      : missed.length
        ? 'survived'
        : 'out of bounds',
    why: mutant.unseen ?? '',
    ran: rows,
    caught: shots.filter(({ hit }) => hit).map(plain),
    missed: missed.map(plain),
    besides,
    outside,
    stuck,
    durationMs,
  };
}

/** Whether the gallery shows what it should: each mutant is caught, within its bounds, and, of a whole gallery, each check has one. */
export function proved(table: KillTable, whole: boolean): boolean {
  const each = table.mutants.every(({ verdict }) => verdict === 'caught' || verdict === 'unseen');
  const covered = !table.untried.length && table.everywhere.every(({ rows }) => rows.length > 0);
  return each && (!whole || covered);
}
