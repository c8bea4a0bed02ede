import { counted } from '../../record/counted.ts';
import type { Settlement } from '../decisions/decision.ts';
import { shortId } from './keys.ts';
import type { Opened } from './open.ts';

/** What it is that was verified, in a sentence each, with what a reviewer has made of it. */
export function describing(
  { again, signer = null }: Pick<Opened, 'again'> & Partial<Pick<Opened, 'signer'>>,
  settlement?: Settlement,
): string[] {
  if (!again) return [];
  const { subject, run, summary } = again.certificate;
  const verdict = summary.certified
    ? 'all rows conform'
    : `not certified by the kit (${summary.failed} failed, ${summary.review} for review, of ${counted(summary.rows, 'row')})`;
  return [
    `${subject.name} ${subject.version}, ${run.checklist.title}: ${verdict}, in a ${run.kind} run of ${run.startedAt.slice(0, 10)} against ${run.upstream}.`,
    ...(run.why.length ? [`It is practice: ${run.why.join('; ')}.`] : []),
    ...(settlement && settlement.result !== 'certified'
      ? [
          `With the review: ${settlement.result}${settlement.result === 'certified by decision' && run.kind === 'practice' ? ', in a practice run' : ''}.`,
        ]
      : []),
    ...(signer
      ? [
          `Signed by ${signer.identity.name} (key ${shortId(signer.identity.id)}), ${signer.known ? 'whose key you know' : 'whose key you do not know'}.`,
        ]
      : []),
  ];
}

export const challengeLine = (challenge: string, met: boolean): string =>
  met
    ? `The challenge ${challenge} is met: the run's amounts are the ones that it gives.`
    : `The challenge ${challenge} is not met.`;

/** Whether a challenge was met, where one was given to the run or is asked after. */
export function challengeSaid({ again, complaints }: Opened, challenge: string | undefined): string[] {
  const made = again?.recording.run.amounts?.challenge;
  if (!again) return [];
  if (challenge === undefined)
    return made === undefined
      ? []
      : [
          `The run was made for the challenge ${made}. Is it yours? --challenge with the one that you gave tells.`,
        ];
  const against = complaints.filter(({ code }) => /^CHALLENGE-|^RECORD-AMOUNTS$/.test(code));
  const sure = !against.length || against.some(({ means }) => means === 'edited');
  return sure
    ? [challengeLine(challenge, !against.length)]
    : [`Nobody can say here whether the challenge ${challenge} is met: another kit made the run.`];
}

/** The exit code that a look at a bundle comes to: 0 whole and coherent, 1 edited or incoherent, 3 not to learn here. */
export function exitOf({ complaints, coherence }: Opened): 0 | 1 | 3 {
  if (coherence?.contradictions.length || complaints.some(({ means }) => means === 'edited')) return 1;
  return complaints.length ? 3 : 0;
}
