import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import '../../checklists/index.ts';
import type { CertificateRow } from '../../judging/index.ts';
import { sample } from '../sample.ts';
import { hostile } from '../testing/rows.ts';
import { renderCsv, renderCurl, renderHar, renderJunit, renderRowMarkdown } from './index.ts';

const { certificate, recording } = sample();
const failed = certificate.rows.find(
  ({ verdict, findings }) =>
    verdict === 'failed' && findings.some(({ outcome, evidence }) => outcome === 'failed' && evidence.length),
)!;

/** A certificate whose first row is like this. */
const withRow = (change: Partial<CertificateRow>) => ({
  ...certificate,
  rows: [{ ...certificate.rows[0]!, ...change }],
});

/** Cells of CSV by RFC 4180, read by other means than they were written. */
function cellsOf(csv: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, sep, quoted, bare] of csv.matchAll(/(^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)) {
    if (sep === '\r\n') lines.push([]);
    lines.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
  }
  return lines.filter((line) => line.length > 1);
}

suite('a run as CSV', () => {
  test('has a line for each check, with as many cells as the head', () => {
    const [head, ...lines] = cellsOf(renderCsv(certificate));
    assert.equal(
      lines.length,
      certificate.rows.reduce((sum, { findings }) => sum + (findings.length || 1), 0),
    );
    for (const line of lines) assert.equal(line.length, head!.length, line.join());
    assert.deepEqual(
      [...new Set(lines.map(([id]) => id))],
      certificate.rows.map(({ id }) => id),
    );
  });
  test('gives a spreadsheet no formula', () => {
    for (const title of ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1'])
      for (const line of cellsOf(renderCsv(withRow({ title }))).slice(1)) assert.match(line[1]!, /^['\\]/);
  });
});

suite('a run as JUnit XML', () => {
  test('is well-formed whatever a POS has said, and counts what it holds', () => {
    const finding = {
      ...failed.findings[0]!,
      outcome: 'failed' as const,
      observed: `${hostile}\u0000\u001b[31m ]]> \ud800`,
    };
    const xml = renderJunit(withRow({ verdict: 'failed', title: `"a" & <b>`, findings: [finding] }));
    const python = spawnSync(
      'python3',
      ['-c', 'import sys,xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())'],
      { input: xml },
    );
    if (!python.error) assert.equal(python.status, 0, String(python.stderr));
    assert.equal(xml.match(/<failure /g)?.length, 1);
    assert.ok(!xml.includes('<script'));
  });
  test('tells failures of the subject from what stood in the way', () => {
    const xml = renderJunit(certificate);
    const count = (...verdicts: string[]) =>
      certificate.rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
    assert.equal(xml.match(/<failure /g)?.length ?? 0, count('failed'));
    assert.equal(xml.match(/<error /g)?.length ?? 0, count('blocked', 'incomplete'));
    assert.equal(xml.match(/<skipped /g)?.length ?? 0, count('review', 'not-applicable'));
  });
});

suite('a row', () => {
  const record = recording.rows.get(failed.id);
  test('as HAR holds each exchange in its order, secrets redacted', () => {
    const { log } = JSON.parse(renderHar(record, recording.run));
    assert.equal(log.version, '1.2');
    const seen = record!.observations.filter(({ kind }) => kind === 'exchange' || kind === 'state');
    assert.equal(log.entries.length, seen.length);
    for (const { request, response } of log.entries) {
      assert.ok(URL.canParse(request.url));
      assert.equal(typeof response.status, 'number');
    }
  });
  test('as curl has a line for each exchange that shows what failed, which a shell reads as one command', () => {
    const text = renderCurl(failed, record);
    const lines = text.split('\n').filter((line) => line.startsWith('curl '));
    assert.ok(lines.length > 0);
    assert.ok(!/…#[0-9a-f]{12}/.test(text));
    for (const line of lines) assert.equal(spawnSync('sh', ['-n', '-c', line]).status, 0, line);
  });
  test('as curl takes the key from a variable and quotes what a POS has sent', () => {
    const observation = record!.observations.find((one) => one.kind === 'exchange')!;
    const { exchange } = observation as Extract<typeof observation, { kind: 'exchange' }>;
    const request = {
      ...exchange.request,
      target: `/x'; touch /tmp/never; '`,
      headers: [['Authorization', 'Basic sk_sandbox_…#1f0c22ab9d3e']] as [string, string][],
    };
    const finding = { ...failed.findings[0]!, outcome: 'failed' as const, evidence: [exchange.id] };
    const text = renderCurl(
      { ...failed, findings: [finding] },
      { ...record!, observations: [{ kind: 'exchange', exchange: { ...exchange, request } }] },
    );
    assert.match(text, /'Authorization: Basic '"\$DOJO_API_KEY"/);
    const echoed = spawnSync('sh', ['-c', `curl() { for a in "$@"; do echo "<$a>"; done; }\n${text}`], {
      env: { ...process.env, DOJO_API_KEY: 'sk', DOJO_BASE_URL: 'http://api' },
    });
    assert.match(String(echoed.stdout), /<http:\/\/api\/x'; touch \/tmp\/never; '>/);
    assert.match(String(echoed.stdout), /<Authorization: Basic sk>/);
  });
  test('as Markdown says what was expected, what was observed and what to do', () => {
    const text = renderRowMarkdown(certificate, failed.id);
    assert.match(text, /^- Expected: /m);
    assert.match(text, /^- Observed: /m);
    assert.ok(text.includes(`--rows ${failed.id}`));
  });
  test('without a failed check says so', () => {
    const passed = certificate.rows.find(({ verdict }) => verdict === 'passed')!;
    assert.match(
      renderCurl(passed, recording.rows.get(passed.id)),
      /^# .* is passed; no exchange shows a failed check\.$/m,
    );
  });
});
