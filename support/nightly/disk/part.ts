import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Certificate, upgradedCertificate } from '../../judging/index.ts';
import { written } from '../../record/disk/disk.ts';
import { certificateFile, holdsRun } from '../../record/disk/run-folder.ts';
import { readStream } from '../../record/disk/stored-stream.ts';
import { files } from '../../record/disk/stream-file.ts';
import { mergeRecordings, type Recording } from '../../record/stream.ts';
import { UsageError } from '../../record/usage-error.ts';
import schema from '../../report/certification.schema.json' with { type: 'json' };
import { judgeAgain } from '../../review/judge-again.ts';
import { contractFrom } from '../../run/contract.ts';
import { exitCodeOf } from '../../run/progress.ts';
import { type Part, readParts as parsed, renderParts } from '../index.ts';
import { keptFile } from './gh.ts';

/** How the parts of a run ended, beside their record. */
const outcomeFile = 'outcome.json';

/** The same of a part that was not run, for its folder holds an older one: that one's files stay as they are. */
const refusedFile = 'refused.json';

const start = fileURLToPath(new URL('../../cli/start.mjs', import.meta.url));

/**
 * Runs `certify` in a process of its own, and keeps beside what it wrote how it ended and what it said. Returns 0
 * when all of its rows ended, whatever the verdicts are, else its exit code: so a CI system runs again
 * what has to be run again, and nothing else. Throws a `UsageError` when the folder holds a run already, and a
 * `Blocked` when the disk takes no more.
 */
export async function certifyPart(
  options: readonly string[],
  { out, shard }: { readonly out: string; readonly shard: string | null },
): Promise<number> {
  if (holdsRun(out)) throw refused(out, shard);
  // What an older part left that did not come to a record says nothing of this one.
  written(out, () => remove(out, [outcomeFile, refusedFile]));
  const { code, said } = await certify([...options, '--out', out, ...(shard ? ['--shard', shard] : [])]);
  const recorded = existsSync(join(out, files.messages));
  writeParts(out, [{ shard, code, said, recorded }]);
  return recorded && allCameToTheirEnd(out, code) ? 0 : code || 3;
}

/** Keeps that a part was not run, so that nobody takes the older one for it. */
function refused(out: string, shard: string | null): UsageError {
  const shown = relative(process.cwd(), out) || '.';
  const error = new UsageError(
    'KIT-NIGHT-006',
    `Expected ${shown} to hold no run yet, but it does: this part was not run. Give another folder as --out, or take ${shown} away; what was recorded is kept.`,
  );
  writeParts(out, [{ shard, code: 2, said: error.message, recorded: false }], refusedFile);
  return error;
}

async function certify(args: readonly string[]): Promise<Pick<Part, 'code' | 'said'>> {
  const child = spawn(process.execPath, [...process.execArgv, start, 'certify', ...args], {
    stdio: ['inherit', 'inherit', 'pipe'],
  });
  // Whoever ends this ends that: it then closes what it has opened, and its record stays.
  const end = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, end);
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk);
    process.stderr.write(chunk);
  });
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  for (const signal of signals) process.off(signal, end);
  return { code, said: Buffer.concat(said).toString().trim().slice(-2000) };
}

/** Whether the certificate is whole, and `certify` ended as it asks for: else something came between. */
function allCameToTheirEnd(out: string, code: number | null): boolean {
  const certificate = readCertificate(out);
  return (
    certificate !== null &&
    certificate.run.finishedAt !== null &&
    certificate.summary.incomplete === 0 &&
    exitCodeOf(certificate) === code
  );
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

/** The certificate in a folder; `null` where none was written. Throws a `UsageError` when it can't be read. */
export function readCertificate(folder: string): Certificate | null {
  const path = join(folder, certificateFile);
  if (!existsSync(path)) return null;
  const damaged = (why: string) =>
    new UsageError(
      'KIT-NIGHT-003',
      `Expected ${path} to be a certificate as the kit wrote it, but ${why}. Make it again with npm run report, or nightly merge for shards.`,
    );
  let found: unknown;
  try {
    found = upgradedCertificate(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw damaged('it is not JSON');
  }
  const valid = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  if (valid(found)) return found as Certificate;
  const [error] = valid.errors ?? [];
  throw damaged(`${error?.instancePath.slice(1).replaceAll('/', '.') || 'it'} ${error?.message}`);
}

/** Writes how parts ended. Throws a `Blocked` when the disk refuses. */
export const writeParts = (folder: string, parts: readonly Part[], file = outcomeFile): void =>
  writeWhole(join(folder, file), renderParts(parts));

/** Writes all of a file or nothing, and its folder with it. Throws a `Blocked` when the disk refuses. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.part`;
  written(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(part, text);
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  });
}

/**
 * How the parts of the run in a folder ended; none where nothing was kept of it. Throws a `UsageError` when that
 * can't be read.
 */
export function readParts(folder: string): Part[] {
  const path = [refusedFile, outcomeFile].map((name) => join(folder, name)).find((one) => existsSync(one));
  if (!path) return [];
  const parts = parsed(readFileSync(path, 'utf8'));
  if (parts) return parts;
  throw new UsageError(
    'KIT-NIGHT-004',
    `Expected ${path} to be as nightly certify wrote it, but it was cut or changed. Run the part again.`,
  );
}

/** A part of a night as it lies in its folder. */
export interface Shard {
  readonly folder: string;
  readonly parts: readonly Part[];
  /** Whether there is a record of it to be merged. */
  readonly recorded: boolean;
}

/** The shards that lie in a folder; `out`, where the night is put together, is none of them. */
export function shardsIn(folder: string, out: string): Shard[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .filter((one) => one !== out)
    .sort()
    .map(shardAt);
}

function shardAt(folder: string): Shard {
  const recorded = existsSync(join(folder, files.messages));
  try {
    const parts = readParts(folder).map((part) => ({ ...part, recorded: part.recorded && recorded }));
    return { folder, parts, recorded: recorded && parts.every((part) => part.recorded) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const trouble = `does not say how it ended: ${error.message}`;
    return { folder, parts: [{ ...unknownPart, folder: basename(folder), recorded, trouble }], recorded };
  }
}

const unknownPart: Part = { shard: null, code: null, said: '', recorded: false };

/**
 * Why records can't be put together with those before them, by their folders: one can't be read, or is of another run.
 */
export function leftOut(shards: readonly Shard[]): ReadonlyMap<string, string> {
  const contract = contractFrom(undefined);
  const taken: Recording[] = [];
  const left = new Map<string, string>();
  for (const { folder } of shards.filter(({ recorded }) => recorded)) {
    try {
      const { recording } = judgeAgain([readStream(folder)], contract);
      mergeRecordings([...taken, recording]);
      taken.push(recording);
    } catch (error) {
      // Whatever it is: the others are worth having without it.
      left.set(folder, (error as Error).message);
    }
  }
  return left;
}

/** How the parts in a folder ended, and that what they recorded is left out. */
export function partsOf({ folder, parts }: Shard, left: ReadonlyMap<string, string>): readonly Part[] {
  const why = left.get(folder);
  if (why === undefined) return parts;
  return (parts.length ? parts : [unknownPart]).map((part) => ({
    ...part,
    folder: basename(folder),
    recorded: false,
    trouble: `was left out: ${why}`,
  }));
}

/** The files of a night that shards were put together to. */
const nightFiles = [certificateFile, 'certification.html', outcomeFile, refusedFile, keptFile];

/** Leaves nothing of an older night in a folder. Throws a `UsageError` when it holds a run of its own. */
export function clearNight(out: string): void {
  if (existsSync(join(out, files.messages)))
    throw new UsageError(
      'KIT-NIGHT-005',
      `Expected --out to be a folder for the whole night, but ${out} holds the record of a run. Give another folder.`,
    );
  written(out, () => remove(out, nightFiles));
}

function remove(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}
