import type { Hello, PosDriver } from './driver.ts';
import type { Look } from './kind.ts';
import type { BrowserDisplay, BrowserView } from './settings.ts';

/** Settings of a till that reports its display, unless they name a page on which the kit sees it. */
interface Described {
  readonly journal?: boolean;
  readonly see?:
    | (BrowserView & { readonly page: string; readonly display: BrowserDisplay })
    | { page?: undefined };
}

/** How the display of such a till is known, for its `DriverKind`. */
export const answeredOrSeen = {
  display: ({ see }: Described) => (see?.page === undefined ? 'reported' : 'observed'),
  journal: ({ see, journal }: Described) =>
    see?.page === undefined ? journal !== false : see.display.ledger !== undefined,
  page: ({ see }: Described) => (see?.page === undefined ? null : see.display),
  withPage: <Settings extends Described>(settings: Settings, display: BrowserDisplay): Settings =>
    settings.see?.page === undefined ? settings : { ...settings, see: { ...settings.see, display } },
} as const;

/** Whether a till answers, is the one of the profile, and has its page where the profile says. Throws as `hello` does. */
export async function lookAt(
  till: PosDriver & { readonly page: string | null },
  { name, version, apiVersion }: Hello,
  advice: string,
): Promise<Look> {
  try {
    await till.hello();
    const { page } = till;
    if (page === null) await till.look();
    if (till.unreadable) throw till.unreadable;
    const said = `it said ${name} ${version}, API ${apiVersion}`;
    if (page === null) return { ok: 'yes', found: said };
    const { statusOf } = await import('./status.ts');
    const status = await statusOf(page, advice);
    return { ok: status >= 400 ? 'note' : 'yes', found: `${said}; ${page} answered ${status}`, advice };
  } finally {
    await till.close();
  }
}
