import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { ownDescription } from '../../fixtures/openapi/index.ts';
import { loadContract, readContract } from './index.ts';
import { exchangeOf, intent, type Short, session } from './testing/good-exchanges.ts';

const contract = loadContract();
const then = '2026-03-01T12:00:00Z';

const judged = (version: string, short: Short, by = contract): string[] =>
  by
    .violations(exchangeOf({ ...short, headers: { version } }))
    .map(({ part, rule, fault }) => `${fault} ${part} ${rule}`);

const newPrompt: Short = {
  call: 'GET /terminal-sessions/ts_1',
  status: 200,
  response: { ...session, notificationEvents: [{ notificationType: 'WaveHand', createdAt: then }] },
};
const paymentLink: Short = {
  call: 'POST /payment-intents',
  request: { amount: { value: 1000, currencyCode: 'GBP' }, reference: 'r', isNotOnlineCheckout: true },
  status: 200,
  response: intent,
};

describe('an exchange is judged by the version that its request carries', () => {
  for (const [version, what, expected] of [
    ['2024-02-05', 'its prompts were an enum', ['api response-body enum']],
    ['2025-09-09', 'and still the day before', ['api response-body enum']],
    ['2025-09-10', 'strings since then', []],
    ['2026-02-27', 'and today', []],
  ] as const)
    test(`${version}: ${what}`, () => assert.deepEqual(judged(version, newPrompt), expected));

  for (const [version, expected] of [
    ['2024-02-05', ['pos request-body undeclared-property']],
    ['2025-09-10', ['pos request-body undeclared-property']],
    ['2026-02-27', []],
    ['2027-01-01', []],
  ] as const)
    test(`${version}: a payment link's property is ${expected.length ? 'not there yet' : 'there'}`, () =>
      assert.deepEqual(judged(version, paymentLink), expected));

  test('a description of another version is left as it is', () => {
    const text = readFileSync(ownDescription, 'utf8');
    const later = readContract(text.replace('version: 2026-02-27', 'version: 2027-01-01'), 'later');
    assert.deepEqual(judged('2024-02-05', newPrompt, later), []);
  });

  test('each enum of old still has the values that the API is known to answer', () => {
    const short: Short = { call: 'GET /terminal-sessions/ts_1', status: 200, response: session };
    for (const version of ['2024-02-05', '2025-09-10']) assert.deepEqual(judged(version, short), []);
  });
});
