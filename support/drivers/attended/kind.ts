import { resolve } from 'node:path';
import { listed } from '../../checklist/check.ts';
import { knownActions, onPage } from '../../checklist/index.ts';
import type { DriverKind, Mistake } from '../kind.ts';
import type { AttendedDriver } from '../settings.ts';
import settingsSchema from './settings.schema.json' with { type: 'json' };

/** Any POS that can be switched on: a person does what the console says, and answers what the POS shows. */
export const attended: DriverKind<AttendedDriver> = {
  name: 'attended',
  settings: settingsSchema,
  subject: 'pos',
  clock: 'real',
  byHand: true,
  decision:
    'A person said what the POS shows: each clause about the display rests on that word and on a photo.',
  display: () => 'attested',
  journal: () => false,
  workers: () => null,
  places: () => [],
  mistake: unknownAction,
  placed: (settings, folder) => ({
    ...settings,
    actions: Object.fromEntries(
      Object.entries(settings.actions ?? {}).map(([name, { how, picture }]) => [
        name,
        { how, ...(picture === undefined ? {} : { picture: resolve(folder, picture) }) },
      ]),
    ),
  }),
  open: async ({ settings, hello, vocabulary, run }) => {
    const [{ AttendedTill }, { deskOf }] = await Promise.all([import('./till.ts'), import('./desk.ts')]);
    return new AttendedTill(settings, hello, vocabulary, deskOf(run));
  },
};

/** An action in a profile that no checklist has. */
function unknownAction({ actions = {} }: AttendedDriver): Mistake | null {
  const known = [...knownActions()].flatMap(([name, form]) => Object.keys(onPage(name, form).steps));
  const name = Object.keys(actions).find((one) => !known.includes(one) && !others.includes(one));
  if (name === undefined) return null;
  return {
    path: ['driver', 'actions', name],
    says: `expected \`driver.actions\` to name things that a POS is asked to do, but there is no \`${name}\`. There are ${listed([...known, ...others])}.`,
  };
}

/** What a person does besides the actions of checklists. */
const others = ['configure', 'reset', 'restart', 'journal'];
