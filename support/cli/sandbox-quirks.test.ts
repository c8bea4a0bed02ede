import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sandboxRig } from '../workshop/testing/sandbox.ts';

/** What the API does where sources disagree, a row that meets it, and what that row comes to. */
const expected = [
  ['rejected-signature', 'declined', 'PAC-SALE-08', 'passed'],
  // One that stays rejected is waited for until its 80 s are over: leftovers.test.ts has it.
  ['rejected-signature', 'captured', 'PAC-SALE-08', 'failed'],
  ['signature-sale', 'authorized-first', 'PAC-SALE-05', 'passed'],
  ['signature-sale', 'authorized-first', 'PAC-SALE-08', 'passed'],
  ['bodyless-put', 'accepted', 'PAC-PI-05', 'passed'],
  ['bodyless-put', '411', 'PAC-PI-05', 'passed'],
  ['reseller-id', 'optional', 'PAC-SALE-01', 'passed'],
  ['refund-of-fresh-terminal-capture', 'allowed', 'PAC-REF-01', 'passed'],
  ['refund-of-fresh-terminal-capture', 'refused', 'PAC-REF-01', 'failed'],
  ['refund-after-attempts', 'allowed', 'PAC-REF-01', 'passed'],
  ['refund-after-attempts', 'refused', 'PAC-REF-01', 'passed'],
  ['manual-without-auto-expire', 'accepted', 'PAC-AUTH-01', 'passed'],
  ['manual-without-auto-expire', 'refused', 'PAC-AUTH-01', 'passed'],
] as const;

suite('an API that takes either side where sources disagree', () => {
  for (const [quirk, value, row, verdict] of expected)
    test(`${quirk} ${value}: ${row} is ${verdict}, and nothing stays open`, async () => {
      const { sandbox, run, verdicts } = await sandboxRig({ quirks: { [quirk]: value } });
      const ended = run('quirk', [row]);
      if (value === 'captured') {
        await sandbox.arrived(({ path }) => path.endsWith('/signature'));
        await sandbox.advance(90_000);
      }
      const { stdout } = await ended;
      assert.equal(verdicts('quirk')[row], verdict, stdout);
      assert.deepEqual(await sandbox.open(), []);
    });

  for (const value of ['404', '409'])
    test(`busy-machine ${value}: a card machine that somebody else uses blocks the row`, async () => {
      const { sandbox, run, verdicts } = await sandboxRig({ quirks: { 'busy-machine': value } });
      await sandbox.occupy('SIP0');
      const { stdout } = await run('busy', ['PAC-SALE-01']);
      assert.deepEqual(verdicts('busy'), { 'PAC-SALE-01': 'blocked' });
      assert.match(stdout, /SIP0 is InUse, and it is not this run that uses it/);
    });
});
