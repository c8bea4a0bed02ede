import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mistakeInDisplay } from '../selectors.ts';
import type { BrowserDisplay } from '../settings.ts';
import { mistakeInActions } from './steps.ts';
import { browserRig, screenOf, shown, usualSelectors } from './testing/rig.ts';

const rig = browserRig();

describe('a display is selected as steps are', { timeout: 300_000 }, () => {
  const page = `<h1>Till</h1><section><h2>Result</h2><p id="words">Paid</p></section>
    <ul><li>Ready</li><li>Remove card</li></ul><button>OK</button>`;
  const selections: [string, Partial<BrowserDisplay>][] = [
    ['by its text', { outcome: 'text=Paid', prompt: 'text=Remove card' }],
    ['by its role', { outcome: 'role=paragraph', prompt: 'li >> nth=1' }],
    ['by what it holds', { outcome: 'section:has-text("Result") p', prompt: 'li:has-text("card")' }],
    ['by XPath', { outcome: '//section/p', prompt: 'xpath=//li[2]' }],
  ];
  for (const [how, more] of selections)
    test(`${how}`, async (t) => {
      const display = await (await screenOf(rig, t, page, { more })).look();
      assert.equal(display.outcome, 'Paid');
      assert.equal(display.prompt, 'Remove card');
    });

  test('what it changes to is reported, and that it has gone', async (t) => {
    const more = { outcome: 'p:has-text("paid")' };
    const screen = await screenOf(rig, t, '<p id="words">Waiting</p>', { more });
    assert.equal((await screen.look()).outcome, null);
    const say = (words: string) => screen.tab!.page.evaluate(`words.textContent = ${JSON.stringify(words)}`);
    const answered = shown(screen, ({ outcome }) => outcome === 'Paid');
    await say('Paid');
    await answered;
    const gone = shown(screen, ({ outcome }) => outcome === null);
    await say('Waiting');
    await gone;
  });
  test('within a shadow root and a frame of the page', async (t) => {
    const inner = '<p>Paid</p>';
    const root = `<pay-state></pay-state><script>document.querySelector('pay-state').attachShadow({ mode: 'closed' }).innerHTML = '${inner}'</script>`;
    for (const body of [root, `<iframe srcdoc="${inner}"></iframe>`]) {
      const screen = await screenOf(rig, t, body, { more: { outcome: 'text=Paid' } });
      assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
    }
  });
  test('and is not shown where nobody can see it', async (t) => {
    for (const style of ['color: #fff', 'visibility: hidden', 'position: absolute; left: -9999px']) {
      const more = { outcome: 'p:has-text("Paid")' };
      const screen = await screenOf(rig, t, `<p style="${style}">Paid</p>`, { more });
      assert.equal((await screen.look()).outcome, null, style);
    }
    const cover = `<div style="position: fixed; left: 0; top: 300px; width: 9px; height: 9px; box-shadow: 0 0 0 900px #fff"></div>`;
    const screen = await screenOf(rig, t, `<p>Paid</p>${cover}`, { more: { outcome: 'text=Paid' } });
    assert.match((await screen.look()).unseen?.[0]?.reason ?? '', /picture of the page is the same/);
  });
  test('in a journal, and in a dialogue’s options', async (t) => {
    const row = (words: string, total: string) => `<tr><td>${words}</td><td>${total}</td></tr>`;
    const body = `<table>${row('Paid', '£10.50')}${row('Declined', '£3.00')}</table>
      <div role="dialog"><p>Signature?</p><a>Accept</a><a>Reject</a></div>`;
    const more = {
      options: 'css=a >> visible=true',
      ledger: { rows: 'tr:has-text("£")', words: 'td:not(:has-text("£"))', total: 'text=/£/' },
    };
    const { ledger, dialogues } = await (await screenOf(rig, t, body, { more })).look();
    assert.deepEqual(
      ledger.map(({ words, total }) => [words, total]),
      [
        ['Paid', 1050],
        ['Declined', 300],
      ],
    );
    assert.deepEqual(dialogues[0]?.options, ['Accept', 'Reject']);
  });
});

test('a selector that is none is named with what to write', () => {
  const display = (more: Partial<BrowserDisplay>) =>
    mistakeInDisplay({ ...usualSelectors, ...more }, ['driver', 'display']);
  for (const outcome of ['text=Paid', 'role=status', '//p', 'p >> nth=1', 'p:has-text("a >> b")', '#a > b'])
    assert.equal(display({ outcome }), null, outcome);
  for (const [more, says] of [
    [
      { outcome: 'words=Paid' },
      /`driver.display.outcome` .*`words=` is not a kind of selector \(there are css=, text=/,
    ],
    [{ outcome: 'p >>' }, /a part of it is missing beside `>>`/],
    [{ prompt: 'iframe >> internal:control=enter-frame >> p' }, /leads into a frame \(leave that out/],
    [
      { ledger: { rows: 'tr', words: 'td >> nth=1', total: 'td' } },
      /`driver.display.ledger.words` .*:nth-child\(2\)/,
    ],
    [{ outcome: 'p:has-text("Paid)' }, /a quote in it has no end/],
    [{ outcome: '.1a' }, /cannot stand there/],
  ] as const)
    assert.match(display(more)?.says ?? '', says);
  assert.match(
    mistakeInActions({ sale: [{ click: 'words=Pay' }] })?.says ?? '',
    /`words=` is not a kind of selector/,
  );
  assert.match(
    mistakeInActions({ sale: [{ click: '#a', inFrame: '' }] })?.says ?? '',
    /`inFrame`.*it is empty/,
  );
  assert.equal(mistakeInActions({ sale: [{ click: 'iframe >> internal:control=enter-frame >> #a' }] }), null);
});
