import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pixelsThatDiffer } from './picture.ts';
import { browserRig, screenOf, shown } from './testing/rig.ts';

const rig = browserRig();

const paid = '<p id="outcome">Paid</p>';
const cover =
  '<div id="cover" style="position: fixed; left: 0; top: 300px; width: 9px; height: 9px; box-shadow: 0 0 0 900px #fff"></div>';

describe('a claim is proven from pictures of it', { timeout: 300_000 }, () => {
  test('one that is in no picture is not shown', async (t) => {
    const screen = await screenOf(rig, t, paid + cover);
    const display = await screen.look();
    assert.equal(display.outcome, null);
    assert.match(display.unseen?.[0]?.reason ?? '', /picture of the page is the same without it/);
  });
  test('one that comes into view is shown', async (t) => {
    const screen = await screenOf(rig, t, paid + cover);
    await shown(screen, ({ outcome }) => outcome === null);
    await screen.tab!.page.evaluate("document.getElementById('cover').remove()");
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
  });
  test('one under a picture that is transparent is shown', async (t) => {
    const screen = await screenOf(
      rig,
      t,
      `${paid}<img alt="" style="position: fixed; inset: 0; width: 100%; height: 100%" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>">`,
    );
    assert.equal((await shown(screen, ({ outcome }) => outcome !== null)).outcome, 'Paid');
  });
  test('one whose colour nothing can change is taken as it is', async (t) => {
    const screen = await screenOf(rig, t, paid.replace('id', 'style="color: #000 !important" id'));
    assert.equal((await screen.look()).outcome, 'Paid');
  });
  test('one down a page that was scrolled is proven where it is', async (t) => {
    const screen = await screenOf(
      rig,
      t,
      `<div style="height: 2000px"></div>${paid}<div style="height: 2000px"></div>`,
    );
    await screen.tab!.page.evaluate('scrollTo(0, 1700)');
    assert.equal((await screen.look()).outcome, 'Paid');
  });
  test('a picture of one that leaves was taken while it stood there', async (t) => {
    const screen = await screenOf(rig, t, '<p id="outcome"></p>');
    const page = screen.tab!.page;
    const says = (words: string) =>
      page.evaluate(`document.getElementById('outcome').textContent = '${words}'`);
    const blank = await screen.screenshot();
    await says('Paid £10.00');
    assert.equal((await screen.look()).outcome, 'Paid £10.00');
    assert.deepEqual(screen.departed(), [], 'one that stands is pictured when that is asked for');
    await says('');
    assert.equal((await shown(screen, ({ outcome }) => outcome === null)).outcome, null);
    const [kept, ...more] = screen.departed();
    assert.deepEqual([kept?.shows, kept?.text, more.length], ['Paid £10.00', 'Paid £10.00', 0]);
    const [without, shows] = [await drawn(blank!.bytes), await drawn(kept!.picture.bytes)];
    const differing = pixelsThatDiffer(without, shows);
    assert.ok(differing !== null && differing > 50, 'it can be read on it');
    assert.deepEqual(screen.departed(), [], 'it is handed over once');
  });
  test('neither the proof nor a picture is a mutation of the page', async (t) => {
    const screen = await screenOf(
      rig,
      t,
      `${paid}<script>
        let noticed = 0;
        new MutationObserver((all) => { noticed += all.length; }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        for (const event of ['transitionrun', 'animationstart', 'scroll', 'resize', 'focusin'])
          addEventListener(event, () => { noticed += 1; }, true);
      </script><style>p { transition: color 2s }</style>`,
    );
    const page = screen.tab!.page;
    await page.waitForLoadState('load');
    await page.evaluate('noticed = 0');
    assert.equal((await screen.look()).outcome, 'Paid');
    assert.ok(await screen.screenshot());
    assert.deepEqual(await page.evaluate('[noticed, document.adoptedStyleSheets.length]'), [0, 0]);
  });
  test('of what is read while the text is transparent nothing is reported', async (t) => {
    const screen = await screenOf(
      rig,
      t,
      `${paid}<p id="prompt"></p><script>let n = 0; setInterval(() => { document.getElementById('prompt').textContent = 'Wait ' + n++; }, 20)</script>`,
    );
    const answered: (string | null)[] = [];
    screen.onChange(({ outcome }) => answered.push(outcome));
    for (let times = 0; times < 5; times++) {
      screen.forget();
      assert.equal((await screen.look()).outcome, 'Paid');
    }
    assert.deepEqual([...new Set(answered)], ['Paid']);
  });
});

/** A picture as a browser draws it. */
async function drawn(picture: Uint8Array): Promise<Buffer> {
  const page = await rig.browser.newPage();
  await page.setContent(`<img src="data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}">`);
  const shown = await page.screenshot();
  await page.close();
  return shown;
}

test('pixels that differ are counted', async () => {
  const page = await rig.browser.newPage({ viewport: { width: 60, height: 40 } });
  const drawn = async (colour: string) => {
    await page.setContent(
      `<body style="margin: 0; background: #fff"><div style="width: 4px; height: 5px; background: ${colour}">`,
    );
    return page.screenshot();
  };
  const [none, black, nearly] = [await drawn('#fff'), await drawn('#000'), await drawn('#f4f4f4')];
  assert.equal(pixelsThatDiffer(none, none), 0);
  assert.equal(pixelsThatDiffer(none, black), 20);
  assert.equal(pixelsThatDiffer(none, nearly), 0);
  await page.setViewportSize({ width: 50, height: 40 });
  assert.equal(pixelsThatDiffer(none, await page.screenshot()), null);
  await page.close();
});
