import { type DriverKind, defineDriver, type PosDriver } from '../../../drivers/index.ts';
import { blank } from '../../../record/display.ts';
import type { Answer, Display } from '../../../record/vocabulary.ts';

declare module '../../../drivers/settings.ts' {
  interface DriversByKind {
    readonly 'in-process': InProcess;
  }
}

interface InProcess {
  readonly kind: 'in-process';
  readonly greeting: string;
}

const done: Answer = { answer: 'done' };

const showing = (text: string): Display => ({ ...blank, text });

/** A POS with a drawer that lives in the kit's own process. */
const inProcess: DriverKind<InProcess> = {
  name: 'in-process',
  settings: { required: ['greeting'], properties: { greeting: { type: 'string', minLength: 1 } } },
  subject: 'pos',
  clock: 'real',
  display: () => 'reported',
  journal: () => false,
  workers: () => ({ most: 1, member: 'driver' }),
  places: () => [],
  mistake: ({ greeting }) =>
    greeting.startsWith(' ') ? { path: ['driver', 'greeting'], says: 'expected no space before it.' } : null,
  open: async ({ settings: { greeting }, hello }): Promise<PosDriver> => {
    let display = showing(greeting);
    return {
      display: 'reported',
      clock: 'real',
      hello: async () => hello,
      configure: async () => done,
      act: async (action) => {
        if (action.name !== 'openDrawer') return { answer: 'notOffered', reason: 'it has a drawer alone' };
        display = showing(action.reason ? `Drawer open: ${action.reason}` : 'Drawer open');
        return done;
      },
      look: async () => display,
      onChange: () => {},
      screenshot: async () => null,
      live: (ms) => new Promise((after) => setTimeout(after, ms, ms)),
      reset: async () => {
        display = showing(greeting);
        return done;
      },
      restart: async () => done,
      close: async () => {},
    };
  },
};

defineDriver(inProcess);
