import type { Telling } from './telling.ts';
import { wireTellings } from './wire.ts';

/** Every story by the id of the check that judges it. */
export const tellings: ReadonlyMap<string, readonly Telling[]> = new Map(
  [wireTellings].flatMap((group) => Object.entries(group)),
);
