import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../record/disk/temporary.ts';

const run = promisify(execFile);

/** Allure takes about a second; Java on a cold disk a few more. */
const patience = 120_000;

/** Java as its own convention finds it: JAVA_HOME, else the PATH. */
function java(): string {
  const home = process.env.JAVA_HOME;
  return home ? join(home, 'bin', 'java') : 'java';
}

/** The version of the Java that Allure would run on, such as `17.0.15`; `null` where there is none. */
export async function javaVersion(): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(java(), ['-version'], { timeout: patience });
    return /version "([^"]+)"/.exec(`${stderr}${stdout}`)?.[1] ?? null;
  } catch {
    return null;
  }
}

/**
 * Makes Allure's report of a folder of results: one HTML file that opens from the disk and asks nothing of
 * the network. It never throws: a run and its verdicts do not depend on this view of them.
 */
export async function renderAllure(
  resultsDir: string,
  outFile: string,
): Promise<{ ok: true } | { ok: false; why: string }> {
  if ((await javaVersion()) === null) {
    return {
      ok: false,
      why: `Allure's report needs Java 8 or later, and ${java()} did not run. Install a Java runtime (such as Temurin, or Debian's default-jre-headless), or leave the report out with --no-allure. The certificate does not need it.`,
    };
  }
  const folder = temporaryFolder('allure');
  try {
    await generate(resultsDir, folder);
    await writeFile(outFile, withoutAnalytics(await readFile(join(folder, 'index.html'), 'utf8')));
    return { ok: true };
  } catch (error) {
    const message = error instanceof Error ? error.message.trim() : String(error);
    return { ok: false, why: `Expected Allure to make a report of ${resultsDir}, but: ${message}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts Allure's own class: its launchers are shell scripts, one for each kind of system. */
async function generate(resultsDir: string, folder: string): Promise<void> {
  const home = join(
    dirname(createRequire(import.meta.url).resolve('allure-commandline/package.json')),
    'dist',
  );
  const classes = [join(home, 'lib', '*'), join(home, 'lib', 'config')].join(delimiter);
  await run(
    java(),
    [
      // It lives for a second: what pays off later is left out.
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-classpath',
      classes,
      'io.qameta.allure.CommandLine',
      'generate',
      resultsDir,
      '--single-file',
      '--clean',
      '--output',
      folder,
    ],
    {
      timeout: patience,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, APP_HOME: home, ALLURE_NO_ANALYTICS: '1' },
    },
  );
}

/** A tag that loads the analytics, and the one after it that sends. */
const analytics =
  /\s*<script\b[^>]*\bsrc="https:\/\/www\.googletagmanager\.com\/[^"]*"[^>]*><\/script>\s*<script>(?:(?!<\/script>)[\s\S])*?\bgtag\((?:(?!<\/script>)[\s\S])*<\/script>/g;
const outside =
  /<(?:script|link|img|iframe|object|embed|source)\b[^>]*\s(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?\/\/[^\s"'>]*/i;
const sender = /googletagmanager|google-analytics|\bgtag\(/;

/** The browser refuses what this does not name, should a later Allure find another way out. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data: blob:; img-src data: blob:; font-src data: blob:; connect-src data: blob:; frame-src data: blob:; media-src data: blob:; object-src data: blob:";

/**
 * Allure's report without the analytics that it loads from the network, evidence of payments being none of
 * their business. Throws when something in it would still reach out.
 */
export function withoutAnalytics(html: string): string {
  const stripped = html
    .replace(analytics, '')
    .replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
  const left = outside.exec(stripped)?.[0] ?? sender.exec(stripped)?.[0];
  if (left) {
    throw new Error(
      `the report would reach out to the network (${left.slice(0, 200)}), and this kit does not know how to strip that. Use the version of allure-commandline that package.json names.`,
    );
  }
  return stripped;
}
