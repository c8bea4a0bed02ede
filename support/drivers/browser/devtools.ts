import type { CDPSession, Page } from 'playwright';

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** The one DevTools session of a page: each that is opened costs the browser more than what is asked in it. */
export function devtoolsOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page);
  if (known) return known;
  const opened = page.context().newCDPSession(page);
  sessions.set(page, opened);
  opened.catch(() => sessions.delete(page));
  return opened;
}

/**
 * Has the page call the kit by functions of these names, each with one text. Unlike Playwright's own bindings, which ask
 * the page four times for each call, these ask nothing; a frame in a process of its own lacks them. `worlds` is kept
 * to the worlds of scripts that the page has.
 */
export async function hear(
  page: Page,
  heard: Readonly<Record<string, (text: string) => void>>,
  worlds: Set<number>,
): Promise<void> {
  const devtools = await devtoolsOf(page);
  // What the page writes to its console would be kept for a reader whom there is not.
  let logged = 0;
  devtools.on('Runtime.consoleAPICalled', () => {
    logged += 1;
    if (logged % 100 === 0)
      devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'console' }).catch(() => {});
  });
  devtools.on('Runtime.executionContextCreated', ({ context }) => worlds.add(context.id));
  devtools.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    worlds.delete(executionContextId),
  );
  devtools.on('Runtime.executionContextsCleared', () => worlds.clear());
  devtools.on('Runtime.bindingCalled', ({ name, payload }) => heard[name]?.(payload));
  await devtools.send('Runtime.enable');
  await Promise.all(Object.keys(heard).map((name) => devtools.send('Runtime.addBinding', { name })));
}
