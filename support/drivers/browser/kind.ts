import { knownActions } from '../../checklist/index.ts';
import type { DriverKind, Mistake, Probe, Probing } from '../kind.ts';
import { mistakeInCertificate, pinOf, placedCertificate } from '../pinned.ts';
import { mistakeInDisplay } from '../selectors.ts';
import type { BrowserDriver } from '../settings.ts';
import { mistakeInCredentials } from './basic-auth.ts';
import { settingsForm } from './forms.ts';
import { mistakeInActions } from './steps.ts';

const addressesOf = ({ url }: BrowserDriver): string[] => url.split(',').map((one) => one.trim());

/** A POS that is a web page. */
export const browser: DriverKind<BrowserDriver> = {
  name: 'browser',
  get settings() {
    return settingsForm();
  },
  subject: 'pos',
  clock: 'real',
  display: () => 'observed',
  journal: ({ display }) => display.ledger !== undefined,
  workers: (settings) => ({ most: addressesOf(settings).length, member: 'driver.url' }),
  places: addressesOf,
  page: ({ display }) => display,
  withPage: (settings, display) => ({ ...settings, display }),
  mistake: (settings, folder = '') =>
    badAddress(settings.url) ??
    mistakeInCertificate(settings, folder) ??
    mistakeInCredentials(settings) ??
    mistakeInDisplay(settings.display, ['driver', 'display']) ??
    nothingToDo(settings) ??
    mistakeInJournal(settings) ??
    mistakeInActions(settings.actions, settings.steps),
  pin: ({ certificate }) => (certificate === undefined ? null : pinOf(certificate)),
  placed: placedCertificate,
  open: async ({ browser: sees, place, settings, hello, vocabulary }) => {
    if (!sees) throw new Error('A web page is opened in a browser, and there is none');
    const { BrowserTill } = await import('./till.ts');
    return new BrowserTill(sees, place, settings, hello, vocabulary);
  },
  probe: pageProbe,
};

/** A page that is without the steps for what any checklist begins with. */
function nothingToDo({ actions }: BrowserDriver): Mistake | null {
  const needed = [...knownActions()].filter(([, form]) => form.needed).map(([name]) => name);
  if (!needed.length || needed.some((name) => actions[name])) return null;
  const names = needed.map((name) => `\`${name}\``).join(' or ');
  return {
    path: ['driver', 'actions'],
    says: `expected \`driver.actions\` to have ${names}, which is missing. Add it.`,
  };
}

/** A journal that is shown apart is gone to, read and left. */
function mistakeInJournal({ actions, display }: BrowserDriver): Mistake | null {
  const at = (name: 'journal' | 'leaveJournal', says: string): Mistake => ({
    path: ['driver', 'actions', name],
    says,
  });
  if (actions.leaveJournal && !actions.journal)
    return at(
      'leaveJournal',
      'expected `journal` besides `leaveJournal`, with the steps that lead there, but it is missing. Add it.',
    );
  if (actions.journal && !display.ledger)
    return at(
      'journal',
      'expected `driver.display.ledger`, which says where its entries stand, but it is missing. Add it.',
    );
  return null;
}

/** Addresses of tills that are no addresses of web pages. */
function badAddress(urls: string): Mistake | null {
  const bad = urls
    .split(',')
    .map((url) => url.trim())
    .find((url) => !/^https?:\/\//.test(url) || !URL.canParse(url));
  if (bad === undefined) return null;
  const says = `expected \`driver.url\` to be an address such as http://127.0.0.1:8080, but found \`${bad}\`. Write it out, with http:// or https://.`;
  return { path: ['driver', 'url'], says };
}

/** Whatever a page answers, the till is there; what it shows is for the rows to see. */
function pageProbe({ settings, ownTill, places }: Probing<BrowserDriver>): Probe {
  return {
    name: "till's page",
    expected: ownTill ? "the kit's own till to answer" : '`driver.url` in the profile to answer',
    elsewhere: true,
    look: async () => {
      const [urls, { statusOfPage }] = await Promise.all([places(), import('./page-status.ts')]);
      const statuses = await Promise.all(urls.map((url) => statusOfPage(url, settings)));
      const odd = statuses.some((status) => status >= 400);
      return {
        ok: odd ? 'note' : 'yes',
        found: urls.map((url, place) => `${url} answered ${statuses[place]}`).join(', '),
        advice: 'Open the page in a browser, and check `driver.url` in the profile.',
      };
    },
  };
}
