import type { Certificate } from '../judging/index.ts';
import { Pieces, type ReportFile } from './file.ts';

/** `certification.json`, as `certification.schema.json` describes it. */
export const renderJson = (certificate: Certificate): ReportFile<Pieces> => ({
  name: 'certification.json',
  content: new Pieces(() => printed(certificate)),
});

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** As `JSON.stringify` lays it out, a row at a time. */
function* printed(certificate: Certificate): Iterable<string> {
  const [before, after] = json({ ...certificate, rows: [] }).split(/(?<=\n {2}"rows": \[)(?=\])/);
  yield before!;
  for (const [index, row] of certificate.rows.entries())
    yield `${index ? ',' : ''}\n${json(row)}`.replaceAll('\n', '\n    ');
  yield `${certificate.rows.length ? '\n  ' : ''}${after}\n`;
}
