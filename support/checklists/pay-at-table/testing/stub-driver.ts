import { type DriverKind, defineDriver, type PosDriver } from '../../../drivers/index.ts';
import { blank } from '../../../record/display.ts';
import type { Answer, Display } from '../../../record/vocabulary.ts';
import type { StubEpos } from './stub-epos.ts';

declare module '../../../drivers/settings.ts' {
  interface DriversByKind {
    readonly 'stub-epos': Stub;
  }
}

interface Stub {
  readonly kind: 'stub-epos';
  readonly name: string;
}

/** The stubs of this process that a profile may name. */
export const stubs = new Map<string, StubEpos>();

const done: Answer = { answer: 'done' };

const nothing: Display = { ...blank, text: 'EPOS' };

const kind: DriverKind<Stub> = {
  name: 'stub-epos',
  settings: { required: ['name'], properties: { name: { type: 'string' } } },
  subject: 'pos',
  clock: 'real',
  // It has no display to speak of; what a test wants is verdicts from the wire.
  display: () => 'reported',
  journal: () => false,
  workers: () => ({ most: 1, member: 'driver' }),
  places: () => [],
  open: async ({ settings: { name }, hello }): Promise<PosDriver> => {
    const epos = stubs.get(name)!;
    return {
      display: 'reported',
      clock: 'real',
      hello: async () => hello,
      configure: async (settings) => {
        epos.configure(settings);
        return done;
      },
      act: async (action) =>
        (await epos.act(action)) ? done : { answer: 'notOffered', reason: 'it has no such thing' },
      look: async () => ({ ...nothing, ...epos.shown }),
      onChange: (listener) => {
        epos.changed = () => listener({ ...nothing, ...epos.shown });
      },
      screenshot: async () => null,
      live: (ms) => new Promise((after) => setTimeout(after, Math.min(ms, 5), Math.min(ms, 5))),
      reset: async () => done,
      restart: async () => done,
      close: async () => {},
    };
  },
};

defineDriver(kind);
