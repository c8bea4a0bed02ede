import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserServer } from 'playwright';
import { UsageError } from '../profile/index.ts';

const run = promisify(execFile);

/** Chromium keeps to this machine: it neither updates nor reports, and fails no slower for it. */
const switches = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Without a screen, drawing by way of a graphics process costs more than it saves.
  '--in-process-gpu',
  '--disable-gpu-rasterization',
  // Tills that share one browser must each be drawn and timed as if they were in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

const env = process.env;

/** Where Chromium and its kin are usually installed. */
const usual: readonly string[] =
  {
    linux: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/snap/bin/chromium',
    ],
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
      const root = env[name];
      return root
        ? [
            join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
            join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
          ]
        : [];
    }),
  }[process.platform as 'linux' | 'darwin' | 'win32'] ?? [];

/**
 * Finds a browser: the one that DOJO_BROWSER names, else one that is installed, else Playwright's own.
 * Returns its path, or `null` where there is none. Throws a `UsageError` when DOJO_BROWSER names none.
 */
export async function findBrowser(): Promise<string | null> {
  const named = env.DOJO_BROWSER;
  if (named) {
    if (existsSync(named)) return named;
    throw new UsageError(
      `Expected a browser at ${named}, as DOJO_BROWSER says, but there is no such file. Correct or unset DOJO_BROWSER.`,
    );
  }
  const installed = usual.find((path) => existsSync(path));
  if (installed) return installed;
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : null;
}

/** Finds a browser, and else installs one where that may be done: Playwright's, or Debian's when root. */
async function findOrInstall(say: (line: string) => void): Promise<string> {
  const found = await findBrowser();
  if (found) return found;
  const tried: string[] = [];
  const attempt = async (
    words: string,
    file: string,
    args: string[],
    timeout: number,
  ): Promise<string | null> => {
    say(`No browser was found; installing ${words} …`);
    try {
      await run(file, args, { timeout, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } });
    } catch (error) {
      tried.push(
        `${words}: ${(error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)}`,
      );
    }
    return findBrowser();
  };
  const cli = join(createRequire(import.meta.url).resolve('playwright/package.json'), '..', 'cli.js');
  const debian = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const playwright = () =>
    attempt(
      "Playwright's Chromium",
      process.execPath,
      [cli, 'install', 'chromium-headless-shell', 'chromium'],
      240_000,
    );
  const own = async () => {
    await attempt('package lists', '/usr/bin/apt-get', ['update', '-q'], 180_000);
    return attempt(
      "Debian's Chromium",
      '/usr/bin/apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
      420_000,
    );
  };
  const installed = (await playwright()) ?? (debian ? await own() : null);
  if (installed) return installed;
  throw new UsageError(
    `Expected a browser for the till, but none was found and none could be installed (${tried.join('; ')}). ` +
      'Install Chrome, Edge or Chromium, or name one in DOJO_BROWSER; `--pos headless` needs none.',
  );
}

/** Starts the one headless browser that all workers share. Throws a `UsageError` when there is none. */
export async function launchBrowser(say: (line: string) => void): Promise<BrowserServer> {
  const executablePath = await findOrInstall(say);
  const { chromium } = await import('playwright');
  try {
    return await chromium.launchServer({
      executablePath,
      host: '127.0.0.1',
      // An interrupted run closes it itself, once what was seen is kept.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...switches, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
  } catch (error) {
    throw new UsageError(
      `Expected ${executablePath} to start, but it did not: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]} ` +
        'Name another browser in DOJO_BROWSER.',
    );
  }
}
