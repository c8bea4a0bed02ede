import type { Checklist, Row } from '../checklist/index.ts';
import { driverOf, type Probe } from '../drivers/index.ts';
import type { Profile } from '../profile/index.ts';
import { counted } from '../record/counted.ts';
import { minutesByPerson, planOf } from './console/plan.ts';
import { attendedRows, rowsForPerson } from './person.ts';

/** What a person is needed for in a run of these rows, and for how long; `null` where the kit needs nobody. */
export function personProbe(
  profile: Profile,
  checklist: Checklist,
  rows: readonly Row[],
  atApi: boolean,
): Probe | null {
  const wanted = atApi ? rowsForPerson(rows, profile) : [];
  const attended = attendedRows(rows, profile, atApi);
  const byHand = driverOf(profile.driver).byHand ?? false;
  if (!byHand && !wanted.length) return null;
  const left = wanted.filter((row) => !attended.includes(row));
  const minutes =
    (byHand ? planOf(rows, profile.name, checklist, atApi).minutes.all : 0) + minutesByPerson(attended);
  const found = [
    ...(byHand ? [`${counted(rows.length, 'row')} at the POS`] : []),
    ...(attended.length ? [`${named(attended)} at the card machine or in the developer portal`] : []),
  ];
  return {
    name: 'person',
    expected: 'somebody for what the kit cannot do itself',
    look: () => ({
      ok: left.length ? 'note' : 'yes',
      found: found.length
        ? `about ${counted(minutes, 'minute')} of a person's time, for ${found.join(', and ')}: the run prints the address of a console`
        : 'the profile names nobody',
      advice: `Without ${profile.person ? 'a TID in `person.cardMachine`' : '`person`'} in the profile these are blocked: ${named(left)}, about ${counted(minutesByPerson(left), 'minute')}.`,
    }),
  };
}

const named = (rows: readonly Row[]): string => rows.map(({ id }) => id).join(', ');
