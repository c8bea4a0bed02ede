import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  type Errata,
  loadErrata,
  ownDescription,
  type Sample,
  servedDescription,
} from '../../fixtures/openapi/index.ts';
import type { Json } from '../record/vocabulary.ts';
import { type Contract, readContract } from './index.ts';
import { exchangeOf } from './testing/good-exchanges.ts';

const text = readFileSync(ownDescription, 'utf8');
const served = 'epos-data-1.0';

const conforms = (contract: Contract, sample: Sample) => {
  const { request, response, ...rest } = sample;
  const bodies = {
    ...(request !== undefined && { request: request as Json }),
    ...(response !== undefined && { response: response as Json }),
  };
  return contract.violations(exchangeOf({ ...rest, ...bodies })).length === 0;
};

holds('2026-02-27', loadErrata(), text);
holds(served, loadErrata(served), readFileSync(servedDescription(served), 'utf8'));

test('a register is left aside for a description of another version', () => {
  const later = text.replace('version: 2026-02-27', 'version: 2027-01-01');
  assert.deepEqual(readContract(later, 'later').errata, []);
});

function holds(name: string, register: Errata, text: string): void {
  const all = readContract(text, 'ours', register);
  describe(`the register of errata ${name}`, () => {
    test('has one entry an id', () => {
      assert.equal(new Set(all.errata).size, register.errata.length);
    });
    for (const erratum of register.errata)
      describe(erratum.id, () => {
        const others = register.errata.filter((entry) => entry !== erratum);
        const without = readContract(text, 'ours', { ...register, errata: others });
        for (const [i, sample] of erratum.samples.entries()) {
          test(`reads sample ${i + 1} as the register says: ${sample.call} ${sample.status}`, () => {
            assert.equal(conforms(all, sample), sample.conforms);
          });
          test(`is ${erratum.patches ? 'still needed' : 'still a matter of reading alone'} for sample ${i + 1}`, () => {
            assert.equal(conforms(without, sample), erratum.patches ? !sample.conforms : sample.conforms);
          });
        }
        test('has a sample, a source with its mark, and a reading', () => {
          assert.ok(erratum.samples.length > 0);
          assert.match(erratum.source, /^(doc|seen|mock|guess)\b/);
          assert.ok(erratum.what && erratum.reading);
        });
      });
  });
}
