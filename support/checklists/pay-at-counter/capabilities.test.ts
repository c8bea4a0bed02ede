import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import { capabilitiesUsed } from '../every-check.ts';
import { PaymentEvidence } from '../payments/evidence.ts';
import { pounds } from '../payments/stories/situations.ts';
import { Story } from '../payments/stories/story.ts';

const sent = (tell: (story: Story) => Story) =>
  new PaymentEvidence(tell(new Story()).observations).exchanges[0]!;

const uses = (exchange: Exchange, capability: string) => capabilitiesUsed(exchange).includes(capability);

const asking = (body: { readonly [name: string]: Json }) => sent((story) => story.intent(body));
const calling = (method: string, path: string) => sent((story) => story.call(method, path));

const plain = asking({});
const signs = {
  amountChange: calling('POST', '/payment-intents/pi_1/amount'),
  cashback: asking({ cashbackAmount: pounds(500) }),
  gratuity: asking({ tipsAmount: pounds(150) }),
  intentCancel: calling('DELETE', '/payment-intents/pi_1'),
  intentRefund: calling('POST', '/payment-intents/pi_1/refunds'),
  intentSearch: calling('POST', '/payment-intents/search'),
  itemLines: asking({ itemLines: [{ name: 'Bagel' }] }),
  manualCapture: asking({ captureMode: 'Manual' }),
  matchedRefund: sent((story) => story.session({ type: 'MatchedRefund' })),
  moto: asking({ cardHolderNotPresent: true }),
  unlinkedRefund: sent((story) => story.session({ type: 'UnlinkedRefund', amount: 500 })),
  webhooks: calling('POST', '/webhooks'),
};

suite('what a till uses', () => {
  for (const [capability, sign] of Object.entries(signs)) {
    test(`${capability} is seen by its sign, and by no other`, () => {
      const seen = Object.keys(signs).filter((other) => uses(sign, other));
      assert.deepEqual(seen, [capability]);
    });
    test(`a plain payment is no sign of ${capability}`, () => assert.equal(uses(plain, capability), false));
  }
  test('gratuity is seen where the tip is set later', () => {
    assert.ok(uses(calling('POST', '/payment-intents/pi_1/tips-amount'), 'gratuity'));
  });
  test('parts of nothing are no sign', () => {
    const nothing = asking({
      tipsAmount: pounds(0),
      cashbackAmount: pounds(0),
      itemLines: [],
      captureMode: 'Auto',
      cardHolderNotPresent: false,
    });
    assert.deepEqual(
      Object.keys(signs).filter((capability) => uses(nothing, capability)),
      [],
    );
  });
  test('a sale on the card machine is no refund', () => {
    const sale = sent((story) => story.session());
    assert.deepEqual([uses(sale, 'matchedRefund'), uses(sale, 'unlinkedRefund')], [false, false]);
  });
  test('the same body sent elsewhere is no sign', () => {
    const elsewhere = sent((story) =>
      story.call('POST', '/payment-intents/search', { body: { cardHolderNotPresent: true } }),
    );
    assert.equal(uses(elsewhere, 'moto'), false);
    const details = { sessionType: 'MatchedRefund' };
    const noSession = sent((story) => story.call('POST', '/payment-intents/search', { body: { details } }));
    assert.equal(uses(noSession, 'matchedRefund'), false);
  });
  test('a capability that nothing on the wire shows is not seen', () => {
    assert.equal(uses(plain, 'receipts'), false);
  });
});
