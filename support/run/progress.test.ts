import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Judgement } from '../judging/index.ts';
import { sample } from '../report/sample.ts';
import { called } from '../workshop/testing/command.ts';
import { findingsOf, rowLine, summary } from './progress.ts';
import { complain, say } from './terminal.ts';

const said = 'Odd\n::error title=Forged::x\n##[add-mask]passed\u001b[2J\u202e';
const shown = String.raw`Odd\n::error title=Forged::x\n\u0023#[add-mask]passed\u001b[2J\u202e`;

/** No line is a runner's command, and nothing acts but colours. */
function assertHarmless(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a colour begins
  assert.doesNotMatch(text.replace(/\u001b\[[\d;]*m/g, ''), /^\s*::|##\[|(?!\n)[\p{Cc}\p{Bidi_Control}]/mu);
}

test('what an API or a till says stays on the line of its row', () => {
  const { certificate } = sample();
  const rows = certificate.rows.map((row) => ({
    ...row,
    verdict: 'failed' as const,
    why: said,
    trouble: [],
    findings: row.findings.map((one) => ({ ...one, outcome: 'failed' as const, observed: said })),
  }));
  for (const row of rows) {
    const line = rowLine({ ...row, row, durationMs: 1 } as unknown as Judgement, 1, 2);
    assert.ok(line.includes(shown) && !line.includes('\n'), line);
    assertHarmless(line);
    const inFull = findingsOf(row);
    assert.ok(inFull.includes(shown));
    assertHarmless(inFull);
  }
  const closing = summary({ ...certificate, rows });
  assert.ok(closing.includes(shown));
  assertHarmless(closing);
});

test('whatever else is printed does nothing to the terminal, and keeps its lines and colours', async () => {
  const { stdout, stderr } = await called(async () => {
    say(`\u001b[32mgood\u001b[39m\n${said}`);
    complain('::error::forged');
    return 0;
  }, []);
  const text = stdout + stderr;
  assertHarmless(text);
  assert.ok(text.includes('\u001b[32mgood\u001b[39m\nOdd\n'));
  assert.ok(text.includes(String.raw`\u003a:error::forged`));
});
