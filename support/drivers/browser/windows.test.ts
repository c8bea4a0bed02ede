import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserView } from '../settings.ts';
import { dark } from './pane.ts';
import type { RawDisplay } from './raw.ts';
import { browserRig, screenOf, shown } from './testing/rig.ts';
import { together } from './windows.ts';

/** A script that the server holds back until a test lets it go. */
const held = Promise.withResolvers<void>();
const rig = browserRig(async (url, response) => {
  if (url === '/held.js') await held.promise;
  response.end();
});

describe('a customer display in a window of its own', { timeout: 60_000 }, () => {
  const customer = `<p id="result"></p><p id="ask"></p><script>
    const reported = new BroadcastChannel('till');
    reported.onmessage = ({ data }) => Object.assign(document.getElementById(data.id), { textContent: data.words });
    reported.postMessage({ id: 'ready', words: '' });
  </script>`;
  const till = (opens: string): string => `<p id="outcome"></p><p id="ready"></p><script>
    const reported = new BroadcastChannel('till');
    reported.onmessage = () => {
      reported.postMessage({ id: 'ask', words: 'Present card' });
      reported.postMessage({ id: 'result', words: 'Paid £10.00' });
    };
    ${opens}
  </script>`;

  test('that the kit opens', async (t) => {
    rig.serve(customer, '/customer');
    const windows = [{ url: '/customer', outcome: '#result', prompt: '#ask' }];
    const screen = await screenOf(rig, t, till(''), { more: { windows } });
    const display = await shown(screen, ({ outcome }) => outcome !== null);
    assert.equal(display.outcome, 'Paid £10.00');
    assert.equal(display.prompt, 'Present card');
    assert.match(display.text, /Paid £10\.00/);
    assert.ok(await screen.screenshot());
    await screen.open(screen.tab!.page.url());
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid £10.00');
  });
  test('that the till opens by itself', async (t) => {
    rig.serve(customer, '/customer?till');
    const windows = [{ popup: '/customer?till', outcome: '#result' }];
    const screen = await screenOf(rig, t, till("open('/customer?till', 'customer')"), { more: { windows } });
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid £10.00');
    const [, popup] = screen.tab!.page.context().pages();
    await popup!.close();
    assert.equal((await screen.look()).outcome, null);
  });
  test('that has shown its result before it was ready', async (t) => {
    rig.serve('<p id="result">Paid</p><script src="/held.js"></script>', '/slow');
    const windows = [{ popup: '/slow', outcome: '#result' }];
    const screen = await screenOf(rig, t, till(''), { more: { windows } });
    const { page } = screen.tab!;
    const opened = page.waitForEvent('popup');
    await page.evaluate("void open('/slow', 'customer')");
    const popup = await opened;
    await popup.locator('#result').waitFor();
    const seen = shown(screen, ({ outcome }) => outcome !== null);
    await screen.look();
    held.resolve();
    assert.equal((await seen).outcome, 'Paid');
  });
  test('that is blank when it opens, and goes to its page afterwards', async (t) => {
    rig.serve('<p id="result">Paid</p>', '/later');
    const windows = [{ popup: '/later', outcome: '#result' }];
    const screen = await screenOf(rig, t, till(''), { more: { windows } });
    const { page } = screen.tab!;
    const opened = page.waitForEvent('popup');
    await page.evaluate("void open('', 'customer')");
    const popup = await opened;
    await popup.waitForLoadState();
    assert.equal((await screen.look()).outcome, null);
    await page.evaluate("void open('/later', 'customer')");
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
  });
  test('that the till writes by itself', async (t) => {
    const windows = [{ popup: 'about:blank', outcome: '#result' }];
    const opens = `const shown = open('', 'customer'); shown.document.write('<p id="result">Paid</p>');`;
    const screen = await screenOf(rig, t, till(opens), { more: { windows } });
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
  });
  test('other windows of the till are not its display', async (t) => {
    rig.serve('<p id="outcome">Paid</p>', '/receipt');
    const screen = await screenOf(rig, t, `<p id="outcome">Ready</p><script>open('/receipt')</script>`);
    assert.equal((await screen.look()).outcome, 'Ready');
  });
});

describe('a result of which the page of the till and another window make one display', () => {
  const hidden = { part: 'outcome', text: 'Paid', reason: 'it is 1 px high' } as const;
  const showing = { ...dark, outcome: 'Paid' };
  const cases: [what: string, own: RawDisplay[], windows: RawDisplay[], elsewhere: boolean | undefined][] = [
    ['the page hides it, and the window shows it', [{ ...dark, unseen: [hidden] }], [showing], true],
    ['only the window has it', [dark], [showing], true],
    ['the page shows it in another place', [{ ...showing, unseen: [hidden] }], [showing], undefined],
    ['a frame of the page shows it', [{ ...dark, unseen: [hidden] }, showing], [showing], undefined],
    ['only the window hides it', [showing], [{ ...dark, unseen: [hidden] }], undefined],
    ['nothing shows it', [{ ...dark, unseen: [hidden] }], [dark], undefined],
  ];
  for (const [what, own, windows, elsewhere] of cases)
    test(what, () => {
      assert.equal(together(own, windows).elsewhere, elsewhere);
    });
});

describe('the browser shows a page as the profile says', { timeout: 60_000 }, () => {
  const answered = (script: string): string =>
    `<p id="outcome"></p><script>document.getElementById('outcome').textContent = ${script}</script>`;
  const cases: [what: string, view: BrowserView, script: string, words: string][] = [
    ['its usual size', {}, "innerWidth + ' ' + innerHeight", '1280 860'],
    [
      'a portrait',
      { viewport: { width: 800, height: 1280 } },
      "innerWidth + ' ' + matchMedia('(orientation: portrait)').matches",
      '800 true',
    ],
    [
      'a zoom',
      { viewport: { width: 800, height: 600 }, zoom: 2 },
      "innerWidth + ' ' + devicePixelRatio",
      '400 2',
    ],
    ['a screen that is touched', { touch: true }, 'navigator.maxTouchPoints > 0', 'true'],
    ['a dark theme', { colorScheme: 'dark' }, "matchMedia('(prefers-color-scheme: dark)').matches", 'true'],
    [
      'a theme of high contrast',
      { forcedColors: true },
      "matchMedia('(forced-colors: active)').matches",
      'true',
    ],
  ];
  for (const [what, view, script, words] of cases)
    test(what, async (t) => {
      assert.equal((await (await screenOf(rig, t, answered(script), { view })).look()).outcome, words);
    });

  const themed = '<style>:root { color-scheme: light dark }</style><p id="outcome">Paid</p>';
  for (const [what, view, page] of [
    ['a dark theme of the browser', { colorScheme: 'dark' }, themed],
    [
      'a dark theme of the page',
      { colorScheme: 'dark' },
      '<style>@media (prefers-color-scheme: dark) { body { background: #000; color: #eee } }</style><p id="outcome">Paid</p>',
    ],
    [
      'a theme of high contrast in which the colours of the page do not hold',
      { forcedColors: true },
      '<style>body { background: #fff } #outcome { color: #fff }</style><p id="outcome">Paid</p>',
    ],
    ['a small window', { viewport: { width: 320, height: 480 }, zoom: 2 }, themed],
  ] as const)
    test(`what is shown in ${what} is seen`, async (t) => {
      const display = await (await screenOf(rig, t, page, { view })).look();
      assert.equal(display.outcome, 'Paid');
      assert.equal(display.unseen, undefined);
    });
  test('what nobody can see in a dark theme is not', async (t) => {
    const page =
      '<style>:root { color-scheme: dark } #outcome { color: #121212 }</style><p id="outcome">Paid</p>';
    assert.equal(
      (await (await screenOf(rig, t, page, { view: { colorScheme: 'dark' } })).look()).outcome,
      null,
    );
  });
});
