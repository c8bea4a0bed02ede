/** Mutation of the kit's own judgement, `npm run mutate`: how well the tests watch over it. */
export default {
  mutate: [
    'support/{judging,contract}/**/*.ts',
    'support/checklists/*/checks{.ts,/**/*.ts}',
    'support/record/{chain,evidence,phrases,sent,stream}.ts',
    '!support/**/*.{test,stories}.ts',
    '!support/**/testing/**',
  ],
  plugins: ['./support/workshop/mutation/plugin.ts'],
  testRunner: 'node-test',
  nodeTest: {
    // Left out is what takes long and finds little that the others don't: every story put to every check, the errata.
    files: [
      'support/{judging,contract,checklists,record}/**/!(robust|errata|official|made-up|delays).test.ts',
    ],
    // A schema is compiled once, a phrase made a pattern once: for each mutant they are made again.
    keeping: ['support/contract/{contract,problems,schemas}.ts', 'support/record/phrases.ts'],
  },
  coverageAnalysis: 'perTest',
  // What is only said to people bears no verdict; the plugin's `sentences.ts` has the rule.
  ignorers: ['sentences'],
  ignorePatterns: ['reports', 'docs'],
  tempDirName: 'reports/.mutation',
  cleanTempDir: 'always',
  reporters: ['clear-text', 'html', 'json', 'progress-append-only', 'survivors'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  concurrency: 2,
  // Endless loops are stopped by their count; what is left of the time is for a busy machine.
  timeoutMS: 30_000,
  // A process that has loaded files a hundred times over holds them all.
  maxTestRunnerReuse: 500,
};
