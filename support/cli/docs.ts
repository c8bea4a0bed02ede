import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCatalogue } from '../checklist/index.ts';
import { rowsPage } from './rows-page.ts';

/** `npm run docs`: writes the pages that are made from the catalogue. */
export async function main(): Promise<number> {
  const path = fileURLToPath(new URL('../../docs/rows.md', import.meta.url));
  writeFileSync(path, rowsPage(loadCatalogue()));
  console.log('docs/rows.md is up to date');
  return 0;
}
