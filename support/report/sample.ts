import { crc32, deflateSync } from 'node:zlib';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { usualVocabulary } from '../profile/index.ts';
import type { Recording, RowRecord } from '../record/stream.ts';
import type { Display, Exchange, Finding, Json, Observation, Run, Verdict } from '../record/vocabulary.ts';

/** What a hostile till or upstream may put where text is expected. */
export const hostile = '<script>alert("1")</script> & <img src=x onerror=alert(2)>';

const startedAt = Date.parse('2026-11-21T10:12:00.000Z');

/** A run that was judged, with rows of each verdict: what a report is tried on. */
export interface Sample {
  readonly certificate: Certificate;
  readonly recording: Recording;
}

interface Payment {
  readonly statuses: readonly (readonly [at: number, status: string])[];
  readonly prompts: readonly (readonly [at: number, prompt: string])[];
  /** What the till shows, from when on. */
  readonly shows: readonly (readonly [at: number, display: Partial<Display>])[];
  /** When the operator decides on the signature, and what the API answers. */
  readonly decision?: { readonly at: number; readonly accepted: boolean; readonly answer: number };
  /** Distance of the polls, ms. */
  readonly every?: number;
  /** When a screenshot is taken. */
  readonly pictureAt?: number;
}

const chip: Payment = {
  statuses: [
    [0, 'InitiateRequested'],
    [200, 'Initiated'],
    [8700, 'Captured'],
  ],
  prompts: [
    [1200, 'PresentCard'],
    [5300, 'PleaseWait'],
    [5400, 'EnterPin'],
    [7600, 'RemoveCard'],
  ],
  shows: [
    [300, { prompt: 'Starting the card machine' }],
    [2100, { prompt: 'Present card' }],
    [6100, { prompt: 'Enter PIN' }],
    [8100, { prompt: 'Remove card' }],
    [9150, { outcome: 'Paid' }],
  ],
  pictureAt: 9300,
};

const signature = (until: number, ends: string, decision?: Payment['decision']): Payment => ({
  statuses: [
    [0, 'InitiateRequested'],
    [200, 'Initiated'],
    [6700, 'SignatureVerificationRequired'],
    [until, ends === 'Captured' ? 'SignatureVerificationAccepted' : 'SignatureVerificationRejected'],
    [until + 1000, ends],
  ],
  prompts: [
    [1200, 'PresentCard'],
    [5300, 'PleaseWait'],
  ],
  shows: [
    [2100, { prompt: 'Present card' }],
    [6050, { prompt: 'Please wait' }],
    [7050, { dialogues: [{ text: 'Signature verification required', options: ['Accept', 'Reject'] }] }],
    ...(decision ? [[decision.at + 50, { prompt: 'Please wait' }] as const] : []),
    [until + 2050, { outcome: ends === 'Captured' ? 'Paid' : 'Card declined' }],
  ],
  ...(decision ? { decision } : {}),
  pictureAt: 7200,
});

const blank: Display = {
  text: '',
  outcome: null,
  prompt: null,
  notice: null,
  dialogues: [],
  ledger: [],
  cardMachines: [],
};

/** The id of the nth exchange of a row, as a gateway numbers them. */
const exchangeId = (row: string, count: number | string): string =>
  `x-${crc32(row).toString(16).padStart(8, '0')}-${count}`;

/** Writes down one row as a run would have: times in ms since the row began. */
class Scribe {
  readonly #id: string;
  readonly #begin: number;
  readonly #observations: Observation[] = [];
  readonly #screenshots: RowRecord['screenshots'] = [];
  #count = 0;
  #last = 0;

  constructor(id: string, begin: number) {
    this.#id = id;
    this.#begin = begin;
  }

  exchange(at: number, method: string, target: string, asked: Json, status: number, told: Json): Exchange {
    this.#count += 1;
    this.#last = Math.max(this.#last, at + 40);
    const exchange: Exchange = {
      id: exchangeId(this.#id, this.#count),
      from: 'subject',
      to: 'dojo',
      channel: 'http',
      request: {
        method,
        target,
        headers: [
          ['Host', 'api.dojo.tech'],
          ['Authorization', 'Basic [key 5f2a19c0]'],
          ['version', '2026-02-27'],
          ['software-house-id', 'softwareHouse1'],
          ['reseller-id', 'reseller1'],
        ],
        body: asked === null ? null : { json: asked },
      },
      response: {
        status,
        headers: [
          ['content-type', 'application/json; charset=utf-8'],
          ['x-account-time', String(startedAt + this.#begin + at + 40)],
          ['date', new Date(startedAt + this.#begin + at).toUTCString()],
        ],
        body: { json: told },
      },
      at: this.#begin + at,
      until: this.#begin + at + 40,
      startedAt: new Date(startedAt + this.#begin + at).toISOString(),
      accountTime: startedAt + this.#begin + at + 40,
    };
    this.#observations.push({ kind: 'exchange', exchange });
    return exchange;
  }

  note(observation: Observation): void {
    this.#observations.push(observation);
  }

  show(at: number, display: Partial<Display>, screenshot?: string): void {
    this.#last = Math.max(this.#last, at);
    const text = [display.outcome, display.prompt, display.notice].filter(Boolean).join('\n');
    this.note({
      kind: 'display',
      at: this.#begin + at,
      told: false,
      display: { ...blank, text, ...display },
      ...(screenshot ? { screenshot } : {}),
    });
  }

  /** A payment from the sale's beginning to its end, polled by the till. */
  pay(from: number, payment: Payment): void {
    const { statuses, prompts, shows, decision, every = 1000, pictureAt } = payment;
    const intentId = `pi_sandbox_${this.#id}_${from}`;
    const sessionId = `ts_sandbox_${this.#id}_${from}`;
    const iso = (at: number): string => new Date(startedAt + this.#begin + from + at).toISOString();
    const intent = (status: string): Json => ({
      id: intentId,
      status,
      amount: { value: 1000, currencyCode: 'GBP' },
    });
    const session = (at: number): Json => ({
      id: sessionId,
      terminalId: 'tm_sandbox_1',
      status: statuses.findLast(([time]) => time <= at)?.[1] ?? 'InitiateRequested',
      createdAt: iso(0),
      updatedAt: iso(at),
      expireAt: iso(90_000),
      notificationEvents: prompts
        .filter(([time]) => time <= at)
        .map(([time, notificationType]) => ({ notificationType, createdAt: iso(time) })),
      statusEvents: statuses
        .filter(([time]) => time <= at)
        .map(([time, status]) => ({ status, createdAt: iso(time), debugMessage: '' })),
    });
    const at = this.#begin + from;
    const sale = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } } as const;
    this.note({ kind: 'action', at: at - 90, until: at, action: sale, answer: { answer: 'done' } });
    this.exchange(
      from - 60,
      'POST',
      '/payment-intents',
      { amount: { value: 1000, currencyCode: 'GBP' } },
      201,
      intent('Created'),
    );
    const details = { sessionType: 'Sale', sale: { paymentIntentId: intentId } };
    this.exchange(
      from,
      'POST',
      '/terminal-sessions',
      { terminalId: 'tm_sandbox_1', details },
      201,
      session(0),
    );
    for (const [time, display] of shows) this.show(from + time, display);
    if (pictureAt !== undefined)
      this.picture(from + pictureAt, shows.findLast(([time]) => time <= pictureAt)?.[1] ?? {});
    if (decision) {
      const { accepted, answer } = decision;
      const time = at + decision.at;
      this.note({
        kind: 'action',
        at: time - 30,
        until: time,
        action: { name: 'signature', accepted },
        answer: { answer: 'done' },
      });
      this.exchange(
        from + decision.at,
        'PUT',
        `/terminal-sessions/${sessionId}/signature`,
        { accepted },
        answer,
        session(decision.at),
      );
    }
    const end = statuses.at(-1)![0];
    for (let time = every; time < end + every; time += every) {
      this.exchange(from + time, 'GET', `/terminal-sessions/${sessionId}`, null, 200, session(time));
    }
    this.exchange(
      from + Math.ceil(end / every) * every + 120,
      'GET',
      `/payment-intents/${intentId}`,
      null,
      200,
      intent('Captured'),
    );
  }

  picture(at: number, display: Partial<Display>): void {
    const name = `${this.#id}-${this.#screenshots.length + 1}.png`;
    this.show(at, display, name);
    this.#screenshots.push({ name, png: Buffer.from(samplePng()).toString('base64') });
  }

  record(finished = true): RowRecord {
    const step = { text: 'the POS takes a sale of £10.00', status: 'PASSED', message: '' };
    const broken = { text: 'the POS shows the outcome "Captured"', status: 'UNDEFINED', message: '' };
    return {
      id: this.#id,
      observations: this.#observations,
      screenshots: this.#screenshots,
      steps: finished ? [step] : [step, broken],
      startedAt: startedAt + this.#begin,
      finishedAt: finished ? startedAt + this.#begin + this.#last : null,
    };
  }
}

/** A picture of 320 by 180 pixels, in two colours. */
export function samplePng(): Uint8Array {
  const [width, height] = [320, 180];
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => (y < 40 || (x > 40 && x < 280 && y > 80 && y < 130) ? 1 : 0)),
  ]);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from([0xf4, 0xf6, 0xf8, 0x1f, 0x5f, 0x8b])),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const finding = (check: string, more: Partial<Finding> = {}): Finding => ({
  check,
  outcome: 'passed',
  severity: 'must',
  plane: 'state',
  fault: 'pos',
  expected: 'the terminal session ends as Captured',
  observed: 'Captured, 8.70 s after its creation',
  told: false,
  advice: '',
  evidence: ['x3', 'x4'],
  ...more,
});

interface Draft {
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

const sale = '[Auto] Create terminal session - Sale';
const settings = 'Configuration';

const endsCaptured = { check: 'session-ends-captured' };
const showsCaptured = {
  check: 'shows-captured',
  plane: 'display',
  expected: 'the till shows a word for Captured: “paid”, “captured”, “approved”',
  observed: '“Paid”, 0.4 s after it was told',
} as const;

const drafts: readonly Draft[] = [
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
        told: true,
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
        told: true,
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

const run: Run = {
  schema: 2,
  id: '2026-11-21-101200-7c1f',
  startedAt: new Date(startedAt).toISOString(),
  monotonic: 0,
  kit: { name: 'dojo-conformance', version: '0.1.0', commit: '0123456789abcdef0123456789abcdef01234567' },
  node: 'v24.21.0',
  subject: 'pos',
  checklist: { name: 'pay-at-counter', sha256: 'a'.repeat(64) },
  selection: drafts.map(({ id }) => id),
  criteria: { 'polling.gap': 3000, 'polling.samples': 8, 'display.within': 5000 },
  contract: {
    version: '2026-02-27',
    sha256: 'b'.repeat(64),
    source: 'fixtures/openapi/dojo-2026-02-27.yaml',
  },
  upstream: 'simulator',
  realTime: true,
  why: ['the upstream is the simulator, not the sandbox'],
  pos: {
    name: 'Corner Till',
    version: '4.2.1',
    apiVersion: '2026-02-27',
    driver: 'browser',
    display: 'observed',
    clock: 'real',
    journal: true,
    capabilities: ['gratuity', 'signature'],
    undeclared: ['cashback', 'cancel-intent', 'list-intents'],
    vocabulary: usualVocabulary(),
    decisions: ['The part #recent of the page was not judged: it lists the sales of the day.'],
    declared: { 'Who enters the credentials': 'the installer' },
  },
};

function rowOf(draft: Draft, record: RowRecord | undefined): CertificateRow {
  const findings = (draft.findings ?? []).map(({ check, ...more }) => {
    const { evidence, ...rest } = finding(`${draft.id}/${check}`, more);
    const named = evidence.map((name) => name.replace(/^x(\d+)$/, (_, count) => exchangeId(draft.id, count)));
    return { ...rest, evidence: named };
  });
  const missing = draft.missing ?? [];
  const checks = [...findings.map(({ check }) => check), ...missing.map((id) => `${draft.id}/${id}`)];
  const own = checks.length ? checks : [`${draft.id}/driven`];
  return {
    id: draft.id,
    title: draft.title,
    section: draft.section,
    level: draft.level ?? 'mandatory',
    verdict: draft.verdict,
    why: draft.why ?? '',
    notes: draft.notes ?? '',
    checks: { expected: checks.length, executed: findings.length, missing },
    clauses: own.map((check, index) => ({ clause: `Clause ${index + 1} of the row`, checks: [check] })),
    findings,
    trouble: draft.trouble ?? [],
    durationMs: record?.finishedAt ? record.finishedAt - record.startedAt : 0,
  };
}

/** Builds the sample; `more` overrides what the run says of itself. */
export function sample(more: Partial<Run> = {}): Sample {
  const ownRun: Run = { ...run, ...more };
  const rows = new Map<string, RowRecord>();
  drafts.forEach(({ id, verdict, record }, index) => {
    if (!record) return;
    const scribe = new Scribe(id, index * 100_000);
    record(scribe);
    rows.set(id, scribe.record(verdict !== 'incomplete'));
  });
  const certified = drafts.map((draft) => rowOf(draft, rows.get(draft.id)));
  const count = (verdict: Verdict): number => certified.filter((row) => row.verdict === verdict).length;
  const finishedAt = new Date(startedAt + 1_800_000).toISOString();
  const stream = { envelopes: 4711, head: 'e5'.repeat(32) };
  const { decisions: settled, ...pos } = ownRun.pos;
  const certificate: Certificate = {
    schema: 2,
    kit: ownRun.kit,
    subject: { kind: ownRun.subject, build: null, ...pos, ...(settled ? { settled } : {}) },
    run: {
      id: ownRun.id,
      startedAt: ownRun.startedAt,
      finishedAt,
      kind: ownRun.why.length ? 'practice' : 'qualifying',
      why: ownRun.why,
      partial: true,
      selection: ownRun.selection,
      notSelected: ['PAC-REF-01', 'PAC-REF-02'],
      checklist: {
        ...ownRun.checklist,
        title: 'Go-live checklist, face-to-face payments (Pay at Counter)',
        source:
          'https://docs.dojo.tech/payments/accept-payments/in-person-payments/pay-at-counter/go-live-checklist-f2f',
      },
      upstream: ownRun.upstream,
      realTime: ownRun.realTime,
      contract: ownRun.contract,
      criteria: ownRun.criteria,
      criterionSources: {
        'polling.gap': {
          unit: 'ms',
          says: 'a longer gap hides whole phases of the card machine from the user',
        },
        'polling.samples': {
          unit: 'count',
          says: 'fewer intervals are too few to tell a rate from an accident',
        },
      },
      stream,
    },
    ranBy: { name: null, contact: null },
    ranOn: { os: null, node: ownRun.node, browser: null },
    attestations: [],
    decisions: [],
    waivers: [],
    summary: {
      rows: certified.length,
      passed: count('passed'),
      failed: count('failed'),
      warning: count('warning'),
      review: count('review'),
      notApplicable: count('not-applicable'),
      blocked: count('blocked'),
      incomplete: count('incomplete'),
      certified: false,
    },
    rows: certified,
    rules: [
      {
        id: 'PAC-RULE-01',
        rule: 'At least one way to refund works through the integration',
        verdict: 'incomplete',
        by: [],
      },
    ],
  };
  return { certificate, recording: { run: ownRun, rows, finishedAt, streams: [stream] } };
}
