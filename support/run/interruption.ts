import { monotonic } from '../record/monotonic.ts';

/** A request to end before the time, by Ctrl-C or by whoever runs the machine. */
export interface Interruption {
  /** Comes to the signal's name when it arrives. */
  readonly signal: Promise<NodeJS.Signals>;
  /** Signals do again what they do by themselves. */
  ignore(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Within this time, in ms, a second signal is the same one: npm passes on what a terminal sends to both. */
const echo = 1000;

/** Takes the first signal; another one, a while later, ends the process at once, once `again` has been called. */
export function awaitInterruption(again: () => void = () => {}): Interruption {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let since: number | null = null;
  const take = (signal: NodeJS.Signals) => {
    if (since !== null && monotonic() - since > echo) {
      again();
      process.exit(3);
    }
    since ??= monotonic();
    resolve(signal);
  };
  for (const signal of signals) process.on(signal, take);
  return {
    signal: promise,
    ignore: () => {
      for (const signal of signals) process.off(signal, take);
    },
  };
}
