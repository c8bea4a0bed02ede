import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { checklists, loadCatalogue } from '../checklist/index.ts';
import { wrongSubjects as mutants } from '../checklists/galleries.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { kindOf, type Proof } from '../workshop/prove/proof.ts';
import { proveAll } from '../workshop/prove/proof-pool.ts';

/** Tills are slow: these few stand for all, which `npm run prove` runs. */
const tills = ['auto-accepts-signature', 'new-intent-after-decline'];

/** Of the upstreams, the first that makes a check fail stands for all that do; `npm run prove` runs them all. */
const upstreams: string[] = [];
const failing = new Set<string>();
for (const one of mutants.filter((each) => kindOf(each) === 'upstream')) {
  const own = one.kills.map(({ check }) => check);
  if (!one.unseen && own.every((check) => failing.has(check))) continue;
  upstreams.push(one.id);
  for (const check of own) failing.add(check);
}

const tried = mutants.filter(({ id }) => upstreams.includes(id) || tills.includes(id));

suite('a till or an upstream that is wrong in one way', () => {
  const proofs = new Map<string, Proof>();
  const folder = temporaryFolder('mutants');
  after(() => rmSync(folder, { recursive: true, force: true }));
  before(async () => {
    const catalogues = checklists.map((name) => loadCatalogue(name));
    for (const proof of await proveAll(tried, { catalogues, processes: 2, allRows: false, out: folder }))
      proofs.set(proof.mutant.id, proof);
  });

  for (const mutant of tried) {
    const name = mutant.unseen
      ? `${mutant.id} is still seen by no check, as its entry says`
      : `${mutant.id} is caught by the checks that its entry names, and by no other`;
    test(name, () => {
      const proof = proofs.get(mutant.id)!;
      assert.deepEqual(proof.outside, []);
      assert.deepEqual(proof.stuck, []);
      for (const shot of proof.shots)
        assert.equal(shot.hit, !mutant.unseen, `${shot.row}/${shot.check}: ${shot.observed}`);
    });
  }
});
