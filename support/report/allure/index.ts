import type { Certificate, Recording } from '../../verdict/index.ts';
import type { ReportFile } from '../file.ts';
import { resultOf } from './result.ts';
import { surroundings } from './surroundings.ts';

/**
 * The results of a run for Allure 2 (the files of its results folder): one result a row, whose status follows
 * from the row's verdict and from nothing else. Two rows that attach the same bytes share one file.
 */
export function renderAllureResults(certificate: Certificate, recording: Recording): ReportFile[] {
  const files = certificate.rows.flatMap((row) => resultOf(row, certificate, recording));
  const byName = new Map([...files, ...surroundings(certificate)].map((file) => [file.name, file]));
  return [...byName.values()];
}
