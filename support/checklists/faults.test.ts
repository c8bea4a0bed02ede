import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../record/vocabulary.ts';
import { withCases } from './every-story.ts';
import { sceneOf } from './payments/stories/scene.ts';
import { Story } from './payments/stories/story.ts';

/** Checks that also fail because something is not there: then there is nothing to show. */
const ofAbsence: ReadonlySet<string> = new Set([
  'wrong-key-refused',
  'refused-as-unavailable',
  'decision-sent',
  'cancel-sent-before-card',
  'cancel-sent-after-card',
  'list-complete',
  'subscription-there',
  'amount-change-sent',
  'capture-sent',
  'intent-cancel-sent',
  'search-sent',
  'refund-sent',
  'refund-session-sent',
  'fault-met',
  'goes-on-after-restart',
  'registrations-read',
  'wrong-key-sent',
  'payments-recorded',
  'matched-refund-asked',
  'socket-opened-again',
]);

/** Checks of what no exchange shows, or that only fail because something is not there. */
const unshown: ReadonlySet<string> = new Set([
  'machine-shows-total',
  'machine-asks-for-card-number',
  'events-signed',
  'event-accepted',
  'forged-event-refused',
  'intent-read-after-end',
  'intent-read-after-refund',
  'refund-confirmed',
]);

suite('a failing on the wire, or of the state, shows what it rests on', () => {
  for (const { name, check, cases } of withCases) {
    const { id, plane } = check;
    if (plane === 'display' || plane === 'declared' || unshown.has(id)) continue;
    test(`${id} of ${name}`, () => {
      const results = cases.flatMap(({ outcome, story, params, run }) =>
        outcome === 'failed' ? check.judge(sceneOf(story, run), params) : [],
      );
      const failings = results.filter(({ untested }) => !untested);
      const bare = failings.filter(({ evidence }) => !evidence.length);
      assert.ok(ofAbsence.has(id) ? bare.length < failings.length : !bare.length);
      for (const { evidence, observed } of failings)
        assert.ok(evidence.length <= 12, `${observed}: ${evidence.length} are more than anybody looks at`);
    });
  }
});

/** A till whose every request goes unanswered, and one that is answered with nothing it can use. */
const torn = (call: { trouble: 'upstream-dropped' } | { status: number; answer?: Json }): Story => {
  const story = new Story().configure().choose('tm_1').shows({}).sale().intent().session();
  for (const [method, path, body] of [
    ['GET', '/terminals'],
    ['POST', '/payment-intents', { amount: null, itemLines: 'none' }],
    ['POST', '/terminal-sessions', { details: [] }],
    ['GET', '/terminal-sessions/ts_1'],
    ['PUT', '/terminal-sessions/ts_1/signature', {}],
    ['PUT', '/terminal-sessions/ts_1/cancel'],
    ['GET', '/payment-intents/pi_1'],
    ['POST', '/payment-intents/pi_1/amount', { amount: 1 }],
    ['POST', '/payment-intents/pi_1/tips-amount', {}],
    ['POST', '/payment-intents/pi_1/captures', { amount: 'all' }],
    ['POST', '/payment-intents/pi_1/refunds', null],
    ['DELETE', '/payment-intents/pi_1'],
    ['POST', '/payment-intents/search', {}],
    ['POST', '/webhooks', { events: 'all' }],
  ] as [string, string, Json?][])
    story
      .act({ name: 'changeAmount', amount: 1500 })
      .act({ name: 'cancel' }, { answer: 'notOffered', reason: 'too late' }, true)
      .act({ name: 'signature', accepted: true })
      .act({ name: 'retry' })
      .act({ name: 'matchedRefund' })
      .call(method, path, { ...call, ...(body === undefined ? {} : { body }) });
  return story
    .screen({})
    .shows({ outcome: 'Paid £10.00' })
    .restart()
    .sessionIs('Captured', { details: null }, 404);
};
const unanswered = torn({ trouble: 'upstream-dropped' });
const useless = torn({ status: 200, answer: [null, 1, { id: 5, status: [], data: {}, captures: 'none' }] });
const refused = torn({ status: 400, answer: { errors: ['no'] } });

suite('a record in which much is missing', () => {
  for (const { name, check, cases } of withCases)
    test(`is no trouble to ${check.id} of ${name}`, () => {
      const { params, run } = cases[0]!;
      for (const story of [unanswered, useless, refused, new Story(), new Story().sale().shows({})]) {
        const scene = sceneOf(story, run);
        assert.ok(check.judge(scene, params).observed);
        assert.equal(typeof (check.corroborated?.(scene, params) ?? false), 'boolean');
      }
    });
});
