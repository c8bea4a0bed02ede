import type { Checklist, Row } from '../../checklist/index.ts';
import { type Desk, setUpDesk } from '../../drivers/attended/desk.ts';
import { driverOf } from '../../drivers/index.ts';
import type { Profile } from '../../profile/index.ts';
import { identityOf } from '../approach.ts';
import { servePhones } from './phone.ts';
import { planBeside, planOf } from './plan.ts';
import { serveConsole } from './server.ts';
import { ConsoleSession } from './session.ts';

/** A console that is being served for a run. */
export interface Console {
  readonly url: string;
  readonly session: ConsoleSession;
  readonly desk: Desk;
  close(): Promise<void>;
}

/** What a console is opened for. */
export interface ConsoleOptions {
  readonly run: string;
  readonly profile: Profile;
  readonly rows: readonly Row[];
  readonly checklist: Checklist;
  /** The card machines are those of an account, and nobody simulates them. */
  readonly account: boolean;
  /** The run was broken off before, and goes on. */
  readonly goesOn: boolean;
  /** Ends the run before its time. */
  readonly abort: () => void;
  /** Says by which link a phone comes in, where one may. */
  readonly announce?: (link: string) => void;
}

/** How long a page may take to show what came of the run, in ms. */
const farewell = 3000;

/** Sets up the desk of a run, and serves its console. */
export async function openConsole({
  run,
  profile,
  rows,
  checklist,
  account,
  goesOn,
  abort,
  announce = () => {},
}: ConsoleOptions): Promise<Console> {
  const { driver, name, version, person, ranBy, reach: { listen: host, phones } = {} } = profile;
  const desk = setUpDesk(run, goesOn);
  const operator =
    (driver.kind === 'attended' ? driver.operator : undefined) ?? person?.operator ?? ranBy?.name;
  const pos = `${name} ${version}`;
  const beside = !driverOf(driver).byHand;
  const plan = beside ? planBeside(rows, pos, person?.cardMachine) : planOf(rows, pos, checklist, account);
  const session = new ConsoleSession(desk, plan, operator, checklist.leftovers?.ledger());
  const { url, close } = await serveConsole(session, abort);
  const door =
    host && phones?.length
      ? await servePhones(session, { host, phones, identity: await identityOf(profile) }, { abort, announce })
      : null;
  return {
    url,
    session,
    desk,
    close: async () => {
      if (session.phase === 'over') await session.shown(farewell);
      await Promise.all([close(), door?.close()]);
    },
  };
}
