import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate, Recording } from '../verdict/index.ts';
import { type File, renderReport } from './report-files.ts';

/** Writes all views of a run into its folder: certificate, Allure results and report, and the list of runs. */
export async function writeReport(
  folder: string,
  certificate: Certificate,
  recording: Recording,
  _options: { readonly allure: boolean; readonly say: (line: string) => void },
): Promise<void> {
  write(folder, renderReport(certificate, recording));
}

function write(folder: string, files: readonly File[]): void {
  for (const { name, content } of files) {
    const path = join(folder, ...name.split('/'));
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  }
}
