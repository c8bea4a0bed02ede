import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Catalogue, checklists, loadCatalogue, loadChecklist } from '../checklist/index.ts';
import { galleries, wrongSubjects as mutants } from '../checklists/galleries.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { killTable, proved } from '../workshop/prove/kill-table.ts';
import { kindOf, type Proof } from '../workshop/prove/proof.ts';
import { main } from './prove.ts';

let folder = '';
let catalogues: Catalogue[];
before(() => {
  folder = temporaryFolder('mutants');
  catalogues = checklists.map((name) => loadCatalogue(name));
});
after(() => rmSync(folder, { recursive: true, force: true }));

suite('the gallery', () => {
  /** As if each mutant were caught as its entry says; `npm run prove` shows that it is. */
  const asEntered = (mutant: (typeof mutants)[number]): Proof => ({
    mutant,
    kind: kindOf(mutant),
    rows: [],
    shots: mutant.kills.map(({ row, check }) => ({ row, check, hit: !mutant.unseen, observed: '' })),
    besides: [],
    outside: [],
    stuck: [],
    durationMs: 0,
  });

  test('each checklist has one', () => {
    assert.deepEqual(galleries.flatMap((one) => one.checklists).sort(), [...checklists].sort());
  });

  test('no check of a row is without a wrong subject that makes it fail', () => {
    const { untried, everywhere } = killTable(mutants.map(asEntered), catalogues);
    assert.deepEqual(
      untried.map(({ row, check }) => `${row}/${check}`),
      [],
    );
    assert.deepEqual(
      everywhere.filter(({ rows }) => !rows.length).map(({ check }) => check),
      [],
    );
  });

  for (const { checklists: own, subjects } of galleries)
    test(`a check of ${own[0]} that loses its only wrong subject is named`, () => {
      const { row, check } = subjects.find(({ unseen }) => !unseen)!.kills[0]!;
      const without = mutants.map((one) => ({
        ...one,
        kills: one.kills.filter((kill) => kill.row !== row || kill.check !== check),
      }));
      const { untried } = killTable(without.map(asEntered), catalogues);
      assert.ok(untried.some((one) => one.row === row && one.check === check));
    });

  test('names rows and checks that the catalogue has', () => {
    const known = new Set(
      catalogues.flatMap(({ rows }) =>
        rows.flatMap((row) => row.clauses.flatMap(({ checks }) => checks.map(({ id }) => `${row.id}/${id}`))),
      ),
    );
    const named = mutants.flatMap(({ kills }) => kills.map(({ row, check }) => `${row}/${check}`));
    assert.deepEqual(
      named.filter((one) => !known.has(one)),
      [],
    );
    const besides = mutants.flatMap(({ sameDefect = [] }) => sameDefect);
    assert.deepEqual(
      besides.filter((check) => !checklists.some((name) => loadChecklist(name).checks.has(check))),
      [],
    );
  });

  test('has no two mutants of one id, none without kills that a check is to see, and none that is both till and upstream', () => {
    assert.equal(new Set(mutants.map(({ id }) => id)).size, mutants.length);
    for (const { id, kills, till, upstream, unseen } of mutants) {
      assert.ok(kills.length > 0 || unseen, `${id} has no kills`);
      assert.ok(Boolean(till) !== Boolean(upstream), `${id} is to be a till or an upstream`);
    }
  });
});

suite('the kill table', () => {
  const [mutant] = mutants;
  const proof: Proof = {
    mutant: { ...mutant!, kills: [{ row: 'PAC-SALE-01', check: 'shows-captured', observed: /./ }] },
    kind: 'till',
    rows: ['PAC-SALE-01'],
    shots: [{ row: 'PAC-SALE-01', check: 'shows-captured', hit: true, observed: 'shows nothing' }],
    besides: [],
    outside: [],
    stuck: [],
    durationMs: 1,
  };
  const missed = proof.shots.map((shot) => ({ ...shot, hit: false }));
  const outside = [{ row: 'PAC-SALE-01', check: 'driven', observed: 'stuck' }];

  test('does not take a mutant for caught that was missed, or caught by something else', () => {
    const verdicts = [proof, { ...proof, shots: missed }, { ...proof, outside }].map(
      (one) => killTable([one], catalogues).mutants[0]!.verdict,
    );
    assert.deepEqual(verdicts, ['caught', 'survived', 'out of bounds']);
    assert.equal(proved(killTable([{ ...proof, shots: missed }], catalogues), false), false);
    assert.equal(proved(killTable([{ ...proof, outside }], catalogues), false), false);
  });

  test('tells of a mutant that is said to be unseen and was seen', () => {
    const unseen = { ...proof, mutant: { ...proof.mutant, unseen: 'nobody looks' } };
    assert.equal(killTable([{ ...unseen, shots: missed }], catalogues).mutants[0]!.verdict, 'unseen');
    assert.equal(proved(killTable([unseen], catalogues), false), false);
  });

  test('of a whole gallery lists the checks that no mutant makes fail', () => {
    const { untried } = killTable([proof], catalogues);
    assert.ok(untried.some(({ row, check }) => row === 'PAC-SALE-01' && check === 'session-ends-captured'));
    assert.ok(!untried.some(({ row, check }) => row === 'PAC-SALE-01' && check === 'shows-captured'));
    assert.equal(proved(killTable([proof], catalogues), true), false);
    assert.equal(proved(killTable([proof], catalogues), false), true);
  });
});

suite('npm run prove', () => {
  test('writes the kill table in all its forms and ends with 0 when its mutants are caught', async () => {
    const out = join(folder, 'command');
    assert.equal(await main(['--only', 'refund-without-id', '--out', out]), 0);
    const table = JSON.parse(readFileSync(join(out, 'kill-table.json'), 'utf8'));
    assert.deepEqual(
      table.mutants.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
      [['refund-without-id', 'caught']],
    );
    assert.match(
      readFileSync(join(out, 'kill-table.md'), 'utf8'),
      /refund-without-id.*`refund-id-returned` REF-01 REF-02/,
    );
    assert.match(readFileSync(join(out, 'kill-table.html'), 'utf8'), /PAC-REF-01\/refund-id-returned/);
  });

  test('refuses a mutant that the gallery does not have', async () => {
    assert.equal(await main(['--only', 'nobody']), 2);
  });
});
