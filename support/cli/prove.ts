import { InvalidArgumentError, Option } from 'commander';
import { runCommand } from '../run/run-command.ts';
import { type GalleryFlags, proveGallery } from '../workshop/prove/gallery.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

const command = () =>
  kitCommand('prove')
    .description('Shows that the kit catches tills and upstreams that are wrong on purpose')
    .option('--only <ids>', 'only these mutants, with commas between', (text) =>
      text.split(',').map((id) => id.trim()),
    )
    .addOption(new Option('--kind <kind>', 'only tills, or only upstreams').choices(['till', 'upstream']))
    .option('--all-rows', 'whole checklists on each mutant, not only the rows that must catch it', false)
    .option('--parallel <n>', 'how many runs side by side', count, 12)
    .option('--out <dir>', 'where to write; reports/mutants by default');

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 32)
    throw new InvalidArgumentError('Expected a whole number from 1 to 32.');
  return value;
}

/**
 * `npm run prove`: runs the gallery of mutants and writes the kill table. Returns the exit code: 0 when each
 * mutant is caught by its checks and by no other and each check has a mutant, else 1; 2 usage, 3 blocked.
 */
export async function main(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    const prove = command();
    refuseWhatNpmKept(prove, args);
    return await proveGallery(prove.parse([...args], { from: 'user' }).opts<GalleryFlags>());
  });
}
