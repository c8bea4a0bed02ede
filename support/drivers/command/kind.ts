import { resolve } from 'node:path';
import type { DriverKind, Mistake, Probe, Probing } from '../kind.ts';
import pageSchema from '../page.schema.json' with { type: 'json' };
import { answeredOrSeen, lookAt } from '../seen.ts';
import { mistakeInDisplay } from '../selectors.ts';
import type { CommandDriver } from '../settings.ts';
import settingsSchema from './settings.schema.json' with { type: 'json' };

/** A POS that a program drives, over its standard input and output. */
export const command: DriverKind<CommandDriver> = {
  ...answeredOrSeen,
  name: 'command',
  settings: { ...settingsSchema, definitions: pageSchema },
  subject: 'pos',
  clock: 'real',
  workers: ({ instances = 1 }) => ({ most: instances, member: 'driver.instances' }),
  places: () => 'folders',
  mistake: (settings) =>
    settings.see?.page
      ? (sharedPage(settings) ?? mistakeInDisplay(settings.see.display, ['driver', 'see', 'display']))
      : null,
  // The program runs where its profile is, or in a folder that is named from there.
  placed: (settings, folder) => ({ ...settings, cwd: resolve(folder, settings.cwd ?? '') }),
  open: async ({ settings, hello, place, screen }) => {
    const { CommandTill } = await import('./till.ts');
    const { see } = settings;
    return new CommandTill(settings, hello, place, see?.page ? await screen(see.display, see) : null);
  },
  probe: driverProbe,
};

/** What is wrong with tills that run side by side and would all show themselves on one page. */
function sharedPage({ instances = 1, see }: CommandDriver): Mistake | null {
  if (instances === 1 || !see?.page || see.page.includes('{port}')) return null;
  return {
    path: ['driver', 'see', 'page'],
    says: `expected a page for each of the ${instances} tills of \`driver.instances\`, but \`driver.see.page\` is one for all. Write \`{port}\` for its port, which the till is given in DOJO_TILL_PORT, or allow one instance.`,
  };
}

function driverProbe({ settings, hello, places }: Probing<CommandDriver>): Probe {
  return {
    name: 'driver',
    expected: `\`${settings.command.join(' ')}\` to start and to say in its answer to hello what the profile says`,
    elsewhere: true,
    look: async () => {
      const [[folder], { CommandTill }] = await Promise.all([places(), import('./till.ts')]);
      const advice =
        'Let the driver serve its page before it answers hello, and check `driver.see.page` in the profile.';
      return lookAt(new CommandTill(settings, hello, folder!), hello, advice);
    },
  };
}
