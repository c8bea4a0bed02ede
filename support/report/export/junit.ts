import type { Certificate, CertificateRow } from '../../judging/index.ts';
import { troubleText } from '../../record/blocked.ts';
import { visible } from '../../record/visible.ts';

/**
 * Rows of a certificate as JUnit XML, a test case for each row. What failed is a failure; what was blocked or incomplete is
 * an error, for it is not the subject's doing; what a person has to decide, or what does not apply, was skipped.
 */
export function renderJunit({ rows, run, subject, summary }: Certificate): string {
  const sections = Map.groupBy(rows, ({ section }) => section);
  const seconds = (all: readonly CertificateRow[]) =>
    (all.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(3);
  const suites = [...sections].map(([section, of]) => {
    const counted = (...verdicts: string[]) => of.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const attributes = xml({
      name: section,
      tests: String(of.length),
      failures: String(counted('failed')),
      errors: String(counted('blocked', 'incomplete')),
      skipped: String(counted('review', 'not-applicable')),
      time: seconds(of),
      timestamp: run.startedAt,
    });
    return `  <testsuite${attributes}>\n${of.map((row) => testCase(row, run.checklist.name)).join('')}  </testsuite>\n`;
  });
  const attributes = xml({
    name: `${subject.name} ${subject.version}, ${run.checklist.title}`,
    tests: String(rows.length),
    failures: String(summary.failed),
    errors: String(summary.blocked + summary.incomplete),
    time: seconds(rows),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${suites.join('')}</testsuites>\n`;
}

function testCase(row: CertificateRow, checklist: string): string {
  const attributes = xml({
    name: `${row.id} ${row.title}`,
    classname: checklist,
    time: (row.durationMs / 1000).toFixed(3),
  });
  const element = { failed: 'failure', blocked: 'error', incomplete: 'error', review: 'skipped' }[
    row.verdict as string
  ];
  const tag = row.verdict === 'not-applicable' ? 'skipped' : element;
  if (!tag) return `    <testcase${attributes}/>\n`;
  const said = row.findings
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'review')
    .map(({ check, expected, observed, advice }) =>
      [`${check}`, `expected: ${expected}`, `observed: ${observed}`, advice].filter(Boolean).join('\n'),
    );
  const trouble = row.trouble.map(troubleText);
  const text = [...said, ...trouble].join('\n\n');
  const message =
    row.why || row.findings.find(({ outcome }) => outcome === row.verdict)?.observed || row.verdict;
  return `    <testcase${attributes}>\n      <${tag}${xml({ message, ...(tag === 'skipped' ? {} : { type: row.verdict }) })}>${escaped(text)}</${tag}>\n    </testcase>\n`;
}

const xml = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;')}"`)
    .join('');

/** What XML 1.0 has no place for stands there as an escape. */
const escaped = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .toWellFormed();
