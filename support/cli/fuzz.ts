import { UsageError } from '../record/usage-error.ts';
import { runCommand } from '../run/run-command.ts';
import { fuzzed, targets } from '../workshop/fuzz/index.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Options {
  readonly minutes: number;
  readonly seed: number;
}

/** `npm run fuzz -- gateway --minutes 10`. Returns 0; 1 when an input broke the part; 2 for usage. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    const command = kitCommand('fuzz')
      .description(
        'Gives parts of the kit inputs that nobody would think of; the same seed gives the same inputs',
      )
      .argument('[parts...]', `which parts: ${Object.keys(targets).join(', ')}; all of them when left out`)
      .option('--minutes <number>', 'how long, each part', positive('--minutes'), 10)
      .option('--seed <number>', 'the seed of the first input', positive('--seed'), 1);
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { minutes, seed } = command.opts<Options>();
    const named = command.args.length > 0 ? command.args : Object.keys(targets);
    let code = 0;
    for (const name of named) if (!(await fuzzed(name, seed, minutes))) code = 1;
    return code;
  });
}

const positive = (option: string) => (text: string) => {
  const number = Number(text);
  if (number > 0) return number;
  throw new UsageError('KIT-WORKSHOP-003', `Expected ${option} to be a number above 0, but it is "${text}".`);
};
