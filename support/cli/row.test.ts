import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadChecklist } from '../checklist/index.ts';
import { called, command, temporaryFolder } from '../workshop/testing/command.ts';
import { main } from './row.ts';

const folder = temporaryFolder();

suite('npm run row', () => {
  test('runs just the row that it is given, and prints what each of its checks observed', async () => {
    const { code, stdout, stderr } = await command(['row', 'PAC-SALE-05', '--pos', 'headless'], {
      cwd: folder,
    }).ended;
    assert.equal(stderr, '');
    assert.equal(code, 0, stdout);
    assert.deepEqual(stdout.match(/[A-Z]+-[A-Z]+-\d+ \w+/g), ['PAC-SALE-05 passed']);
    const row = loadChecklist().rows.find(({ id }) => id === 'PAC-SALE-05')!;
    const ofApi = row.clauses.flatMap(({ checks }) => checks).filter(({ plane }) => plane !== 'display');
    for (const { id } of ofApi) assert.match(stdout, new RegExp(`✔ ${id} \\(`), id);
    assert.match(stdout, /^Report: file:/m);
  });
  const wrong: [what: string, args: string[], says: RegExp][] = [
    [
      'no row',
      [],
      /^Expected the id of a row, but there is none\. .*npm run row PAC-SALE-05 \(KIT-ROW-004\)\n$/,
    ],
    [
      'a row that is not there',
      ['PAC-NO-99'],
      /^Expected .* no checklist of the kit has a row "PAC-NO-99"\./,
    ],
    ['a word too many', ['PAC-SALE-05', 'PAC-SALE-06'], /too many arguments/],
    ['a POS that is not there', ['PAC-SALE-05', '--pos', 'abacus'], /headless, reference/],
  ];
  for (const [what, args, says] of wrong)
    test(`with ${what} it says so once, and ends with 2`, async () => {
      const { code, stdout, stderr } = await called(main, args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, says);
    });
});
