import type { Check, Result, Scene } from '../checklist/check.ts';
import type { Row } from '../checklist/index.ts';
import type { Evidence } from '../record/evidence.ts';
import { deletedWords } from '../record/picture-line.ts';
import type { Finding, Observation } from '../record/vocabulary.ts';

type Said = Extract<Observation, { kind: 'display' }>;

const isSaid = (one: Said): boolean => one.attested !== undefined;

/** What a person attested last of the display, by then. */
const lastSaid = (evidence: Evidence): Said | undefined => evidence.all('display').findLast(isSaid);

/** Who attested it, when, and with which photo, in words. */
function wordsOf(evidence: Evidence, said: Said | undefined): string {
  if (!said?.attested) return 'Nobody attested what the POS showed by then: ask for a photo.';
  const { by, at } = said.attested;
  const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  const gone = evidence.facts('photo-deleted').find(({ detail }) => detail.name === said.screenshot);
  if (gone) return `${by} attested it at ${when} with the photo ${deletedWords(gone.detail)}.`;
  return said.screenshot
    ? `${by} attested it at ${when} with the photo ${said.screenshot}: look at the photo and decide.`
    : `${by} attested it at ${when} without a photo: ask for one.`;
}

/**
 * What a check of the display comes to where a person has read it. The person's word never bears anything out, and
 * nobody is judged by the seconds that a person takes: only what the person says, and wire and state contradict, fails.
 */
export function attested(check: Check, result: Result, { evidence, run }: Scene): Result {
  if (run.pos.display !== 'attested' || check.plane !== 'display') return result;
  const { outcome, observed } = result;
  if (outcome === 'failed' && check.attestable && !result.timed) return result;
  const said = lastSaid(evidence);
  const advice = wordsOf(evidence, said);
  const shown = [...result.evidence, ...(said?.screenshot ? [said.screenshot] : [])];
  const review = { ...result, outcome: 'review', evidence: [...new Set(shown)], advice } as const;
  if (outcome === 'passed') return review;
  if (check.attestable && (result.timed || outcome === 'warning'))
    return { ...review, observed: `Seconds are not judged where a person reads the display. ${observed}` };
  if (check.attestable) return review;
  return { ...review, observed: `A person was not asked for all of this. What is known: ${observed}` };
}

/** That a photo of a row had been given before: it shows what was there then, and not what was attested with it. */
export function photosAgain(row: Row, whole: Evidence): Finding[] {
  const again = whole.facts('photo-again');
  if (!again.length) return [];
  return [
    {
      check: `${row.id}/photo-once`,
      outcome: 'review',
      severity: 'must',
      plane: 'display',
      fault: 'environment',
      expected: 'each photo is taken anew',
      observed: again
        .map(
          ({ detail: { name, row: before } }) => `${name} is the photo that was given in ${before} already`,
        )
        .join('; '),
      reported: true,
      advice: 'Ask for a photo of this row.',
      evidence: again.map(({ detail: { name } }) => name),
    },
  ];
}

/** How many displays were attested without a photo. */
export const withoutPhoto = (observations: readonly Observation[]): number =>
  observations.filter((one) => one.kind === 'display' && isSaid(one) && one.screenshot === undefined).length;

/** Why a person left the row, in a sentence; `null` where nobody did. */
export function leftBecause(whole: Evidence): string | null {
  const [left] = whole.facts('left-by-person');
  return left ? `${left.detail.by} left the row: ${left.detail.reason}` : null;
}
