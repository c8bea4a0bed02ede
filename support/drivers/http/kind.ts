import { isOnLoopback } from '../../record/loopback.ts';
import type { DriverKind, Mistake, Probe, Probing } from '../kind.ts';
import pageSchema from '../page.schema.json' with { type: 'json' };
import { mistakeInCertificate, placedCertificate } from '../pinned.ts';
import { answeredOrSeen, lookAt } from '../seen.ts';
import { mistakeInDisplay } from '../selectors.ts';
import type { HttpDriver } from '../settings.ts';
import { secretVariable } from './secret.ts';
import settingsSchema from './settings.schema.json' with { type: 'json' };

const addressesOf = ({ url }: HttpDriver): string[] => url.split(',').map((one) => one.trim());

/** A POS whose test build has an endpoint that the kit calls over HTTP. */
export const http: DriverKind<HttpDriver> = {
  ...answeredOrSeen,
  name: 'http',
  settings: { ...settingsSchema, definitions: pageSchema },
  subject: 'pos',
  clock: 'real',
  secret: secretVariable,
  decision:
    'The build that was tested has a test endpoint, through which the kit drove it: a shop needs a build without one.',
  workers: (settings) => ({ most: addressesOf(settings).length, member: 'driver.url' }),
  places: addressesOf,
  placed: placedCertificate,
  mistake: (settings, folder = '') =>
    badAddress(settings) ??
    mistakeInCertificate(settings, folder) ??
    (settings.see ? mistakeInDisplay(settings.see.display, ['driver', 'see', 'display']) : null),
  open: async ({ settings, hello, place, screen, secret }) => {
    const { HttpTill } = await import('./till.ts');
    const { see } = settings;
    return new HttpTill(settings, place, secret, hello, see ? await screen(see.display, see) : null);
  },
  probe: endpointProbe,
};

/** Addresses that are none, that lead off this machine, or pages that several POS would share. */
function badAddress(settings: HttpDriver): Mistake | null {
  const urls = addressesOf(settings);
  const bad = urls.find(
    (url) => !/^https?:\/\/[^?#]*$/.test(url) || !URL.canParse(url) || !isOnLoopback(url),
  );
  if (bad !== undefined)
    return {
      path: ['driver', 'url'],
      says: `expected \`driver.url\` to be an address of this machine such as http://127.0.0.1:8080/dojo-test, but found \`${bad}\`. The POS's test endpoint has to be reached by loopback; forward a port of this machine to a POS elsewhere (\`adb forward\`, \`ssh -L\`).`,
    };
  const page = settings.see?.page;
  if (page !== undefined && urls.length > 1 && /^https?:/.test(page))
    return {
      path: ['driver', 'see', 'page'],
      says: `expected a page for each of the ${urls.length} POS of \`driver.url\`, but \`driver.see.page\` is one for all. Write its path alone, such as \`/\`: it is then looked for where each POS is.`,
    };
  return null;
}

function endpointProbe({ settings, hello, places, secret }: Probing<HttpDriver>): Probe {
  return {
    name: 'test endpoint',
    expected: '`driver.url` in the profile to answer hello with what the profile says',
    elsewhere: true,
    look: async () => {
      const [[url], { HttpTill }] = await Promise.all([places(), import('./till.ts')]);
      const advice = 'Let the POS serve its page, and check `driver.see.page` in the profile.';
      return lookAt(new HttpTill(settings, url!, secret(), hello), hello, advice);
    },
  };
}
