import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aPaidSale, aSale, pounds, signing } from '../checklists/payments/stories/situations.ts';
import { Story } from '../checklists/payments/stories/story.ts';
import type { Fault, Verdict } from '../record/vocabulary.ts';
import { aRow, judged } from './testing/bench.ts';

/** Whose fault each failing is of these checks, which the row asks for at its end, and what it comes to. */
function blamed(story: Story, ids: readonly string[], params = {}): [Verdict, Record<string, Fault>] {
  for (const id of ids) story.expect(id, params).wait(10);
  const { verdict, findings } = judged(aRow(ids), story);
  const failed = findings.filter(({ outcome }) => outcome === 'failed');
  return [verdict, Object.fromEntries(failed.map(({ check, fault }) => [check.split('/')[1]!, fault]))];
}

const refundOf = (body: Parameters<Story['call']>[2]): Story =>
  aPaidSale().act({ name: 'refundIntent' }).call('POST', '/payment-intents/pi_1/refunds', body);

const ofRefund = ['refund-sent', 'refund-id-returned', 'intent-refunded', 'requests-conform'];

suite('what a wrong request of the till brought about', () => {
  test('its refusal, and what did not come about for it, is the doing of the till', () => {
    const story = refundOf({ body: { amount: pounds(1000) }, status: 400 }).breaking();
    const [verdict, faults] = blamed(story.intentIs('Captured'), ofRefund, { amount: 1000 });
    assert.equal(verdict, 'failed');
    assert.deepEqual(faults, Object.fromEntries(ofRefund.map((id) => [id, 'pos'])));
  });
  test('that the refusal is none of the documented ones is still no doing of the API', () => {
    const ids = ['requests-conform', 'responses-conform'];
    const story = aSale().call('POST', '/payment-intents', { status: 415 }).breaking();
    const [, faults] = blamed(story.breaking({ fault: 'api', part: 'response-status' }), ids);
    assert.deepEqual(faults, { 'requests-conform': 'pos', 'responses-conform': 'pos' });
  });
  test('a decision that was sent rightly, but for a header, was refused for that', () => {
    const story = signing()
      .act({ name: 'signature', accepted: true })
      .decide(true, { status: 400 })
      .breaking();
    const [, faults] = blamed(story, ['decision-sent', 'requests-conform'], { accepted: true });
    assert.deepEqual(faults, { 'decision-sent': 'pos', 'requests-conform': 'pos' });
  });
  test('what was refused because the till had left something out before is its doing', () => {
    const story = aSale(1000, { manualCapture: true })
      .poll('Authorized')
      .act({ name: 'changeAmount', amount: 1500 })
      .expect('amount-change-sent', { amount: 1500 })
      .expect('amount-change-authorized', { amount: 1500 })
      .act({ name: 'capture', amount: 1500 })
      .call('POST', '/payment-intents/pi_1/captures', { body: { amount: 1500 }, status: 400 })
      .intentIs('Authorized')
      .expect('capture-sent', { amount: 1500 });
    const ids = ['amount-change-sent', 'amount-change-authorized', 'capture-sent'];
    const { verdict, findings } = judged(aRow(ids), story);
    assert.equal(verdict, 'failed');
    assert.deepEqual(
      findings.map(({ fault }) => fault),
      ['pos', 'pos', 'pos'],
    );
  });
});

suite('what it did not bring about', () => {
  test('a right request that the API refuses is the doing of the API', () => {
    const story = refundOf({ body: { amount: 1000 }, headers: [['idempotencyKey', 'a']], status: 400 });
    const [verdict, faults] = blamed(story.intentIs('Captured'), ofRefund, { amount: 1000 });
    assert.equal(verdict, 'blocked');
    assert.deepEqual(faults, { 'refund-id-returned': 'api', 'intent-refunded': 'api' });
  });
  test('a wrong request that the API takes, and answers wrongly, is wrong on both sides', () => {
    const ids = ['requests-conform', 'responses-conform'];
    const [, faults] = blamed(aSale().poll('Initiated').breaking().breaking({ fault: 'api' }), ids);
    assert.deepEqual(faults, { 'requests-conform': 'pos', 'responses-conform': 'api' });
  });
  test('a pace that is too slow makes no API refuse anything', () => {
    const slow = new Story().sale().intent({}).session().polls(9, 'Initiated', 4000).poll('Captured');
    const story = slow.act({ name: 'refundIntent' }).call('POST', '/payment-intents/pi_1/refunds', {
      body: { amount: 1000 },
      headers: [['idempotencyKey', 'a']],
      status: 400,
    });
    const [, faults] = blamed(story, ['polling-median', 'refund-id-returned'], { amount: 1000 });
    assert.equal(faults['refund-id-returned'], 'api');
  });
  test('an API that went another way first stays to blame', () => {
    const ids = ['responses-conform', 'no-cancel-sent', 'refund-id-returned'];
    const story = aSale().poll('Captured').breaking({ fault: 'api' }).wait(50).cancel();
    const [verdict, faults] = blamed(
      story.act({ name: 'refundIntent' }).call('POST', '/payment-intents/pi_1/refunds', { status: 400 }),
      ids,
    );
    assert.equal(verdict, 'blocked');
    assert.equal(faults['refund-id-returned'], 'api');
  });
});
