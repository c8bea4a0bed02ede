import type { Definition } from '../../checklist/index.ts';
import { factWords } from '../payments/facts.ts';
import { leftovers } from '../payments/leftovers/index.ts';
import { questions as askedOfPayments } from '../payments/questions.ts';
import { words } from '../payments/words.ts';
import { actions } from './actions.ts';
import { amounts } from './amounts.ts';
import { capabilities } from './capabilities.ts';
import { payAtTableChecks } from './checks/index.ts';
import { courses } from './course.ts';
import { criteria } from './criteria.ts';
import { TableEvidence } from './evidence.ts';
import { tableFactWords } from './facts.ts';
import { footholds } from './footholds.ts';
import { ownPos } from './own-pos.ts';
import { questions } from './questions.ts';

/** Dojo's Pay at Table: Dojo's card machines ask the POS for its orders and tell it what guests have paid. */
export const payAtTable: Definition<TableEvidence> = {
  name: 'pay-at-table',
  serves: 'epos-data-1.0',
  actions,
  checks: payAtTableChecks,
  criteria,
  capabilities,
  questions: { ...askedOfPayments, ...questions },
  words,
  courses,
  view: ({ observations }) => new TableEvidence(observations),
  facts: { ...factWords, ...tableFactWords },
  amounts,
  footholds,
  leftovers,
  profiles: 'fixtures/pay-at-table/profiles',
  ownPos,
};
