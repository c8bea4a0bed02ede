import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { usualChecklist } from '../../checklist/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Ids of rows, wherever they stand in a text. */
const rowId = /\bPAC-[A-Z]+-\d{2}\b/g;

/**
 * Writes the usual checklist and its features so many times over, each copy's rows under ids of their own
 * (`PAC-SALE-0501` is row 05 of the copy 01). Returns where they are.
 */
export async function multiplied(
  times: number,
  folder: string,
): Promise<{ checklist: string; features: string }> {
  const source = join(root, 'fixtures', usualChecklist, 'rows.yaml');
  const checklist = join(folder, 'multiplied.yaml');
  const whole = parse(await readFile(source, 'utf8')) as { rows: unknown[]; rules?: unknown };
  const copies = Array.from({ length: times }, (_, index) => String(index).padStart(2, '0'));
  const inCopy = (text: string, copy: string) => text.replace(rowId, (id) => id + copy);
  const rows = copies.flatMap((copy) => JSON.parse(inCopy(JSON.stringify(whole.rows), copy)) as unknown[]);
  await mkdir(join(folder, 'features'), { recursive: true });
  await writeFile(checklist, stringify({ ...whole, checklist, rows, rules: [] }));
  for (const path of globSync('*.feature', { cwd: join(root, 'features', usualChecklist) })) {
    const text = await readFile(join(root, 'features', usualChecklist, path), 'utf8');
    for (const copy of copies)
      await writeFile(join(folder, 'features', `${copy}-${basename(path)}`), inCopy(text, copy));
  }
  return { checklist, features: join(folder, 'features', '*.feature') };
}
