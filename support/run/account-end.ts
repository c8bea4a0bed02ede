import type { Leftover, Leftovers } from '../checklist/index.ts';
import { type Access, ask } from '../traffic/caller.ts';
import type { Lanes } from './handover.ts';

/** How long the tills may take to come to rest, in ms: a request under way is waited for. */
const patience = 35_000;

/**
 * Leaves an account that outlives the run as it was found: no till sends anything more, and what is still open is
 * ended. Says what could not be. `known` is given what has to be ended before that begins. It never throws.
 */
export async function leaveAccount(
  lanes: Lanes,
  leftovers: Leftovers | undefined,
  access: Access,
  interrupted: boolean,
  {
    say,
    known,
  }: { readonly say: (line: string) => void; readonly known: (open: readonly Leftover[]) => void },
): Promise<void> {
  if (interrupted)
    say('Interrupted: what the run left open on the account is being ended. Interrupt again to leave it so.');
  const { open, silent } = await lanes.halt(patience);
  known(open);
  const left = leftovers
    ? await leftovers.endAll((method, path, body) => ask(access, method, path, body), open)
    : open;
  known(left);
  for (const line of leftoverLines(left)) say(line);
  if (silent)
    say(
      `${silent} of the POSs did not end within ${patience / 1000} s: look through the account for what they may have left open.`,
    );
}

/** What is left open on the account, for the user. */
export function* leftoverLines(left: readonly Leftover[]): Generator<string> {
  if (!left.length) return;
  yield 'These could not be ended, and are left open on the account:';
  for (const { kind, id, reference, since, why } of left) {
    const named = id ?? `of ${since}${reference ? ` with the reference ${reference}` : ''}`;
    yield `  ${kind} ${named}: ${why || 'the run was left before it was ended'}`;
  }
  yield 'End them by hand: in the developer portal, or by the requests that docs/sandbox.md lists.';
}
