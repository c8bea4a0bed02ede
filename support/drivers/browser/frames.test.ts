import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserRig, screenOf, shown } from './testing/rig.ts';

const rig = browserRig();
const paid = '<p id=outcome>Paid</p>';
const frame = (inner: string, style = ''): string =>
  `<iframe id="frame" style="${style}" srcdoc="${inner.replaceAll('"', '&quot;')}"></iframe>`;
const cover =
  '<div style="position: fixed; left: 0; top: 400px; width: 9px; height: 9px; box-shadow: 0 0 0 900px #fff"></div>';
const closed = (inner: string, mode = 'closed'): string =>
  `<pay-state></pay-state><script>customElements.define('pay-state', class extends HTMLElement {
    constructor() { super(); this.root = this.attachShadow({ mode: '${mode}' }); this.root.innerHTML = ${JSON.stringify(inner)}; }
  })</script>`;

describe('what stands in a frame of the page is read as what stands beside it', { timeout: 120_000 }, () => {
  test('its result, its prompt and its text', async (t) => {
    const page = `<p>Till</p>${frame(`${paid}<p id=prompt>Remove card</p>`)}`;
    const display = await shown(await screenOf(rig, t, page), ({ outcome }) => outcome !== null);
    assert.equal(display.outcome, 'Paid');
    assert.equal(display.prompt, 'Remove card');
    assert.match(display.text, /Till\nPaid/);
  });
  test('a change in it is reported, and that it has gone', async (t) => {
    const screen = await screenOf(rig, t, `<h1>Till</h1>${frame('<p id=outcome></p>')}`);
    await screen.look();
    const page = screen.tab!.page;
    const answered = shown(screen, ({ outcome }) => outcome === 'Paid');
    await page
      .frameLocator('#frame')
      .locator('#outcome')
      .evaluate((one) => {
        one.textContent = 'Paid';
      });
    await answered;
    const gone = shown(screen, ({ outcome }) => outcome === null);
    await page.evaluate("document.getElementById('frame').remove()");
    await gone;
  });
  test('a frame within a frame', async (t) => {
    const page = frame(frame(paid).replaceAll('&quot;', '&amp;quot;'));
    assert.equal(
      (await shown(await screenOf(rig, t, page), ({ outcome }) => outcome !== null)).outcome,
      'Paid',
    );
  });
  test('one from another site is none of the till’s', async (t) => {
    const elsewhere = rig.serve(paid).replace('127.0.0.1', 'localhost');
    const screen = await screenOf(rig, t, `<h1>Till</h1><iframe src="${elsewhere}"></iframe>`);
    await screen.tab!.page.waitForLoadState('load');
    assert.equal((await screen.look()).outcome, null);
  });

  const hidden: Record<string, string> = {
    'that is faint': frame(paid, 'opacity: .01'),
    'that is not displayed': frame(paid, 'display: none'),
    'that nobody can see': frame(paid, 'visibility: hidden'),
    'off the page': frame(paid, 'position: absolute; left: -9999px'),
    'under a sheet': `${frame(paid)}<div style="position: fixed; inset: 0; background: #fff"></div>`,
    'under a shadow, which only pictures show': frame(paid) + cover,
    'in which it is white': frame(paid.replace('id', "style='color: #fff' id")),
    'that is faint, around another': frame(frame(paid).replaceAll('&quot;', '&amp;quot;'), 'opacity: .01'),
  };
  for (const [what, page] of Object.entries(hidden))
    test(`nothing is shown in a frame ${what}`, async (t) => {
      const screen = await screenOf(rig, t, page);
      await screen.tab!.page.waitForLoadState('load');
      const { outcome, unseen, text } = await shown(
        screen,
        (one) => Boolean(one.unseen?.length) || !one.outcome,
      );
      assert.equal(outcome, null, JSON.stringify(unseen));
      if (/faint|displayed|nobody|off|sheet/.test(what)) assert.doesNotMatch(text, /Paid/);
    });
});

describe('shadow roots are looked into', { timeout: 60_000 }, () => {
  for (const mode of ['open', 'closed'])
    test(`that are ${mode}`, async (t) => {
      const screen = await screenOf(rig, t, closed(paid, mode));
      assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
      await screen.tab!.page.locator('#outcome').evaluate((one) => {
        one.textContent = 'Declined';
      });
      await shown(screen, ({ outcome }) => outcome === 'Declined');
    });
  test('and what nobody can see in one that is closed is not shown', async (t) => {
    for (const inner of [paid.replace('id', 'style="opacity: .01" id'), paid + cover]) {
      const { outcome } = await (await screenOf(rig, t, closed(inner))).look();
      assert.equal(outcome, null, inner);
    }
  });
  test('one that is closed is, within a frame', async (t) => {
    const page = frame(closed(paid));
    assert.equal(
      (await shown(await screenOf(rig, t, page), ({ outcome }) => outcome !== null)).outcome,
      'Paid',
    );
  });
});

test('what a customer display claims is proven from pictures of it', async (t) => {
  rig.serve(`<p id="result">Paid</p>${cover}`, '/customer');
  const windows = [{ url: '/customer', outcome: '#result' }];
  const screen = await screenOf(rig, t, '<h1>Till</h1>', { more: { windows } });
  const { outcome, unseen } = await screen.look();
  assert.equal(outcome, null);
  assert.match(unseen?.[0]?.reason ?? '', /picture of the page is the same without it/);
});
