import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../checklists/payments/stories/story.ts';
import { faultOf } from './parties.ts';
import type { Fault, Party } from './vocabulary.ts';

test('a request that breaks the contract is the fault of who asked, an answer the fault of who answered', () => {
  const [one] = new Story().call('GET', '/').observations;
  assert.ok(one?.kind === 'exchange');
  const { exchange } = one;
  const cases: [from: Party, to: Party, request: Fault, response: Fault][] = [
    ['subject', 'dojo', 'pos', 'api'],
    ['kit', 'subject', 'environment', 'pos'],
    ['dojo', 'subject', 'api', 'pos'],
    ['kit', 'dojo', 'environment', 'api'],
  ];
  for (const [from, to, request, response] of cases) {
    const between = { ...exchange, from, to };
    for (const part of [
      'operation',
      'request-header',
      'request-query',
      'request-path',
      'request-body',
    ] as const)
      assert.equal(faultOf(between, part), request, `${from} ${to} ${part}`);
    for (const part of ['response-status', 'response-header', 'response-body'] as const)
      assert.equal(faultOf(between, part), response, `${from} ${to} ${part}`);
  }
});
