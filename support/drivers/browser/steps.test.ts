import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import type { Action, Display } from '../../record/vocabulary.ts';
import type { BrowserActions, BrowserDriver } from '../settings.ts';
import { devtoolsOf } from './devtools.ts';
import { browserRig } from './testing/rig.ts';
import { BrowserTill } from './till.ts';

const rig = browserRig();

const sale: Action = { name: 'sale', sale: { amount: 1050, currency: 'GBP' } };
const journal = '<table><tr><td class="words">Paid</td><td class="total">£10.50</td></tr></table>';

/** A till that is driven by these steps; `amounts` in pence. */
async function tillOf(
  t: TestContext,
  page: string,
  actions: BrowserActions,
  more: Partial<BrowserDriver> = {},
): Promise<BrowserTill> {
  const till = new BrowserTill(
    rig.browser,
    rig.serve(page),
    {
      actions,
      amounts: 'pence',
      ...more,
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
      cancel: [{ ...press, ifSeen: '#none' }, once({ ifMissing: '.digit' })],
    });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.equal((await till.look()).outcome, '11');
    // Where none of it applies, the till was asked for nothing.
    assert.deepEqual(await till.act({ name: 'cancel' }), { answer: 'done', idle: true });
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

suite('a step that may have had its effect is never done again', () => {
  const busy = 'const until = Date.now() + 700; while (Date.now() < until);';
  const page = `<p id="outcome"></p><input id="a" onkeydown="outcome.append(event.key + ' '); ${busy}">
    <div id="pad" onclick="outcome.append(event.target.textContent.trim() + ' '); ${busy}"><b>1</b> <b>2</b></div>`;
  for (const [step, said] of [
    [{ press: 'F2 Enter', on: '#a' }, 'F2 Enter'],
    [{ type: '#a', with: '12' }, '1 2'],
    [{ digits: '#pad', with: '12' }, '1 2'],
    [{ click: '#pad >> text="2"' }, '2'],
    [{ clickText: '2' }, '2'],
  ] as const)
    test(JSON.stringify(step), async (t) => {
      const steps = [step, { when: 'amount', see: '#outcome' }];
      const till = await tillOf(t, page.replaceAll('outcome.', "document.querySelector('#outcome')."), {
        sale: steps,
      });
      assert.deepEqual(await till.act(sale), { answer: 'done' });
      assert.equal((await till.look()).outcome, said);
    });
  test('keys that meet a message box are not sent', async (t) => {
    const asks = `<p id="outcome"></p><input id="a" onkeydown="this.nextSibling.append(event.key); alert('Sure?')"><i></i>`;
    const till = await tillOf(t, asks, { sale: [{ press: 'a b', on: '#a' }, { answer: 'OK' }] });
    const answer = await till.act(sale);
    assert.match(answer.answer === 'notOffered' ? answer.reason : '', /waits for its message box “Sure\?”/);
  });
});

test('a step has a time of its own', async (t) => {
  const page = `<button id="sale" onclick="setTimeout(() => { outcome.hidden = false }, 300)">Sale</button><p id="outcome" hidden>Paid</p>`;
  const till = async (within: object) =>
    tillOf(t, page, { sale: [{ click: '#sale', see: '#outcome', ...within }] }, { seeWithin: 1 });
  assert.deepEqual(await (await till({ within: 60_000 })).act(sale), { answer: 'done' });
  assert.equal((await (await till({})).act(sale)).answer, 'failed');
});

suite('a window that the till opens', () => {
  const receipt = (body: string) => {
    rig.serve(`<button id="close" onclick="window.close()">Close</button>${body}`, '/receipt');
    return `<p id="outcome"></p><button id="sale" onclick="window.open('/receipt')">Sale</button>
      <script>addEventListener('message', ({ data }) => document.querySelector('#outcome').append(data))</script>`;
  };
  const opens = { click: '#sale' };
  test('has steps done in it, and a message box of its own answered; one that closes it is done', async (t) => {
    const page = receipt(
      `<button id="print" onclick="opener.postMessage('print ' + confirm('Print?'))">Print</button>`,
    );
    const box = { inWindow: 'receipt', click: '#print', answer: 'OK' };
    for (const close of [{ click: '#close' }, { press: 'Enter', on: '#close' }]) {
      const till = await tillOf(t, page, { sale: [opens, box, { inWindow: 'receipt', ...close }] });
      assert.deepEqual(await till.act(sale), { answer: 'done' });
      assert.equal((await till.look()).outcome, 'print true');
    }
  });
  test('shows its message box as a dialogue, and lets it go when the till is reset', async (t) => {
    const page = receipt(`<button id="print" onclick="confirm('Print?')">Print</button>`);
    const till = await tillOf(t, page, { sale: [opens, { inWindow: 'receipt', click: '#print' }] });
    const asked = new Promise<Display>((resolve) =>
      till.onChange((display) => {
        if (display.dialogues.length) resolve(display);
      }),
    );
    await till.act(sale);
    assert.deepEqual((await asked).dialogues, [{ text: 'Print?', options: ['OK', 'Cancel'] }]);
    assert.deepEqual(await till.reset(), { answer: 'done' });
    assert.deepEqual((await till.look()).dialogues, []);
  });
  test('that does not come is named, and one that is not there is skipped where a step says so', async (t) => {
    const page = receipt('');
    const inIt = { inWindow: 'invoice', click: '#close', within: 50 };
    const answer = await (await tillOf(t, page, { sale: [inIt] })).act(sale);
    assert.match(
      answer.answer === 'notOffered' ? answer.reason : '',
      /no window with invoice in its address/,
    );
    const till = await tillOf(t, page, { sale: [{ ...inIt, ifSeen: '#close' }, { click: '#sale' }] });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
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

  test('is read though a picture of the page before never comes', async (t) => {
    rig.serve(journal, '/journal');
    const till = await tillOf(t, sold, actions);
    const page = rig.browser.contexts().at(-1)!.pages()[0]!;
    const devtools = await devtoolsOf(page);
    const { promise: hung, resolve } = Promise.withResolvers<void>();
    const send = devtools.send.bind(devtools) as (...asked: unknown[]) => Promise<never>;
    const hanging = async (...asked: unknown[]): Promise<never> => {
      if (asked[0] !== 'Page.captureScreenshot' || !(await page.evaluate("'__veil' in window")))
        return send(...asked);
      resolve();
      return never.promise;
    };
    const never = Promise.withResolvers<never>();
    t.after(() => never.reject(new Error('the page has gone')));
    Object.assign(devtools, { send: hanging });
    await till.act(sale);
    await hung;
    assert.deepEqual(await till.seeJournal(), { answer: 'done' });
    assert.equal((await till.look()).ledger.length, 1);
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
