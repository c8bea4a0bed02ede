import { spawn, spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { bin } from './bin.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What failed, in the words of whoever found it; said once more at the end. */
  readonly complaints: readonly string[];
}

/** `npm test` says at least so often what it is doing, in ms. */
const longestSilence = 8000;

/** How what is run side by side tells of itself. */
interface Telling {
  /** What it says is passed on as it comes. */
  readonly aloud?: boolean;
  /** Stands before each line. */
  readonly name: string;
  /** What is ticked off in it. */
  readonly counted?: string;
}

/** Runs Node with these arguments. Whoever waits reads that something goes on, and how far it is. */
function node(
  args: readonly string[],
  { aloud = false, name, counted = 'rows' }: Telling,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const started = Date.now();
    let answered = started;
    const telling = setInterval(() => {
      if (Date.now() - answered < longestSilence) return;
      answered = Date.now();
      const done = Buffer.concat(chunks).toString().match(/^\s*✔/gm)?.length ?? 0;
      console.log(
        `${name}: at it for ${Math.round((answered - started) / 1000)} s${done ? `, ${done} ${counted} done` : ''}`,
      );
    }, 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      if (!aloud) continue;
      createInterface(stream).on('line', (line) => {
        answered = Date.now();
        console.log(`${name} │ ${line}`);
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
  const { code, output } = await node(args, { name: title });
  console.log(`${title}: ${code === 0 ? 'nothing to say' : 'failed'}`);
  return code === 0
    ? { passed: 1, failed: 0, complaints: [] }
    : { passed: 0, failed: 1, complaints: [`${title}: ${output.trim()}`] };
}

/** The files of tests that take long, or of the others, as far as this machine has what they need. */
function filesOfTests(which: 'long' | 'short'): string[] {
  const all = globSync('{support,fixtures,steps}/**/*.test.ts', { cwd: root }).filter(
    (file) => ofLong.test(file) === (which === 'long'),
  );
  const files = all.filter((file) => python || !ofPython.test(file));
  if (files.length < all.length) console.log(`${all.length - files.length} files skipped: ${noPython}`);
  return files;
}

/** Counts as one. */
const together = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((sum, count) => sum + count.passed, 0),
  failed: counts.reduce((sum, count) => sum + count.failed, 0),
  complaints: counts.flatMap(({ complaints }) => complaints),
});

const sideBySide = (many: number): string => `--test-concurrency=${many}`;

/** Runs test files in one process. */
const inOneProcess = (name: string, files: readonly string[]): Promise<Count> =>
  tested(name, ['--test-isolation=none', ...files]);

/** Runs test files with Node's test runner. */
async function tested(name: string, args: readonly string[]): Promise<Count> {
  const { code, output } = await node(['--test', '--test-reporter=spec', ...args], {
    name,
    counted: 'tests',
  });
  const number = (what: string) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const passed = number('pass');
  const failed = number('fail') + number('cancelled') + number('skipped') + number('todo');
  const broken = code !== 0 && failed === 0;
  const complaint = `${name}: ${output.slice(output.search(/^✖ failing tests:/m)).trim() || output}`;
  return {
    passed,
    failed: failed + (broken || !passed ? 1 : 0),
    complaints: code === 0 && passed ? [] : [complaint],
  };
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

const reference: Job = { title: 'Reference till', args: ['--pos', 'reference'] };
const pythonSales: Job = { title: 'Python till', args: [...pythonTill, '--section', 'SALE'] };
const pythonLost: Job = {
  title: 'Python till, answers lost',
  args: [...pythonTill, '--checklist', 'ambiguity'],
  mayBe: ofWebhooks,
};

/** A job on the Python till, where there is Python. */
function withPython(job: Job): readonly Job[] {
  if (!python) console.log(`${job.title} skipped: ${noPython}`);
  return python ? [job] : [];
}

async function certified({ title, args, mayBe = () => false }: Job): Promise<Count> {
  const out = temporaryFolder('run');
  try {
    const { code } = await node(['support/cli/start.mjs', 'certify', ...args, '--out', join(out, 'run')], {
      aloud: true,
      name: title,
    });
    const { rows } = JSON.parse(readFileSync(join(out, 'run', 'certification.json'), 'utf8')) as Certificate;
    const failed = rows.filter((row) => row.verdict !== 'passed' && !mayBe(row));
    const usual = rows.some(({ verdict }) => verdict === 'review') ? 1 : 0;
    const unusual = code !== usual && !failed.length ? [`it ended with ${code}`] : [];
    return {
      passed: rows.length - failed.length,
      failed: failed.length + unusual.length,
      complaints: [...failed.map(({ id, verdict, why }) => `${id} ${verdict}: ${why}`), ...unusual].map(
        (one) => `${title}: ${one}`,
      ),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return { passed: 0, failed: 1, complaints: [`${title}: no certificate was written: ${why}`] };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The Python till and its tests need what its profile starts. */
const python = spawnSync('python3', ['--version']).status === 0;
const ofPython = /python-till/;
/** What shares a process: it leaves nothing there by which another file would come to something else. */
const shared: readonly (readonly [name: string, files: RegExp])[] = [
  ['Tests of rules', /^support.(contract|judging|record).[^/\\]+$/],
  [
    'Tests of words and reports',
    /^support.(checklist|profile|report.(?!disk|export)|review.(coherence|decisions)|traffic.redaction)\b|^fixtures.openapi\b|\bchecks\.test\.ts$/,
  ],
];
/** Whole runs for each of many subjects: minutes a file. */
const ofLong = /\.long\.test\.ts$/;
const ofRuns = /^support.(cli|run)\b/;
const noPython = 'the Python till needs python3, which is not on this machine';

const heading = (title: string): void => console.log(`\n${styleText('bold', title)}`);

/** One after another. */
async function inTurn(...due: (() => Promise<Count>)[]): Promise<Count[]> {
  const counts: Count[] = [];
  for (const one of due) counts.push(await one());
  return counts;
}

/** Checks of the sources, which need no till and no time. */
const sources: readonly (() => Promise<Count>)[] = [
  () => source('Format and lint', [bin('@biomejs/biome', 'biome'), 'check']),
  () => source('Types', [bin('typescript-7', 'tsc'), '--noEmit']),
  () =>
    source('Import rules', [
      bin('dependency-cruiser', 'depcruise'),
      '--config',
      '.dependency-cruiser.mjs',
      'support',
      'steps',
      'fixtures',
    ]),
  () => source('Dead code', [bin('knip')]),
];

/**
 * `npm test`: everything that has to hold before a change is taken. What mostly waits runs beside what mostly works.
 * The last line counts it all.
 */
export async function testAll(): Promise<number> {
  const files = filesOfTests('short');
  const others = files.filter((file) => !shared.some(([, of]) => of.test(file)));
  heading('A certification in real time, the sources, and tests of rules and words');
  const counts = await Promise.all([
    // It waits more than it works, but its till has to be in time: one thing at a time goes on beside it.
    certified(reference),
    inTurn(
      ...sources,
      ...shared.map(
        ([name, of]) =>
          () =>
            inOneProcess(
              name,
              files.filter((file) => of.test(file)),
            ),
      ),
    ).then(together),
  ]);
  heading('Tests, and a certification of another till');
  const more = await Promise.all([
    // Those that run the kit as a whole wait for tills more than they work; something else is done beside them.
    tested('Tests of runs', [
      sideBySide(availableParallelism() + 2),
      ...others.filter((file) => ofRuns.test(file)),
    ]),
    tested('Tests', [sideBySide(availableParallelism()), ...others.filter((file) => !ofRuns.test(file))]),
    ...withPython(pythonLost).map(certified),
  ]);
  return ended([...counts, ...more]);
}

/** `npm test -- --long`: the tests that take long, and nothing else. The last line counts them. */
export async function testLong(): Promise<number> {
  heading('Tests that take long');
  const files = filesOfTests('long');
  const counts = await Promise.all([
    tested('Long tests', [sideBySide(availableParallelism()), ...files]),
    ...withPython(pythonSales).map(certified),
  ]);
  return ended(counts);
}

/** Says what failed, however far above its own lines are, and counts. Gives the exit code. */
function ended(counts: readonly Count[]): number {
  const { passed, failed, complaints } = together(counts);
  for (const complaint of complaints) console.log(`\n${complaint}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
