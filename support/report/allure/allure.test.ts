import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../checklists/index.ts';
import type { Verdict } from '../../record/vocabulary.ts';
import { renderAllureResults } from '../index.ts';
import { sample } from '../sample.ts';
import { samplePng } from '../testing/png.ts';
import { verdicts } from '../words.ts';

const { certificate } = sample();

interface Step {
  name: string;
  status: string;
  steps: Step[];
  parameters: { name: string; value: string }[];
}

interface Result extends Step {
  uuid: string;
  historyId: string;
  testCaseId: string;
  labels: { name: string; value: string }[];
  attachments: { name: string; type: string; source: string }[];
  description: string;
  statusDetails: { message: string };
  start: number;
  stop: number;
}

const filesOf = (more: Parameters<typeof sample>[0] = {}) => {
  const one = sample(more);
  return new Map(
    [...renderAllureResults(one.certificate, one.recording)].map(({ name, content }) => [name, content]),
  );
};

const resultsOf = (files: ReturnType<typeof filesOf>): Map<string, Result> =>
  new Map(
    [...files]
      .filter(([name]) => name.endsWith('-result.json'))
      .map(([, content]) => JSON.parse(content.toString()) as Result)
      .map((result) => [result.labels.find(({ value }) => value.startsWith('PAC-'))!.value, result]),
  );

const files = filesOf();
const results = resultsOf(files);

/** Written out once more, so that a slip in the report's own table shows. */
const expected: Record<Verdict, string> = {
  passed: 'passed',
  warning: 'passed',
  failed: 'failed',
  blocked: 'broken',
  'not-applicable': 'skipped',
  review: 'unknown',
  incomplete: 'unknown',
};

test('what was observed is shown in Allure and does nothing there', () => {
  const one = sample();
  const [first, ...others] = one.certificate.rows;
  const said = 'Paid\u202e\u001b[2J\nfailed';
  const row = {
    ...first!,
    why: said,
    findings: first!.findings.map((finding) => ({ ...finding, observed: said })),
  };
  const [result] = [...renderAllureResults({ ...one.certificate, rows: [row, ...others] }, one.recording)];
  const text = result!.content.toString();
  assert.ok(text.includes(String.raw`Paid\\u202e\\u001b[2J\\nfailed`));
  assert.doesNotMatch(text, /[\p{Cc}\p{Bidi_Control}]|(?<!\\)\\u(?:202e|001b)/u);
});

test('the status in Allure is what the verdict comes to, for every verdict', () => {
  const seen = new Set<Verdict>();
  for (const { id, verdict } of certificate.rows) {
    seen.add(verdict);
    assert.equal(results.get(id)?.status, expected[verdict], `${id} is ${verdict}`);
  }
  assert.deepEqual([...seen].sort(), [...verdicts].sort(), 'the sample has rows of each verdict');
});

test('the exact verdict is a label in Allure', () => {
  for (const { id, verdict } of certificate.rows) {
    const { labels } = results.get(id)!;
    assert.equal(labels.find(({ name }) => name === 'verdict')?.value, verdict);
    const tagged = labels.some(({ name, value }) => name === 'tag' && value === 'warning');
    assert.equal(tagged, verdict === 'warning', id);
  }
});

test('each row is in Allure’s category for its verdict and no other', () => {
  const categories = JSON.parse(files.get('categories.json')!.toString()) as {
    name: string;
    matchedStatuses: string[];
    messageRegex: string;
  }[];
  for (const { id, verdict } of certificate.rows) {
    const { status, statusDetails } = results.get(id)!;
    const matching = categories.filter(
      // Java's (?s) is JavaScript's flag s, and Allure matches the whole message.
      ({ matchedStatuses, messageRegex }) =>
        matchedStatuses.includes(status) &&
        new RegExp(`^(?:${messageRegex.replace('(?s)', '')})$`, 's').test(statusDetails.message),
    );
    const names = matching.map(({ name }) => name.split(':')[0]!.toLowerCase().replace(' ', '-'));
    assert.deepEqual(names, verdict === 'passed' ? [] : [verdict], id);
  }
});

test('each clause and check is a step in Allure, with expected and observed', () => {
  for (const row of certificate.rows) {
    const steps = results.get(row.id)!.steps;
    assert.deepEqual(
      steps.map(({ name }) => name),
      row.clauses.map(({ clause }) => clause),
    );
    for (const finding of row.findings) {
      const step = steps
        .flatMap((clause) => clause.steps)
        .find(({ name }) => name.startsWith(`${finding.check}:`))!;
      const value = (name: string) => step.parameters.find((one) => one.name === name)?.value;
      assert.equal(value('expected'), finding.expected);
      assert.equal(value('observed'), finding.observed);
    }
  }
  const [clause] = results.get('PAC-SALE-06')!.steps;
  assert.deepEqual([clause!.status, clause!.steps[0]!.status], ['failed', 'failed']);
  assert.equal(
    results.get('PAC-SALE-10')!.steps[0]!.status,
    'unknown',
    'a check that was not executed is no pass',
  );
});

test('Allure knows a row again in the next run', () => {
  const next = resultsOf(filesOf({ id: 'another-run' }));
  for (const [id, { uuid, historyId, testCaseId }] of results) {
    assert.equal(next.get(id)!.historyId, historyId);
    assert.equal(next.get(id)!.testCaseId, testCaseId);
    assert.notEqual(next.get(id)!.uuid, uuid);
  }
  assert.equal(new Set([...results.values()].map(({ historyId }) => historyId)).size, results.size);
});

test('each attachment is there, and all exchanges of a row are one', () => {
  for (const [id, { attachments }] of results) {
    for (const { source } of attachments) assert.ok(files.has(source), `${id}: ${source}`);
    assert.ok(attachments.filter(({ type }) => type === 'text/plain').length <= 1);
  }
  const { attachments } = results.get('PAC-SALE-05')!;
  assert.deepEqual(
    attachments.map(({ type }) => type),
    ['image/svg+xml', 'image/png', 'text/plain'],
  );
  assert.deepEqual(files.get(attachments[1]!.source), Buffer.from(samplePng()));
  const log = files.get(attachments[2]!.source)!.toString();
  assert.match(log, /PUT \/terminal-sessions\/ts_sandbox_PAC-SALE-05_400\/signature/);
  assert.match(log, /"accepted": true/);
});

test('no row ends before it started, even one that was broken off', () => {
  for (const { start, stop } of results.values()) assert.ok(stop >= start && start > 0);
});

test('no value breaks the lines of the environment file', () => {
  const properties = filesOf({ why: ['first: a=b', 'naïve → £\nResult=Certified'] })
    .get('environment.properties')!
    .toString();
  assert.match(properties, /^[\x20-\x7e\n]*$/, 'Java reads it as Latin-1');
  assert.equal(properties.match(/^Result=/gm)!.length, 1);
  assert.match(
    properties,
    /^Kind=practice\\: first\\: a\\=b; na\\u00efve \\u2192 \\u00a3\\nResult\\=Certified$/m,
  );
});

test('what was observed stays text in Allure', () => {
  const { description } = results.get('PAC-CFG-02')!;
  assert.ok(!description.includes('<script>') && description.includes('&lt;script&gt;'));
});
