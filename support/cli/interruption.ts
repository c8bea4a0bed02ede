/** A request to end before the time, by Ctrl-C or by whoever runs the machine. */
export interface Interruption {
  /** Comes to the signal's name when it arrives. */
  readonly signal: Promise<NodeJS.Signals>;
  /** Signals do again what they do by themselves. */
  ignore(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes the first signal; a second one ends the process at once, as ever. */
export function awaitInterruption(): Interruption {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const ignore = () => {
    for (const signal of signals) process.off(signal, take);
  };
  const take = (signal: NodeJS.Signals) => {
    ignore();
    resolve(signal);
  };
  for (const signal of signals) process.on(signal, take);
  return { signal: promise, ignore };
}
