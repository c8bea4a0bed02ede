import { counted } from '../../record/counted.ts';
import { UsageError } from '../../record/usage-error.ts';
import { contractTarget } from './contract.ts';
import { gatewayTarget } from './gateway.ts';
import { redactionTarget } from './redaction.ts';
import { fuzz, type Target } from './target.ts';

/** The parts that can be fuzzed. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  contract: contractTarget,
  gateway: gatewayTarget,
  redaction: redactionTarget,
};

function targetOf(name: string): () => Promise<Target> {
  const target = targets[name];
  if (target) return target;
  throw new UsageError(
    'KIT-WORKSHOP-002',
    `Expected a part to fuzz (${Object.keys(targets).join(', ')}), but there is none called "${name}".`,
  );
}

/** Fuzzes one part and says what came of it. Returns whether it held. Throws a `UsageError` for a part that is not there. */
export async function fuzzed(name: string, seed: number, minutes: number): Promise<boolean> {
  const target = await targetOf(name)();
  console.log(`${name}: ${target.what}, for ${counted(minutes, 'minute')} from seed ${seed}`);
  const end = performance.now() + minutes * 60_000;
  const { tried, broken } = await fuzz(target, seed, () => performance.now() < end);
  console.log(
    broken
      ? `${name}: the input of seed ${broken.seed} broke it (try it again with --seed ${broken.seed}):\n${broken.how}`
      : `${name}: ${counted(tried, 'input')}, and none broke it`,
  );
  return broken === undefined;
}
