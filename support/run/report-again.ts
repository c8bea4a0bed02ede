import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Contract } from '../contract/index.ts';
import { carriedLine } from '../record/disk/carried.ts';
import { heldAlready, holdsRecord } from '../record/disk/run-folder.ts';
import { keepsItsChain, readStream, type StoredStream } from '../record/disk/stored-stream.ts';
import { files } from '../record/disk/stream-file.ts';
import { headLines } from '../report/disk/heads.ts';
import { writeReport } from '../report/disk/write-report.ts';
import { judgeAgain } from '../review/judge-again.ts';
import { exitCodeOf, summary } from './progress.ts';
import { say } from './terminal.ts';

/** What a certificate is made with. */
interface How {
  readonly contract: Contract;
  /** Left out: the first folder. */
  readonly out?: string | undefined;
  readonly allure: boolean;
  /** Style and pictures of the page go into files beside it. */
  readonly beside?: boolean;
}

/**
 * Judges the streams in some folders again, writes the certificate, and says what it came to. Returns the exit code that
 * the certificate asks for. Throws a `UsageError` or a `StreamError` where the streams can't be used.
 */
export async function reportAgain(
  folders: readonly string[],
  { contract, out, allure, beside = false }: How,
): Promise<number> {
  const streams = folders.map(readStream);
  for (const remark of streams.flatMap(remarks)) say(remark);
  const { recording, certificate, otherwise } = judgeAgain(streams, contract);
  const folder = resolve(out ?? folders[0]!);
  if (holdsRecord(folder) && !folders.includes(folder)) throw heldAlready(folder);
  await writeReport(folder, certificate, recording, { allure, beside, say });
  for (const note of otherwise) say(note);
  say(summary(certificate));
  for (const line of headLines(certificate)) say(line);
  say(`Report: ${pathToFileURL(join(folder, 'certification.html')).href}`);
  return exitCodeOf(certificate);
}

/** Where a stream is not what was chained, in a line each. */
function remarks(stream: StoredStream): string[] {
  const { shown, lines, left, folder, chain, carried } = stream;
  return [
    ...(carried.length ? [carriedLine(carried)] : []),
    ...(left
      ? [
          `${shown}:${lines.length + 1}: the last line ${left.why === 'cut' ? 'was cut off' : 'is not in the chain'} and is left out.`,
        ]
      : []),
    ...(chain
      ? []
      : [
          `${shown.replace(files.messages, files.chain)} is missing: nothing shows whether the stream is what was recorded.`,
        ]),
    ...(chain && !keepsItsChain(stream)
      ? [
          `${shown} is not what was chained when it was recorded: npm run certify -- verify ${relative(process.cwd(), folder) || '.'} names what was edited.`,
        ]
      : []),
  ];
}
