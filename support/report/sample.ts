import type { Certificate, CertificateRow } from '../judging/index.ts';
import { usualVocabulary } from '../profile/index.ts';
import type { Recording, RowRecord } from '../record/stream.ts';
import type { Finding, Run, Verdict } from '../record/vocabulary.ts';
import { type Draft, drafts } from './testing/rows.ts';
import { exchangeId, Scribe, startedAt } from './testing/scribe.ts';

/** A run that was judged, with rows of each verdict: what a report is tried on. */
export interface Sample {
  readonly certificate: Certificate;
  readonly recording: Recording;
}

const finding = (check: string, more: Partial<Finding> = {}): Finding => ({
  check,
  outcome: 'passed',
  severity: 'must',
  plane: 'state',
  fault: 'pos',
  expected: 'the terminal session ends as Captured',
  observed: 'Captured, 8.70 s after its creation',
  reported: false,
  advice: '',
  evidence: ['x3', 'x4'],
  ...more,
});

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
