import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { visible, visibleLines, visibleOnPage } from './visible.ts';

for (const [said, shown] of [
  ['Odd\n::error title=Forged::by the API', String.raw`Odd\n::error title=Forged::by the API`],
  ['::add-mask::passed', String.raw`\u003a:add-mask::passed`],
  ['  ::stop-commands::x', String.raw`  \u003a:stop-commands::x`],
  ['done ##[error]forged', String.raw`done \u0023#[error]forged`],
  ['##vso[task.complete]', String.raw`\u0023#vso[task.complete]`],
  ['\u001b[2J\u001b]0;title\u0007', String.raw`\u001b[2J\u001b]0;title\u0007`],
  ['\u009b2J\u007f', String.raw`\u009b2J\u007f`],
  ['a\r\nb\tc', String.raw`a\r\nb\tc`],
  ['£12.00\u202e00.21', String.raw`£12.00\u202e00.21`],
  ['\u2066a\u2069\u200e\u061c', String.raw`\u2066a\u2069\u200e\u061c`],
  ['Pa\u200bid\u00ad\ufeff\u2060\u180e', String.raw`Pa\u200bid\u00ad\ufeff\u2060\u180e`],
  ['a\u2028b\u2029c', String.raw`a\u2028b\u2029c`],
  ['\ud800\uffff\ufffe', String.raw`\ud800\uffff\ufffe`],
  ['tag \u{e0041}', String.raw`tag \u{e0041}`],
  ['Paid\ufe0f ⚠️ ✅', String.raw`Paid\ufe0f ⚠️ ✅`],
  [
    '£10, 10,00\u00a0€, Zażółć, 支払い, شكرا, C:\\tills',
    '£10, 10,00\u00a0€, Zażółć, 支払い, شكرا, C:\\tills',
  ],
] as const) {
  test(`${JSON.stringify(said)} is shown as ${shown}`, () => {
    assert.equal(visible(said), shown);
    assert.equal(visible(shown), shown);
  });
}

test('several lines stay lines, and none of them is a command', () => {
  assert.equal(visibleLines('a\tb\r\n::error::x\n\rc\u001b'), 'a\tb\r\n\\u003a:error::x\n\\rc\\u001b');
  assert.equal(visibleOnPage('::before\n\u202e'), '::before\n\\u202e');
});

test('whatever is said, nothing of it acts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (said) => {
      assert.doesNotMatch(visible(said), /[\p{Cc}\p{Cs}\p{Bidi_Control}]|^\s*::|##[a-z]*\[/iu);
      assert.doesNotMatch(visibleLines(said), /(?![\r\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}]|^\s*::/mu);
    }),
  );
});
