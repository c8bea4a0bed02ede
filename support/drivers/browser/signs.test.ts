import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserRig, reader } from './testing/rig.ts';

const rig = browserRig();
const { readOf } = reader(rig, {
  outcome: '#outcome',
  prompt: '#prompt',
  notice: '#notice',
  dialogue: '[role=dialog]',
  symbols: [{ selector: '.tick', result: 'Captured', words: 'captured' }],
});
const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7';

describe('a result without words', { timeout: 60_000 }, () => {
  const drawn: Record<string, [body: string, depicted: string]> = {
    'a picture': [`<p id="outcome"><img alt="Approved" width="40" height="40" src="${dot}"></p>`, 'Approved'],
    'a drawing': [
      '<p id="outcome"><svg width="40" height="40"><title>Paid</title><circle r="20" cx="20" cy="20"/></svg></p>',
      'Paid',
    ],
    'a canvas': ['<canvas id="outcome" width="90" height="40"></canvas>', '<canvas>'],
    'a sprite': [
      `<div id="outcome" title="Done" style="width:40px;height:40px;background-image:url(${dot})"></div>`,
      'Done',
    ],
  };
  for (const [what, [body, depicted]] of Object.entries(drawn))
    test(`${what} is reported by its label`, async () => {
      const read = await readOf(body);
      assert.deepEqual([read.outcome, read.depicted], [null, depicted]);
    });
  test('one that nobody can see is not reported', async () => {
    const [body] = drawn['a picture']!;
    for (const style of ['opacity:.01', 'display:none', 'position:absolute;left:-999px'])
      assert.equal((await readOf(body.replace('<p', `<p style="${style}"`))).depicted, null, style);
  });
  test('beside words it says nothing', async () => {
    const [body] = drawn['a picture']!;
    const read = await readOf(body.replace('</p>', 'Paid</p>'));
    assert.deepEqual([read.outcome, read.depicted], ['Paid', null]);
  });
  test('a sign that the profile names states its result', async () => {
    const tick = '<p id="outcome"></p><svg class="tick" width="40" height="40"><path d="M0 0h40v40z"/></svg>';
    assert.equal((await readOf(tick)).outcome, 'captured');
    assert.equal((await readOf(tick.replace('class', 'style="opacity:.01" class'))).outcome, null);
    assert.equal((await readOf('<p id="outcome">Ready</p>')).outcome, 'Ready');
  });
  test('words of a style sheet are words', async () => {
    const paid = '<style>#outcome::before { content: "Paid" }</style><p id="outcome"></p>';
    assert.equal((await readOf(paid)).outcome, 'Paid');
    assert.equal(
      (await readOf(paid.replace('"Paid"', '"Not "').replace('></p>', '>paid</p>'))).outcome,
      'Not paid',
    );
    assert.equal(
      (
        await readOf(
          paid
            .replace('"Paid"', 'attr(data-words)')
            .replace('id="outcome"', 'id="outcome" data-words="Declined"'),
        )
      ).outcome,
      'Declined',
    );
  });
});
