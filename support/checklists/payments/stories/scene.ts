import '../../index.ts';
import { loadChecklist, usualChecklist } from '../../../checklist/index.ts';
import { usualVocabulary } from '../../../profile/index.ts';
import { sentIn } from '../../../record/sent.ts';
import type { Run } from '../../../record/vocabulary.ts';
import { capabilitiesUsed } from '../../every-check.ts';
import type { Scene } from '../check.ts';
import { PaymentEvidence } from '../evidence.ts';
import { beginning, type Story } from './story.ts';

const criteria = Object.fromEntries(
  Object.entries(loadChecklist(usualChecklist).criteria).map(([name, { value }]) => [name, value]),
);

/** A run of a browser till with every capability against a simulator, but for what is said. */
export function aRun({ pos, ...more }: Partial<Omit<Run, 'pos'>> & { pos?: Partial<Run['pos']> } = {}): Run {
  return {
    schema: 2,
    id: 'run-1',
    startedAt: new Date(beginning).toISOString(),
    monotonic: 0,
    kit: { name: 'kit', version: '1.0.0', commit: 'abc' },
    node: '24.0.0',
    subject: 'pos',
    checklist: { name: usualChecklist, sha256: 'c0ffee' },
    selection: [],
    criteria,
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
export function sceneOf(story: Story, run: Run = aRun()): Scene {
  const evidence = new PaymentEvidence(story.observations);
  return {
    evidence,
    whole: evidence,
    run,
    everyRow: new Map([['PAC-TEST-01', sentIn(evidence, capabilitiesUsed)]]),
    violations: ({ id }) => story.violations.get(id) ?? [],
    provoked: (_row, { id }) => story.provoked.has(id),
  };
}
