import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { expectedChecks, loadCatalogue } from '../../checklist/index.ts';
import { temporaryFolder } from '../testing/command.ts';
import { multiplied } from './multiplied.ts';

const folder = temporaryFolder();

test('each copy of the checklist has all rows, under ids of their own and with the same checks', async () => {
  const { checklist, features } = await multiplied(3, folder);
  const { rows } = loadCatalogue(checklist);
  const usual = loadCatalogue().rows;
  assert.equal(new Set(rows.map(({ id }) => id)).size, 3 * usual.length);
  const checksOf = (row: (typeof rows)[number]) => expectedChecks(row, 'pos');
  for (const [place, row] of rows.entries())
    assert.deepEqual(checksOf(row), checksOf(usual[place % usual.length]!));
  const tags = globSync(features).flatMap((file) => readFileSync(file, 'utf8').match(/@PAC-\S+/g) ?? []);
  assert.deepEqual(tags.sort(), rows.map(({ id }) => `@${id}`).sort());
});
