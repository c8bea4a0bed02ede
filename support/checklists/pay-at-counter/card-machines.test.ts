import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { machinesByRow, machinesNeeded, usualMachine } from '../../actors/card-machine/machines-needed.ts';
import { checklists, loadCatalogue } from '../../checklist/index.ts';
import '../index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (pattern: string): string[] =>
  globSync(pattern, { cwd: root }).map((file) => readFileSync(root + file, 'utf8'));

/** Steps that put a card machine before the customer, each with the ends of the TIDs that it speaks of. */
const placing = read('steps/**/*.steps.ts')
  .flatMap((source) => source.split(/^(?=(?:Given|When|Then)\()/m))
  .flatMap((step) => {
    const sentence = /^(?:Given|When|Then)\(\s*'([^']+)'/.exec(step)?.[1];
    const place = /\.(?:serve|place)\((?:'(\w+)'|\w+),/.exec(step);
    if (!sentence || !place) return [];
    const pattern = sentence.replaceAll('{string}', '"([^"]*)"').replace(/\{\w+\}/g, '\\S+');
    // Virtual machines have one of their own for what this cardholder does; a simulator's do it at any.
    const own = [
      ...(step.includes('cancels: true') ? ['CIP0'] : []),
      ...(/\btip \}/.test(step) ? ['SIP1'] : []),
    ];
    return [{ pattern: new RegExp(`^(?:Given|And|When|Then|But) ${pattern}$`), suffix: place[1], own }];
  });

/** The ends of the TIDs that the scenario of each row speaks of. */
function spokenOf(checklist: string): Map<string, Set<string>> {
  const spoken = new Map<string, Set<string>>();
  let row = '';
  for (const line of read(`features/${checklist}/*.feature`).join('\n').split('\n')) {
    row = /^\s*@([A-Z]+(?:-[A-Z]+)*-\d+)\b/.exec(line)?.[1] ?? row;
    for (const { pattern, suffix, own } of placing) {
      const match = pattern.exec(line.trim());
      for (const end of match ? [suffix ?? match[1]!, ...own] : [])
        spoken.set(row, (spoken.get(row) ?? new Set()).add(end));
    }
  }
  return spoken;
}

suite('a row names the card machines at which its scenario plays', () => {
  assert.ok(placing.length > 15, 'the steps were found');
  for (const name of checklists)
    test(name, () => {
      const spoken = spokenOf(name);
      for (const { id, cardMachines = [] } of loadCatalogue(name).rows)
        assert.deepEqual([...cardMachines].sort(), [...(spoken.get(id) ?? [])].sort(), id);
    });
});

test('a row whose capability the till does not declare needs no card machine', () => {
  const profile = loadProfile(builtIn.headless);
  const rows = loadCatalogue().rows.filter(({ capability }) => capability === 'manualCapture');
  assert.ok(machinesNeeded(rows, profile).size > 0);
  assert.equal(machinesNeeded(rows, { ...profile, capabilities: [] }).size, 0);
});

test('a row that names no card machine is served at the usual one', () => {
  const [row] = loadCatalogue().rows.filter(({ cardMachines }) => !cardMachines);
  assert.deepEqual(machinesByRow([row!]).get(row!.id), [usualMachine]);
});
