import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { styleText } from 'node:util';
import { checklists, loadCatalogue, type WrongSubject } from '../../checklist/index.ts';
import { galleries, wrongSubjects } from '../../checklists/galleries.ts';
import { counted } from '../../record/counted.ts';
import { UsageError } from '../../record/usage-error.ts';
import { say } from '../../run/terminal.ts';
import { entryOf, type KillTableEntry, killTable, proved } from './kill-table.ts';
import { killTableHtml, killTableMarkdown } from './kill-table-page.ts';
import { kindOf, type Proof } from './proof.ts';
import { proveAll } from './proof-pool.ts';

/** What is proved, and how. */
export interface GalleryFlags {
  readonly only?: string[];
  readonly kind?: Proof['kind'];
  readonly allRows: boolean;
  readonly parallel: number;
  readonly out?: string;
}

/**
 * Runs the gallery of mutants and writes the kill table. Returns 0 when each mutant is caught by its checks and by no
 * other and each check has a mutant, else 1. Throws a `UsageError` for an id that no mutant has.
 */
export async function proveGallery(flags: GalleryFlags): Promise<number> {
  const gallery = chosen(flags);
  const catalogues = checklists.map((name) => loadCatalogue(name));
  const out = resolve(flags.out ?? join('reports', 'mutants'));
  const whole = gallery.length === wrongSubjects.length;
  let done = 0;
  const proofs = await proveAll(gallery, {
    catalogues,
    processes: flags.parallel,
    allRows: flags.allRows,
    out,
    onProof: (proof) => say(progress(entryOf(proof), ++done, gallery.length)),
  });
  const table = killTable(proofs, catalogues);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'kill-table.json'), `${JSON.stringify(table, null, 2)}\n`);
  writeFileSync(join(out, 'kill-table.md'), killTableMarkdown(table));
  const page = join(out, 'kill-table.html');
  writeFileSync(page, killTableHtml(table));
  if (whole && table.untried.length) {
    say(`\nNo mutant makes ${counted(table.untried.length, 'check')} fail:`);
    for (const { row, check } of table.untried) say(`  ${row}/${check}`);
  }
  say(`\nKill table: ${pathToFileURL(page).href} (${relative(process.cwd(), page)})`);
  return proved(table, whole) ? 0 : 1;
}

/** Throws a `UsageError` for an id that no mutant has. */
function chosen({ only, kind }: GalleryFlags): readonly WrongSubject[] {
  const unknown = only?.find((id) => !wrongSubjects.some((mutant) => mutant.id === id));
  if (unknown !== undefined) {
    throw new UsageError(
      'KIT-WORKSHOP-001',
      `Expected --only to name mutants of the gallery, but it has none called "${unknown}". They stand in ${galleries.map(({ folder }) => folder).join(' and ')}.`,
    );
  }
  return wrongSubjects.filter(
    (mutant) => (!only || only.includes(mutant.id)) && (!kind || kindOf(mutant) === kind),
  );
}

const marks = {
  caught: ['✔', 'green'],
  unseen: ['?', 'yellow'],
  survived: ['✘', 'red'],
  'out of bounds': ['✘', 'red'],
} as const;

/** A line for each mutant as it is done, and one for each thing that is amiss. */
function progress(entry: KillTableEntry, done: number, of: number): string {
  const { id, kind, verdict, caught, missed, outside, stuck, ran, durationMs } = entry;
  const [mark, colour] = marks[verdict];
  const amiss = [
    ...(verdict === 'unseen'
      ? []
      : missed.map(({ row, check, observed }) => `missed ${row}/${check}: ${observed}`)),
    ...outside.map(({ row, check, observed }) => `also failed ${row}/${check}: ${observed}`),
    ...stuck,
  ];
  return [
    `${styleText(colour, mark)} ${String(done).padStart(String(of).length)}/${of} ${kind.padEnd(8)} ${id.padEnd(32)} ${verdict}, by ${counted(caught.length, 'check')} in ${counted(ran.length, 'row')}  ${(durationMs / 1000).toFixed(1)} s`,
    ...amiss.map((line) => `    ${line}`),
  ].join('\n');
}
