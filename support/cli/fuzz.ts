import { Command } from 'commander';
import { UsageError } from '../record/usage-error.ts';
import { runCommand } from '../run/run-command.ts';
import { contractTarget } from '../workshop/fuzz/contract.ts';
import { gatewayTarget } from '../workshop/fuzz/gateway.ts';
import { redactionTarget } from '../workshop/fuzz/redaction.ts';
import { fuzz, type Target } from '../workshop/fuzz/target.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/** The parts that can be fuzzed. */
const targets: Readonly<Record<string, () => Promise<Target>>> = {
  contract: contractTarget,
  gateway: gatewayTarget,
  redaction: redactionTarget,
};

interface Options {
  readonly minutes: number;
  readonly seed: number;
}

/** `npm run fuzz -- gateway --minutes 10`. Returns 0; 1 when an input broke the part; 2 for usage. */
export function main(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    const command = new Command('fuzz')
      .description(
        'Gives parts of the kit inputs that nobody would think of; the same seed gives the same inputs',
      )
      .argument('[parts...]', `which parts: ${Object.keys(targets).join(', ')}; all of them when left out`)
      .option('--minutes <number>', 'how long, each part', positive('--minutes'), 10)
      .option('--seed <number>', 'the seed of the first input', positive('--seed'), 1)
      .showHelpAfterError('(--help lists the options)')
      .exitOverride();
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const { minutes, seed } = command.opts<Options>();
    const named = command.args.length > 0 ? command.args : Object.keys(targets);
    let code = 0;
    for (const name of named) if (!(await fuzzed(name, targetOf(name), seed, minutes))) code = 1;
    return code;
  });
}

function targetOf(name: string): () => Promise<Target> {
  const target = targets[name];
  if (target) return target;
  throw new UsageError(
    `Expected a part to fuzz (${Object.keys(targets).join(', ')}), but there is none called "${name}".`,
  );
}

async function fuzzed(
  name: string,
  start: () => Promise<Target>,
  seed: number,
  minutes: number,
): Promise<boolean> {
  const target = await start();
  console.log(`${name}: ${target.what}, for ${minutes} minutes from seed ${seed}`);
  const end = performance.now() + minutes * 60_000;
  const { tried, broken } = await fuzz(target, seed, () => performance.now() < end);
  console.log(
    broken
      ? `${name}: the input of seed ${broken.seed} broke it (try it again with --seed ${broken.seed}):\n${broken.how}`
      : `${name}: ${tried} inputs, and none broke it`,
  );
  return broken === undefined;
}

const positive = (option: string) => (text: string) => {
  const number = Number(text);
  if (number > 0) return number;
  throw new UsageError(`Expected ${option} to be a number above 0, but it is "${text}".`);
};
