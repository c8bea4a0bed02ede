import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright';
import { chromium } from 'playwright';
import { startReferencePos } from '../../fixtures/pay-at-counter/reference-pos/index.ts';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { HttpTill } from '../drivers/http/till.ts';
import type { PosDriver } from '../drivers/index.ts';
import type { Certificate } from '../judging/index.ts';
import { loadProfile } from '../profile/index.ts';
import { blank } from '../record/display.ts';
import { launchBrowser } from '../run/browser.ts';
import { Operator, type Reading } from '../run/console/testing/operator.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const profileFile = file('fixtures/pay-at-counter/profiles/attended.yaml');

/** A run in which a scripted operator stands at the reference POS. */
export interface ByHand {
  /** What the person answers, as YAML. */
  readonly script: string;
  /** Options of `certify` beside the profile, such as `--rows`. */
  readonly options: readonly string[];
  /** Where the run is written, and the POS keeps its journal. */
  readonly folder: string;
  readonly browser: Browser;
  /** Whether the kit is killed (`kill -9`) as this step is read, before it is answered. */
  readonly kill?: (seen: Reading) => boolean;
  /** Called when it was, before the run goes on. */
  readonly killed?: () => Promise<void>;
  /** What the kit finds in its environment besides, and a module that its Node loads first. */
  readonly env?: Readonly<Record<string, string>>;
  readonly preload?: string;
  /** What the person stands at, where it is not the reference POS as it is. */
  readonly pos?: (reference: PosDriver) => PosDriver;
  readonly say?: (line: string) => void;
}

/** What came of it. */
export interface ByHandResult {
  readonly certificate: Certificate;
  /** Each step that was read, by the process that asked for it: each begins after one was killed. */
  readonly steps: readonly (readonly Reading[])[];
  /** What the kit printed, by its process. */
  readonly printed: readonly string[];
}

/** Certifies the reference POS by the hand of a scripted operator, through the command line and a real browser. */
export async function certifyByHand(about: ByHand): Promise<ByHandResult> {
  const { folder, browser, say = () => {}, kill = () => false } = about;
  mkdirSync(folder, { recursive: true });
  const profile = loadProfile(profileFile);
  const reference = await startReferencePos({
    dataDir: join(folder, 'pos'),
    testEndpoint: { path: '/test', secret: 'a-secret' },
  });
  const url = `${reference.url}/test`;
  const till = new HttpTill({ kind: 'http', url, secondDevice: true }, url, 'a-secret', profile);
  const pictures = await browser.newPage();
  const out = join(folder, 'run');
  const steps: Reading[][] = [];
  const printed: string[] = [];
  try {
    await till.hello();
    const pos = about.pos?.(till) ?? till;
    for (let goesOn = false; ; goesOn = true) {
      const kit = started(
        goesOn
          ? ['certify', '--resume', out]
          : ['certify', '--profile', profileFile, '--out', out, '--no-allure', ...about.options],
        about,
      );
      const read: Reading[] = [];
      steps.push(read);
      const page = await browser.newPage();
      page.setDefaultTimeout(300_000);
      let killed = false;
      const operator = new Operator(about.script, {
        page,
        pos,
        vocabulary: profile.vocabulary,
        wants,
        picture: async (number) => {
          await pictures.setContent(`<h1>What the POS shows, ${steps.length} ${number}</h1>`);
          return pictures.screenshot();
        },
        reads: async (seen) => {
          say(`    ${seen.row} ${seen.number} ${seen.title}`);
          read.push(seen);
          if (!kill(seen)) return;
          say(`    kill -9`);
          killed = true;
          kit.child.kill('SIGKILL');
          await kit.ended;
          throw new Error('killed');
        },
      });
      try {
        await operator.work(await kit.console);
      } catch (error) {
        if (!killed) throw error;
      } finally {
        if (!killed && kit.child.exitCode === null) setTimeout(() => kit.child.kill(), 60_000).unref();
        printed.push(await kit.ended);
        await page.close();
      }
      if (!killed) break;
      await about.killed?.();
    }
    const certificate = JSON.parse(readFileSync(join(out, 'certification.json'), 'utf8')) as Certificate;
    return { certificate, steps, printed };
  } finally {
    await pictures.close();
    await till.close();
    await reference.close();
  }
}

/** By which check a row asks for what choice of the console. */
const choices: Readonly<Record<string, string>> = {
  'shows-authorized': 'Authorized',
  'shows-canceled': 'Canceled',
  'shows-cancel-refused': 'cannotCancel',
  'shows-check-key': 'checkApiKey',
  'shows-declined': 'Declined',
  'shows-part-of-refund': 'Refunded',
  'shows-refunded': 'Refunded',
  'shows-unavailable': 'unavailable',
  'shows-unconfirmed': 'Unconfirmed',
};

/** What a person would say who has read the row, and does not look at the POS. */
export function wants(id: string): string {
  const { clauses = [] } = loadChecklist('pay-at-counter').rows.find((row) => row.id === id) ?? {};
  const [check] = clauses.flatMap(({ checks }) => checks).filter((one) => choices[one.id]);
  return choices[check?.id ?? ''] ?? 'Captured';
}

/** A POS that is switched on, and does and shows nothing. */
const idle = (reference: PosDriver): PosDriver => {
  const done = async () => ({ answer: 'done' as const });
  return {
    ...reference,
    hello: () => reference.hello(),
    configure: done,
    act: done,
    reset: done,
    restart: done,
    look: async () => blank,
  };
};

/** Starts the kit as a user does. */
function started(args: readonly string[], { say = () => {}, env = {}, preload }: ByHand) {
  const first = preload ? [`--import=${preload}`] : [];
  const child = spawn(process.execPath, [...first, file('support/cli/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let all = '';
  const address = Promise.withResolvers<string>();
  const ended = once(child, 'close').then(() => {
    address.reject(new Error(`The kit ended without a console: ${all}`));
    return all;
  });
  address.promise.catch(() => {});
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      all += text;
      say(text.trimEnd());
      const found = /begin there: (\S+)/.exec(all);
      if (found) address.resolve(found[1]!);
    });
  return { child, console: address.promise, ended };
}

/** What a scripted operator comes to in a run, in lines: for whoever tries it by hand. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      script: { type: 'string', default: file('fixtures/pay-at-counter/operators/attentive.yaml') },
      rows: { type: 'string' },
      out: { type: 'string' },
      kill: { type: 'string', default: '' },
      idle: { type: 'boolean', default: false },
    },
  });
  if (values.out === undefined) throw new Error('Expected --out: the folder for the run.');
  const launched = await launchBrowser(() => {});
  const browser = await chromium.connect(launched.wsEndpoint());
  const from = Date.now();
  const due = new Set(values.kill.split(',').filter(Boolean));
  const times = new Map<string, number>();
  try {
    const { certificate, steps } = await certifyByHand({
      script: readFileSync(values.script, 'utf8'),
      options: values.rows === undefined ? [] : ['--rows', values.rows],
      folder: values.out,
      browser,
      ...(values.idle ? { pos: idle } : {}),
      // `PAC-SALE-01:3` kills the kit at the third step of that row.
      kill: ({ row }) => {
        const at = (times.get(row) ?? 0) + 1;
        times.set(row, at);
        return due.delete(`${row}:${at}`);
      },
      say: (line) => console.log(`${((Date.now() - from) / 1000).toFixed(0).padStart(5)} s ${line}`),
    });
    for (const { id, verdict, why } of certificate.rows) console.log(id, verdict, why);
    console.log(JSON.stringify(certificate.summary), `${steps.flat().length} steps`);
  } finally {
    await browser.close();
    await launched.close();
  }
}

if (import.meta.main) await main();
