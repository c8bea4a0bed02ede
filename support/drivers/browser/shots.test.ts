import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserRig, screenOf } from './testing/rig.ts';

const rig = browserRig();

describe('a picture of a page', { timeout: 300_000 }, () => {
  const page = '<p id="outcome">Paid</p><input id="field"><p style="height: 2000px">Below</p>';
  const stirring: [what: string, script: string][] = [
    ['says something else', "document.querySelector('#outcome').textContent = 'Declined'"],
    ['looks otherwise', "document.querySelector('#outcome').style.color = 'red'"],
    ['has something typed into it', "document.querySelector('#field').value = '12'"],
    [
      'is scrolled',
      'new Promise((done) => { addEventListener("scroll", done, { once: true }); scrollTo(0, 300); })',
    ],
  ];
  for (const [what, script] of stirring)
    test(`is taken anew once the page ${what}, and not before`, async (t) => {
      const screen = await screenOf(rig, t, page);
      await screen.look();
      const first = await screen.screenshot();
      assert.ok(first);
      assert.equal(await screen.screenshot(), first);
      await screen.tab!.page.evaluate(script);
      const other = await screen.screenshot();
      assert.ok(other);
      assert.notEqual(other, first);
    });
  for (const [what, body] of [
    [
      'moves by itself',
      '<style>@keyframes a { to { opacity: .5 } } p { animation: a 1s infinite }</style><p>Paid</p>',
    ],
    ['holds a frame', '<iframe srcdoc="<p>Paid"></iframe>'],
    ['draws on a canvas', '<canvas></canvas>'],
    ['keeps a shadow root', '<p id="host"></p><script>host.attachShadow({ mode: "open" })</script>'],
  ] as const)
    test(`is taken anew each time of a page that ${what}`, async (t) => {
      const screen = await screenOf(rig, t, body);
      await screen.look();
      assert.notEqual(await screen.screenshot(), await screen.screenshot());
    });
});
