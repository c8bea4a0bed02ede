import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claimOf, proven } from './proof.ts';
import { browserRig, reader } from './testing/rig.ts';

/** Further ways of hiding a result, and of showing one, than those of every day. */
const rig = browserRig();
const { readOf, tab } = reader(rig);

const paid = '<p id="outcome">Paid £10.00</p>';
const styled = (style: string, words = 'Paid £10.00'): string =>
  `<p id="outcome" style="${style}">${words}</p>`;
const within = (style: string, html = paid): string => `<div style="${style}">${html}</div>`;
const sheet = (css: string, html = paid): string => `<style>${css}</style>${html}`;
const beneath = (cover: string): string => `${paid}${cover}`;
const whole = 'position: fixed; inset: 0; width: 100%; height: 100%';
const white =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='white'/></svg>";

/** Its first three pixels are in view, at the lower edge of the window. */
const edge = (css: string): string =>
  sheet(
    `body, #outcome { margin: 0 } ${css}`,
    `<div style="height: calc(100vh - 3px)"></div>${styled('line-height: 20px')}`,
  );

const hidden: Record<string, string> = {
  'at the edge of a window that nobody can scroll': edge('html { overflow: hidden }'),
  'at the edge of the window, where it stays': styled('position: fixed; margin: 0; top: calc(100vh - 3px)'),
  'words of a style sheet in white': sheet(
    '#outcome::after { content: "Paid"; color: #fff }',
    '<p id="outcome"></p>',
  ),
  'words of a style sheet that are transparent': sheet(
    '#outcome::before { content: "Paid"; color: transparent }',
    '<p id="outcome"></p>',
  ),
  'words of a style sheet of no size': sheet(
    '#outcome::before { content: "Paid"; font-size: 0 }',
    '<p id="outcome"></p>',
  ),
  'words of a style sheet far off': sheet(
    '#outcome::before { content: "Paid"; position: absolute; left: -9999px }',
    '<p id="outcome"></p>',
  ),
  'another word of a style sheet in its place': sheet(
    '#outcome { font-size: 0 } #outcome::before { content: "Declined"; font-size: 20px }',
  ),
  'dots that stand for all of it': styled(
    'width: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap',
    'Paid',
  ),
  'dots that stand for all but a part of a word': styled(
    'width: 60px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap',
    'Captured',
  ),
  'white by a selection': sheet(
    '#outcome::selection { color: #fff; background: #fff }',
    `${paid}<script>getSelection().selectAllChildren(outcome)</script>`,
  ),
  'there for a fifth of a second in every two': sheet(
    '@keyframes b { 0% { visibility: visible } 10% { visibility: hidden } } main { animation: b 2s steps(1) infinite }',
    `<main>${paid}</main>`,
  ),
  'never there but for the end of each turn': sheet(
    '@keyframes b { from { opacity: 0 } to { opacity: 1 } } #outcome { animation: b 1s infinite alternate steps(1) }',
  ),
  'an animation that a page scrolls, and has not': sheet(
    '@keyframes k { from { opacity: 0 } } #outcome { animation: k linear; animation-timeline: scroll() }',
    `${paid}<div style="height: 3000px"></div>`,
  ),
  'behind a point of view that is nearer': within(
    'perspective: 200px',
    styled('transform: translateZ(400px)'),
  ),
  'by a filter of a drawing': `<svg width="0" height="0"><filter id="f"><feFlood flood-color="white"/></filter></svg>${styled('filter: url(#f)')}`,
  'nothing of it, by a mask that is an empty drawing': styled(
    `mask-image: url(&quot;${white.replace(/<rect.*\/>/, '')}&quot;)`,
  ),
  'for print only': sheet('@media screen { #outcome { display: none } }'),
  'in a closed dialogue': `<dialog>${paid}</dialog>`,
  'in a closed fold': `<details><summary>Result</summary>${paid}</details>`,
  'in a popover that is not shown': `<div popover>${paid}</div>`,
  'in a part that is hidden until it is searched for': `<div hidden="until-found">${paid}</div>`,
  'a template': `<template>${paid}</template>`,
  'a sheet drawn as SVG': beneath(
    `<svg style="${whole}"><rect width="100%" height="100%" fill="#fff"/></svg>`,
  ),
  'a sheet that is a picture': beneath(`<div style="${whole}; background: url(&quot;${white}&quot;)"></div>`),
  'a frame that is white': beneath(
    `<iframe style="${whole}; border: 0" srcdoc="<body style='background:#fff'>"></iframe>`,
  ),
  'a canvas that is filled': beneath(
    `<canvas id="c" style="${whole}"></canvas><script>const b = c.getContext('2d'); b.fillStyle = '#fff'; b.fillRect(0, 0, 999, 999)</script>`,
  ),
  'a border that covers': beneath(
    '<div style="position: fixed; left: -100px; top: -100px; border: 400px solid #fff"></div>',
  ),
  'a shadow that covers': beneath(
    '<div style="position: fixed; left: 0; top: 300px; width: 9px; height: 9px; box-shadow: 0 0 0 900px #fff"></div>',
  ),
  'an inner shadow that covers': beneath(`<div style="${whole}; box-shadow: inset 0 0 0 900px #fff"></div>`),
  'an outline that covers': beneath(
    '<div style="position: fixed; left: 0; top: 300px; width: 9px; height: 9px; outline: 900px solid #fff"></div>',
  ),
  'squeezed flat': styled('transform: scaleY(.02)'),
  'turned away in depth': styled('transform: perspective(100px) translateZ(-99999px)'),
  'its first line in white': sheet('#outcome::first-line { color: #fff }'),
  'its letters in white by a highlight': sheet(
    '::highlight(gone) { color: #fff; background: #fff }',
    `${paid}<script>const range = new Range(); range.selectNodeContents(outcome.firstChild); CSS.highlights.set('gone', new Highlight(range))</script>`,
  ),
  'a line that is cut off': styled('line-height: 0; height: 0; overflow: clip'),
  'a line too many': styled(
    'display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden; width: 200px',
    'Thank you for coming, see you again<br><br><br><span>Paid</span>',
  ).replace('Thank you for coming, see you again', ''),
  'an animation that stands still': sheet(
    '@keyframes come { from { opacity: 0 } to { opacity: 1 } } #outcome { animation: come 1s paused both }',
  ),
  'an animation that takes a day': sheet(
    '@keyframes come { from { opacity: 0 } to { opacity: 1 } } #outcome { animation: come 90000s linear both }',
  ),
  'the colour of its ground, whatever that is': sheet(
    ':root { --g: #356 } div { background: var(--g) } #outcome { color: color-mix(in srgb, var(--g), var(--g)) }',
    within(''),
  ),
  'a theme of the browser': sheet(':root { color-scheme: light } #outcome { color: light-dark(#fff, #000) }'),
  'gradient text of the colour of its ground': styled(
    'background: linear-gradient(#fff, #fff); -webkit-background-clip: text; color: transparent',
  ),
  'a filter that draws over it': `<svg width="0" height="0"><filter id="f"><feFlood flood-color="#fff" result="w"/><feComposite in="w" in2="SourceGraphic"/></filter></svg>${styled('filter: url(#f)')}`,
  'a mask that is a picture of nothing': styled(
    `mask-image: url(&quot;data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>&quot;)`,
  ),
  'a clip path of nothing': `<svg width="0" height="0"><clipPath id="n"></clipPath></svg>${styled('clip-path: url(#n)')}`,
  'letters in one place': styled(
    'position: relative; height: 30px',
    [...'Paid']
      .map((letter) => `<span style="position: absolute; left: 0; top: 0">${letter}</span>`)
      .join(''),
  ),
  'a backdrop that is turned white': `${styled('color: #444')}<div style="${whole}; backdrop-filter: brightness(99)"></div>`,
  'below a box that is locked': `<style>html, body { overflow: hidden; height: 100% }</style><div style="height: 2000px"></div>${paid}`,
  'in a column nobody can reach': within(
    'columns: 200px; height: 60px; width: 200px; overflow: hidden',
    `<p>One</p><p>Two</p><p>Three</p><p>Four</p>${paid}`,
  ),
  'a fixed header over it': `<header style="position: fixed; top: 0; left: 0; right: 0; height: 90px; background: #fff"></header>${paid}`,
  'a slide that is not the one shown': within(
    'width: 300px; overflow: hidden',
    `<div style="display: flex; width: 600px"><div style="width: 300px">Ready</div><div style="width: 300px">${paid}</div></div>`,
  ),
  'white letters drawn as SVG':
    '<svg width="300" height="60"><text id="outcome" x="5" y="40" fill="#fff" font-size="30">Paid</text></svg>',
  'SVG letters outside of the drawing':
    '<svg width="300" height="60"><text id="outcome" x="5" y="400" font-size="30">Paid</text></svg>',
  'an option of a list that is not chosen':
    '<select id="outcome"><option>Ready</option><option>Paid</option></select>',
  'a cover of letters': beneath(
    '<div style="position: fixed; left: -20px; top: -60px; font: 400px monospace; color: #fff; line-height: .5; letter-spacing: -.1em">████<br>████</div>',
  ),
};

const shown: Record<string, string> = {
  'at the edge of a window that can be scrolled': edge(''),
  'at the right edge of a window that can be scrolled': sheet(
    'body { margin: 0; white-space: nowrap; width: max-content } div { display: inline-block; width: calc(100vw - 3px) }',
    '<div></div><span id="outcome">Paid £10.00</span>',
  ),
  'a list that was not scrolled to it': within(
    'height: 100px; overflow: auto',
    `<div style="height: 500px"></div>${paid}`,
  ),
  'a shelf that was not scrolled to it': within(
    'width: 200px; overflow-x: auto',
    `<div style="display: flex; width: 900px"><div style="width: 400px">Ready</div>${paid}</div>`,
  ),
  'letters that come one by one': sheet(
    '#outcome span { display: inline-block }',
    '<p id="outcome"><span>P</span><span>a</span><span>i</span><span>d</span></p>',
  ),
  'a selection': `${paid}<script>getSelection().selectAllChildren(outcome)</script>`,
  'a highlight': sheet(
    '::highlight(found) { color: #000; background: yellow }',
    `${paid}<script>const range = new Range(); range.selectNodeContents(outcome); CSS.highlights.set('found', new Highlight(range))</script>`,
  ),
  'words of a style sheet': sheet('#outcome::before { content: "Paid" }', '<p id="outcome"></p>'),
  'the back of a card that was turned': sheet(
    '.card { position: relative; width: 300px; height: 80px; transform-style: preserve-3d; transform: rotateY(180deg) } .card > * { position: absolute; inset: 0; backface-visibility: hidden } .back { transform: rotateY(180deg) }',
    `<div class="card"><div>Ready</div><div class="back">${paid}</div></div>`,
  ),
  'lines over the whole screen': sheet(
    'body::after { content: ""; position: fixed; inset: 0; background: repeating-linear-gradient(transparent 0 2px, rgba(0,0,0,.25) 2px 4px) }',
  ),
  'an end that is cut off by dots': styled(
    'width: 90px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap',
    'Paid £10.00 by card 4242',
  ),
  'right to left': within('direction: rtl'),
  ruby: '<p id="outcome"><ruby>Paid<rt>ok</rt></ruby></p>',
  'in columns': within('columns: 2'),
  'what may be edited': '<p id="outcome" contenteditable>Paid</p>',
  'an output of a form': '<output id="outcome">Paid</output>',
  'a field of several lines': '<textarea id="outcome" readonly>Paid</textarea>',
  'the chosen option of a list':
    '<select id="outcome"><option>Ready</option><option selected>Paid</option></select>',
  'SVG letters':
    '<svg width="300" height="60"><text id="outcome" x="5" y="40" font-size="30">Paid</text></svg>',
  'white SVG letters on a dark drawing':
    '<svg width="300" height="60"><rect width="300" height="60" fill="#222"/><text id="outcome" x="5" y="40" fill="#fff" font-size="30">Paid</text></svg>',
  'HTML in a drawing':
    '<svg width="300" height="60"><foreignObject width="300" height="60"><p id="outcome">Paid</p></foreignObject></svg>',
  'a marquee': '<marquee id="outcome">Paid</marquee>',
  'the back of a card that is turned': within(
    'perspective: 600px',
    `<div style="transform-style: preserve-3d; transform: rotateY(180deg); height: 90px; position: relative"><div style="position: absolute; inset: 0; backface-visibility: hidden; background: #fff">Front</div><div style="position: absolute; inset: 0; backface-visibility: hidden; transform: rotateY(180deg)">${paid}</div></div>`,
  ),
  'the slide that is shown': within(
    'width: 300px; overflow: hidden',
    `<div style="display: flex; width: 600px; transform: translateX(-300px)"><div style="width: 300px">Ready</div><div style="width: 300px">${paid}</div></div>`,
  ),
  'scan lines over it': `<div style="position: relative">${paid}<div style="position: absolute; inset: 0; background: repeating-linear-gradient(rgb(0 0 0 / .2) 0 1px, transparent 1px 3px)"></div></div>`,
  'a picture over it that is nearly transparent': beneath(
    `<img alt="" style="${whole}; pointer-events: none" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>">`,
  ),
  'glass over it': `<div style="position: relative">${paid}<div style="position: absolute; inset: 0; background: linear-gradient(rgb(255 255 255 / .5), transparent)"></div></div>`,
  'a glow round it': styled(
    'box-shadow: 0 0 20px #0f0; text-shadow: 0 0 8px #fff; background: #053; color: #cfc',
  ),
  'blurred surroundings': within('backdrop-filter: blur(8px); background: rgb(255 255 255 / .4)'),
  'a mask that is a picture': styled(`mask-image: url(&quot;${white}&quot;)`),
  'a slanted edge': within('clip-path: polygon(0 0, 100% 0, 95% 100%, 5% 100%); background: #dfd'),
  'a tab that is open': `<div role="tabpanel" hidden><p>Ready</p></div><div role="tabpanel">${paid}</div>`,
  'an open fold': `<details open><summary>Result</summary>${paid}</details>`,
  'a part that cannot be used': `<div inert>${paid}</div>`,
  'what is drawn when it is needed': within('content-visibility: auto'),
  'one for screen readers besides':
    '<p id="outcome">Paid<span style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)">Payment approved</span></p>',
  'hidden from screen readers': '<p id="outcome" aria-hidden="true">Paid</p>',
  'a sticky foot': `<div style="height: 3000px"></div><footer style="position: sticky; bottom: 0; background: #fff">${paid}</footer>`,
  'a grid of tiles': within(
    'display: grid; grid-template-columns: repeat(3, 1fr); gap: 9px',
    `<p>1</p>${paid}<p>3</p>`,
  ),
  'a narrow window': styled('width: 40px; overflow-wrap: anywhere'),
  'an ellipsis after it': styled(
    'width: 120px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis',
    'Paid £10.00 by contactless card, thank you very much',
  ),
  'black on a photograph': within(`background: url(&quot;${white}&quot;) #000`, styled('color: #000')),
  'letters of several colours':
    '<p id="outcome"><b style="color:#c00">Pa</b><b style="color:#06c">id</b></p>',
  'thin large letters': styled('font: 100 90px sans-serif; color: #bbb'),
  'a drop shadow by a filter': styled('filter: drop-shadow(0 0 3px #000); color: #fff'),
  'sepia and saturation': within('filter: sepia(1) saturate(2) hue-rotate(30deg)'),
  'an overlay of a tint': beneath(
    `<div style="${whole}; background: #06c; mix-blend-mode: soft-light"></div>`,
  ),
  'light on a dark page with a multiplied tint': sheet(
    'body { background: #000; color: #fff }',
    beneath(`<div style="${whole}; background: #ccf; mix-blend-mode: multiply"></div>`),
  ),
  'a fade that has come to its end': sheet(
    '@keyframes come { from { opacity: 0 } to { opacity: 1 } } #outcome { animation: come 1ms both }',
  ),
  'there and gone in turn': sheet(
    '@keyframes b { 50% { opacity: 0 } } #outcome { animation: b .8s steps(1) infinite }',
  ),
  'gone for a moment in every two seconds': sheet(
    '@keyframes b { 90% { opacity: 0 } } #outcome { animation: b 2s steps(1) infinite }',
  ),
  'there for a second in every five': sheet(
    '@keyframes b { 20% { opacity: 0 } } #outcome { animation: b 5s steps(1) infinite }',
  ),
  'that comes and goes softly': sheet(
    '@keyframes b { from { opacity: 0 } to { opacity: 1 } } #outcome { animation: b .6s infinite alternate }',
  ),
  'a blinking cursor beside it': sheet(
    '@keyframes b { 50% { opacity: 0 } } i { animation: b 1s infinite steps(1) }',
    '<p id="outcome">Paid<i>|</i></p>',
  ),
  'in a slot of a named part':
    '<div id="host"><p slot="a" id="outcome">Paid</p></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<slot name=a></slot>"</script>',
  'large capitals by style': styled('text-transform: uppercase; font-variant: small-caps'),
  'a first letter that is dropped': sheet('#outcome::first-letter { font-size: 300%; float: left }'),
  'a list with a marker': '<ul><li id="outcome">Paid</li></ul>',
  'a caption of a picture':
    '<figure><div style="width:90px;height:90px;background:#090"></div><figcaption id="outcome">Paid</figcaption></figure>',
  'subtle on a card in a card': within(
    'background: #f4f4f4',
    within('background: #fff', styled('color: #aaa')),
  ),
};

/** What a reader makes out of a text for which its box has no room. */
const cut: Record<string, [html: string, read: string]> = {
  'a word of which dots stand for the most': [
    styled(
      'width: 100px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap',
      'Payment approved',
    ),
    'Payment …',
  ],
  'a word of which an edge hides the most': [
    styled('width: 90px; overflow: hidden; white-space: nowrap', 'Payment approved'),
    'Payment …',
  ],
  'an amount that dots make another': [
    styled('width: 78px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap', 'Paid £1,000.00'),
    'Paid …',
  ],
  'lines for which there is no room': [
    styled('width: 120px; line-height: 24px; height: 24px; overflow: hidden', 'Payment that was declined'),
    'Payment that …',
  ],
  'lines for which dots stand': [
    styled(
      'width: 120px; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1',
      'Payment that was declined',
    ),
    'Payment that …',
  ],
  'all but the last letter of a word': [
    styled('width: 122px; overflow: hidden; white-space: nowrap', 'Payment approved'),
    'Payment approved',
  ],
  'room for all of it': [
    styled(
      'width: 300px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap',
      'Payment approved',
    ),
    'Payment approved',
  ],
  'what can be scrolled to': [
    styled('width: 90px; overflow: auto; white-space: nowrap', 'Payment approved'),
    'Payment approved',
  ],
};

/** What is read of a page and proven by pictures of it. */
async function seenOn(body: string): Promise<{ outcome: string | null; why: string }> {
  const raw = await readOf(body);
  const { claim, doubtful } = claimOf(raw);
  const proof = claim === null ? 'unknown' : await proven(tab().mainFrame(), '#outcome', { doubtful });
  const outcome = (doubtful ? proof === 'seen' : proof !== 'unseen') ? claim : null;
  return { outcome, why: JSON.stringify({ outcome: raw.outcome, unseen: raw.unseen, proof }) };
}

describe('further ways of hiding and showing', { timeout: 90_000 }, () => {
  for (const [how, body] of Object.entries(hidden)) {
    test(`hidden: ${how}`, async () => {
      const { outcome, why } = await seenOn(body);
      assert.doesNotMatch(outcome ?? '', /P ?a ?i ?d/, why);
    });
  }
  for (const [how, body] of Object.entries(shown)) {
    test(`shown: ${how}`, async () => {
      const { outcome, why } = await seenOn(body);
      assert.match(outcome ?? '', /Paid/, why);
    });
  }
  for (const [how, [body, read]] of Object.entries(cut))
    test(`read as far as it can be: ${how}`, async () => {
      const { outcome, unseen } = await readOf(sheet('#outcome { font: 16px Arial, sans-serif }', body));
      assert.equal(outcome, read);
      assert.equal(unseen.length, read.endsWith('…') ? 1 : 0);
    });
});
