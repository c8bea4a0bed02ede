import '../../index.ts';
import { loadChecklist, usualChecklist } from '../../../checklist/index.ts';
import { usualVocabulary } from '../../../profile/index.ts';
import { Evidence } from '../../../record/evidence.ts';
import { sentIn } from '../../../record/sent.ts';
import type { Run } from '../../../record/vocabulary.ts';
import type { Scene } from '../check.ts';
import type { PaymentEvidence } from '../evidence.ts';
import type { Observed } from './case.ts';
import { beginning } from './story.ts';

/** The thresholds of a checklist, as a run by it records them. */
const criteriaOf = (name: string) =>
  Object.fromEntries(Object.entries(loadChecklist(name).criteria).map(([id, { value }]) => [id, value]));

/** A run of a browser till with every capability against a simulator, but for what is said. */
export function aRun({
  pos,
  checklist = { name: usualChecklist, sha256: 'c0ffee' },
  ...more
}: Partial<Omit<Run, 'pos'>> & { pos?: Partial<Run['pos']> } = {}): Run {
  return {
    schema: 2,
    id: 'run-1',
    startedAt: new Date(beginning).toISOString(),
    monotonic: 0,
    kit: { name: 'kit', version: '1.0.0', commit: 'abc' },
    node: '24.0.0',
    subject: 'pos',
    checklist,
    selection: [],
    criteria: criteriaOf(checklist.name),
    contract: { version: '2026-02-27', sha256: 'beef', source: 'contract.yaml' },
    upstream: 'embedded simulator',
    realTime: true,
    why: [],
    ...more,
    pos: {
      name: 'Till',
      version: '1.0',
      apiVersion: '2026-02-27',
      driver: 'browser',
      display: 'observed',
      clock: 'real',
      journal: true,
      capabilities: [],
      undeclared: [],
      vocabulary: usualVocabulary(),
      declared: {},
      ...pos,
    },
  };
}

/** What a check may look at, of one story. */
export function sceneOf({ observations, violations, provoked }: Observed, run: Run = aRun()): Scene {
  const { view, capabilitiesUsed } = loadChecklist(run.checklist.name);
  const evidence = view(new Evidence(observations)) as PaymentEvidence;
  return {
    evidence,
    whole: evidence,
    run,
    everyRow: new Map([['PAC-TEST-01', sentIn(evidence, capabilitiesUsed)]]),
    violations: ({ id }) => violations.get(id) ?? [],
    provoked: (_row, { id }) => provoked?.has(id) ?? false,
  };
}
