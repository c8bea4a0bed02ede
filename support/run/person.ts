import type { GivenAccount, Person } from '../actors/card-machine/index.ts';
import type { Row } from '../checklist/index.ts';
import { type Desk, deskOf } from '../drivers/attended/desk.ts';
import { deedStep } from '../drivers/attended/steps.ts';
import { driverOf } from '../drivers/index.ts';
import { capabilitiesOf } from '../judging/index.ts';
import type { Profile } from '../profile/index.ts';
import type { Facts } from '../record/vocabulary.ts';

/**
 * The rows for which a person does something at a card machine or in the developer portal. At a simulator there are none,
 * and none where the profile names nobody.
 */
export const attendedRows = (rows: readonly Row[], profile: Profile, atApi: boolean): Row[] =>
  rowsForPerson(rows, profile).filter((row) => atApi && isAttended(row, profile));

/** The rows in which a POS with this profile wants a person besides, at an API: whether it names one or not. */
export const rowsForPerson = (rows: readonly Row[], { capabilities }: Pick<Profile, 'capabilities'>): Row[] =>
  rows.filter(
    (row) => row.byPerson?.length && capabilitiesOf(row).every((name) => capabilities.includes(name)),
  );

const isAttended = ({ byPerson = [] }: Row, { person }: Profile): boolean =>
  person !== undefined && (person.cardMachine !== undefined || byPerson.every(({ at }) => at === 'portal'));

/** Rows that are run after all others, in the kit's own thread, where the console is: the POS itself needs no person. */
export const apart = (rows: readonly Row[], profile: Profile, atApi: boolean): Row[] =>
  driverOf(profile.driver).byHand ? [] : attendedRows(rows, profile, atApi);

/** What the person of a run does for a row; `null` where the row needs nobody. */
export function personFor(
  row: Row | undefined,
  {
    profile,
    upstream,
    run,
  }: { profile: Profile; upstream: { kind: string } & Partial<GivenAccount>; run: { id: string } },
  note: (detail: Facts['done-by-person']) => void,
): { readonly person: Person; readonly desk: Desk; readonly row: Row } | null {
  if (!row || !attendedRows([row], profile, upstream.kind === 'api').length) return null;
  const desk = deskOf(run.id);
  const person: Person = {
    does: async (what, fields, doubt) => {
      let how: string[] = [];
      for (;;) {
        await desk.ask(deedStep(what, how, fields));
        const { by, at } = desk.attestation();
        const doubted = await doubt();
        if (doubted === null) return note({ by, at, what });
        how = [doubted];
      }
    },
  };
  return { person, desk, row };
}
