import type { CertificateRow } from '../../judging/index.ts';

/** Rows by the checklist's sections, both in the checklist's order. */
export function bySection(rows: readonly CertificateRow[]): [section: string, rows: CertificateRow[]][] {
  const sections = new Map<string, CertificateRow[]>();
  for (const row of rows) {
    const section = sections.get(row.section);
    if (section) section.push(row);
    else sections.set(row.section, [row]);
  }
  return [...sections];
}
