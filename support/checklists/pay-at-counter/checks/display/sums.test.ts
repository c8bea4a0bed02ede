import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import type { Action } from '../../../../record/vocabulary.ts';
import { pounds } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';
import { hasAmount, hasDeduction } from './sums.ts';

const sale = (more = {}): Story => new Story().shows({}).wait(10).sale(1000, more);
const partly = (): Story => sale({ tip: 150, cashback: 500 });

const saysPaid = (story: Story, sum: string): string =>
  finding('shows-captured', story.shows({ outcome: `Paid ${sum}` })).outcome;
const saysRefunded = (action: Action, sum: string, before = new Story().shows({}).wait(10)): string =>
  finding('shows-refunded', before.act(action).shows({ outcome: `Refunded ${sum}` })).outcome;

suite('a sum that is shown is one of the payment', () => {
  for (const sum of [
    '£10.00',
    '£11.50',
    '£5.00',
    '£15.00',
    '£16.50',
    '£1.50',
    '£0.00',
    '£10',
    '10.00 GBP',
    'GBP 10.00',
    '£10.00 (order 12.345)',
  ])
    test(`${sum} may be shown of £10.00 with a tip of £1.50 and cashback of £5.00`, () => {
      assert.equal(saysPaid(partly(), sum), 'passed');
    });
  for (const sum of [
    '£8.50',
    '£3.50',
    '£13.50',
    '£99.00',
    '€10.00',
    '10.00 EUR',
    '£1000',
    '£100.00',
    '£0.10',
  ])
    test(`${sum} may not`, () => assert.equal(saysPaid(partly(), sum), 'failed'));
  test('one of several sums is enough', () => {
    assert.equal(saysPaid(partly(), '£10.00 of £99.00'), 'passed');
  });
  test('the currency is the one of the sale', () => {
    assert.equal(saysPaid(sale({ currency: 'EUR' }), '€10.00'), 'passed');
    assert.equal(saysPaid(sale({ currency: 'EUR' }), '£10.00'), 'failed');
  });
  test('thousands may be set apart', () => {
    const large = () => new Story().shows({}).wait(10).sale(123450);
    assert.equal(saysPaid(large(), '£1,234.50'), 'passed');
    assert.equal(saysPaid(large(), '£1 234,50'), 'passed');
    assert.equal(saysPaid(large(), '£234.50'), 'failed');
    assert.equal(saysPaid(new Story().shows({}).wait(10).sale(123400), '£1,234'), 'passed');
  });
  test('what was given on the card machine is, and what its screen shows is not', () => {
    assert.equal(saysPaid(sale().tips(200), '£12.00'), 'passed');
    assert.equal(saysPaid(sale().screen({ amount: 200 }), '£12.00'), 'failed');
  });
  test('so is the amount that it was changed to', () => {
    assert.equal(saysPaid(sale().act({ name: 'changeAmount', amount: 1777 }), '£17.77'), 'passed');
    assert.equal(saysPaid(sale(), '£17.77'), 'failed');
  });
  for (const [part, value] of Object.entries({
    amount: pounds(777),
    totalAmount: pounds(777),
    tipsAmount: pounds(777),
    cashbackAmount: pounds(777),
    refundedAmount: 777,
    captures: [{ amount: 777 }],
  })) {
    test(`so is what an answer tells as ${part}`, () => {
      assert.equal(saysPaid(sale().intent({}, { answer: { id: 'pi_1', [part]: value } }), '£7.77'), 'passed');
    });
    test(`so is what the kit reads as ${part}`, () => {
      assert.equal(
        saysPaid(
          sale()
            .intent()
            .intentIs('Captured', { [part]: value }),
          '£7.77',
        ),
        'passed',
      );
    });
  }
  test('so is what parts of it come to, and what is left of it', () => {
    const answered = () =>
      sale().intent({}, { answer: { id: 'pi_1', totalAmount: pounds(1270), tipsAmount: pounds(333) } });
    assert.equal(saysPaid(answered(), '£16.03'), 'passed');
    assert.equal(saysPaid(answered(), '£9.37'), 'passed');
    assert.equal(saysPaid(answered(), '£9.38'), 'failed');
  });
  test('a sum of the sale before is not', () => {
    const before = () =>
      new Story()
        .sale(700)
        .intent({ amount: pounds(700) })
        .intentIs('Captured', { totalAmount: pounds(700), amount: pounds(700) });
    assert.equal(saysPaid(before().shows({}).wait(10).sale(1000), '£7.00'), 'failed');
    assert.equal(saysPaid(before().shows({}).wait(10).act({ name: 'retry' }), '£7.00'), 'passed');
  });
  test('a refund may name what there is of the payment that it gives back', () => {
    const paid = () =>
      new Story()
        .shows({})
        .sale(700)
        .intent({ amount: pounds(700) });
    assert.equal(saysRefunded({ name: 'refundIntent' }, '£7.00', paid()), 'passed');
    assert.equal(saysRefunded({ name: 'refundIntent' }, '£9.00', paid()), 'failed');
  });
  test('so it may of a payment that only the kit has read', () => {
    const read = () => new Story().shows({}).intentIs('Captured', { totalAmount: pounds(777) }, 'pi_9');
    assert.equal(saysRefunded({ name: 'refundIntent' }, '£7.77', read()), 'passed');
    assert.equal(saysRefunded({ name: 'refundIntent' }, '£9.00', read()), 'failed');
    assert.equal(
      saysPaid(sale().intentIs('Captured', { totalAmount: pounds(777) }, 'pi_9'), '£7.77'),
      'failed',
    );
  });
  test('a currency is the one that an answer tells', () => {
    for (const [currencyCode, mark, other] of [
      ['EUR', '€', '£'],
      ['USD', '$', '€'],
    ] as const) {
      const told = () =>
        new Story().shows({}).intent({}, { answer: { id: 'pi_1', amount: { value: 777, currencyCode } } });
      assert.equal(saysRefunded({ name: 'refundIntent' }, `${mark}7.77`, told()), 'passed');
      assert.equal(saysRefunded({ name: 'refundIntent' }, `${other}7.77`, told()), 'failed');
    }
  });
  test('a payment intent that was made before may be paid, and tells what it told then', () => {
    const open = () => new Story().shows({}).wait(10).sale();
    const again = (story: Story) => story.wait(10).sale().session({ on: 'pi_1' });
    const answer = { id: 'pi_1', totalAmount: pounds(777) };
    assert.equal(saysPaid(again(open().intent({}, { answer })), '£7.77'), 'passed');
    assert.equal(
      saysPaid(open().intent({}, { answer }).wait(10).sale().intent().session(), '£7.77'),
      'failed',
    );
    const elsewhere = open().call('GET', '/other/payment-intents/pi_1', {
      answer: { totalAmount: pounds(777) },
    });
    assert.equal(saysPaid(again(elsewhere), '£7.77'), 'failed');
  });
  test('a refund without a payment has its own amount and currency', () => {
    const refund = { name: 'unlinkedRefund', amount: 500, currency: 'EUR' } as const;
    assert.equal(saysRefunded(refund, '€5.00'), 'passed');
    assert.equal(saysRefunded(refund, '£5.00'), 'failed');
    assert.equal(saysRefunded(refund, '€6.00'), 'failed');
  });
  test('where nothing is known of the amount, any may be shown', () => {
    assert.equal(saysRefunded({ name: 'matchedRefund' }, '£9.00'), 'passed');
    const silent = new Story().shows({}).call('GET', '/terminals', { answer: { captures: [{}] } });
    assert.equal(saysRefunded({ name: 'matchedRefund' }, '£9.00', silent), 'passed');
    assert.equal(saysPaid(new Story(), '£9.00'), 'passed');
  });
  test('that nothing of it was taken may always be said', () => {
    assert.equal(saysRefunded({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' }, '£0.00'), 'passed');
  });
});

test('an amount is told however it is written', () => {
  const told: [text: string, amount: string][] = [
    ['Total £1,234.00', '1234.00'],
    ['Total 1.234,00 €', '1234.00'],
    ['Refunded £12 of £20', '12.00'],
    ['10,00 €', '10.00'],
    ['GBP 25.50', '25.50'],
  ];
  for (const [text, amount] of told) assert.ok(hasAmount(text, amount), text);
  for (const text of ['£1,234.00', '£123', '12 items', '£12.50', '£112.00'])
    assert.ok(!hasAmount(text, '12.00'), text);
  for (const text of ['-£1,234.00', '(£1,234.00)', '£1,234-', '−1.234,00 €', '£-1234'])
    assert.ok(hasDeduction(text, '1234.00'), text);
  for (const text of ['£1,234.00', '-£234.00', '-£11,234.00'])
    assert.ok(!hasDeduction(text, '1234.00'), text);
});
