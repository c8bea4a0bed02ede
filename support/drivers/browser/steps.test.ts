import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import type { Action, Display } from '../../record/vocabulary.ts';
import type { BrowserActions } from '../settings.ts';
import { browserRig } from './testing/rig.ts';
import { BrowserTill } from './till.ts';

const rig = browserRig();

const sale: Action = { name: 'sale', sale: { amount: 1050, currency: 'GBP' } };
const journal = '<table><tr><td class="words">Paid</td><td class="total">£10.50</td></tr></table>';

/** A till that is driven by these steps; `amounts` in pence. */
async function tillOf(t: TestContext, page: string, actions: BrowserActions): Promise<BrowserTill> {
  const till = new BrowserTill(
    rig.browser,
    rig.serve(page),
    {
      actions,
      amounts: 'pence',
      display: {
        outcome: '#outcome',
        prompt: '#prompt',
        notice: '#notice',
        dialogue: '[role=dialog]',
        ledger: { rows: 'tr', words: '.words', total: '.total' },
      },
    },
    { name: 'A till', version: '1', apiVersion: '2026-02-27' },
  );
  t.after(() => till.close());
  await till.hello();
  return till;
}

suite('steps of a profile', () => {
  const pad = `<p id="outcome"></p>${[0, 1, 5]
    .map(
      (digit) =>
        `<button class="digit" onclick="document.querySelector('#outcome').textContent += '${digit}'">${digit}</button>`,
    )
    .join('')}`;
  const press = { each: 'amount', do: [{ click: '.digit:text-is("{key}")' }] };

  test('a number pad is pressed digit by digit', async (t) => {
    const till = await tillOf(t, pad, { sale: [press] });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.equal((await till.look()).outcome, '1050');
  });

  test('what depends on something goes for all that is done for each, and for steps that are done together', async (t) => {
    const once = (step: object) => ({ ...step, do: [{ click: '.digit >> nth=1' }] });
    const till = await tillOf(t, pad, {
      sale: [
        { ...press, ifSeen: '#none' },
        { ...press, ifMissing: '.digit' },
        once({ ifMissing: '#none' }),
        once({ ifMissing: '.digit' }),
        once({ when: 'amount' }),
        once({ unless: 'amount' }),
        once({ when: 'tip' }),
      ],
    });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.equal((await till.look()).outcome, '11');
  });

  const payment = `<button onclick="parent.outcome.textContent = amount.value">Pay</button><input id="amount">`;
  const framed = `<p id="outcome"></p><iframe id="pay" srcdoc="${payment.replaceAll('"', '&quot;')}"></iframe>`;
  test('are done in the frame that they name, and all steps within theirs', async (t) => {
    const enter: BrowserActions['x'] = [
      { fill: '#amount', with: '{amount}' },
      { click: 'button:has-text("Pay")' },
    ];
    for (const steps of [
      enter.map((step) => ({ inFrame: '#pay', ...step })),
      [{ inFrame: '#pay', ifSeen: 'text=Pay', do: enter }],
      enter.map((step) =>
        Object.fromEntries(
          Object.entries(step).map(([name, value]) => [
            name,
            name === 'with' ? value : `#pay >> internal:control=enter-frame >> ${value}`,
          ]),
        ),
      ),
    ]) {
      const till = await tillOf(t, framed, { sale: steps });
      assert.deepEqual(await till.act(sale), { answer: 'done' });
      assert.equal((await till.look()).outcome, '1050');
    }
  });
  test('a frame that is missing is named, and so is what is missing in one', async (t) => {
    for (const [step, reason] of [
      [{ inFrame: '#other', click: 'button' }, /the till has no #other/],
      [{ inFrame: '#pay', click: '#sale' }, /the till has no #sale/],
    ] as const) {
      const answer = await (await tillOf(t, framed, { sale: [step] })).act(sale);
      assert.match(answer.answer === 'notOffered' ? answer.reason : JSON.stringify(answer), reason);
    }
  });
  test('`each` without `when` does nothing where there is nothing to go through', async (t) => {
    const page = `<p id="outcome"></p><button id="sale" onclick="outcome.append('sold ')">Sale</button>`;
    const steps = [
      { each: 'lines', do: [{ click: '#none' }] },
      { each: 'tip', do: [{ click: '#none' }] },
    ];
    const till = await tillOf(t, page, { sale: [...steps, { click: '#sale' }] });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.equal((await till.look()).outcome, 'sold');
  });

  test('a control that a part of something covers is named together with that', async (t) => {
    const page = `<button id="sale">Sale</button><div style="position: fixed; inset: 0; z-index: 1"><p style="position: absolute; inset: 0">Wait</p></div>`;
    const till = await tillOf(t, page, { sale: [{ click: '#sale' }] });
    const answer = await till.act(sale);
    assert.match(answer.answer === 'notOffered' ? answer.reason : '', /#sale is covered by <p.*Wait/);
  });
});

test('the token of the row is given to a till whose profile asks for it', async (t) => {
  const page = `<p id="outcome"></p><input id="note" oninput="document.querySelector('#outcome').textContent = value">`;
  const till = await tillOf(t, page, { sale: [{ fill: '#note', with: 'row {token}' }] });
  till.mark('00ff00ff00ff00ff');
  assert.deepEqual(await till.act(sale), { answer: 'done' });
  assert.equal((await till.look()).outcome, 'row 00ff00ff00ff00ff');
});

suite('a journal that is not on the page of the sale', () => {
  const go = "location.href = '/journal'";
  const sold = `<p id="outcome"></p><button id="sale" onclick="document.querySelector('#outcome').textContent = sessionStorage.result = 'Paid'">Sale</button>
    <button id="show" onclick="${go}">Journal</button><script>outcome.textContent = sessionStorage.result ?? ''</script>`;
  const actions: BrowserActions = {
    sale: [{ click: '#sale' }],
    journal: [{ click: '#show' }, { see: 'tr' }],
  };

  test('is read by going there and back, and the display is what it was meanwhile', async (t) => {
    rig.serve(journal, '/journal');
    const till = await tillOf(t, sold, actions);
    const answered: Display[] = [];
    till.onChange((display) => answered.push(display));
    await till.act(sale);
    assert.deepEqual((await till.look()).ledger, []);
    assert.deepEqual(await till.seeJournal(), { answer: 'done' });
    const { outcome, ledger } = await till.look();
    assert.equal(outcome, 'Paid');
    assert.deepEqual(
      ledger.map(({ words, total }) => [words, total]),
      [['Paid', 1050]],
    );
    assert.ok(
      answered.every(({ text }) => !text.includes('£')),
      'nothing of the journal is reported as the till’s display',
    );
  });

  test('is left by the steps that the profile gives, where it has no address of its own', async (t) => {
    const view = `<main><p id="outcome">Paid</p><button id="show" onclick="flip(true)">Journal</button></main>
      <section hidden>${journal}<button id="back" onclick="flip(false)">Back</button></section>
      <script>const flip = (away) => { document.querySelector('main').hidden = away; document.querySelector('section').hidden = !away }</script>`;
    const left = await tillOf(t, view, { ...actions, leaveJournal: [{ click: '#back' }] });
    assert.deepEqual(await left.seeJournal(), { answer: 'done' });
    assert.equal((await left.look()).outcome, 'Paid');
    assert.equal((await left.look()).ledger.length, 1);
    const stays = await (await tillOf(t, view, actions)).seeJournal();
    assert.equal(stays?.answer, 'failed');
    assert.match(stays?.answer === 'failed' ? stays.reason : '', /give `driver.actions.leaveJournal`/);
  });

  test('that is not offered is reported so, and a till that always shows it has none to go to', async (t) => {
    const none = await (await tillOf(t, '<p>Till</p>', actions)).seeJournal();
    assert.equal(none?.answer, 'notOffered');
    assert.equal(await (await tillOf(t, journal, { sale: [{ click: '#sale' }] })).seeJournal(), null);
  });
});
