import type { CertificateRow } from '../../judging/index.ts';
import type { Finding, Verdict } from '../../record/vocabulary.ts';
import { chip, type Scribe, signature } from './scribe.ts';

/** What a hostile till or upstream may put where text is expected. */
export const hostile = '<script>alert("1")</script> & <img src=x onerror=alert(2)>';

export interface Draft {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly level?: CertificateRow['level'];
  readonly verdict: Verdict;
  readonly why?: string;
  readonly notes?: string;
  readonly findings?: readonly Partial<Finding>[];
  readonly missing?: readonly string[];
  readonly trouble?: CertificateRow['trouble'];
  readonly record?: (scribe: Scribe) => void;
}

export const sale = '[Auto] Create terminal session - Sale';

const settings = 'Configuration';

const endsCaptured = { check: 'session-ends-captured' };

const showsCaptured = {
  check: 'shows-captured',
  plane: 'display',
  expected: 'the till shows a word for Captured: “paid”, “captured”, “approved”',
  observed: '“Paid”, 0.4 s after it was reported',
} as const;

export const drafts: readonly Draft[] = [
  {
    id: 'PAC-CFG-01',
    section: settings,
    title: 'Authorization',
    verdict: 'passed',
    findings: [
      {
        check: 'configured-keys-sent',
        plane: 'wire',
        expected: 'each of the 2 keys entered in the settings is sent, and the API takes it',
        observed: 'sent: [key 5f2a19c0], [key 9b0b77d1]',
        evidence: ['x1'],
      },
    ],
    record: (scribe) =>
      scribe.exchange(0, 'GET', '/terminals', null, 200, [{ id: 'tm_sandbox_1', status: 'Available' }]),
  },
  {
    id: 'PAC-CFG-02',
    section: settings,
    title: 'Incorrect authorization credentials',
    verdict: 'failed',
    findings: [
      {
        check: 'shows-check-key',
        outcome: 'failed',
        plane: 'display',
        expected: 'the till tells its user to check the API key',
        observed: `the till shows ${hostile}`,
        advice:
          'Say that the API key is incorrect when the API answers 401; do not show every error as the same one.',
        evidence: ['x1', 'PAC-CFG-02-1.png'],
      },
    ],
    record: (scribe) => {
      scribe.exchange(0, 'GET', '/terminals', null, 401, { title: 'Unauthorized', detail: hostile });
      scribe.picture(300, { notice: hostile });
    },
  },
  {
    id: 'PAC-CFG-03',
    section: settings,
    title: 'Retrieve terminal(s)',
    verdict: 'warning',
    notes: 'Listing the terminals is “preferably”, so a till that does not warns.',
    findings: [
      {
        check: 'terminals-listed',
        outcome: 'warning',
        severity: 'should',
        plane: 'wire',
        expected: 'the till asks GET /terminals and is answered 200',
        observed: 'the till never asked',
        advice: 'Offer the card machines that GET /terminals lists.',
        evidence: [],
      },
    ],
  },
  {
    id: 'PAC-CFG-05',
    section: settings,
    title: 'POS version',
    verdict: 'review',
    findings: [
      {
        check: 'pos-version-declared',
        outcome: 'review',
        plane: 'declared',
        reported: true,
        expected: 'the minimum compatible version of the till is stated',
        observed: 'declared: “any”',
        advice: 'Decide whether this answers the question.',
        evidence: [],
      },
    ],
  },
  {
    id: 'PAC-INT-05',
    section: 'Payment intents',
    title: '[Cancel] Payment intent',
    level: 'optional',
    verdict: 'not-applicable',
    why: 'the profile does not declare the optional capability cancel-intent',
  },
  {
    id: 'PAC-INT-06',
    section: 'Payment intents',
    title: '[List] All payment intents',
    level: 'optional',
    verdict: 'not-applicable',
    why: 'the profile does not declare the optional capability list-intents',
  },
  {
    id: 'PAC-SALE-01',
    section: sale,
    title: 'Create terminal session - Successful while inserting card',
    verdict: 'passed',
    findings: [endsCaptured, showsCaptured],
    record: (scribe) => scribe.pay(400, chip),
  },
  {
    id: 'PAC-SALE-05',
    section: sale,
    title: 'Create terminal session - Successful with signature',
    verdict: 'passed',
    notes: 'The kit uses the TID suffix SIS0 unless the profile says otherwise.',
    findings: [
      {
        check: 'decision-sent',
        plane: 'wire',
        expected:
          'PUT /terminal-sessions/{id}/signature with `accepted: true`, once and after the operator’s decision',
        observed: 'sent once, 0.03 s after the decision, answered 200',
        evidence: ['x3'],
      },
      endsCaptured,
      showsCaptured,
    ],
    record: (scribe) =>
      scribe.pay(400, signature(9300, 'Captured', { at: 9300, accepted: true, answer: 200 })),
  },
  {
    id: 'PAC-SALE-06',
    section: sale,
    title: 'Create terminal session - Successful with signature after 80 seconds',
    verdict: 'failed',
    findings: [
      {
        check: 'dialogue-survives',
        outcome: 'failed',
        plane: 'display',
        expected: 'the dialogue stays open as long as the API reports that a signature is required',
        observed: 'closed after 60.0 s, 20.0 s too early',
        advice: 'Close the dialogue when the status changes, not after a time of your own.',
        evidence: ['x60', 'PAC-SALE-06-1.png'],
      },
      endsCaptured,
    ],
    record: (scribe) => scribe.pay(400, signature(86_700, 'Captured')),
  },
  {
    id: 'PAC-SALE-07',
    section: sale,
    title: 'Create terminal session - Declined',
    verdict: 'blocked',
    trouble: [
      {
        message: 'the upstream closed the connection',
        advice: 'Look whether the simulator still runs, and run again.',
        code: 'KIT-UPSTREAM-014',
      },
    ],
    missing: ['shows-declined'],
    record: (scribe) => {
      scribe.pay(400, {
        statuses: [
          [0, 'InitiateRequested'],
          [200, 'Initiated'],
          [3100, 'Declined'],
        ],
        prompts: [
          [1200, 'PresentCard'],
          [1900, 'PleaseWait'],
          [2000, 'EnterPin'],
          [2900, 'Declined'],
        ],
        shows: [[3500, { outcome: 'Card declined' }]],
      });
      scribe.pay(9000, chip);
    },
  },
  {
    id: 'PAC-SALE-08',
    section: sale,
    title: 'Create terminal session - Unsuccessful with signature rejection',
    verdict: 'incomplete',
    why: 'not executed: shows-declined',
    missing: ['shows-declined'],
    findings: [{ check: 'decision-sent', plane: 'wire', evidence: ['x3'] }],
    record: (scribe) =>
      scribe.pay(400, signature(9300, 'Declined', { at: 9300, accepted: false, answer: 200 })),
  },
  {
    id: 'PAC-SALE-10',
    section: sale,
    title: 'Create terminal session - Failure with busy terminal',
    verdict: 'blocked',
    trouble: [
      {
        message: 'this upstream has no card machine that is busy',
        advice: 'Run this row against the simulator.',
      },
    ],
    missing: ['shows-unavailable'],
  },
  {
    id: 'PAC-SALE-14',
    section: sale,
    title: 'Create terminal session - Expired',
    verdict: 'incomplete',
    why: 'the run was broken off in this row',
    missing: ['shows-unconfirmed'],
  },
  {
    id: 'PAC-SALE-15',
    section: sale,
    title: 'Terminal session - polling rate',
    verdict: 'warning',
    findings: [
      {
        check: 'polling-median',
        outcome: 'warning',
        plane: 'wire',
        expected: 'a median between 0.50 s and 1.50 s',
        observed: 'median 2.10 s of 4 intervals',
        advice: 'Poll once per second.',
        evidence: ['x3', 'x4', 'x5'],
      },
    ],
    record: (scribe) => scribe.pay(400, { ...chip, every: 2100 }),
  },
  {
    id: 'PAC-SALE-16',
    section: sale,
    title: 'Terminal session - display notifications',
    verdict: 'review',
    findings: [
      {
        check: 'prompts-shown',
        outcome: 'review',
        plane: 'display',
        reported: true,
        expected:
          'each prompt of the card machine that lasts 2.50 s or more is on the display while it lasts',
        observed: 'reported by the POS: “Present card”, “Enter PIN”',
        advice:
          'The POS reported this about its own display; the kit did not observe it. Look at the display yourself.',
        evidence: ['x4'],
      },
    ],
    record: (scribe) => scribe.pay(400, chip),
  },
];
