import type { Certificate } from '../../judging/index.ts';
import { visible } from '../../record/visible.ts';

const head = [
  'row',
  'title',
  'section',
  'level',
  'verdict',
  'check',
  'outcome',
  'severity',
  'plane',
  'fault',
  'expected',
  'observed',
  'advice',
];

/**
 * Rows and checks of a certificate as CSV (RFC 4180), a line for each check; a row without findings has a line of its own.
 * A spreadsheet takes no cell for a formula.
 */
export function renderCsv({ rows }: Certificate): string {
  const lines = rows.flatMap(({ id, title, section, level, verdict, why, findings }) => {
    const row = [id, title, section, level, verdict];
    if (!findings.length) return [[...row, '', '', '', '', '', '', why, '']];
    return findings.map(({ check, outcome, severity, plane, fault, expected, observed, advice }) => [
      ...row,
      check,
      outcome,
      severity,
      plane,
      fault,
      expected,
      observed,
      advice,
    ]);
  });
  return csvOf([head, ...lines]);
}

/** Cells as CSV (RFC 4180). */
export const csvOf = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');

function cell(value: string): string {
  const text = visible(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
