import type { AccountClock, PosDriver } from '../driver.ts';
import type { DriverKind } from '../kind.ts';

/**
 * Plays the subject of a checklist where the API itself is certified. `clock`: that of the row's account, where it can
 * be moved; what it makes is named after `run`.
 */
export type Player = (
  clock: AccountClock | null,
  about: { readonly apiVersion: string; readonly run: string },
) => Promise<PosDriver>;

const players = new Map<string, Player>();

/** Names what plays the subject of these checklists. */
export function definePlayer(player: Player, ...checklists: string[]): void {
  for (const name of checklists) players.set(name, player);
}

/** The API itself is certified: a client that the checklist brings plays the POS. */
export const headless: DriverKind<{ readonly kind: 'headless' }> = {
  name: 'headless',
  subject: 'api',
  clock: 'account',
  eachRow: true,
  display: () => 'none',
  journal: () => false,
  workers: () => null,
  places: () => [],
  open: async ({ clock, hello: { apiVersion }, run, checklist }) => {
    const player = players.get(checklist);
    if (!player) throw new Error(`Nobody has said what plays the subject of the checklist "${checklist}"`);
    return player(clock, { apiVersion, run });
  },
};
