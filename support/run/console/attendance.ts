import type { Checklist, Row } from '../../checklist/index.ts';
import { driverOf } from '../../drivers/index.ts';
import type { Profile } from '../../profile/index.ts';
import { counted } from '../../record/counted.ts';
import { UsageError } from '../../record/usage-error.ts';
import { apart } from '../person.ts';
import type { RunOptions } from '../run.ts';
import { openConsole } from './index.ts';
import { minutesByPerson } from './plan.ts';
import { inTerminal } from './qr.ts';

/** What a person is asked to attend. */
interface Asked {
  readonly run: string;
  readonly profile: Profile;
  readonly rows: readonly Row[];
  readonly checklist: Checklist;
  /** The upstream is an API, and no simulator. */
  readonly atApi: boolean;
  /** The run was broken off before, and goes on. */
  readonly goesOn: boolean;
  readonly say: (line: string) => void;
}

/** How a run is attended. */
export interface Attendance {
  /** The rows that are run: a person who drives the POS chooses among them. */
  readonly rows: readonly Row[];
  /** In a few words. */
  readonly how: string;
  /** How long it takes, where that is as a person goes about it. */
  readonly lasts?: string;
  readonly options: Pick<RunOptions, 'ended' | 'attended' | 'corrected'>;
  /** Says at the console what the run came to, and closes it. */
  close(result: readonly string[]): Promise<void>;
}

/** Throws a `UsageError` where a phone was named for the console of a run that needs nobody. */
export function refuseIdlePhones({ profile, rows, atApi }: Pick<Asked, 'profile' | 'rows' | 'atApi'>): void {
  if (!profile.reach?.phones?.length || driverOf(profile.driver).byHand || apart(rows, profile, atApi).length)
    return;
  throw new UsageError(
    'KIT-REACH-007',
    'Expected rows that need a person besides --phone, but the kit does all of them itself. Leave it out.',
  );
}

/**
 * Opens the console where a person drives the POS, or does what some rows need besides, and says where it is. Comes at once
 * where the rows of the person are run last, and else when the person begins.
 */
export async function attend(asked: Asked): Promise<Attendance> {
  const { run, profile, rows, checklist, atApi, goesOn, say } = asked;
  const { byHand = false } = driverOf(profile.driver);
  const beside = apart(rows, profile, atApi);
  const phones = profile.reach?.phones ?? [];
  if (!byHand && !beside.length) return { rows, how: 'all automatic', options: {}, close: async () => {} };
  const { session, url, close } = await openConsole({
    run,
    profile,
    rows: byHand ? rows : beside,
    checklist,
    account: atApi,
    goesOn,
    abort: () => process.kill(process.pid, 'SIGINT'),
    announce: (link) => {
      say(`For a phone at ${phones.join(' or ')} (once; the console shows the next link): ${link}`);
      for (const line of inTerminal(link).split('\n')) say(line);
    },
  });
  if (byHand) {
    say(`Open this page beside the POS, and begin there: ${url}`);
    await session.begun;
  } else for (const line of besideLines(beside, url)) say(line);
  return {
    rows: byHand ? session.rows : rows,
    how: byHand ? 'by hand' : `${counted(beside.length, 'row')} with a person`,
    ...(byHand ? { lasts: `about ${counted(session.minutes, 'minute')} of a person's time` } : {}),
    options: {
      attended: session.begun,
      corrected: () => session.takeCorrected(),
      ended: (line) => {
        if (session.plan.rows.some(({ id }) => line.startsWith(`${id} `))) session.rowDone(line);
      },
    },
    close: async (result) => {
      session.over(result);
      await close();
    },
  };
}

/** Says which rows want a person, for what, for how long, and where the console is. */
function* besideLines(rows: readonly Row[], url: string): Generator<string> {
  const minutes = counted(minutesByPerson(rows), 'minute');
  yield `${counted(rows.length, 'row')} ${rows.length === 1 ? 'needs' : 'need'} a person for about ${minutes}, once the other rows have been run:`;
  for (const { id, byPerson = [] } of rows)
    yield `  ${id.padEnd(11)} ${byPerson.map(({ does }) => does).join('; ')}`;
  yield `Open this page beside the card machine, and write your name there: ${url}`;
}
