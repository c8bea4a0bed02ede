import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pages } from '../workshop/pages.ts';

/** `npm run docs`: writes the pages that are made from the catalogues and the gallery. */
export async function main(): Promise<number> {
  for (const { path, text } of pages()) {
    writeFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), text);
    console.log(`${path} is up to date`);
  }
  return 0;
}
