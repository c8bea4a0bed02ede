import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { builtIn } from '../profile/index.ts';
import { type Rig, sandboxRig } from '../workshop/testing/sandbox.ts';
import { attends } from './console/testing/hands.ts';

const atHand = '20304050';

type Instead = Parameters<typeof attends>[1]['instead'];

/** Starts these rows with a person at a real card machine. */
async function begun(rows: readonly string[], env?: Readonly<Record<string, string>>) {
  const rig = await sandboxRig({ atHand });
  const profile = join(rig.folder, 'my-pos.yaml');
  writeFileSync(
    profile,
    `${readFileSync(builtIn.headless, 'utf8')}person:\n  operator: Anna Smith\n  cardMachine: "${atHand}"\n`,
  );
  return { rig, run: rig.startOf(profile, 'run', ['--rows', rows.join()], env) };
}

/** Runs them to their end. */
async function attended(rows: readonly string[], instead?: Instead) {
  const { rig, run } = await begun(rows);
  const printed = await run.printed(/write your name there: http\S+/);
  const asked = await attends(/write your name there: (http\S+)/.exec(printed)![1]!, {
    hands: rig.sandbox,
    key: rig.sandbox.otherApiKey,
    ...(instead ? { instead } : {}),
  });
  return { rig, printed, asked, ...(await run.ended) };
}

const deedsOf = (rig: Rig): string[] =>
  rig
    .observations('run')
    .flatMap((one) =>
      one.kind === 'fact' && one.name === 'done-by-person' ? [`${one.detail.by}: ${one.detail.what}`] : [],
    );

suite('rows that no virtual card machine reaches, with a person at a real one', { timeout: 180_000 }, () => {
  test('are run after all others, and judged as any row is', async () => {
    const { rig, printed, asked, code, stdout, stderr } = await attended([
      'PAC-CFG-01',
      'PAC-SALE-04',
      'PAC-SALE-10',
      'PAC-AUTH-03',
      'PAC-ERR-02',
      'PAC-ERR-03',
    ]);
    assert.equal(code, 0, stdout + stderr);
    assert.deepEqual([...new Set(Object.values(rig.verdicts('run')))], ['passed']);
    assert.match(
      printed,
      /4 rows need a person for about 9 minutes[\s\S]*PAC-SALE-10 Open the menu of the card machine; Close the menu again\n/,
    );
    assert.match(stdout, /6 rows, 4 rows with a person/);
    assert.deepEqual(asked, [
      'Open the menu of the card machine, and leave it open',
      'Bring the card machine back to where it waits for a payment',
      'Have a VISA card ready: present it when the card machine asks',
      'Have a MASTERCARD card ready: present it when the card machine asks',
      'Revoke the second API key of the account in the developer portal',
      'Switch the card machine off',
      'Bring the card machine back to where it waits for a payment',
    ]);
    assert.deepEqual(
      deedsOf(rig),
      asked.map((what) => `Anna Smith: ${what}`),
    );
    assert.deepEqual(await rig.sandbox.open(), []);
  });
  test('ask again as long as the API says otherwise, and stay incomplete where the person leaves', async () => {
    const doubts: string[] = [];
    const { rig, asked, code } = await attended(
      ['PAC-ERR-03', 'PAC-ERR-04'],
      async ({ number, text }, post) => {
        const [, doubt] = /The API still calls (.*?):/.exec(text) ?? [];
        if (doubt) doubts.push(doubt);
        if (doubt) await post('leave', { reason: 'its switch is broken' });
        else await post('reply', { number, how: 'done' });
        return true;
      },
    );
    assert.equal(code, 3);
    assert.deepEqual(doubts, ['the card machine Available']);
    const back = 'Bring the card machine back to where it waits for a payment';
    assert.deepEqual(asked, ['Switch the card machine off', 'Switch the card machine off', back]);
    assert.deepEqual(rig.verdicts('run'), { 'PAC-ERR-03': 'incomplete', 'PAC-ERR-04': 'passed' });
    assert.match(rig.certificate('run').rows[0]!.why, /Anna Smith left the row: its switch is broken/);
    assert.deepEqual(deedsOf(rig), [`Anna Smith: ${back}`]);
  });
  test('are never failed by the mistake of the person', async () => {
    const { rig, stdout } = await attended(['PAC-AUTH-03'], async ({ number }, post) => {
      // The card machine is presented with the same card, whatever was asked for.
      await post('reply', { number, how: 'done' });
      return true;
    });
    assert.equal(rig.verdicts('run')['PAC-AUTH-03'], 'blocked', stdout);
  });
  test('do not keep a run alive that cannot begin', async () => {
    const { run } = await begun(['PAC-SALE-10'], { DOJO_SANDBOX_URL: 'https://127.0.0.1:1' });
    const { code, stderr } = await run.ended;
    assert.equal(code, 3, stderr);
    assert.match(stderr, /can't be reached/);
  });
});
