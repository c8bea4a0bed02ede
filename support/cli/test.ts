import { runCommand } from '../run/run-command.ts';
import { testAll, testLong } from '../workshop/test.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/** `npm test`: everything that has to hold before a change is taken. Returns 0 when it does, else 1; 2 for usage. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    const command = kitCommand('test')
      .description('Checks the sources, runs the tests, and certifies the kit’s own POSs')
      .option('--long', 'the tests that take minutes each, and nothing else');
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    return command.opts<{ long?: boolean }>().long ? testLong() : testAll();
  });
}
