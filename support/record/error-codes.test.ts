import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorCodes } from './error-codes.ts';
import { UsageError } from './usage-error.ts';

const support = join(import.meta.dirname, '..');

test('each code is used for one error, in one place, and none is left over', () => {
  const places = new Map<string, string[]>(Object.keys(errorCodes).map((code) => [code, []]));
  for (const file of globSync('**/*.ts', { cwd: support })) {
    if (file.endsWith('.test.ts') || file.endsWith('error-codes.ts')) continue;
    for (const [, code] of readFileSync(join(support, file), 'utf8').matchAll(/'(KIT-[A-Z]+-\d{3})'/g))
      places.get(code!)?.push(file);
  }
  const otherwise = [...places].filter(([, files]) => files.length !== 1);
  assert.deepEqual(otherwise, []);
});

test('a message ends with its code', () => {
  const { message, code } = new UsageError('KIT-ROW-004', 'Expected the id of a row.');
  assert.equal(message, 'Expected the id of a row. (KIT-ROW-004)');
  assert.equal(code, 'KIT-ROW-004');
});

test('no two codes are explained alike', () => {
  const says = Object.values(errorCodes).map((one) => one.says);
  assert.equal(new Set(says).size, says.length);
});
