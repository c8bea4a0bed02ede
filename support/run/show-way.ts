import type { Profile } from '../profile/index.ts';
import { typeAtPos } from './approach.ts';
import type { Approach } from './doors.ts';
import { offerAuthority } from './offer.ts';

/** Says what a person enters at the POS, and offers another machine what it has to trust. */
export async function showWay(
  { profile: { reach }, say }: { readonly profile: Profile; readonly say: (line: string) => void },
  approach: Approach,
  open: (() => Promise<unknown>)[],
): Promise<void> {
  if (reach?.way || reach?.listen || reach?.configure === 'once') say(`${typeAtPos(approach)}.`);
  if (!approach.clients || !approach.identity) return;
  const offer = await offerAuthority(approach, (link) =>
    say(`The certificate to trust is offered at ${link} (once; the browser there does not know it yet).`),
  );
  open.push(() => offer.close());
}
