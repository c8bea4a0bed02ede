import type { CertificateRow } from '../judging/index.ts';
import type { Finding, Verdict } from '../record/vocabulary.ts';

/** What to do about a row that did not pass, in a sentence or two; empty where there is nothing to do. */
export function nextStep({ id, verdict, findings, trouble }: CertificateRow): string {
  if (verdict === 'passed' || verdict === 'not-applicable') return '';
  const advice = (outcome: Finding['outcome']) =>
    findings.find((one) => one.outcome === outcome && one.advice)?.advice;
  const own = trouble.find((one) => one.advice)?.advice;
  const again = `Then run the row again: npm run certify -- --rows ${id}`;
  const by: Readonly<Record<Exclude<Verdict, 'passed' | 'not-applicable'>, string>> = {
    failed: `${advice('failed') ?? 'Correct what the failed checks below observed.'} ${again}`,
    blocked: `${own ?? 'Remove what kept the row from being judged.'} ${again}`,
    incomplete: `${own ?? advice('failed') ?? 'Find out from the steps below why the row did not end.'} ${again}`,
    review: `${advice('review') ?? 'Look at the evidence below.'} A reviewer decides on it: npm run certify -- review BUNDLE`,
    warning: `${advice('warning') ?? 'Read what the checks below recommend.'} The row conforms without it.`,
  };
  return by[verdict];
}
