import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Certificate } from '../judging/index.ts';
import { headline, obstacles, plain, renderIndex, renderMarkdownSummary } from './index.ts';
import { sample } from './sample.ts';
import { settled } from './words.ts';

const { certificate } = sample();

/** The same run, as if every row had passed. */
const clean = (more: Partial<Certificate['run']> = {}): Certificate => ({
  ...certificate,
  run: { ...certificate.run, partial: false, notSelected: [], ...more },
  summary: { ...certificate.summary, certified: true },
  rows: certificate.rows.map((row) => ({ ...row, verdict: 'passed', findings: [], trouble: [], why: '' })),
  rules: certificate.rules.map((rule) => ({ ...rule, verdict: 'passed', by: ['PAC-SALE-01'] })),
});

test('the summary of a CI job names each row that needs a look, and no other', () => {
  const summary = renderMarkdownSummary(certificate);
  for (const { id, verdict } of certificate.rows) {
    assert.equal(summary.includes(`| ${id} |`), !settled(verdict), id);
  }
});

test('what was observed stays text in the summary of a CI job', () => {
  const summary = renderMarkdownSummary(certificate);
  assert.ok(!summary.includes('<script>') && !summary.includes('<img'));
  assert.ok(summary.includes('&lt;script&gt;'));
  const row = {
    ...certificate.rows[1]!,
    why: '',
    findings: [{ ...certificate.rows[1]!.findings[0]!, observed: 'a | b\nc `d' }],
  };
  const line = renderMarkdownSummary({ ...certificate, rows: [row] })
    .split('\n')
    .find((text) => text.includes(row.id))!;
  assert.ok(line.includes('a \\| b\\\\nc \\`d'), line);
});

for (const [said, kept] of [
  ['\n::error::forged', String.raw`\\u003a:error::forged`],
  ['a\n\n# Certified', String.raw`a\\n\\n# Certified`],
  ['# Certified', String.raw`\# Certified`],
  ['- [ ] x', String.raw`\- \[ \] x`],
  ['1. x', String.raw`1\. x`],
  ['\u202eabc\u001b[2J', String.raw`\\u202eabc\\u001b\[2J`],
  ['<b>`x` | *y* ~z~</b>', String.raw`&lt;b&gt;\`x\` \| \*y\* \~z\~&lt;/b&gt;`],
  ['![x](https://a.example)', String.raw`\!\[x\](https:<!-- -->//a.example)`],
  ['www.a.example @someone org/repo#12', 'www<!-- -->.a.example @<!-- -->someone org/repo#<!-- -->12'],
  ['&lt; &#35;', '&amp;lt; &amp;#<!-- -->35;'],
] as const) {
  test(`Markdown shows ${JSON.stringify(said)} as it is`, () => {
    assert.equal(plain(said), kept);
  });
}

test('the summary of a practice run says that it is one', () => {
  assert.match(renderMarkdownSummary(certificate), /\*\*Practice run\*\*/);
  assert.doesNotMatch(renderMarkdownSummary(clean({ kind: 'qualifying', why: [] })), /Practice/);
});

test('everything that stands in the way of certification is said', () => {
  const answered = obstacles(certificate);
  const open = certificate.rows.filter(({ verdict }) => !settled(verdict) && verdict !== 'warning');
  assert.deepEqual(
    open.map(({ id }) => id).filter((id) => !answered.some(({ rows }) => rows.includes(id))),
    [],
  );
  assert.ok(answered.some(({ text }) => text.includes('PAC-RULE-01')));
  assert.ok(
    answered.some(({ rows }) => rows.includes('PAC-REF-01')),
    'rows that were not selected',
  );
  const broken = obstacles({ ...certificate, run: { ...certificate.run, finishedAt: null } });
  assert.ok(broken.some(({ text }) => text.includes('broken off')));
});

test('nothing stands in the way of a certified run', () => {
  assert.deepEqual(obstacles(clean()), []);
});

test('a practice run is never called certified', () => {
  assert.equal(headline(clean({ kind: 'qualifying', why: [] })), 'Certified');
  assert.equal(headline(clean()), 'All rows conform, in a practice run');
  assert.equal(headline(certificate), 'Not certified');
});

test('the list of runs is newest first, and its links survive any run id', () => {
  const run = (id: string, startedAt: string) => ({
    folder: `runs/${id}`,
    certificate: { ...certificate, run: { ...certificate.run, id, startedAt } },
  });
  const { name, content } = renderIndex([
    run('older', '2026-11-20T10:00:00.000Z'),
    run('new & <b>', '2026-11-22T09:00:00.000+01:00'),
    run('old', '2026-11-21T10:00:00.000Z'),
  ]);
  assert.equal(name, 'index.html');
  const links = [...content.toString().matchAll(/href="(\.\/[^"]*)"/g)].map(([, link]) => link);
  assert.deepEqual(links, [
    './runs/new%20%26%20%3Cb%3E/certification.html',
    './runs/old/certification.html',
    './runs/older/certification.html',
  ]);
  assert.ok(content.toString().includes('new &amp; &lt;b>'));
});

test('a list without runs says so', () => {
  assert.match(renderIndex([]).content.toString(), /There are no runs yet/);
});
