import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { sentences } from './sentences.ts';
import { SurvivorsReporter } from './survivors-reporter.ts';
import { NodeTestRunner } from './test-runner.ts';

/** What `stryker.config.mjs` names: how tests are run, what is not mutated, and which survivors are known. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'node-test', NodeTestRunner),
  declareClassPlugin(PluginKind.Reporter, 'survivors', SurvivorsReporter),
  declareValuePlugin(PluginKind.Ignore, 'sentences', sentences),
];

const patterns = { type: 'array', items: { type: 'string' } };

/** Its own part of that file: patterns of the test files, and of the files that keep what they made once. */
export const strykerValidationSchema = {
  properties: {
    nodeTest: {
      type: 'object',
      required: ['files'],
      properties: { files: patterns, keeping: patterns },
    },
  },
};
