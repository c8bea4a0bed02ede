import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from '../nightly/index.ts';
import { UsageError } from '../profile/index.ts';
import type { Certificate } from '../verdict/index.ts';
import { files } from './stream-file.ts';

/** How the parts of a run ended, beside their record. */
const outcomeFile = 'outcome.json';

const start = fileURLToPath(new URL('./start.mjs', import.meta.url));

/**
 * Runs `certify` in a process of its own, and keeps beside what it wrote how it ended and what it said. Returns 0
 * when all of its rows came to their end, whatever the verdicts are, else its exit code: so a CI system runs again
 * what has to be run again, and nothing else.
 */
export async function certifyPart(
  options: readonly string[],
  { out, shard }: { readonly out: string; readonly shard: string | null },
): Promise<number> {
  const args = [...options, '--out', out, ...(shard ? ['--shard', shard] : [])];
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
  const part: Part = {
    shard,
    code,
    said: Buffer.concat(said).toString().trim().slice(-2000),
    recorded: existsSync(join(out, files.messages)),
  };
  writeParts(out, [part]);
  return allCameToTheirEnd(out) ? 0 : code || 3;
}

function allCameToTheirEnd(out: string): boolean {
  const certificate = readCertificate(out);
  return certificate !== null && certificate.run.finishedAt !== null && certificate.summary.incomplete === 0;
}

/** The certificate in a folder; `null` where none was written. */
export function readCertificate(folder: string): Certificate | null {
  const path = join(folder, 'certification.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Certificate) : null;
}

export function writeParts(folder: string, parts: readonly Part[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, outcomeFile), `${JSON.stringify({ parts }, null, 2)}\n`);
}

/** How the parts of the run in a folder ended; none where nothing was kept of it. */
export function readParts(folder: string): Part[] {
  const path = join(folder, outcomeFile);
  if (!existsSync(path)) return [];
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { parts: Part[] }).parts;
  } catch {
    throw new UsageError(
      `Expected ${path} to be as nightly certify wrote it, but it is no JSON. Run the part again.`,
    );
  }
}

/** The folders of the shards that lie in a folder, and those of them that hold a record. */
export function shardsIn(folder: string): {
  readonly all: readonly string[];
  readonly recorded: readonly string[];
} {
  const all = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
        .sort()
    : [];
  return { all, recorded: all.filter((one) => existsSync(join(one, files.messages))) };
}
