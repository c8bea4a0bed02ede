import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Blocked, troubleText } from './blocked.ts';
import { blockedCodes } from './blocked-codes.ts';
import { errorCodes } from './error-codes.ts';
import { UsageError } from './usage-error.ts';

const support = join(import.meta.dirname, '..');

test('each code is used for one error, in one place, and none is left over', () => {
  const places = new Map<string, string[]>(
    Object.keys({ ...errorCodes, ...blockedCodes }).map((code) => [code, []]),
  );
  for (const file of globSync('**/*.ts', { cwd: support })) {
    if (/\.test\.ts$|\btesting\b|(?:error|blocked)-codes\.ts$/.test(file)) continue;
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

test('what keeps the kit from judging has its code where a person reads it, and not in its message', () => {
  const { message, code, text } = new Blocked('KIT-DISK-001', 'The disk is full', 'Make room.');
  assert.equal(message, 'The disk is full');
  assert.equal(code, 'KIT-DISK-001');
  assert.equal(text, 'The disk is full. Make room. (KIT-DISK-001)');
});

test('trouble that an older kit recorded, without a code, reads as it did', () => {
  assert.equal(
    troubleText({ message: 'The disk is full', advice: 'Make room.' }),
    'The disk is full. Make room.',
  );
});

test('no code stands for what a user gave wrongly and for what keeps the kit from judging', () => {
  const both = Object.keys(errorCodes).filter((code) => code in blockedCodes);
  assert.deepEqual(both, []);
});

test('no two codes are explained alike', () => {
  const says = [...Object.values(errorCodes), ...Object.values(blockedCodes)].map((one) => one.says);
  assert.equal(new Set(says).size, says.length);
});
