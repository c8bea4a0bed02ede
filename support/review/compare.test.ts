import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../checklists/index.ts';
import { amountsBy, loadChecklist } from '../checklist/index.ts';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import type { Finding } from '../record/vocabulary.ts';
import { sample } from '../report/sample.ts';
import { hostile } from '../report/testing/rows.ts';
import { compare, comparisonCells, comparisonText } from './compare.ts';
import { comparisonPage } from './compare-page.ts';

const { certificate } = sample();
const [first] = certificate.rows as [CertificateRow];

const withRow = (row: Partial<CertificateRow>): Certificate => ({
  ...certificate,
  rows: [{ ...first, ...row }, ...certificate.rows.slice(1)],
});

const finding = { ...first.findings[0]!, outcome: 'passed' as const, observed: 'sent £10.00' };

suite('two runs', () => {
  test('that are alike have no change', () => {
    const comparison = compare(certificate, certificate);
    assert.deepEqual(
      { ...comparison, again: null },
      { rows: [], same: certificate.rows.length, conditions: [], again: null },
    );
    assert.match(
      comparisonText(comparison),
      /^\d+ rows have the same verdict for the same reasons; 0 changed\.$/m,
    );
  });
  test('in which a check fails that had passed: both observations', () => {
    const before = withRow({ verdict: 'passed', findings: [finding] });
    const after = withRow({
      verdict: 'failed',
      findings: [{ ...finding, outcome: 'failed', observed: 'sent nothing' }],
    });
    const comparison = compare(before, after);
    assert.equal(comparison.rows.length, 1);
    assert.match(
      comparisonText(comparison),
      /passed, then failed\n {2}\S+\n {4}before: passed: sent £10\.00\n {4}after: {2}failed: sent nothing/,
    );
    const [head, line] = comparisonCells(comparison);
    assert.equal(head!.length, line!.length);
    assert.deepEqual(line!.slice(5), ['passed', 'failed', 'sent £10.00', 'sent nothing']);
  });
  test('in which a check fails for another reason', () => {
    const failed = (observed: string) => withRow({ findings: [{ ...finding, outcome: 'failed', observed }] });
    assert.equal(compare(failed('one'), failed('other')).rows.length, 1);
    assert.equal(compare(failed('one'), failed('one')).rows.length, 0);
  });
  test('in which a check passes with other amounts are alike', () => {
    const passed = (observed: string) => withRow({ findings: [{ ...finding, observed }] });
    assert.equal(compare(passed('sent £10.00'), passed('sent £11.13')).rows.length, 0);
  });
  test('in which a check fails alike with other amounts', () => {
    const failed = (seed: string, change: (drawn: number) => number) => {
      const drawn = amountsBy(seed, loadChecklist(certificate.run.checklist.name)).get('PAC-SALE-01')!.A!;
      const of = withRow({
        id: 'PAC-SALE-01',
        findings: [
          {
            ...finding,
            outcome: 'failed',
            observed: `sent £${(change(drawn) / 100).toFixed(2)}, answered 404`,
          },
        ],
      });
      return { ...of, run: { ...of.run, amounts: { seeds: [seed] } } };
    };
    const asEntered = (drawn: number) => drawn;
    const aPennyLess = (drawn: number) => drawn - 1;
    assert.equal(compare(failed('one', asEntered), failed('other', asEntered)).rows.length, 0);
    assert.equal(compare(failed('one', asEntered), failed('other', aPennyLess)).rows.length, 1);
  });
  test('of which one lacks a row', () => {
    const { rows } = compare(certificate, { ...certificate, rows: certificate.rows.slice(1) });
    assert.deepEqual(
      rows.map(({ row, before, after }) => [row, before, after]),
      [[first.id, first.verdict, null]],
    );
  });
  test('of another version, contract or threshold: the earlier result says nothing of the later', () => {
    const { subject, run } = certificate;
    const others: Certificate[] = [
      { ...certificate, subject: { ...subject, version: '9' } },
      { ...certificate, run: { ...run, contract: { ...run.contract, sha256: 'f'.repeat(64) } } },
      {
        ...certificate,
        run: {
          ...run,
          contract: { ...run.contract, served: { name: 'a', version: '1', sha256: 'f'.repeat(64) } },
        },
      },
      { ...certificate, run: { ...run, criteria: { ...run.criteria, 'display.within': 1 } } },
    ];
    for (const other of others)
      assert.match(
        comparisonText(compare(certificate, other)),
        /The earlier result no longer holds for the whole checklist: (the POS|the contract|the threshold display\.within) changed/,
      );
    const elsewhere = { ...certificate, ranOn: { ...certificate.ranOn, browser: 'Another 1' } };
    const text = comparisonText(compare(certificate, elsewhere));
    assert.match(text, /^Changed: the browser: /);
    assert.ok(!/no longer holds/.test(text));
  });
  test('what has to run again is what the later run did not judge, with the reason', () => {
    const passed = (id: string, plane: Finding['plane']) => ({
      ...first,
      id,
      verdict: 'passed' as const,
      findings: [{ ...finding, plane }],
    });
    const before = { ...certificate, rows: [passed('R-1', 'display'), passed('R-2', 'wire')] };
    const after = (subject: object, rows: CertificateRow[]): Certificate => ({
      ...certificate,
      subject: { ...certificate.subject, ...subject },
      rows,
    });
    const again = (subject: object, rows: CertificateRow[]) =>
      compare(before, after(subject, rows)).again.map(({ rows, why }) => [rows, why]);
    assert.deepEqual(again({ version: '9' }, []), [
      [
        ['R-1', 'R-2'],
        `the POS was ${certificate.subject.name} ${certificate.subject.version} and is ${certificate.subject.name} 9`,
      ],
    ]);
    assert.deepEqual(again({ version: '9' }, [...before.rows]), []);
    const [words, rest] = again({ vocabulary: { ...certificate.subject.vocabulary, more: ['done'] } }, []);
    assert.deepEqual(words![0], ['R-1']);
    assert.match(words![1] as string, /^its words was /);
    assert.deepEqual(rest, [['R-2'], 'the later run has no verdict about them']);
    const blocked = { ...before.rows[1]!, verdict: 'blocked' as const };
    assert.deepEqual(again({}, [before.rows[0]!, blocked]), [
      [['R-2'], 'the later run has no verdict about them'],
    ]);
  });
  test('as a page: both observations, what has to run again, and nothing that acts', () => {
    const after = withRow({
      verdict: 'failed',
      findings: [{ ...finding, outcome: 'failed', observed: hostile }],
    });
    const before = withRow({ verdict: 'passed', findings: [finding] });
    const page = comparisonPage(compare(before, after), before, after);
    assert.match(page, /sent £10\.00[\s\S]*&lt;script>alert/);
    assert.match(page, /To run again/);
    assert.doesNotMatch(page, /<script>alert|<img src=x/);
  });
});
