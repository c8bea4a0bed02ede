import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Action } from '../../record/vocabulary.ts';
import type { BrowserActions, BrowserStep } from '../settings.ts';
import { stepForm } from './forms.ts';
import { mistakeInActions } from './steps.ts';
import { browserRig, usualSelectors } from './testing/rig.ts';
import { BrowserTill } from './till.ts';

const rig = browserRig();

/** What the page says once an example has had its effect. */
const effects: Readonly<Record<string, string>> = {
  '{"goto":"/sale"}': 'at the sale',
  '{"reload":true}': 'loaded again',
  '{"click":"#charge"}': 'charge',
  '{"clickText":"Charge {amount}"}': 'charge 1050',
  '{"check":"#moto"}': 'ticked',
  '{"fill":"#amount","with":"{amount}"}': '[1050]',
  '{"type":"#amount","with":"{amount}"}': '[71] [710] [7105] [71050]',
  '{"digits":"#pad","with":"{amount}"}': '1 0 5 0',
  '{"digits":"#pin [data-key=\\"{key}\\"]","with":"0150"}': 'o i v o',
  '{"select":"#currency","with":"{currency}"}': 'GBP',
  '{"press":"F2 ArrowDown Enter"}': 'F2-ArrowDown-Enter',
  '{"press":"Enter","on":"#amount"}': 'entered',
  '{"scroll":"#journal"}': 'end of the journal',
  '{"click":"#cancel","answer":"OK"}': 'cancel true',
  '{"click":"#authorize","answer":"OK","with":"0150"}': 'PIN 0150',
  '{"click":"#pay","waitFor":"/receipt*"}': 'at the receipt',
  '{"click":"#start","see":"#started"}': 'started',
  '{"click":"#close","gone":"#dialog"}': 'closed',
  '{"click":"#slow","see":"#ready","within":60000}': 'ready',
  '{"when":"tip","fill":"#tip","with":"{tip}"}': '[200]',
  '{"unless":"cashback","click":"#no-cashback"}': 'no cashback',
  '{"ifSeen":"#dialog","click":"#close"}': 'closed',
  '{"ifMissing":"#settings","click":"#menu"}': 'menu',
  '{"inFrame":"#payment","click":"#charge"}': 'in the frame',
  '{"inWindow":"receipt","clickText":"No receipt"}': 'no receipt',
  '{"each":"amount","do":[{"press":"{key}"}]}': '1-0-5',
  '{"ifSeen":"#locked","steps":"signIn"}': '[a] [as]',
};

const page = `<!doctype html><p id="outcome"></p>
<script>
  const result = document.getElementById('outcome');
  const now = () => { result.textContent = sessionStorage.said; };
  function says(text) { sessionStorage.said += ' ' + text; now(); }
  function typed({ value }) { says('[' + value + ']'); }
  function soon(then) { setTimeout(then, 20); }
  sessionStorage.said ??= '';
  if (performance.getEntriesByType('navigation')[0].type === 'reload') says('loaded again');
  else sessionStorage.said += ' |';
  let keys = [];
  addEventListener('keydown', ({ key, target }) => {
    if (target === document.body && keys.push(key) === 3) says(keys.join('-'));
  });
</script>
<button id="charge" onclick="says('charge')">Charge now</button>
<button onclick="says('charge 1050')">Charge 1050</button><button onclick="says('wrong')">Charge 10500</button>
<label><input type="checkbox" id="moto" onchange="says('ticked')">Not present</label>
<input id="amount" value="7" oninput="typed(this)" onkeydown="if (event.key === 'Enter') says('entered')">
<div id="pad">${['1', '0', '5', '50'].map((key) => `<b onclick="says('${key}')">${key}</b> `).join('')}</div>
<div id="pin"><i data-key="0" onclick="says('o')">a</i> <i data-key="1" onclick="says('i')">b</i> <i data-key="5" onclick="says('v')">c</i></div>
<select id="currency" onchange="says(value)"><option>EUR<option>GBP</select>
<div id="journal" style="height: 40px; overflow: auto" onscroll="if (scrollTop > 100) { onscroll = null; says('end of the journal'); }">
  <p style="height: 900px">Journal</p></div>
<button id="cancel" onclick="says('cancel ' + confirm('Sure?'))">Cancel</button>
<button id="authorize" onclick="says('PIN ' + window.prompt('PIN', ''))">Authorize</button>
<button id="pay" onclick="soon(() => { location.href = '/receipt?id=1'; })">Pay</button>
<button id="start" onclick="soon(() => { started.hidden = false; says('started'); })">Start</button><p id="started" hidden>Started</p>
<div id="dialog">Dialog <button id="close" onclick="dialog.hidden = true; says('closed')">Close</button></div>
<button id="slow" onclick="soon(() => { ready.hidden = false; says('ready'); })">Slow</button><p id="ready" hidden>Ready</p>
<input id="tip" oninput="typed(this)">
<button id="no-cashback" onclick="says('no cashback')">None</button>
<button id="menu" onclick="says('menu')">Menu</button>
<input id="locked" oninput="typed(this)">`;

/** What only one example needs, and costs the browser most. */
const frame = `<iframe id="payment" srcdoc="<button id=charge onclick=&quot;parent.says('in the frame')&quot;>Pay</button>"></iframe>`;
const popup = `<script>open('/receipt?popup')</script>`;

/** What the examples do by a name. */
const named: BrowserActions = { signIn: [{ type: '#locked', with: 'as' }] };

const sale: Action = { name: 'sale', sale: { amount: 1050, tip: 200, currency: 'GBP' } };

suite('each step that the profile’s page shows has its effect', () => {
  test('no member of a step is without an example', () => {
    assert.deepEqual(
      Object.keys(stepForm.properties).filter(
        (member) => !stepForm.examples.some((example) => member in example),
      ),
      [],
    );
    assert.deepEqual(
      stepForm.examples.map((example) => JSON.stringify(example)),
      Object.keys(effects),
    );
  });
  test('one after another, each on a page that was opened anew', async (t) => {
    const examples = stepForm.examples as BrowserStep[];
    const elsewhere = (what: string, then = '') =>
      `<p id="outcome"></p>${then}<script>outcome.textContent = sessionStorage.said += ' at the ${what}'</script>`;
    const noReceipt = `<button onclick="opener.says('no receipt'); window.close()">No receipt</button>`;
    rig.serve('', '/');
    rig.serve(elsewhere('receipt'), '/receipt?id=1');
    rig.serve(noReceipt, '/receipt?popup');
    rig.serve(elsewhere('sale'), '/sale');
    const steps = examples.flatMap((example, index) => {
      const own = (example.inFrame ? frame : '') + (example.inWindow ? popup : '');
      rig.serve(page + own, `/examples?${index}`);
      return [{ goto: `/examples?${index}` }, example];
    });
    assert.equal(mistakeInActions({ sale: steps }, named), null);
    const till = new BrowserTill(
      rig.browser,
      rig.at('/'),
      { actions: { sale: steps }, steps: named, amounts: 'pence', display: usualSelectors },
      { name: 'A till', version: '1', apiVersion: '2026-02-27' },
    );
    t.after(() => till.close());
    await till.hello();
    assert.deepEqual(await till.act(sale), { answer: 'done' });
    const said = (await till.look()).outcome!.split('|').slice(1);
    assert.deepEqual(
      said.map((text) => text.trim()),
      Object.values(effects),
    );
  });
});
