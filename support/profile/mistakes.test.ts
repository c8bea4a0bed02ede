import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { driverKinds } from '../drivers/index.ts';
import { UsageError } from '../record/usage-error.ts';
import { loadProfile } from './index.ts';
import { browser, folder, head, headless, loaded, program, screen } from './testing/loaded.ts';

suite('a profile that cannot be used names the file, the line and the fix', () => {
  const mistakes: [what: string, lines: string[], line: number, says: RegExp][] = [
    ['no YAML', ['name: [', ...headless], 2, /expected YAML/],
    ['a tab for an indent', ['name: x', 'driver:', '\tkind: headless'], 3, /expected YAML/],
    ['an empty file', [''], 1, /the profile/],
    ['a list', ['- name'], 1, /the profile/],
    ['no name', [...head.slice(1), ...headless], 1, /to have `name`, which is missing\. Add it\./],
    ['no driver', head, 1, /to have `driver`/],
    ['a name that is empty', ['name: ""', ...head.slice(1), ...headless], 1, /`name`/],
    ['a version that is a number', [head[0]!, 'version: 1.2', head[2]!, ...headless], 2, /`version`.*string/],
    [
      'a date without quotes that is no date',
      [...head.slice(0, 2), 'apiVersion: 27.2.2026', ...headless],
      3,
      /look like 2026-02-27/,
    ],
    [
      'a member that is misspelt',
      [...head, ...headless, 'capabilites: []'],
      6,
      /found `capabilites`.*spelling.*Known are name, version, apiVersion, language, capabilities/,
    ],
    [
      'a capability that is unknown',
      [...head, ...headless, 'capabilities:', '  - cashbak'],
      7,
      /one of .*cashback/,
    ],
    [
      'an answer that is none',
      [...head, ...headless, 'declared:', '  credentialsEnteredBy: nobody'],
      7,
      /maker, installer, merchant/,
    ],
    [
      'a driver that is unknown',
      [...head, 'driver:', '  kind: telepathy'],
      5,
      new RegExp(
        driverKinds()
          .map(({ name }) => `"${name}"`)
          .slice(0, -1)
          .join(', '),
      ),
    ],
    ['a driver without a kind', [...head, 'driver:', '  url: x'], 5, /kind/],
    [
      'a browser without a page',
      [...head, 'driver:', '  kind: browser'],
      5,
      /to have `(url|actions|display)`/,
    ],
    [
      'a program without a name',
      [...head, 'driver:', '  kind: command', '  command: []'],
      6,
      /`driver\.command`/,
    ],
    [
      'a page without selectors',
      [...head, ...program, '  see: { page: "http://x/" }'],
      7,
      /`display` besides `page`/,
    ],
    ['selectors without a page', [...head, ...program, ...screen], 8, /`page` besides `display`/],
    ['a way to see that is none', [...head, ...program, '  see: {}'], 7, /`driver\.see`/],
    [
      'a page that is a file',
      [...head, ...program, ...screen, '    page: screen.html'],
      9,
      /look like http:\/\/127\.0\.0\.1:\{port\}\//,
    ],
    [
      'a selector that is missing',
      [...head, ...program, '  see: { page: "http://x/", display: { outcome: x } }'],
      7,
      /`driver\.see\.display` to have `prompt`/,
    ],
    [
      'one page for several tills',
      [...head, ...program, '  instances: 2', ...screen, '    page: http://x/'],
      10,
      /`driver\.see\.page` is one for all\. Write `\{port\}`/,
    ],
    ['an action that is unknown', [...head, ...browser, '    sell: [{ click: x }]'], 11, /found `sell`/],
    [
      'a step that is unknown',
      [...head, ...browser, '    retry:', '      - { clik: x }'],
      12,
      /found `clik`.*Known are goto, reload, click, clickText/,
    ],
    ['an action without a step', [...head, ...browser, '    retry: []'], 11, /`driver\.actions\.retry`/],
    [
      'a result that is unknown',
      [...head, ...headless, 'vocabulary:', '  results:', '    Paid: [paid]'],
      8,
      /found `Paid`.*Known are Captured, Authorized, Declined/,
    ],
    [
      'a list without a phrase',
      [...head, ...headless, 'vocabulary:', '  accept: []'],
      7,
      /`vocabulary\.accept`/,
    ],
    [
      'a phrase for two results',
      [...head, ...headless, 'vocabulary:', '  results:', '    Authorized: [Paid]'],
      8,
      /"paid" stands for several/,
    ],
    [
      'a phrase that says the contrary',
      [...head, ...headless, 'vocabulary:', '  results:', '    Captured: [Card declined]'],
      8,
      /"Card declined" says Declined.*contrary/,
    ],
    [
      'a phrase that says paid of what is not known',
      [...head, ...headless, 'vocabulary:', '  results:', '    Captured: [x]', '    Unconfirmed: [Paid]'],
      9,
      /"Paid" says Captured/,
    ],
    ['a language that is none', [...head, ...headless, 'language: English (UK)'], 6, /look like en-GB or de/],
    [
      'a selector with an asterisk',
      [...head, ...headless, 'x: *.paid'],
      6,
      /alias.*Write "\*\.paid" in quotes/,
    ],
    [
      'an alias within what has an anchor',
      [...head, ...headless, 'x: &a [y]', 'z: &b [*a]'],
      7,
      /no alias within/,
    ],
    ['an alias of itself', [...head, ...headless, 'x: &a [*a]'], 6, /no alias within/],
    ['a merge key', ['x: &a { name: y }', '<<: *a', ...head, ...headless], 2, /merge key `<<`/],
    ['a tag', [...head, ...headless, 'x: !paid y'], 6, /tag/],
    ['a key that stands there twice', [...head, 'name: y', ...headless], 4, /second time.*Remove one/],
    [
      'an action that stands there twice',
      [...head, ...browser, '    sale: [{ click: x }]'],
      11,
      /second time.*Remove one/,
    ],
    [
      'a selector that begins with a hash',
      [...head, ...browser, '    retry: [ { click: #again } ]'],
      11,
      /"#again" in quotes/,
    ],
    [
      'a selector that begins with a hash, on a line of its own',
      [...head, ...browser, '    retry:', '      - click: #again'],
      12,
      /Write it in quotes: "#again"/,
    ],
    [
      'a parameter without quotes',
      [...head, ...browser, '    retry:', '      - fill: x', '        with: {amount}'],
      13,
      /Write it in quotes: "\{amount\}"/,
    ],
    [
      'a parameter that there is not',
      [...head, ...browser, '    capture:', '      - { fill: x, with: "{amont}" }'],
      12,
      /found `\{amont\}`. Choose one of amount\./,
    ],
    [
      'a parameter of an action that has none',
      [...head, ...browser, '    retry: [{ click: "{amount}" }]'],
      11,
      /`retry` has no parameters/,
    ],
    [
      'a condition that there is not',
      [...head, ...browser, '    capture:', '      - { when: cashbak, click: x }'],
      12,
      /says `cashbak`/,
    ],
    [
      'a list without its steps',
      [...head, ...browser, '    retry:', '      - { each: lines, do: [{ click: x }] }'],
      12,
      /says `lines`. Put it into `sale`/,
    ],
    [
      'each without its steps',
      [...head, ...browser, '    capture: [{ each: amount }]'],
      11,
      /`do` beside `each`/,
    ],
    [
      'a step that is a group as well',
      [...head, ...browser, '    capture: [{ when: amount, click: y, do: [{ click: x }] }]'],
      11,
      /found `click`. Make it a step within `do`/,
    ],
    [
      'each of what is no list, and not typed',
      [...head, ...browser, '    retry: [{ each: amount, do: [{ click: x }] }]'],
      11,
      /`retry` has nothing of that kind/,
    ],
    [
      'each character of what there is not',
      [...head, ...browser, '    capture: [{ each: tip, do: [{ click: "{key}" }] }]'],
      11,
      /says `tip`. Choose one of amount\./,
    ],
    [
      'a character of nothing',
      [...head, ...browser, '    capture: [{ click: "{key}" }]'],
      11,
      /found `\{key\}`/,
    ],
    [
      'a journal that is gone to and not read',
      [...head, ...browser, '    journal: [{ click: x }]'],
      11,
      /`driver.display.ledger`, which says where its entries stand/,
    ],
    [
      'a journal that is left and not gone to',
      [...head, ...browser, '    leaveJournal: [{ click: x }]'],
      11,
      /`journal` besides `leaveJournal`/,
    ],
    [
      'two controls in a step',
      [...head, ...browser, '    retry: [{ click: x, check: y }]'],
      11,
      /found click and check/,
    ],
    [
      'steps that there are not',
      [...head, ...browser, '    retry: [{ steps: signIn }]'],
      11,
      /there is no `signIn`. Add it there, beside `actions`/,
    ],
    [
      'steps by a name that is misspelt',
      [...head, ...browser, '    retry: [{ steps: signin }]', '  steps:', '    signIn: [{ click: x }]'],
      11,
      /there is no `signin`. Choose one of signIn/,
    ],
    [
      'steps that nobody does',
      [...head, ...browser, '  steps:', '    signIn: [{ click: x }]'],
      12,
      /but none does. Write `steps: signIn`/,
    ],
    [
      'steps that do themselves',
      [...head, ...browser, '    retry: [{ steps: a }]', '  steps:', '    a: [{ do: [{ steps: a }] }]'],
      13,
      /`a` does itself again/,
    ],
    [
      'steps with a parameter that one of their actions lacks',
      [...head, ...browser, '    retry: [{ steps: a }]', '  steps:', '    a: [{ click: "{amount}" }]'],
      13,
      /`retry` has no parameters/,
    ],
    [
      'steps by a name, and something besides',
      [...head, ...browser, '    retry: [{ steps: a, click: x }]', '  steps:', '    a: [{ click: x }]'],
      11,
      /found `click`. Make a step of each/,
    ],
    [
      'a step that does nothing',
      [...head, ...browser, '    capture: [{ when: amount, inFrame: x }]'],
      11,
      /it says only when, inFrame. Add what it does/,
    ],
    ['a key that there is not', [...head, ...browser, '    retry: [{ press: Entr }]'], 11, /no key `Entr`/],
    [
      'keys for nothing',
      [...head, ...browser, '    retry: [{ on: x, click: y }]'],
      11,
      /`press` beside `on`/,
    ],
    [
      'an answer that a box does not offer',
      [...head, ...browser, '    retry: [{ answer: Yes }]'],
      11,
      /one of OK, Cancel/,
    ],
    [
      'an address that is none',
      [...head, ...browser, '    retry: [{ waitFor: "http://" }]'],
      11,
      /a path of the till/,
    ],
    ['digits of nothing', [...head, ...browser, '    retry: [{ digits: x }]'], 11, /expected `with`/],
    ['no time at all', [...head, ...browser, '    retry: [{ see: x, within: 0 }]'], 11, /to be > 0/],
    ['nothing to enter', [...head, ...browser, '    retry: [{ fill: x }]'], 11, /expected `with`/],
    [
      'a bracket without an end',
      [...head, ...browser, '    retry: [{ click: "a[b" }]'],
      11,
      /`\[` has no end/,
    ],
    [
      'a display selector of a kind that there is not',
      [
        ...head,
        ...program,
        ...screen.slice(0, 1),
        '    page: http://x/',
        '    display: { outcome: "words=Paid", prompt: p, notice: n, dialogue: d }',
      ],
      9,
      /`words=` is not a kind of selector/,
    ],
    [
      'an address without http',
      [...head, ...browser.map((line) => line.replace(/(\burl: ).*/, '$1till:80'))],
      6,
      /`driver.url`/,
    ],
  ];
  for (const [what, lines, line, says] of mistakes)
    test(what, () => {
      assert.throws(
        () => loaded(...lines),
        (error) => {
          assert.ok(error instanceof UsageError, String(error));
          assert.ok(error.message.includes('till.yaml'), error.message);
          assert.match(error.message, new RegExp(`till\\.yaml:${line}:`));
          assert.match(error.message, says);
          assert.match(error.message, /expected/i);
          assert.match(error.message, /\. \(KIT-PROFILE-\d+\)$/);
          assert.equal(error.message.split('\n').length, 1, 'it is one line');
          return true;
        },
      );
    });
  const coded: [what: string, bytes: Buffer, line: number, says: RegExp][] = [
    ['UTF-16', Buffer.from(`\ufeff${[...head, ...headless].join('\n')}`, 'utf16le'), 1, /UTF-16.*UTF-8/],
    ['UTF-16 without its mark', Buffer.from([...head, ...headless].join('\n'), 'utf16le'), 1, /UTF-16/],
    ['Latin-1', Buffer.from(['# x', 'name: Caf\u00e9'].join('\n'), 'latin1'), 2, /Latin-1.*UTF-8/],
  ];
  for (const [what, bytes, line, says] of coded)
    test(`a file in ${what}`, () => {
      const file = join(folder, 'coded.yaml');
      writeFileSync(file, bytes);
      assert.throws(
        () => loadProfile(file),
        (error) =>
          error instanceof UsageError &&
          error.message.includes(`coded.yaml:${line}:`) &&
          says.test(error.message),
      );
    });
  test('a file that is not there, or a folder', () => {
    assert.throws(
      () => loadProfile(join(folder, 'none.yaml')),
      (error) =>
        error instanceof UsageError &&
        /none\.yaml.*ENOENT.*fixtures\/pay-at-counter\/profiles/.test(error.message),
    );
    assert.throws(
      () => loadProfile(folder),
      (error) => error instanceof UsageError && /EISDIR/.test(error.message),
    );
  });
});
