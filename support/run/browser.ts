import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserServer } from 'playwright';
import { loopbackAddress } from '../record/loopback.ts';
import { UsageError } from '../record/usage-error.ts';

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

/**
 * The features that Playwright 1.65 turns off. The last `--disable-features` on the command line replaces all
 * others, so whoever turns off one more has to repeat them.
 */
const offInPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'PreconnectToSearch',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/**
 * Chromium 156 opens two pages of its own with each context, for its address bar, which a headless browser does
 * not even have: each keeps a core busy for seconds.
 */
const ownPages = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** The command line of a browser that has no window; a headless shell has no pages of its own to turn off. */
const switchesOf = (path: string): string[] => [
  ...switches,
  ...(/headless[-_]shell/.test(path)
    ? []
    : [`--disable-features=${[...offInPlaywright, ...ownPages].join(',')}`]),
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const env = process.env;

/** Where Chromium and its kin are usually installed. */
const usual: readonly string[] =
  {
    // The headless shell opens a page three times as fast as the browser that it is a part of.
    linux: [
      '/usr/bin/chromium-headless-shell',
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
      'KIT-BROWSER-001',
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
    const install = (words: string, name: string) =>
      attempt(words, '/usr/bin/apt-get', ['install', '-y', '-q', '--no-install-recommends', name], 420_000);
    return (
      (await install("Debian's headless Chromium", 'chromium-headless-shell')) ??
      install("Debian's Chromium", 'chromium')
    );
  };
  const installed = debian ? ((await own()) ?? (await playwright())) : await playwright();
  if (installed) return installed;
  throw new UsageError(
    'KIT-BROWSER-002',
    `Expected a browser for the till, but none was found and none could be installed (${tried.join('; ')}). ` +
      'Install Chrome, Edge or Chromium, or name one in DOJO_BROWSER; `--pos headless` needs none.',
  );
}

/** The program that is reached there, and its version, such as `HeadlessChrome 156.0.7700.1`. */
export async function nameOfBrowser(endpoint: string): Promise<string> {
  const { chromium } = await import('playwright');
  const browser = await chromium.connect(endpoint, { timeout: 60_000 });
  try {
    const devtools = await browser.newBrowserCDPSession();
    const { product } = await devtools.send('Browser.getVersion');
    return product.replace('/', ' ');
  } finally {
    await browser.close();
  }
}

/** Starts the one headless browser that all workers share; it takes a certificate with the key of that digest. Throws a `UsageError` when there is none. */
export async function launchBrowser(
  say: (line: string) => void,
  pin: string | null = null,
): Promise<BrowserServer> {
  const executablePath = await findOrInstall(say);
  const { chromium } = await import('playwright');
  const launch = () =>
    chromium.launchServer({
      executablePath,
      host: loopbackAddress(),
      timeout: 60_000,
      // An interrupted run closes it itself, once what was seen is kept.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [
        ...switchesOf(executablePath),
        ...(pin === null ? [] : [`--ignore-certificate-errors-spki-list=${pin}`]),
      ],
    });
  try {
    return await launch().catch(launch);
  } catch (error) {
    throw new UsageError(
      'KIT-BROWSER-003',
      `Expected ${executablePath} to start, but it did not: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]} ` +
        'Name another browser in DOJO_BROWSER.',
    );
  }
}
