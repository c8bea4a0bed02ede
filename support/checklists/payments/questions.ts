import type { Question } from '../../checklist/index.ts';

/** What any checklist of payments asks a person. */
export const questions: Readonly<Record<string, Question>> = {
  credentialsEnteredBy: {
    description: 'Who enters the API key into the till',
    choices: ['maker', 'installer', 'merchant'],
  },
  minimumPosVersion: {
    description: 'Minimum version of the till that works with this API, or "only one version exists"',
  },
};
