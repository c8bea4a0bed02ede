import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../judging/testing/bench.ts';
import { pounds } from '../../judging/testing/judges.ts';
import type { Fault, Json } from '../../record/vocabulary.ts';
import { checks } from '../every-check.ts';
import { aPaidSale, aRun, aSale, Story, sceneOf } from './stories/story.ts';
import { tellings } from './stories/tellings.ts';

const changing = (story: Story, call = {}): Story =>
  story
    .act({ name: 'changeAmount', amount: 1500 })
    .call('POST', '/payment-intents/pi_1/amount', { body: { amount: pounds(1500) }, ...call });
const page = (data: Json[], after?: string, from?: string) => (story: Story) =>
  story.call('POST', '/payment-intents/search', {
    body: { cursor: from ? { after: from } : {} },
    answer: { data, ...(after ? { after } : {}) },
  });

suite('a failing names whose fault it is', () => {
  const cases: [id: string, fault: Fault, when: string, story: Story, params?: { [name: string]: Json }][] = [
    [
      'decision-sent',
      'api',
      'a right decision is refused',
      aSale()
        .poll('SignatureVerificationRequired')
        .act({ name: 'signature', accepted: true })
        .decide(true, { status: 500 }),
      { accepted: true },
    ],
    [
      'decision-sent',
      'pos',
      'a wrong decision is sent',
      aSale().poll('SignatureVerificationRequired').act({ name: 'signature', accepted: true }).decide(false),
      { accepted: true },
    ],
    [
      'capture-sent',
      'api',
      'a right capture is refused',
      aSale().call('POST', '/payment-intents/pi_1/captures', { body: { amount: 1000 }, status: 400 }),
      { amount: 1000 },
    ],
    [
      'capture-sent',
      'pos',
      'a wrong amount is captured',
      aSale().call('POST', '/payment-intents/pi_1/captures', {
        body: { amount: 900 },
        answer: { captureId: 'ca_1' },
      }),
      { amount: 1000 },
    ],
    [
      'intent-cancel-sent',
      'api',
      'a cancellation is refused',
      aSale().call('DELETE', '/payment-intents/pi_1', { status: 409 }),
    ],
    [
      'search-sent',
      'api',
      'a search is refused',
      new Story().call('POST', '/payment-intents/search', { status: 500 }),
    ],
    ['search-sent', 'pos', 'nothing is searched', new Story()],
    [
      'wrong-key-refused',
      'api',
      'a wrong key is taken',
      new Story().configure('bad').call('GET', '/terminals'),
      { key: 'bad' },
    ],
    ['wrong-key-refused', 'pos', 'the wrong key is never sent', new Story().configure('bad'), { key: 'bad' }],
    [
      'terminals-listed',
      'api',
      'the list leaves one out',
      new Story().call('GET', '/terminals', { answer: [] }),
      { machines: ['T (tm_1)'] },
    ],
    [
      'terminals-listed',
      'pos',
      'the list is refused',
      new Story().call('GET', '/terminals', { status: 401 }),
      { machines: [] },
    ],
    [
      'refused-as-unavailable',
      'pos',
      'another card machine is asked for',
      new Story().sale().intent().session({ terminalId: 'tm_2', refused: 404 }),
      { terminalId: 'tm_1' },
    ],
    [
      'refused-as-unavailable',
      'pos',
      'none is asked for',
      new Story().sale().intent(),
      { terminalId: 'tm_1' },
    ],
    ['refused-as-unavailable', 'api', 'a busy card machine is taken', aSale(), { terminalId: 'tm_1' }],
    ['unknown-intent-protected', 'api', 'the change is taken', changing(aSale())],
    ['zero-amount-protected', 'api', 'the change is taken', changing(aSale())],
    ['change-of-captured-refused', 'api', 'the change is taken', changing(aPaidSale())],
    [
      'list-complete',
      'api',
      'each page was asked for',
      page([{ id: 'pi_1' }])(new Story()),
      { ids: ['pi_1', 'pi_2'] },
    ],
    [
      'list-complete',
      'pos',
      'a page was left out',
      page([{ id: 'pi_1' }], 'more')(new Story()),
      { ids: ['pi_1', 'pi_2'] },
    ],
    [
      'list-complete',
      'pos',
      'a page was asked for with another cursor',
      page([], undefined, 'other')(page([{ id: 'pi_1' }], 'more')(new Story())),
      { ids: ['pi_1', 'pi_2'] },
    ],
    ['list-complete', 'pos', 'no page was asked for', new Story(), { ids: ['pi_1'] }],
    [
      'subscription-there',
      'api',
      'a subscription that was answered 200 is not there',
      new Story().call('POST', '/webhooks', { body: { events: ['payment_intent.created'] } }).webhooksAre([]),
    ],
    [
      'subscription-there',
      'pos',
      'the subscription was refused',
      new Story()
        .call('POST', '/webhooks', { body: { events: ['payment_intent.created'] }, status: 400 })
        .webhooksAre([]),
    ],
    ['session-ends-captured', 'pos', 'no session was asked for', new Story().sale()],
    [
      'session-ends-captured',
      'api',
      'the session was refused',
      new Story().sale().intent().session({ refused: 404 }),
    ],
    ['no-card-asked-for', 'api', 'the session tells no prompt', aSale().poll('Captured')],
    ['card-types-differ', 'environment', 'the cards were alike', aPaidSale()],
    [
      'card-types-differ',
      'api',
      'the kit presented two',
      aPaidSale()
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Amex' } }),
    ],
    [
      'card-types-differ',
      'environment',
      'the kit presented one twice',
      aPaidSale()
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } }),
    ],
  ];
  for (const [id, fault, when, story, params = {}] of cases)
    test(`${id}: the ${fault}’s when ${when}`, () => {
      const { outcome, fault: own = checks.get(id)?.fault } = finding(id, story, params);
      assert.deepEqual([outcome, own], ['failed', fault]);
    });
  test('what was never offered is left to a reviewer, and is the till’s', () => {
    const { outcome, fault } = finding(
      'change-of-captured-refused',
      aPaidSale().act({ name: 'changeAmount', amount: 1 }),
    );
    assert.deepEqual([outcome, fault], ['review', 'pos']);
  });
});

/** Checks that also fail because something is not there: then there is nothing to show. */
const ofAbsence: ReadonlySet<string> = new Set([
  'wrong-key-refused',
  'decision-sent',
  'cancel-sent-before-card',
  'cancel-sent-after-card',
  'machine-shows-total',
  'machine-asks-for-card-number',
  'charged-once',
  'list-complete',
  'subscription-there',
  'event-accepted',
  'events-signed',
  'forged-event-refused',
  'intent-read-after-end',
  'intent-read-after-refund',
  'amount-change-sent',
  'capture-sent',
  'intent-cancel-sent',
  'search-sent',
  'refund-sent',
  'refund-session-sent',
  'fault-met',
  'goes-on-after-restart',
]);

suite('a failing on the wire, or of the state, shows what it rests on', () => {
  for (const [id, all] of tellings) {
    const plane = checks.get(id)?.plane;
    if (plane === 'display' || plane === 'declared') continue;
    test(id, () => {
      const results = all.flatMap(({ comesTo, story, params, run = aRun() }) =>
        comesTo === 'failed' ? (checks.get(id)?.judge(sceneOf(story, run), params) ?? []) : [],
      );
      const failings = results.filter(({ untested }) => !untested);
      const bare = failings.filter(({ evidence }) => !evidence.length);
      assert.ok(ofAbsence.has(id) ? bare.length < failings.length || failings.length <= 2 : !bare.length);
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
  for (const { id } of checks.values())
    test(`is no trouble to ${id}`, () => {
      const params = tellings.get(id)?.[0]?.params ?? {};
      for (const story of [unanswered, useless, refused, new Story(), new Story().sale().shows({})]) {
        const scene = sceneOf(story);
        const check = checks.get(id);
        assert.ok(check?.judge(scene, params).observed);
        assert.equal(typeof (check.corroborated?.(scene, params) ?? false), 'boolean');
      }
    });
});
