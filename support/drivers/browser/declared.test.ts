import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserRig, screenOf, shown } from './testing/rig.ts';

const rig = browserRig();
const declared = (inner: string): string =>
  `<div id="host"><template shadowrootmode="closed">${inner}</template></div>`;

describe('a shadow root that the document declares to be closed', { timeout: 300_000 }, () => {
  test('is read as others are, and so is what it changes to', async (t) => {
    const inner = `<p id="outcome">Paid</p><p id="prompt">Remove card</p>`;
    const screen = await screenOf(rig, t, declared(inner));
    const { outcome, prompt } = await shown(screen, (display) => display.outcome !== null);
    assert.deepEqual([outcome, prompt], ['Paid', 'Remove card']);
    const answered = shown(screen, (display) => display.outcome === 'Declined');
    await screen.tab!.page.locator('#outcome').evaluate((element) => {
      element.textContent = 'Declined';
    });
    await answered;
  });
  test('and one that a script sets', async (t) => {
    const page = `<div id="at"></div><script>at.setHTMLUnsafe(${JSON.stringify(declared('<p id="outcome">Paid</p>'))})</script>`;
    const screen = await screenOf(rig, t, page);
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
  });
  test('holds controls that can be pressed', async (t) => {
    const screen = await screenOf(
      rig,
      t,
      declared(
        `<p id="outcome"></p><button onclick="this.previousElementSibling.textContent = 'Paid'">Pay</button>`,
      ),
    );
    const answered = shown(screen, ({ outcome }) => outcome === 'Paid');
    await screen.tab!.page.locator('button').click({ timeout: 10_000 });
    await answered;
  });
  test('shows nothing that nobody can see', async (t) => {
    for (const style of [
      'color: #fff',
      'display: none',
      'position: absolute; left: -9999px',
      'font-size: 0',
    ]) {
      const screen = await screenOf(
        rig,
        t,
        declared(`<p id="notice">Ready</p><p id="outcome" style="${style}">Paid</p>`),
      );
      await shown(screen, ({ notice }) => notice === 'Ready');
      assert.equal((await screen.look()).outcome, null, style);
    }
  });
});

describe('a prompt that a style sheet writes', { timeout: 300_000 }, () => {
  const prompt = (style: string) =>
    `<style>#prompt::before { content: "Remove card"; ${style} }</style><p id="prompt"></p>`;
  const hidden: Record<string, string> = {
    'in white': 'color: #fff',
    'in nearly white': 'color: #fdfdfd',
    'in the colour of its own ground': 'color: #060; background: #060',
    'that is transparent': 'color: transparent',
    'in white, as a block': 'color: #fff; display: block',
  };
  for (const [how, style] of Object.entries(hidden))
    test(`${how} is not shown`, async (t) => {
      const display = await (await screenOf(rig, t, prompt(style))).look();
      assert.equal(display.prompt, null);
      assert.match(display.unseen?.[0]?.reason ?? '', /contrast is 1\.\d+ : 1/);
      assert.equal(display.unseen?.[0]?.text, 'Remove card');
    });
  const honest: Record<string, string> = {
    'in black': '',
    'in white on black': 'color: #fff; background: #000',
    'in white in a place of its own':
      'color: #fff; position: absolute; left: 9px; top: 99px; background: #000',
    'in grey, as a block': 'color: #777; display: block',
    'in white with a shadow': 'color: #fff; text-shadow: 0 0 2px #000',
  };
  for (const [how, style] of Object.entries(honest))
    test(`${how} is shown`, async (t) => {
      assert.equal((await (await screenOf(rig, t, prompt(style))).look()).prompt, 'Remove card');
    });
});
