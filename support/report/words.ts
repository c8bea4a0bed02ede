import type { Certificate } from '../judging/index.ts';
import type { Environment, Exchange, Level, Outcome, Plane, Subject, Verdict } from '../record/vocabulary.ts';

interface Words {
  readonly label: string;
  /** Says it without colour. */
  readonly sign: string;
  /** Says it in colour where text has none: on GitHub. */
  readonly mark: string;
  readonly means: string;
}

/** How each verdict is written, the ones that stand in the way first. */
export const verdictWords: Readonly<Record<Verdict, Words>> = {
  failed: {
    label: 'Failed',
    sign: '✕',
    mark: '❌',
    means: 'the subject was seen to do something else than the row asks for',
  },
  blocked: {
    label: 'Blocked',
    sign: '■',
    mark: '⛔',
    means: 'something that is not the subject’s doing kept the row from being judged',
  },
  incomplete: {
    label: 'Incomplete',
    sign: '◐',
    mark: '🟠',
    means: 'not every check of the row was executed',
  },
  review: {
    label: 'Review',
    sign: '?',
    mark: '👀',
    means: 'a person has to look at the evidence and decide',
  },
  warning: {
    label: 'Warning',
    sign: '!',
    mark: '⚠️',
    means: 'conforms, and departs from what the checklist only recommends',
  },
  passed: { label: 'Passed', sign: '✓', mark: '✅', means: 'every check was executed and passed' },
  'not-applicable': {
    label: 'Not applicable',
    sign: '–',
    mark: '➖',
    means: 'the row does not apply to this subject or its declared capabilities',
  },
};

/** All verdicts, in the order in which a reader needs them. */
export const verdicts = Object.keys(verdictWords) as Verdict[];

/** True where nobody has to do anything about a row with this verdict. */
export const settled = (verdict: Verdict): boolean => verdict === 'passed' || verdict === 'not-applicable';

export const outcomeWords: Readonly<Record<Outcome | 'not-executed', { label: string; sign: string }>> = {
  passed: { label: 'Passed', sign: '✓' },
  warning: { label: 'Warning', sign: '!' },
  failed: { label: 'Failed', sign: '✕' },
  review: { label: 'Review', sign: '?' },
  'not-executed': { label: 'Not executed', sign: '◐' },
};

export const planeWords: Readonly<Record<Plane, string>> = {
  wire: 'what the till sent',
  state: 'what the API says',
  display: 'what the till shows',
  contract: 'the API’s contract',
  declared: 'what a person declared',
};

export const levelWords: Readonly<Record<Level, string>> = {
  mandatory: 'Mandatory',
  optional: 'Optional',
  extra: 'Extra',
};

/** Who asked whom, in words; '' for what the subject asked of the API, which is most of a record. */
export function partiesWords({ from, to }: Exchange): string {
  if (from === 'subject' && to === 'dojo') return '';
  if (from === 'kit' && to === 'dojo') return 'read by the kit';
  return `${partyWords[from]} asks ${partyWords[to]}`;
}

/** What was certified, in short. */
export const subjectWords = ({ kind, name, version }: Certificate['subject']): string =>
  kind === 'api' ? 'the API' : `${name} ${version}`;

/** What sort of thing it is. */
export const kindWords: Readonly<Record<Subject, string>> = {
  api: 'the API',
  pos: 'a point of sale',
  shop: 'a shop on the web',
  mpos: 'a point of sale on a phone',
};

const partyWords = { subject: 'the subject', kit: 'the kit', dojo: 'Dojo' } as const;

export type Reach = NonNullable<Environment['reach']>;

/** How a POS was reached, in words for people. */
export const reachWords = ({ configured, way, elsewhere, traffic }: Reach): string[] => [
  ...(traffic === 'none' ? ['what it sent was not observed'] : []),
  ...(way === 'proxy' ? ["through the kit's proxy, with the address of the API built in"] : []),
  ...(way === 'name'
    ? ['under the name of the API, which leads to the kit, with that address built in']
    : []),
  ...(elsewhere === 'tls' ? ['from another address, over TLS'] : []),
  ...(elsewhere === 'plain' ? ['from another address, over plain http'] : []),
  ...(configured === 'once' ? ['address and key were entered once a run'] : []),
  ...(configured === 'start' ? ['the kit started it, with address and key in its environment'] : []),
];
