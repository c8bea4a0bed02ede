import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright';
import { monotonic } from '../../record/monotonic.ts';
import type { Action, Answer, Display } from '../../record/vocabulary.ts';
import type { BrowserActions, BrowserDisplay } from '../settings.ts';
import { browserRig } from './testing/rig.ts';
import { BrowserTill } from './till.ts';

/** What is asked for besides the pages, by its path; it is answered by the test, or never. */
const waiting = new EventEmitter<Record<string, [ServerResponse]>>();
const rig = browserRig((url, response) => waiting.emit(url, response));
const urls = new Map<BrowserTill, string>();

const display: BrowserDisplay = {
  outcome: '#outcome',
  prompt: '#prompt',
  notice: '#notice',
  dialogue: '[role=dialog]',
};
const words = { accept: ['ok'], reject: ['cancel'], recordByHand: ['record'], retry: ['try again'] };
const sale: Action = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } };

/** A till whose page is served here. */
async function tillOf(
  t: TestContext,
  page: string,
  { actions = {}, selectors = {} }: { actions?: BrowserActions; selectors?: Partial<BrowserDisplay> } = {},
): Promise<BrowserTill> {
  const url = rig.serve(page);
  const till = new BrowserTill(
    rig.browser,
    url,
    {
      actions: { sale: [{ click: '#sale' }], retry: [{ click: '#retry' }], ...actions },
      display: { ...display, ...selectors },
    },
    { name: 'A till', version: '1', apiVersion: '2026-02-27' },
    words,
  );
  urls.set(till, url);
  t.after(() => till.close());
  await till.hello();
  return till;
}

const pageOf = (till: BrowserTill): Page =>
  rig.browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((page) => page.url() === urls.get(till))!;

const reasonOf = (answer: Answer): string => (answer.answer === 'done' ? '' : answer.reason);

/** The first display of which something holds. */
async function shown(till: BrowserTill, holds: (display: Display) => boolean): Promise<Display> {
  const { promise, resolve } = Promise.withResolvers<Display>();
  till.onChange((seen) => {
    if (holds(seen)) resolve(seen);
  });
  const now = await till.look();
  return holds(now) ? now : promise;
}

// Most of these wait for what a till may take, so they wait side by side.
describe('a till that is a web page', { concurrency: 6, timeout: 300_000 }, () => {
  const lost: [how: string, script: string, befalls: (page: Page) => Promise<unknown>, reason: RegExp][] = [
    ['hangs', 'while (true) {}', async () => {}, /hangs/],
    ['goes elsewhere', "location.href = 'about:blank'", async () => {}, /went away, to about:blank/],
    ['is closed', '', (page) => page.close(), /closed/],
    [
      'crashes',
      '',
      async (page) => {
        const crashed = new Promise((resolve) => page.once('crash', resolve));
        const devtools = await page.context().newCDPSession(page);
        devtools.send('Page.crash').catch(() => {});
        await crashed;
      },
      /crashed/,
    ],
  ];
  for (const [how, script, befalls, reason] of lost) {
    test(`a till that ${how} has crashed with its next action, and the next row gets a page that works`, async (t) => {
      const till = await tillOf(
        t,
        `<p id="outcome">Ready</p><button id="sale" onclick="if (!localStorage.lost) { localStorage.lost = 1; ${script} }">Sale</button>`,
      );
      assert.equal((await till.look()).outcome, 'Ready');
      await befalls(pageOf(till));
      const answer = await till.act(sale);
      assert.equal(answer.answer, 'crashed');
      assert.match(reasonOf(answer), reason);
      assert.equal((await till.look()).outcome, 'Ready');
      assert.equal((await till.act(sale)).answer, 'crashed');
      assert.deepEqual(await till.reset(), { answer: 'done' });
      await till.act(sale);
      assert.deepEqual(await till.act(sale), { answer: 'done' });
    });
  }

  test('a till that hangs by itself shows in the next answer, and can be closed', async (t) => {
    const till = await tillOf(
      t,
      `<p id="outcome">Paid</p><button id="sale" onclick="fetch('/later').then(() => {
        const request = new XMLHttpRequest();
        request.open('GET', '/never', false);
        request.send();
      })">Sale</button>`,
    );
    const hang = async () => {
      const asked = once(waiting, '/later');
      const hung = once(waiting, '/never');
      assert.deepEqual(await till.act(sale), { answer: 'done' });
      (await asked)[0].end();
      await hung;
    };
    await hang();
    assert.equal((await till.look()).outcome, 'Paid');
    assert.equal(await till.screenshot(), null);
    const answer = await till.reset();
    assert.equal(answer.answer, 'crashed');
    assert.match(reasonOf(answer), /hangs/);
    assert.deepEqual(await till.reset(), { answer: 'done' });
    await hang();
    await till.close();
    await till.hello();
    assert.equal((await till.look()).outcome, 'Paid');
  });

  /** Answers what the page asks for there, that much later. */
  const answerLater = (path: string, ms: number) =>
    waiting.once(path, (response) => setTimeout(() => response.end(), ms));

  test('a press that the browser is late to tell of is done, and is not repeated though its control is still there', async (t) => {
    const blocked = `presses.textContent = Number(presses.textContent) + 1;
      const request = new XMLHttpRequest(); request.open('GET', '/held', false); request.send();`;
    const till = await tillOf(
      t,
      `<p id="outcome">0</p><script>const presses = document.querySelector('#outcome');</script>
       <button id="sale" onclick="${blocked}">Sale</button>
       <button id="retry" onclick="${blocked} this.remove()">Retry</button>`,
    );
    for (const [action, presses] of [
      [sale, '1'],
      [{ name: 'retry' } as Action, '2'],
    ] as const) {
      answerLater('/held', 6500);
      assert.deepEqual(await till.act(action), { answer: 'done' });
      assert.equal((await till.look()).outcome, presses);
    }
  });

  test('a control that comes with an answer which the page waits for is offered, and one that never rests is pressed', async (t) => {
    const till = await tillOf(
      t,
      `<style>@keyframes pulse { to { transform: scale(1.2) } } #retry { animation: pulse .2s infinite alternate }</style>
       <p id="outcome"></p><button id="open" onclick="fetch('/answer').then(() => { sale.hidden = false })">Open</button>
       <button id="sale" hidden onclick="document.querySelector('#outcome').append('sold ')">Sale</button>
       <button id="retry" onclick="document.querySelector('#outcome').append('again ')">Retry</button>`,
      { actions: { sale: [{ click: '#open' }, { click: '#sale' }] } },
    );
    answerLater('/answer', 7000);
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.deepEqual(await till.act({ name: 'retry' }), { answer: 'done' });
    assert.equal((await till.look()).outcome, 'sold again');
  });

  test('a page is open without a picture that never comes, and with a script that comes late', async (t) => {
    answerLater('/script.js', 300);
    waiting.once('/script.js', (response) =>
      response.setHeader('content-type', 'text/javascript').write("window.name = 'there';"),
    );
    const till = await tillOf(t, '<img src="/picture"><script async src="/script.js"></script>');
    assert.equal(await pageOf(till).evaluate(() => window.name), 'there');
  });

  test('a till that cannot find its own way back is opened anew, and one that is stuck for good says so', async (t) => {
    const actions: BrowserActions = { reset: [{ click: '#new' }] };
    const page = (open: string) =>
      `<div role="dialog" ${open}>Signature? <button id="accept">Accept</button></div>
    <button id="sale" onclick="document.querySelector('[role=dialog]').hidden = false; document.querySelector('#new').disabled = true">Sale</button>
    <button id="new">New sale</button>`;
    const stuck = await tillOf(t, page('hidden'), { actions });
    await stuck.act(sale);
    assert.equal((await stuck.look()).dialogues.length, 1);
    assert.deepEqual(await stuck.reset(), { answer: 'done' });
    assert.deepEqual((await stuck.look()).dialogues, []);

    const hopeless = await tillOf(t, page(''), { actions });
    const answer = await hopeless.reset();
    assert.equal(answer.answer, 'failed');
    assert.match(reasonOf(answer), /dialogue “Signature\? Accept” \(Accept\) stays open/);
  });

  test('a line that stays in the basket is not charged with the next sale: the page is opened anew, or the till says so', async (t) => {
    const page = (kept: string) => `<ul id="basket"></ul><button id="new">New sale</button>
      <button id="sale" onclick="localStorage.line = 'Tea'; show()">Sale</button>
      <script>const show = () => { basket.innerHTML = localStorage.line ? '<li>' + localStorage.line : '' };
        ${kept}; show()</script>`;
    const settings = {
      actions: { reset: [{ click: '#new' }] } as BrowserActions,
      selectors: { basket: '#basket li' },
    };
    const forgets = await tillOf(t, page('delete localStorage.line'), settings);
    await forgets.act(sale);
    assert.deepEqual(await forgets.reset(), { answer: 'done' });

    const keeps = await tillOf(t, page(''), settings);
    await keeps.act(sale);
    const answer = await keeps.reset();
    assert.equal(answer.answer, 'failed');
    assert.match(reasonOf(answer), /its basket still holds “Tea”/);
  });

  test('what a till shows in shadow roots, fields, lists and unworded buttons is seen, and what it hides is not', async (t) => {
    const till = await tillOf(
      t,
      `<style>.gone { display: none } .faint { opacity: 0 }</style>
    <input id="outcome" readonly value="Paid £10.00"><input value="typed in"><input type="password" readonly value="secret">
    <input disabled value="£2.00 tip"><input disabled value="hidden field" class="gone">
    <select><option>Counter 1</option><option selected>Counter 2</option></select>
    <p class="gone">not displayed</p><p class="faint">faded out</p><p style="visibility: hidden">unseen <b style="visibility: visible">but this</b></p>
    <details><summary>More</summary>folded away</details>
    <button aria-label="Open the drawer"><svg></svg></button>
    <till-sale></till-sale>
    <div role="dialog"><p>Sign here</p>
      <input type="button" value="Accept"><span role="button">Reject</span><button aria-label="Try again">↻</button>
      <input type="submit" disabled value="Too late"><button class="gone">Gone</button></div>
    <script>
      customElements.define('till-sale', class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: 'open' }).innerHTML =
            '<p id="prompt">Present card</p><div role="dialog"><slot></slot><till-button></till-button></div>';
        }
      });
      customElements.define('till-button', class extends HTMLElement {
        constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<button>Record by hand</button>'; }
      });
      document.querySelector('till-sale').append('Is it paid?');
    </script>`,
    );
    const seen = await till.look();
    assert.equal(seen.outcome, 'Paid £10.00');
    assert.equal(seen.prompt, 'Present card');
    assert.deepEqual(
      seen.dialogues.map(({ options }) => options),
      [['Accept', 'Reject', 'Try again'], ['Record by hand']],
    );
    assert.match(seen.dialogues[1]!.text, /^Is it paid\?/);
    for (const text of [
      '£2.00 tip',
      'Counter 2',
      'Open the drawer',
      'Present card',
      'Is it paid?',
      'but this',
      'More',
    ])
      assert.ok(seen.text.includes(text), text);
    for (const text of [
      'typed in',
      'secret',
      'hidden field',
      'Counter 1',
      'not displayed',
      'faded',
      'unseen',
      'folded',
    ])
      assert.ok(!seen.text.includes(text), text);
  });

  test('a change within a shadow root, or of a field’s value, is reported without being asked for', async (t) => {
    const till = await tillOf(
      t,
      `<input id="outcome" readonly><button id="sale" onclick="document.querySelector('#outcome').value = 'Paid'">Sale</button>
    <button id="retry" onclick="root.firstChild.data = 'Remove card'">Retry</button><div id="host"></div>
    <script>const root = document.querySelector('#host').attachShadow({ mode: 'open' }).appendChild(document.createElement('p'));
      root.id = 'prompt'; root.append('Present card');</script>`,
    );
    const paid = Promise.withResolvers<void>();
    const removed = Promise.withResolvers<void>();
    till.onChange(({ outcome, prompt }) => {
      if (outcome === 'Paid') paid.resolve();
      if (prompt === 'Remove card') removed.resolve();
    });
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    await paid.promise;
    assert.deepEqual(await till.act({ name: 'retry' }), { answer: 'done' });
    await removed.promise;
  });

  test('a busy card machine that is disabled or left out is not offered, with what the till shows instead', async (t) => {
    const choose = (tid: string): Action => ({ name: 'chooseTerminal', tid, terminalId: `tm_${tid}` });
    const list = await tillOf(
      t,
      '<select id="machine"><option value="tm_A">Bar</option><option value="tm_B" disabled>Door (busy)</option></select>',
      { actions: { chooseTerminal: [{ select: '#machine', with: '{terminalId}' }] } },
    );
    const buttons = await tillOf(
      t,
      '<button class="machine" data-tid="A">Bar</button><span role="button" aria-disabled="true" class="machine" data-tid="B">Door (busy)</span>',
      {
        actions: { chooseTerminal: [{ click: '.machine[data-tid={tid}]' }] },
        selectors: { cardMachines: '.machine' },
      },
    );
    const started = monotonic();
    const [disabledOption, missingOption, disabledButton, missingButton] = await Promise.all([
      list.act(choose('B')),
      (
        await tillOf(t, '<select id="machine"><option value="tm_A">Bar</option></select>', {
          actions: { chooseTerminal: [{ select: '#machine', with: '{terminalId}' }] },
        })
      ).act(choose('B')),
      buttons.act(choose('B')),
      (
        await tillOf(t, '<button class="machine" data-tid="A">Bar</button>', {
          actions: { chooseTerminal: [{ click: '.machine[data-tid={tid}]' }] },
          selectors: { cardMachines: '.machine' },
        })
      ).act(choose('B')),
    ]);
    assert.ok(monotonic() - started < 60_000);
    for (const [answer, reason] of [
      [disabledOption, /#machine offers Bar, Door \(busy\) \(disabled\)/],
      [missingOption, /#machine offers Bar;/],
      [disabledButton, /disabled; .*: Bar, Door \(busy\)$/],
      [missingButton, /has no .*: Bar$/],
    ] as const) {
      assert.equal(answer.answer, 'notOffered');
      assert.match(reasonOf(answer), reason);
    }
    assert.deepEqual(await list.act(choose('A')), { answer: 'done' });
  });

  test('a control that is disabled or covered is not offered; one that is something else has failed', async (t) => {
    const page = `<button id="sale" disabled>Sale</button><button id="retry">Retry</button>
    <div role="dialog" style="position: fixed; inset: 0">Wait</div>`;
    const till = await tillOf(t, page, {
      actions: { cancel: [{ fill: '#retry', with: 'x' }] },
    });
    const disabled = await till.act(sale);
    assert.equal(disabled.answer, 'notOffered');
    assert.match(reasonOf(disabled), /shows #sale disabled/);
    const covered = await till.act({ name: 'retry' });
    assert.equal(covered.answer, 'notOffered');
    assert.match(reasonOf(covered), /#retry is covered by <div/);
    assert.equal((await till.act({ name: 'cancel' })).answer, 'failed');
  });

  test('of two dialogues at once both are seen, and the buttons of the one that shows are pressed', async (t) => {
    const till = await tillOf(
      t,
      `<div role="dialog" hidden>Old <button class="accept">Accept</button></div>
    <div role="dialog">Signature? <button class="accept" onclick="document.querySelector('#outcome').textContent = 'Signed'">Accept</button>
      <div role="dialog">Sure? <button>Yes</button></div></div>
    <div role="dialog">No paper <button>Close</button></div><p id="outcome"></p>`,
      { actions: { acceptSignature: [{ click: '.accept' }] } },
    );
    assert.deepEqual((await till.look()).dialogues, [
      { text: 'Signature? Accept', options: ['Accept'] },
      { text: 'Sure? Yes', options: ['Yes'] },
      { text: 'No paper Close', options: ['Close'] },
    ]);
    assert.deepEqual(await till.act({ name: 'signature', accepted: true }), { answer: 'done' });
    assert.equal((await till.look()).outcome, 'Signed');
  });

  test('a message box of the browser’s own is a dialogue, is answered by an action, and keeps nothing waiting', async (t) => {
    const till = await tillOf(
      t,
      `<p id="outcome">Ready</p><button id="retry">Retry</button>
    <button id="sale" onclick="
      const answer = confirm('Is the signature right?');
      document.querySelector('#outcome').textContent = answer ? 'Signed' : 'Refused';
      if (answer) alert('Give the receipt')">Sale</button>`,
      { actions: { cancel: [{ click: 'dialogue=OK' }], reset: [{ see: '#sale' }] } },
    );
    const asks = { text: 'Is the signature right?', options: ['OK', 'Cancel'] };
    const reject: Action = { name: 'signature', accepted: false };

    assert.deepEqual(await till.act(sale), { answer: 'done' });
    assert.deepEqual((await till.look()).dialogues, [asks]);
    assert.equal(await till.screenshot(), null);
    const behind = await till.act({ name: 'retry' });
    assert.equal(behind.answer, 'notOffered');
    assert.match(reasonOf(behind), /message box “Is the signature right\?” \(OK, Cancel\)/);
    assert.deepEqual(await till.act(reject), { answer: 'done' });
    assert.deepEqual((await shown(till, ({ outcome }) => outcome === 'Refused')).dialogues, []);

    await till.act(sale);
    assert.deepEqual(await till.act({ name: 'cancel' }), { answer: 'done' });
    const receipt = await shown(till, ({ dialogues }) => dialogues[0]?.text === 'Give the receipt');
    assert.deepEqual(receipt.dialogues[0]!.options, ['OK']);
    assert.deepEqual(await till.reset(), { answer: 'done' });
    assert.deepEqual((await till.look()).dialogues, []);
    assert.equal((await till.act(reject)).answer, 'notOffered');
  });
});

test('a till that is restarted forgets what only its page knew, and finds what it keeps in its browser', async (t) => {
  const till = await tillOf(
    t,
    `<p id="outcome"></p><p id="notice"></p>
    <button id="sale" onclick="localStorage.sold = 'one sale'; document.getElementById('outcome').textContent = 'Paid'">Sell</button>
    <script>document.getElementById('notice').textContent = localStorage.sold ?? ''</script>`,
  );
  assert.deepEqual(await till.act(sale), { answer: 'done' });
  assert.equal((await till.look()).outcome, 'Paid');
  assert.deepEqual(await till.restart(), { answer: 'done' });
  const { outcome, notice } = await till.look();
  assert.deepEqual([outcome, notice], [null, 'one sale']);
});
