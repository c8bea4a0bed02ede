/** Dependencies point one way: steps -> support -> fixtures' data. See "The house" in CONTRIBUTING.md. */
const io = '^(node:)?(fs|fs/promises|net|http|https|http2|child_process|dgram|tls|worker_threads|readline)$';

/** The rooms of `support/` from the ground up: each may lean on those below it and on none above. */
const rooms = [
  'record',
  'checklist',
  'judging',
  'contract',
  'traffic',
  'drivers',
  'profile',
  'actors',
  'report',
  'review',
  'run',
  'checklists',
  'nightly',
  'workshop',
  'cli',
];

export default {
  forbidden: [
    ...rooms.slice(0, -1).map((room, index) => ({
      name: `${room}-leans-on-nothing-above-it`,
      severity: 'error',
      from: { path: `^support/${room}/`, pathNot: '\\.test\\.ts$|/testing/' },
      to: { path: `^support/(${rooms.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'only-the-registry-knows-which-checklists-there-are',
      comment:
        'Whoever wants one asks for it by its name; support/checklists/core.test.ts looks for their words.',
      severity: 'error',
      from: { path: '^support/', pathNot: '^support/checklists/|\\.test\\.ts$|/testing/' },
      to: { path: '^support/checklists/[^/]+/' },
    },
    {
      name: 'checklists-do-not-know-each-other',
      comment:
        'What two of them share is in support/checklists/payments/. Ambiguity is Pay at Counter with other rows and more checks, so its definition begins with that one.',
      severity: 'error',
      from: {
        path: '^(?:support/checklists|steps)/([^/]+)/',
        pathNot: '^support/checklists/(ambiguity/index\\.ts|testing/)|^steps/shared/',
      },
      to: { path: '^support/checklists/[^/]+/', pathNot: '^support/checklists/($1|payments|testing)/' },
    },
    {
      name: 'what-checklists-share-knows-none-of-them',
      severity: 'error',
      from: { path: '^support/checklists/payments/' },
      to: { path: '^support/checklists/(?!payments/)[^/]+/' },
    },
    {
      name: 'a-checklist-has-its-own-fixtures',
      severity: 'error',
      from: { path: '^support/', pathNot: '^support/(checklists|workshop)/|\\.test\\.ts$' },
      to: { path: '^fixtures/(?!simulator/|sandbox/|openapi/)' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.(d\\.ts|test\\.ts)$|^steps/|^support/(run/hooks|cli/)|public/' },
      to: {},
    },
    {
      name: 'support-knows-no-steps',
      severity: 'error',
      from: { path: '^(support|fixtures)/' },
      to: { path: '^(steps|features)/' },
    },
    {
      name: 'judgement-does-no-io',
      comment:
        'What judges, and what makes pages of it, is pure: it is given what was observed, and returns what follows.',
      severity: 'error',
      from: {
        path: '^support/(record|judging|checklists|report|nightly)/',
        pathNot: '/(disk|leftovers|world|headless|testing)/|(worlds|own-pos|galleries)\\.ts$|\\.test\\.ts$',
      },
      to: {
        path: `${io}|^node_modules/(undici|playwright|fastify)|^support/(cli|run|traffic|drivers|actors|workshop)/|^fixtures/`,
      },
    },
    {
      name: 'only-the-command-line-starts-things',
      severity: 'error',
      from: {
        path: '^(support|steps)/',
        pathNot: '^support/(cli|run|workshop)/|/(own-pos|galleries)\\.ts$|\\.test\\.ts$',
      },
      to: { path: '^fixtures/(simulator/|[^/]+/(reference|reference-pos|mutants)/)' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^support/drivers/([^/]+)/.+' },
      to: { path: '^support/drivers/([^/]+)/.+', pathNot: '^support/drivers/$1/' },
    },
    {
      name: 'the-simulator-knows-nothing-of-the-kit',
      severity: 'error',
      from: { path: '^fixtures/simulator/', pathNot: '\\.test\\.ts$|/rig\\.ts$' },
      to: { path: '^(support|steps)/|^fixtures/(pay-at-|pos-parts)' },
    },
    {
      name: 'a-reference-pos-knows-nothing-of-the-kit',
      comment: 'What those of two checklists are made of is in fixtures/pos-parts/.',
      severity: 'error',
      from: {
        path: '^fixtures/(pay-at-counter/reference-pos|pay-at-table/reference|pos-parts)/',
        pathNot: '\\.test\\.ts$|/simulated\\.ts$|/testing/',
      },
      to: { path: '^(support|steps)/|^fixtures/(simulator|openapi)/|/mutants/' },
    },
    {
      name: 'fixtures-of-checklists-do-not-know-each-other',
      severity: 'error',
      from: { path: '^fixtures/(pay-at-[^/]+|pos-parts)/' },
      to: { path: '^fixtures/pay-at-', pathNot: '^fixtures/$1/' },
    },
    {
      name: 'tests-are-nobodys-source',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^reports/' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
