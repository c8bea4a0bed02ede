import { spawn, spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Count {
  passed: number;
  failed: number;
}

/** Path of a package's command, so that no shell and no PATH is needed. */
function bin(name: string, command = name): string {
  const file = findManifest(name);
  const { bin: entry } = JSON.parse(readFileSync(file, 'utf8')) as { bin: string | Record<string, string> };
  return join(dirname(file), typeof entry === 'string' ? entry : entry[command]!);
}

function findManifest(name: string): string {
  const { paths } = createRequire(import.meta.url).resolve as unknown as { paths(request: string): string[] };
  for (const folder of paths(name)) {
    const file = join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {}
  }
  throw new Error(`${name} is not installed; run npm ci`);
}

/** `npm test` says at least so often what it is doing, in ms. */
const longestSilence = 8000;

/** Runs Node with these arguments. What it says is passed on as it comes, unless `quiet`; `counted` is ticked off in it. */
function node(
  args: readonly string[],
  quiet = false,
  counted = 'rows',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const started = Date.now();
    let told = started;
    // Whoever waits is told that something goes on, and how far it is.
    const telling = setInterval(() => {
      if (Date.now() - told < longestSilence) return;
      told = Date.now();
      const done = Buffer.concat(chunks).toString().match(/^\s*✔/gm)?.length ?? 0;
      console.log(
        `  … at it for ${Math.round((told - started) / 1000)} s${done ? `, ${done} ${counted} done` : ''}`,
      );
    }, 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (quiet) return;
        told = Date.now();
        process.stdout.write(chunk);
      });
    }
    child.on('close', (code) => {
      clearInterval(telling);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** A check of the sources: it counts as one. */
async function source(title: string, args: readonly string[]): Promise<Count> {
  heading(title);
  const { code, output } = await node(args, true);
  if (code !== 0) console.log(output.trim());
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Unit and integration tests, as Node's test runner counts them. */
async function tests(): Promise<Count> {
  heading('Unit and integration tests');
  const all = globSync('{support,fixtures,steps}/**/*.test.ts', { cwd: root });
  const files = all.filter((file) => python || !ofPython.test(file));
  if (files.length < all.length) console.log(`${all.length - files.length} files skipped: ${noPython}`);
  // Several of them wait for tills more than they work.
  const sideBySide = `--test-concurrency=${availableParallelism() + 1}`;
  const { code, output } = await node(
    ['--test', sideBySide, '--test-reporter=spec', ...files],
    true,
    'tests',
  );
  const number = (name: string) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const count = {
    passed: number('pass'),
    failed: number('fail') + number('cancelled') + number('skipped') + number('todo'),
  };
  const broken = code !== 0 && count.failed === 0;
  if (code !== 0) console.log(output.slice(output.search(/^✖ failing tests:/m)).trim() || output);
  console.log(`${count.passed} passed, ${count.failed} failed in ${files.length} files`);
  return { passed: count.passed, failed: count.failed + (broken || !count.passed ? 1 : 0) };
}

/** The main job on one of the kit's own tills: each row counts as one. */
interface Job {
  readonly title: string;
  readonly args: readonly string[];
  /** What a row of this till may come to besides passed. */
  readonly mayBe?: (row: CertificateRow) => boolean;
}

/** It is set aside because the till takes no webhooks, which is for Dojo to judge. */
const ofWebhooks = ({ why, checks }: CertificateRow): boolean =>
  checks.expected === 0 && why.includes('webhooks');
const pythonTill = ['--profile', 'fixtures/pay-at-counter/profiles/python.yaml', '--fast', '--no-allure'];

const jobs: readonly Job[] = [
  {
    title: 'Certify the headless till',
    args: ['--pos', 'headless'],
    mayBe: ({ verdict }) => verdict === 'not-applicable',
  },
  { title: 'Certify the reference till', args: ['--pos', 'reference'] },
];
const pythonJobs: readonly Job[] = [
  { title: 'Certify the Python till', args: pythonTill, mayBe: ofWebhooks },
  {
    title: 'Certify the Python till where answers get lost',
    args: [...pythonTill, '--checklist', 'ambiguity'],
    mayBe: ofWebhooks,
  },
];

async function certified({ title, args, mayBe = () => false }: Job): Promise<Count> {
  heading(title);
  const out = temporaryFolder('run');
  try {
    const { code } = await node(['support/cli/start.mjs', 'certify', ...args, '--out', join(out, 'run')]);
    const { rows } = JSON.parse(readFileSync(join(out, 'run', 'certification.json'), 'utf8')) as Certificate;
    const failed = rows.filter((row) => row.verdict !== 'passed' && !mayBe(row));
    const usual = rows.some(({ verdict }) => verdict === 'review') ? 1 : 0;
    return {
      passed: rows.length - failed.length,
      failed: failed.length + (code !== usual && !failed.length ? 1 : 0),
    };
  } catch (error) {
    console.log(`No certificate was written: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The Python till and its tests need what its profile starts. */
const python = spawnSync('python3', ['--version']).status === 0;
const ofPython = /python-till/;
const noPython = 'the Python till needs python3, which is not on this machine';

const heading = (title: string): void => console.log(`\n${styleText('bold', title)}`);

/** `npm test`: everything that has to hold before a change is taken. The last line counts it all. */
export async function main(): Promise<number> {
  const counts = [
    await source('Format and lint', [bin('@biomejs/biome', 'biome'), 'check']),
    await source('Types', [bin('typescript', 'tsc'), '--noEmit']),
    await source('Import rules', [
      bin('dependency-cruiser', 'depcruise'),
      '--config',
      '.dependency-cruiser.mjs',
      'support',
      'steps',
      'fixtures',
    ]),
    await source('Dead code', [bin('knip')]),
    await tests(),
  ];
  for (const job of jobs) counts.push(await certified(job));
  if (python) for (const job of pythonJobs) counts.push(await certified(job));
  else console.log(`\n${pythonJobs.length} certifications skipped: ${noPython}`);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
