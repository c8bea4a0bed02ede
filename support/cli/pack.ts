import { runCommand } from '../run/run-command.ts';
import { buildPackage } from '../workshop/package.ts';
import { kitCommand } from './command.ts';

/** What `npm pack` runs first: builds the package's files in `dist`. Returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    kitCommand('pack')
      .description('Builds the files of the package in dist')
      .parse([...args], { from: 'user' });
    buildPackage();
    return 0;
  });
}
