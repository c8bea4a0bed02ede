import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Certificate, upgradedCertificate } from '../../judging/index.ts';
import { written } from '../../record/disk/disk.ts';
import type { Recording } from '../../record/stream.ts';
import {
  evidenceFolder,
  Pieces,
  type ReportFile,
  renderAllureResults,
  renderHtml,
  renderHtmlBeside,
  renderIndex,
  renderJson,
  styleFile,
} from '../index.ts';
import { renderAllure } from './allure-html.ts';

export interface ReportOptions {
  readonly allure: boolean;
  /** Style and pictures of the page go into files beside it. */
  readonly beside?: boolean;
  readonly say: (line: string) => void;
}

/**
 * Writes all views of a run into its folder: certificate, Allure results and report, and the list of runs.
 * Throws a `Blocked` when the disk refuses.
 */
export async function writeReport(
  folder: string,
  certificate: Certificate,
  recording: Recording,
  { allure, beside = false, say }: ReportOptions,
): Promise<void> {
  write(folder, [renderJson(certificate)]);
  // Of a page that lay there before, nothing is left that this one does not have.
  for (const name of [styleFile, evidenceFolder])
    rmSync(join(folder, name), { recursive: true, force: true });
  if (beside) {
    const { page, files } = renderHtmlBeside(certificate, recording);
    write(folder, files());
    write(folder, [page]);
  } else write(folder, [renderHtml(certificate, recording)]);
  if (allure) await writeAllure(folder, certificate, recording, say);
  if (basename(dirname(folder)) === 'reports') writeIndex(dirname(folder));
}

async function writeAllure(
  folder: string,
  certificate: Certificate,
  recording: Recording,
  say: (line: string) => void,
): Promise<void> {
  const results = join(folder, 'allure-results');
  rmSync(results, { recursive: true, force: true });
  write(results, renderAllureResults(certificate, recording));
  const done = await renderAllure(results, join(folder, 'allure.html'));
  if (!done.ok) say(`The Allure report was left out: ${done.why} Everything else is there.`);
}

/** The list of the runs that stand side by side in a folder; what is no certificate is passed over. */
function writeIndex(reports: string): void {
  const runs = readdirSync(reports, { withFileTypes: true }).flatMap((entry) => {
    const path = join(reports, entry.name, 'certification.json');
    if (!entry.isDirectory() || !existsSync(path)) return [];
    try {
      return [
        { folder: entry.name, certificate: upgradedCertificate(JSON.parse(readFileSync(path, 'utf8'))) },
      ];
    } catch {
      return [];
    }
  });
  write(reports, [renderIndex(runs)]);
}

/** Whole files only: half of a certificate could say something else than all of it. */
function write(folder: string, files: Iterable<ReportFile<string | Uint8Array | Pieces>>): void {
  written(folder, () => mkdirSync(folder, { recursive: true }));
  for (const { name, content } of files) {
    const path = join(folder, name);
    written(path, () => mkdirSync(dirname(path), { recursive: true }));
    const part = `${path}.${randomUUID()}.part`;
    written(path, () => {
      try {
        writeFileSync(part, '');
        for (const piece of content instanceof Pieces ? content : [content]) appendFileSync(part, piece);
        renameSync(part, path);
      } finally {
        rmSync(part, { force: true });
      }
    });
  }
}
