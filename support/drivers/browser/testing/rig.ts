import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, type TestContext } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright';
import type { Display } from '../../../record/vocabulary.ts';
import { launchBrowser } from '../../../run/browser.ts';
import type { BrowserDisplay, BrowserView } from '../../settings.ts';
import type { RawDisplay } from '../raw.ts';
import { PageScreen } from '../screen.ts';
import { lookingScript } from '../watching.ts';

/** What most tests have their pages selected by. */
export const usualSelectors: BrowserDisplay = {
  outcome: '#outcome',
  prompt: '#prompt',
  notice: '#notice',
  dialogue: '[role=dialog]',
};

/** The one browser of a file of tests, and the server of its pages. */
export interface Rig {
  readonly browser: Browser;
  /** Serves a page, and says where. */
  readonly serve: (page: string, path?: string) => string;
  /** The address of a path. */
  readonly at: (path: string) => string;
}

/** Starts a browser and a server before the tests of a file, and ends both after them. */
export function browserRig(
  otherwise: (url: string, response: ServerResponse) => void = (_, response) => response.end(),
): Rig {
  let launched: Awaited<ReturnType<typeof launchBrowser>>;
  let browser: Browser;
  let server: Server;
  const pages = new Map<string, string>();
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  before(async () => {
    launched = await launchBrowser(() => {});
    browser = await chromium.connect(launched.wsEndpoint());
    server = createServer(({ url = '' }, response) => {
      const page = pages.get(url);
      if (page === undefined) otherwise(url, response);
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  after(async () => {
    await browser?.close();
    await launched?.close();
    server?.closeAllConnections();
    server?.close();
  });
  return {
    get browser() {
      return browser;
    },
    serve: (page, path = `/${pages.size}`) => {
      pages.set(path, page);
      return at(path);
    },
    at,
  };
}

/** A screen on which a page is open, until the test is over. */
export async function screenOf(
  rig: Rig,
  t: TestContext,
  page: string,
  { view = {}, more = {} }: { view?: BrowserView; more?: Partial<BrowserDisplay> } = {},
): Promise<PageScreen> {
  const screen = new PageScreen(rig.browser, { ...usualSelectors, ...more }, view);
  t.after(() => screen.close());
  await screen.open(rig.serve(page));
  return screen;
}

/** The first display of which something holds. */
export async function shown(screen: PageScreen, holds: (display: Display) => boolean): Promise<Display> {
  const { promise, resolve } = Promise.withResolvers<Display>();
  screen.onChange((seen) => {
    if (holds(seen)) resolve(seen);
  });
  const now = await screen.look();
  return holds(now) ? now : promise;
}

/** Reads pages, one after another, in one tab of the rig. */
export function reader(rig: Rig, selectors: BrowserDisplay = usualSelectors) {
  let page: Page | null = null;
  const script = lookingScript(selectors);
  return {
    /** By this script a page is read. */
    script,
    /** The tab, once something was read. */
    tab: (): Page => page!,
    /** What is read of a page with this in its body. */
    async readOf(body: string): Promise<RawDisplay> {
      page ??= await rig.browser.newPage({ viewport: { width: 1280, height: 860 } });
      await page.setContent(`<!doctype html><meta charset="utf-8"><body>${body}`);
      // What fades in within a moment has done so before it is read, however busy the machine is.
      await page.evaluate(async () => {
        const brief = document
          .getAnimations()
          .filter(
            ({ playState, effect }) =>
              playState === 'running' && Number(effect?.getComputedTiming().endTime) < 10,
          );
        await Promise.all(brief.map(({ finished }) => finished));
      });
      return page.evaluate<RawDisplay>(script);
    },
  };
}
