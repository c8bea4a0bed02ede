import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aPaidSale, aSale } from '../../checklists/payments/stories/situations.ts';
import type { Story } from '../../checklists/payments/stories/story.ts';
import { finding } from '../../judging/testing/bench.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import type { Outcome } from '../../record/vocabulary.ts';
import { displayOf } from './reading.ts';
import { browserRig, reader } from './testing/rig.ts';

const { driver } = loadProfile(builtIn.reference);
assert.ok(driver.kind === 'browser');
const { reading } = driver.display;
assert.ok(reading);
const rig = browserRig();
const { readOf } = reader(rig, {
  outcome: '.result:not(.early)',
  prompt: '#prompt',
  notice: '#notice',
  dialogue: '[role=dialog]',
  basket: '#basket li',
  ledger: { rows: '#journal tr', words: '.words', total: '.total' },
  regions: [{ selector: '#tables', reason: 'a plan of the tables' }],
  reading,
});

const till = (words: string, more: string): string =>
  `<header><h1>Corner shop</h1><nav><a href="#">Paid sales</a></nav></header>
  <main><ul id="basket"><li>Tea £10.00</li></ul><p>Total £10.00</p><p class="result">${words}</p><p id="prompt"></p>
  <table id="journal"><tr><td class="words">Paid</td><td class="total">£7.00</td></tr></table>${more}</main>`;

/** What the check comes to of a page that newly has this, after a story of the given end. */
async function comesTo(more: string, answered: Story, words: string): Promise<[Outcome, string]> {
  const { ledger: _, ...shown } = displayOf(await readOf(till(words, more)), reading);
  const { outcome, observed } = finding('nothing-else-claimed', answered.shows(shown));
  return [outcome, observed];
}

const cancelled = (): Story => aSale().shows({}).poll('Initiated', 'PresentCard').poll('Canceled');
const waiting = (): Story => aSale().shows({}).poll('Initiated', 'PresentCard');
const overlay = 'position: fixed; inset: 20% 10%; font-size: 90px; background: #fff';

suite('a text that contradicts the truth is left to a reviewer', () => {
  const cases: Record<string, string> = {
    'large letters over the page': `<div style="${overlay}">PAYMENT APPROVED</div>`,
    'an amount with it': '<p>Payment of £10.00 approved</p>',
    'one word': '<div class="state">Paid</div>',
    'what the profile leaves out': '<p class="result early">Paid</p>',
    'a thank you': '<p>Thank you! Your payment was approved.</p>',
    'a heading that names the payment': `<div style="${overlay}"><h1>Payment approved</h1></div>`,
    'letters in elements of their own': '<p>PA<b>ID</b></p>',
    'hidden hyphens': '<p>Pa&shy;id</p>',
    'a code of authorisation': '<p>APPROVED AUTH CODE 123456</p>',
    'a card beside it': '<p>Approved Visa **** 1234</p>',
    'within a shadow root': '<div><template shadowrootmode="open"><p>Paid</p></template></div>',
    'drawn as SVG':
      '<svg width="300" height="60"><text x="5" y="40" font-size="30">Payment approved</text></svg>',
    'a line of a definition': '<dl><dt>Status</dt><dd>Approved</dd></dl>',
    'a status beside others': '<p>Card ready</p><p>Payment approved</p>',
    'a sign with it': '<p>✓ Paid £10.00</p>',
    'a toast':
      '<div role="status" style="position:fixed;bottom:9px;pointer-events:none">Transaction approved</div>',
  };
  for (const [name, html] of Object.entries(cases))
    test(name, async () => {
      for (const story of [cancelled(), waiting()])
        assert.equal((await comesTo(html, story, 'Cancelled'))[0], 'review');
    });
  test('a declined payment that was captured', async () => {
    assert.equal((await comesTo('<p>Payment declined</p>', aPaidSale(), 'Paid'))[0], 'review');
    assert.equal((await comesTo('<p>Card declined by issuer</p>', aPaidSale(), 'Paid'))[0], 'review');
  });
});

suite('what is no statement about the payment in hand is left alone', () => {
  const cases: Record<string, string> = {
    'a control': '<button>Mark as paid</button><button>Paid</button><a href="#">Refunded</a>',
    'a control that is none of HTML': '<div role="button">Paid</div><span role="tab">Declined</span>',
    'a choice': '<select><option>Paid</option><option>Declined</option></select>',
    'a label': '<label>Paid <input></label><label><input type="radio"> Approved</label>',
    'the head of a table': '<table><thead><tr><th>Paid</th><th>Declined</th></tr></thead></table>',
    'the heading of a list': '<section><h2>Paid</h2><ul><li>Tea</li></ul></section>',
    'the bare heading of a part': '<section><h3>Refunded</h3><p>None</p></section>',
    'another journal':
      '<table><tr><td>10:31</td><td>Paid</td></tr><tr><td>10:33</td><td>Declined</td></tr></table>',
    'a list of recent sales': '<h2>Recent</h2><ul><li>Paid £4.00</li><li>Paid £3.00</li></ul>',
    'the last sale': '<aside><h4>Last sale</h4><p>£10.00</p><p>Paid</p></aside>',
    'the last sale by its label': '<section aria-label="Previous customer"><div>Paid</div></section>',
    'the amount of another': '<div><span>£32.50</span> <b>Paid</b></div>',
    'another table': '<div class="tile"><div>Table 4</div><div>Paid</div></div>',
    'a region that the profile names': '<div id="tables"><div>Paid</div></div>',
    'nothing paid as yet': '<p>Paid £0.00</p><p>Paid: £0.00 of £10.00</p>',
    'still to be paid': '<p>To be paid £10.00</p><p>Amount not yet paid</p><p>Unpaid</p>',
    'by a manager': '<p>Authorised by manager</p><p>Approved by Anna</p><p>Discount approved</p>',
    'a help text': '<p>Goods stay ours until they are paid.</p><p>Refunded items go back to the shelf.</p>',
    'the steps of a payment': '<div class="steps"><div>Basket</div><div>Card</div><div>Paid</div></div>',
    'the steps as a list': '<ol><li>Basket</li><li>Card</li><li aria-current="step">Paid</li></ol>',
    'a legend': '<p>Key: green is paid, red is declined</p>',
    'a question': '<p>Has the customer paid?</p>',
    'what nobody can see': '<p style="opacity:0.01">Payment approved</p><p hidden>Payment approved</p>',
    'for screen readers': '<p style="position:absolute;width:1px;height:1px;overflow:hidden">Paid</p>',
    'an advertisement': '<p>Approved suppliers deliver free</p>',
    'takings of the day': '<div><h3>Today</h3><div>Paid</div><div>£10.00</div></div>',
    'a script': '<script>var paid = "Payment approved"</script>',
    'an order number': '<p>Order 1233 paid</p>',
    'a tooltip that is none now': '<div title="Paid">i</div>',
    'a receipt of a supplier': '<p>Milk delivery paid in cash</p>',
    'a field': '<input value="Paid"><textarea>Payment approved</textarea>',
    'a closed fold': '<details><summary>Status</summary><p>Paid</p></details>',
    'a closed dialogue': '<dialog><p>Payment approved</p></dialog>',
  };
  for (const [name, html] of Object.entries(cases))
    test(name, async () => {
      for (const [story, words] of [
        [cancelled(), 'Cancelled'],
        [waiting(), ''],
        [aPaidSale(), 'Paid'],
      ] as const) {
        const [outcome, observed] = await comesTo(html, story, words);
        assert.equal(outcome, 'passed', observed);
      }
    });
  test('what the card machine says is passed on', async () => {
    const story = aSale().shows({}).poll('Initiated', 'PresentCard', 'Approved');
    assert.equal((await comesTo('<div class="machine">Approved</div>', story, ''))[0], 'passed');
  });
  test('what stood there before is not new', async () => {
    const beside = [{ text: 'Paid', near: '' }];
    const story = aSale().poll('Canceled').shows({ outcome: 'Cancelled', beside });
    const first = story.observations.findIndex(({ kind }) => kind === 'display');
    const [shown] = story.observations.splice(first, 1);
    assert.ok(shown?.kind === 'display');
    story.observations.unshift({ ...shown, display: { ...shown.display, beside } });
    assert.equal(finding('nothing-else-claimed', story).outcome, 'passed');
  });
});
