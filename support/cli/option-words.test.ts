import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { UsageError } from '../record/usage-error.ts';
import { optionWords } from './option-words.ts';

suite('a line of options is parted', () => {
  const lines: [line: string, words: string[]][] = [
    ['', []],
    ['  --fast\n  --parallel 1 ', ['--fast', '--parallel', '1']],
    ['--rows "PAC-SALE-05, PAC-SALE-06"', ['--rows', 'PAC-SALE-05, PAC-SALE-06']],
    [`--out='my folder' --contract "it's"`, ['--out=my folder', '--contract', "it's"]],
    ['--rows * $HOME `id` \\', ['--rows', '*', '$HOME', '`id`', '\\']],
    ['--out ""', ['--out', '']],
  ];
  for (const [line, words] of lines)
    test(JSON.stringify(line), () => assert.deepEqual(optionWords(line), words));
  test('unless a quote is not closed', () => {
    assert.throws(() => optionWords('--rows "PAC-SALE-05'), UsageError);
  });
});
