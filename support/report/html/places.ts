import type { Certificate } from '../../judging/index.ts';
import { attemptsOf, type Recording } from '../../record/stream.ts';
import { anchors } from './anchors.ts';

/** Where in the document a row's piece of evidence is shown; `null` where it is not. */
export type Places = (row: string, evidence: string) => string | null;

/** The card machines that a run says that it prepared, each once. */
export function machinesIn({ rows }: Recording): string[] {
  const machines = new Set<string>();
  for (const [, record] of rows)
    for (const one of attemptsOf(record).flatMap(({ observations }) => observations))
      if (one.kind === 'fact' && 'tid' in one.detail) machines.add(String(one.detail.tid));
  return [...machines].sort();
}

/**
 * The places of the evidence that a certificate's findings rest on. Those about the whole run may rest on the
 * exchanges of other rows.
 */
export function placesOf({ rows }: Certificate, recording: Recording): Places {
  const named = new Set(rows.flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence)));
  const places = new Map<string, string>();
  const note = (row: string, name: string, place: string): void => {
    if (!named.has(name)) return;
    places.set(`${row} ${name}`, place);
    if (!places.has(name)) places.set(name, place);
  };
  const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
  for (const [row, record] of recording.rows)
    for (const [which, { observations, screenshots }] of attemptsOf(record).entries()) {
      const counts = attempts.get(row)?.[which]?.counts !== false;
      const shownAs = counts ? row : anchors.attempt(row, which);
      for (const one of observations)
        if (one.kind === 'exchange' || one.kind === 'state')
          note(row, one.exchange.id, anchors.exchange(shownAs, one.exchange.id));
      for (const { name } of screenshots) note(row, name, anchors.screenshot(shownAs, name));
    }
  return (row, evidence) => places.get(`${row} ${evidence}`) ?? places.get(evidence) ?? null;
}
