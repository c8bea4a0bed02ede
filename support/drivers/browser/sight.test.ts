import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BrowserDisplay } from '../settings.ts';
import { browserRig, reader } from './testing/rig.ts';

const selectors: BrowserDisplay = {
  outcome: '#outcome',
  prompt: '#prompt',
  notice: '#notice',
  dialogue: '[role=dialog]',
  ledger: { rows: '#journal tr', words: '.words', total: '.total' },
};
const rig = browserRig();
/** `till` is the usual surroundings of a result. */
const { readOf, script, tab } = reader(rig, selectors);
const styled = (style: string, words = 'Paid £10.00'): string =>
  `<h1>Till</h1><main style="min-height: 300px"><p id="outcome" style="${style}">${words}</p></main>`;
const covered = (style: string, more = ''): string =>
  `<style>${more}</style><h1>Till</h1><p id="outcome">Paid £10.00</p><div class="cover" style="${style}"></div>`;
const within = (style: string, more = ''): string =>
  `<h1>Till</h1><div style="${style}"><p id="outcome" style="${more}">Paid £10.00</p></div>`;
const sheet = (css: string, html = '<p id="outcome">Paid £10.00</p>'): string =>
  `<style>${css}</style><h1>Till</h1>${html}`;

const hidden: Record<string, string> = {
  'the colour of the page, beyond the edges of its body': sheet(
    'body { width: 300px; background: #14161c }',
    '<p id="outcome" style="margin-left: 500px; width: 200px; color: #14161c">Paid £10.00</p>',
  ),
  'opacity .01': styled('opacity: .01'),
  'opacity 0': styled('opacity: 0'),
  'opacity of several, each a little': within('opacity: .1', 'opacity: .1'),
  'white on white': styled('color: #fff'),
  'nearly white on white': styled('color: #f6f6f6'),
  'black on a black tile': within('background: #111', 'color: #000'),
  'the colour of a gradient': within('background: linear-gradient(#fff, #fefefe)', 'color: #fff'),
  'a transparent colour': styled('color: transparent'),
  'a transparent fill': styled('-webkit-text-fill-color: transparent'),
  'a colour that hardly covers': styled('color: rgb(0 0 0 / .03)'),
  'a modern colour': styled('color: oklch(1 0 0)'),
  'no font size': styled('font-size: 0'),
  'a font of 1 px': styled('font-size: 1px'),
  'a font of 4 px': styled('font-size: 4px'),
  'scaled away': styled('transform: scale(0)'),
  'scaled to nearly nothing': styled('transform: scale(.05)'),
  'the property scale': styled('scale: .02'),
  'turned edgewise': styled('transform: rotateY(90deg)'),
  'turned to its back': styled('transform: rotateY(180deg); backface-visibility: hidden'),
  zoom: styled('zoom: .05'),
  'no height': styled('height: 0; overflow: hidden; margin: 0'),
  'no width': styled('width: 0; overflow: hidden; white-space: nowrap'),
  'one pixel, as for screen readers': styled('position: absolute; width: 1px; height: 1px; overflow: hidden'),
  clip: styled('position: absolute; clip: rect(0, 0, 0, 0)'),
  'clip-path inset': styled('clip-path: inset(50%)'),
  'clip-path circle': styled('clip-path: circle(0)'),
  'clip-path polygon': styled('clip-path: polygon(0 0, 0 0, 0 0)'),
  'left -9999px': styled('position: absolute; left: -9999px'),
  'above the page': styled('position: fixed; top: -200px'),
  'fixed below the window': styled('position: fixed; top: 2000px'),
  'moved away': styled('transform: translateX(-3000px)'),
  'text-indent': styled('text-indent: -9999px'),
  'text-indent in a clipped box': styled('text-indent: 200%; white-space: nowrap; overflow: hidden'),
  'out of a box that cuts off': within(
    'height: 60px; overflow: hidden; position: relative',
    'position: absolute; top: 90px',
  ),
  'a white sheet over the whole till': covered('position: fixed; inset: 0; background: #fff'),
  'a sheet that lets clicks through': covered(
    'position: fixed; inset: 0; background: #fff; pointer-events: none',
  ),
  'a sheet that is nearly opaque': covered('position: fixed; inset: 0; background: rgb(255 255 255 / .97)'),
  'a sheet with a gradient': covered('position: fixed; inset: 0; background: linear-gradient(#eee, #ddd)'),
  'a picture laid over it': `<p id="outcome">Paid</p><img alt="" style="position: fixed; inset: 0; width: 100%; height: 100%" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7">`,
  'its own ::after': sheet(
    '#outcome { position: relative } #outcome::after { content: ""; position: absolute; inset: 0; background: #fff }',
  ),
  "the body's ::before": sheet(
    'body::before { content: ""; position: fixed; inset: 0; background: #fff; z-index: 9 }',
  ),
  "a neighbour's ::after": sheet(
    '.cover::after { content: ""; position: fixed; inset: 0; background: #fff }',
    '<p id="outcome">Paid</p><div class="cover"></div>',
  ),
  'its own child': styled(
    'position: relative',
    'Paid<i style="position: absolute; inset: 0; background: #fff"></i>',
  ),
  'behind what is around it': within(
    'background: #fff; position: relative; z-index: 0',
    'position: relative; z-index: -1',
  )
    .replace('<p', '<section style="background:#fff"><p')
    .replace('</p>', '</p></section>'),
  'filter opacity': styled('filter: opacity(1%)'),
  'filter brightness': within('background: #fff', 'color: #333; filter: brightness(50)'),
  'filter contrast': within('background: #808080; filter: contrast(0)'),
  'filter blur': styled('filter: blur(30px)'),
  'backdrop blur': covered('position: fixed; inset: 0; backdrop-filter: blur(40px)'),
  'mask of nothing': styled('mask-image: linear-gradient(transparent, transparent)'),
  'mask of no size': styled(
    'mask-image: linear-gradient(#000, #000); mask-size: 0 0; mask-repeat: no-repeat',
  ),
  'blend screen': styled('mix-blend-mode: screen'),
  'blend lighten': styled('mix-blend-mode: lighten'),
  'blend multiply': styled('color: #fff; mix-blend-mode: multiply'),
  'letters on top of each other': styled('letter-spacing: -.6em'),
  dots: styled('-webkit-text-security: disc'),
  'visibility hidden': styled('visibility: hidden'),
  'display none': styled('display: none'),
  'content-visibility hidden': within('content-visibility: hidden'),
  'a span within it': styled('', '<span style="opacity: .01">Paid</span>'),
  'a field of the colour of its ground': `<input id="outcome" readonly value="Paid" style="color: #fff; background: #fff; border: 0">`,
  'in a shadow root':
    '<div id="host"></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<p id=outcome style=opacity:.01>Paid</p>"</script>',
  'a cover in a shadow root':
    '<p id="outcome">Paid</p><div id="host"></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<div style=\'position:fixed;inset:0;background:#fff;pointer-events:none\'></div>"</script>',
};

const dark = 'background: #111; color: #eee; padding: 20px';
const photo =
  "background: url('data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>') #333; color: #fff; padding: 9px";
const shown: Record<string, string> = {
  'light on a dark page, beyond the edges of its body': sheet(
    'body { width: 300px; background: #14161c }',
    '<p id="outcome" style="margin-left: 500px; width: 200px; color: #e8e6e1">Paid £10.00</p>',
  ),
  plain: styled(''),
  'grey on white': styled('color: #999'),
  'light grey on white': styled('color: #ccc'),
  'a small print': styled('font-size: 8px'),
  'a toast that lets clicks through': styled(
    'position: fixed; bottom: 20px; left: 20px; background: #222; color: #fff; pointer-events: none',
  ),
  'gradient text': styled(
    'background: linear-gradient(90deg, #06c, #0a5); background-clip: text; -webkit-background-clip: text; color: transparent',
  ),
  'gradient text of a parent': within(
    'background: linear-gradient(90deg, #06c, #0a5); -webkit-background-clip: text; -webkit-text-fill-color: transparent',
  ),
  'tinted text': styled('color: rgb(0 100 0 / .5)'),
  'over a picture': within(photo),
  'over a picture as an element':
    '<div style="position: relative"><img alt="" style="width: 300px; height: 80px" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7"><p id="outcome" style="position: absolute; top: 5px; left: 5px; color: #fff">Paid</p></div>',
  'over a gradient': within('background: linear-gradient(#024, #048)', 'color: #fff'),
  'a dark theme': within(dark),
  'a dark colour scheme': sheet(':root { color-scheme: dark }'),
  'high contrast': within('background: #000; color: #ff0'),
  'turned by a quarter': styled(
    'transform: rotate(90deg); transform-origin: left; width: 200px; margin: 100px',
  ),
  'upside down, for the customer': styled('transform: rotate(180deg)'),
  'at a slant': styled('transform: rotate(-30deg); margin: 120px; width: 150px'),
  'vertical writing': styled('writing-mode: vertical-rl'),
  'scaled up': styled('transform: scale(3); transform-origin: 0 0'),
  'scaled down by half': styled('transform: scale(.5)'),
  'zoomed out': styled('zoom: .6'),
  'an outline only': styled('color: transparent; -webkit-text-stroke: 1px #000; font-size: 40px'),
  'a shadow only': styled('color: transparent; text-shadow: 0 0 2px #000'),
  'white with a shadow': styled('color: #fff; text-shadow: 0 0 3px #000, 0 0 1px #000'),
  'below the fold': `<div style="height: 3000px"></div>${styled('')}`,
  'down a list that scrolls': within('height: 90px; overflow: auto', 'margin-top: 600px'),
  'beside in a list that scrolls': within(
    'width: 200px; overflow-x: auto; white-space: nowrap',
    'margin-left: 900px; width: 300px',
  ),
  'under a sticky header': sheet(
    'header { position: sticky; top: 0; background: #fff; height: 40px }',
    `<header>Shop</header><div style="height: 900px"></div><p id="outcome">Paid</p>`,
  ),
  'dimmed behind a modal': covered('position: fixed; inset: 0; background: rgb(0 0 0 / .5)'),
  'dimmed by a light veil': covered('position: fixed; inset: 0; background: rgb(255 255 255 / .6)'),
  'under confetti on a canvas':
    '<p id="outcome">Paid</p><canvas style="position: fixed; inset: 0; pointer-events: none"></canvas>',
  'under a transparent sheet': covered('position: fixed; inset: 0'),
  'half under a banner': covered(
    'position: absolute; left: 0; top: 0; width: 40px; height: 200px; background: #fff',
  ),
  'in a dialog of the browser':
    '<dialog id="d"><p id="outcome">Paid</p></dialog><script>d.showModal()</script>',
  'in a popover': '<div popover id="d"><p id="outcome">Paid</p></div><script>d.showPopover()</script>',
  'in a shadow root':
    '<div id="host"></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<p id=outcome>Paid</p>"</script>',
  'in a slot':
    '<div id="host"><p id="outcome">Paid</p></div><script>host.attachShadow({ mode: "open" }).innerHTML = "<section style=\'background:#eee\'><slot></slot></section>"</script>',
  'without a box of its own':
    '<div style="background: #eee"><p id="outcome" style="display: contents">Paid</p></div>',
  'letter by letter': styled('', [...'Paid'].map((letter) => `<span>${letter}</span>`).join('')),
  'letter by letter, as texts of one element':
    '<p id="outcome"></p><script>outcome.append(..."Paid")</script>',
  'a sum of several texts, as libraries of views write it':
    '<p id="outcome">Paid </p><script>outcome.append("£", "9", ".", "5")</script>',
  'letters far apart': styled('letter-spacing: .8em'),
  'tight letters': styled('letter-spacing: -.05em'),
  'a field that cannot be written in': '<input id="outcome" readonly value="Paid">',
  'a field with a ground of its own':
    '<input id="outcome" disabled value="Paid" style="background: #222; color: #fff">',
  'on a card with a glow': sheet(
    '#outcome { position: relative; padding: 20px } #outcome::before { content: ""; position: absolute; inset: 0; background: #cfc; z-index: -1 }',
  ),
  'on a badge with a stripe': sheet(
    '#outcome { position: relative } #outcome::after { content: ""; position: absolute; left: 0; bottom: -4px; width: 100%; height: 3px; background: #0a0 }',
  ),
  'with a sign before it': sheet('#outcome::before { content: "✓ "; color: green }'),
  'with a filter for the night': within('filter: brightness(.6) contrast(1.2)'),
  'inverted colours': within('filter: invert(1)', 'background: #fff; color: #000'),
  'blend difference': within('background: #000', 'color: #fff; mix-blend-mode: difference'),
  'multiplied on a tint': within('background: #ffc', 'mix-blend-mode: multiply'),
  'a mask that fades at the end': styled('mask-image: linear-gradient(#000 80%, transparent)'),
  'a rounded clip': within('clip-path: inset(0 round 12px); background: #efe'),
  'a box with hidden overflow around it': within('overflow: hidden; border-radius: 8px; padding: 9px'),
  'out of a box that does not hold it': within(
    'height: 0; overflow: hidden',
    'position: absolute; top: 90px',
  ),
  'one letter': styled('', 'I'),
  'a cover that is not displayed': covered('position: fixed; inset: 0; background: #fff; display: none'),
  'a cover that is transparent as a whole': covered(
    'position: fixed; inset: 0; background: #fff; opacity: 0; pointer-events: none',
  ),
  'a cover elsewhere': covered(
    'position: fixed; left: 600px; top: 0; width: 300px; height: 300px; background: #fff',
  ),
  'pulsing for ever': sheet(
    '@keyframes pulse { 50% { opacity: 0 } } #outcome { animation: pulse 1s infinite alternate steps(1) }',
  ),
  'running text': sheet(
    '@keyframes run { from { transform: translateX(-1500px) } to { transform: translateX(1500px) } } #outcome { animation: run 90s linear infinite; white-space: nowrap }',
  ),
  'red on green': within('background: #0a0', 'color: #e00'),
  'text in colours of today': styled('color: oklch(.5 .2 140)'),
  'a small part is a hint that is hidden': styled(
    '',
    'Paid £10.00<span style="position: absolute; left: -9999px">, thank you</span>',
  ),
};

describe('what can be made out on a page', { timeout: 60_000 }, () => {
  for (const [how, body] of Object.entries(hidden)) {
    test(`hidden: ${how}`, async () => {
      const { outcome } = await readOf(body);
      assert.equal(outcome, null);
    });
  }
  for (const [how, body] of Object.entries(shown)) {
    test(`shown: ${how}`, async () => {
      const { outcome, unseen } = await readOf(body);
      assert.match(outcome?.replaceAll(' ', '') ?? '', /^(✓)?(Paid|I)/, JSON.stringify(unseen));
    });
  }

  test('a prompt, a notice, a dialogue and a journal that nobody can make out are left out, and are reported', async () => {
    const { prompt, notice, dialogues, ledger, unseen } = await readOf(`
      <p id="prompt" style="opacity: .01">Enter PIN</p>
      <p id="notice" style="font-size: 1px">Check the API key</p>
      <div role="dialog" style="position: fixed; left: -900px">Signature? <button>Yes</button></div>
      <table id="journal" style="display: none"><tr><td class="words">Paid</td><td class="total">£10.00</td></tr></table>`);
    assert.deepEqual(
      { prompt, notice, dialogues, ledger },
      { prompt: null, notice: null, dialogues: [], ledger: [] },
    );
    assert.deepEqual(
      [...new Set(unseen.map(({ part, reason }) => `${part}: ${reason}`))],
      [
        'prompt: its opacity is 0.01',
        'notice: it is 1 px high',
        'dialogue: it lies where nobody can see it',
        'journal: it is not displayed',
      ],
    );
    assert.equal(unseen[0]?.text, 'Enter PIN');
  });

  test('each entry of a journal that can be scrolled counts', async () => {
    const row = '<tr><td class="words">Paid</td><td class="total">£10.00</td></tr>';
    const { ledger } = await readOf(
      `<div style="height: 120px; overflow: auto"><table id="journal">${row.repeat(60)}</table></div>`,
    );
    assert.equal(ledger.length, 60);
  });

  test('to look changes nothing that the page could notice', async () => {
    await tab().setContent(
      `<body>${covered('position: fixed; inset: 0; background: #fff; pointer-events: none')}`,
    );
    const noticed = await tab().evaluate(
      `(async () => {
        let noticed = 0;
        const watch = new MutationObserver((all) => { noticed += all.length; });
        watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        for (const event of ['scroll', 'focusin', 'pointerover', 'transitionrun', 'selectionchange'])
          document.addEventListener(event, () => { noticed += 1; }, true);
        ${script};
        await new Promise((done) => setTimeout(done, 50));
        return noticed + document.adoptedStyleSheets.length;
      })()`,
    );
    assert.equal(noticed, 0);
  });
});

test('a result that can be made out, and hardly be read, is reported with its contrast', async () => {
  for (const [body, contrast] of [
    [styled('color: #000'), null],
    [styled('color: #767676'), null],
    [styled('color: #aaa'), 2.32],
    [styled('color: #ddd'), 1.36],
    [within('background: #111', 'color: #444'), 1.94],
  ] as const) {
    const { outcome, faint } = await readOf(body);
    assert.equal(outcome, 'Paid £10.00');
    assert.equal(faint && Math.round(100 * faint) / 100, contrast, body);
  }
});
