import type { Certificate } from '../../judging/index.ts';
import type { Recording } from '../../record/stream.ts';
import type { ReportFile } from '../file.ts';
import { resultOf } from './result.ts';
import { surroundings } from './surroundings.ts';

/**
 * The results of a run for Allure 2 (the files of its results folder): one result a row, whose status follows
 * from the row's verdict and from nothing else. Two rows that attach the same bytes share one file.
 */
export function* renderAllureResults(certificate: Certificate, recording: Recording): Iterable<ReportFile> {
  const names = new Set<string>();
  for (const row of certificate.rows) {
    for (const file of resultOf(row, certificate, recording)) {
      if (names.has(file.name)) continue;
      names.add(file.name);
      yield file;
    }
  }
  yield* surroundings(certificate);
}
