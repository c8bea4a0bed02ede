import { besideResults } from '../../../../profile/languages.ts';
import type {
  Display,
  DisplayVocabulary,
  Observation,
  ResultName,
  Run,
  Unseen,
} from '../../../../record/vocabulary.ts';
import type { Scene } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';

export type Shown = Extract<Observation, { kind: 'display' }>;

/** Displays seen from a time on. */
export const shownSince = (evidence: PaymentEvidence, time: number): Shown[] =>
  evidence.all('display').filter((shown) => shown.at >= time);

export const pictures = (shown: readonly (Shown | undefined)[]): string[] =>
  shown.flatMap((one) => (one?.screenshot ? [one.screenshot] : []));

/** The last picture that was taken of the display. */
export const pictureAt = (evidence: PaymentEvidence): string[] =>
  pictures([evidence.all('display').findLast(({ screenshot }) => screenshot)]);

/** A picture in which a result can be read: taken of the display that states it, or when it was first seen there. */
export function pictureOf(evidence: PaymentEvidence, { display: { outcome } }: Shown): string[] {
  const own = evidence.all('display').findLast((one) => one.screenshot && one.display.outcome === outcome);
  const kept = evidence.all('picture').findLast(({ shows }) => outcome !== null && shows === outcome);
  const name = own?.screenshot ?? kept?.screenshot;
  return name ? [name] : pictureAt(evidence);
}

/** That a result is hard to read, to go after what is said of it: it is for the till's makers to know, and fails nobody. */
export const faintly = ({ display: { faint } }: Shown): string =>
  faint === undefined ? '' : `; its contrast is ${faint.toFixed(1)} : 1, which is hard to read`;

export const quoted = (text: string | null): string => (text ? `"${text}"` : 'nothing');

/** What the till reported of itself goes with what it was seen to send; of one that was asked for nothing, nothing is due. */
export const seenToAct = ({ whole }: Scene): boolean =>
  whole.exchanges.length > 0 || !whole.all('action').length;

/** What stands in a part of the page and nobody can make out, to go after what is shown there; else nothing. */
export const unseenIn = (display: Display | undefined, part: Unseen['part']): string => {
  const hidden = display?.unseen?.find((one) => one.part === part);
  return hidden
    ? `; the page has ${quoted(hidden.text)} there, and nobody can make it out: ${hidden.reason}`
    : '';
};

/**
 * How long a till had shown something when it took it away by itself, in ms; `null` where it stays, or goes because
 * the till was asked for something else.
 */
export function stoodFor(
  whole: PaymentEvidence,
  stated: Shown,
  same: (shown: Shown) => boolean,
): number | null {
  const all = whole.all('display');
  const gone = all.find((one) => one.at > stated.at && !same(one));
  if (!gone) return null;
  const before = all.findLast((one) => one.at < stated.at && !same(one));
  const since = all.find((one) => same(one) && (!before || one.at > before.at))!;
  const asked = [
    ...whole.all('action'),
    ...whole.facts('tidying-up'),
    ...whole.facts('journal-visited'),
  ].some((one) => one.at >= since.at && one.at <= gone.at);
  return asked ? null : gone.at - since.at;
}

/** Where the till speaks: its result, its notices and its dialogues. */
export const utterances = ({ outcome, notice, dialogues }: Display): string[] =>
  [outcome, notice, ...dialogues.map(({ text }) => text)].flatMap((text) => text || []);

export const spoken = (display: Display): string => utterances(display).join(' · ');

/** A text without what a till leaves out when it quotes: back ticks and line breaks. */
export const plain = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();

/** Causes of an error of which a message names one, not several. */
export const causes = ['unavailable', 'checkApiKey', 'cannotCancel'] as const;

/** Where a profile gives words of a till: `partly`, `results.Captured`. */
type WordsOf = keyof DisplayVocabulary | `results.${ResultName}`;

/** Advice for a till, and for whoever wrote its profile: the kit may not know the words that the till uses. */
export function byWords(advice: string, ...keys: readonly WordsOf[]): string {
  const places = keys.map((key) => `\`vocabulary.${key}\``);
  return `${advice} The kit goes by the words in ${places.join(' and ')} of the profile: put the till's own there, if they differ.`;
}

/** How a till may word a prompt of the card machine. One that the vocabulary does not know has its own words: `TapPhone` is "Tap Phone". */
export const wordsOfPrompt = (type: string, run: Run): readonly string[] =>
  run.pos.vocabulary.prompts[type] ?? [type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')];

/**
 * Words that may stand beside those of a result in a statement about the payment in hand. One that has any other
 * word may be about anything ("Mark as paid", "Authorised by manager", "Paid today"): it is left alone.
 */
export const ofPayments = new Set(
  'payment transaction sale purchase card order bill amount total your the this of for was is has been have successfully successful now thank you thanks by with contactless visa mastercard amex maestro debit credit chip pin and ok complete completed auth authorisation authorization approval code status result customer bank issuer gbp eur'
    .split(' ')
    .concat(besideResults),
);
