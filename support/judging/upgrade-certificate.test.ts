import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from '../report/sample.ts';
import { upgradedCertificate } from './index.ts';

const { certificate } = sample();

test('a certificate of schema 1 is read as one of today', () => {
  const {
    subject,
    run,
    ranBy: _,
    ranOn,
    attestations: __,
    decisions: ___,
    waivers: ____,
    ...rest
  } = certificate;
  const { kind, build: _____, settled, ...pos } = subject;
  const old = {
    ...rest,
    schema: 1,
    run: { ...run, subject: kind, node: ranOn.node, ...(ranOn.browser ? { browser: ranOn.browser } : {}) },
    pos: { ...pos, ...(settled ? { decisions: settled } : {}) },
    rows: rest.rows.map((row) => ({ ...row, proof: { caught: 1, known: 2 } })),
  };
  assert.deepEqual(upgradedCertificate(old), certificate);
});

test('one of today, and what is none, stays as it is', () => {
  for (const found of [certificate, null, 3, [], {}, { schema: 7 }])
    assert.equal(upgradedCertificate(found), found);
});

test('what the first kits called told is reported', () => {
  const text = JSON.stringify(certificate).replaceAll('"reported":', '"told":');
  assert.notEqual(text, JSON.stringify(certificate));
  assert.deepEqual(upgradedCertificate(JSON.parse(text)), JSON.parse(JSON.stringify(certificate)));
});
