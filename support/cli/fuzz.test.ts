import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractTarget } from '../workshop/fuzz/contract.ts';
import { gatewayTarget } from '../workshop/fuzz/gateway.ts';
import { redactionTarget } from '../workshop/fuzz/redaction.ts';
import { fuzz, type Target } from '../workshop/fuzz/target.ts';

/** The short form of `npm run fuzz`: inputs of one seed for each part. */
const targets: Readonly<Record<string, { start: () => Promise<Target>; inputs: number }>> = {
  contract: { start: contractTarget, inputs: 100 },
  gateway: { start: gatewayTarget, inputs: 400 },
  redaction: { start: redactionTarget, inputs: 1_000 },
};

for (const [name, { start, inputs }] of Object.entries(targets)) {
  test(`${inputs} mutated inputs do not break the ${name}`, async () => {
    assert.deepEqual(await fuzz(await start(), 1, (tried) => tried < inputs), { tried: inputs });
  });
}

const breaking = (how: () => Promise<void>): Target => ({
  what: 'a part that breaks',
  try: (dice) => (dice.below(5) === 3 ? how() : Promise.resolve()),
  end: () => Promise.resolve(),
});

test('a fuzz ends at the first input that breaks the part, and its seed is enough to break it again', async () => {
  const target = breaking(() => Promise.reject(new Error('broke')));
  const { broken } = await fuzz(target, 1, (tried) => tried < 100);
  assert.ok(broken && /broke/.test(broken.how));
  assert.deepEqual((await fuzz(target, broken.seed, () => true)).tried, 0);
});

test('a part that leaves something behind breaks at the end', async () => {
  const target: Target = {
    ...breaking(() => Promise.resolve()),
    end: () => Promise.reject(new Error('left')),
  };
  assert.match((await fuzz(target, 1, (tried) => tried < 3)).broken?.how ?? '', /left/);
});
