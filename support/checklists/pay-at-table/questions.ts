import type { Question } from '../../checklist/index.ts';

/** What Pay at Table asks a person. */
export const questions: Readonly<Record<string, Question>> = {
  versionAtPos: {
    description: 'Whether the version of the API that the POS sends can be changed at the POS',
    choices: ['hard-coded', 'editable'],
  },
  eposAdapter: {
    description: 'Over what Dojo calls the POS in Pay at Table',
    choices: ['REST', 'WebSocket', 'mixed'],
  },
};
