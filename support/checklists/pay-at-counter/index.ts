import type { Definition } from '../../checklist/index.ts';
import { actions } from '../payments/actions.ts';
import { PaymentEvidence } from '../payments/evidence.ts';
import { factWords } from '../payments/facts.ts';
import { leftovers } from '../payments/leftovers/index.ts';
import { questions } from '../payments/questions.ts';
import { words } from '../payments/words.ts';
import { amounts } from './amounts.ts';
import { capabilities } from './capabilities.ts';
import { payAtCounterChecks } from './checks/index.ts';
import { courses } from './course.ts';
import { criteria } from './criteria.ts';
import { ownPos } from './own-pos.ts';

/** Dojo's Pay at Counter: the POS takes payments on a card machine through the terminal sessions of the API. */
export const payAtCounter: Definition<PaymentEvidence> = {
  name: 'pay-at-counter',
  actions,
  checks: payAtCounterChecks,
  criteria,
  capabilities,
  questions,
  words,
  view: ({ observations }) => new PaymentEvidence(observations),
  courses,
  facts: factWords,
  amounts,
  leftovers,
  profiles: 'fixtures/pay-at-counter/profiles',
  ownPos,
};
