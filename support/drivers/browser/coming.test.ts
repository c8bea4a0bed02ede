import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserRig, screenOf, shown } from './testing/rig.ts';

/** A result that the page has all along, or puts in, and that comes into view or leaves it some time after. */
const rig = browserRig();

const later = (script: string): string => `<script>setTimeout(() => { ${script} }, 700)</script>`;
const paid = '<p id="outcome">Paid £10.00</p>';
const sheet = (css: string, html = paid): string => `<style id="s">${css}</style>${html}`;

const comes: Record<string, string> = {
  'a toast from below': sheet(
    '@keyframes s { from { transform: translateY(200px) } } .on { position: fixed; bottom: 20px; animation: s .7s both; background: #222; color: #fff }',
    `<main></main>${later(`document.querySelector('main').innerHTML = '<p id="outcome" class="on">Paid £10.00</p>'`)}`,
  ),
  'by a transition': sheet(
    '#outcome { position: fixed; bottom: -200px; transition: bottom 1s } #outcome.on { bottom: 30px }',
    `${paid}${later("outcome.classList.add('on')")}`,
  ),
  'moved by a script': `<p id="outcome" style="position: fixed; left: -900px">Paid £10.00</p><script>let x = -900; const i = setInterval(() => { x += 20; outcome.style.left = x + 'px'; if (x >= 20) clearInterval(i) }, 16)</script>`,
  'a shelf that the page scrolls to it': `<div id="shelf" style="width: 300px; overflow: hidden"><div style="display: flex; width: 600px"><div style="width: 300px">Ready</div><div style="width: 300px">${paid}</div></div></div>${later("shelf.scrollTo({ left: 300, behavior: 'smooth' })")}`,
  'a rule that is taken out of a style sheet': sheet(
    '#outcome { display: none }',
    `${paid}${later('s.sheet.deleteRule(0)')}`,
  ),
  'a style sheet that is put in by a script': sheet(
    '#outcome { opacity: 0 }',
    `${paid}${later("document.adoptedStyleSheets = [new CSSStyleSheet()]; document.adoptedStyleSheets[0].replaceSync('#outcome { opacity: 1 !important }')")}`,
  ),
  'a box that the page itself ticks': sheet(
    '#outcome { display: none } :checked ~ #outcome { display: block }',
    `<input type="checkbox" id="c">${paid}${later('c.checked = true')}`,
  ),
  'a popover': `<div popover id="d">${paid}</div>${later('d.showPopover()')}`,
  'a cover that goes': sheet(
    '#k { position: fixed; inset: 0; background: #fff; animation: a 1s both } @keyframes a { to { transform: translateX(120vw) } }',
    `${paid}<div id="k"></div>`,
  ),
};

const goes: Record<string, string> = {
  'by a rule that is put into a style sheet': sheet(
    'p { margin: 0 }',
    `${paid}${later("s.sheet.insertRule('#outcome { display: none }')")}`,
  ),
  'by a box that the page itself ticks': sheet(
    ':checked ~ #outcome { display: none }',
    `<input type="checkbox" id="c">${paid}${later('c.checked = true')}`,
  ),
  'with its popover': `<div popover id="d">${paid}</div><script>d.showPopover()</script>${later('d.hidePopover()')}`,
  'under a cover that comes': sheet(
    '#k { position: fixed; inset: 0; background: #fff; transform: translateX(120vw); transition: transform .5s } #k.on { transform: none }',
    `${paid}<div id="k"></div>${later("k.classList.add('on')")}`,
  ),
};

describe('a result', { timeout: 90_000 }, () => {
  for (const [how, body] of Object.entries(comes))
    test(`that comes into view is seen then: ${how}`, async (t) => {
      const screen = await screenOf(rig, t, body);
      const { outcome } = await shown(screen, (display) => display.outcome !== null);
      assert.equal(outcome, 'Paid £10.00');
    });
  for (const [how, body] of Object.entries(goes))
    test(`that leaves is gone then: ${how}`, async (t) => {
      const screen = await screenOf(rig, t, body);
      await shown(screen, ({ outcome }) => outcome === 'Paid £10.00');
      const { outcome } = await shown(screen, (display) => display.outcome === null);
      assert.equal(outcome, null);
    });
});
