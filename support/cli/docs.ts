import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rowsPages } from '../workshop/rows-page.ts';

/** `npm run docs`: writes the pages that are made from the catalogues. */
export async function main(): Promise<number> {
  for (const { path, text } of rowsPages()) {
    writeFileSync(fileURLToPath(new URL(`../../docs/${path}`, import.meta.url)), text);
    console.log(`docs/${path} is up to date`);
  }
  return 0;
}
