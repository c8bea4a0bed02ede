export {
  type ActionForm,
  type ActionsOf,
  amount,
  type BareAction,
  currency,
  type OnPage,
  onPage,
  type Parameters,
  type StepsForm,
} from './actions.ts';
export { type AmountRule, type AmountRules, amountsBy, type DrawnAmounts, type Entered } from './amounts.ts';
export {
  type Catalogue,
  type CheckEntry,
  type Clause,
  checklists,
  expectedChecks,
  loadCatalogue,
  type Provoked,
  type Row,
  type Rule,
  usualChecklist,
} from './catalogue.ts';
export type { Course, CourseNames, Mark, Span, Tone } from './course.ts';
export {
  actionForm,
  type Beginning,
  type Capability,
  type Checklist,
  type Criterion,
  checklistOf,
  coursesOf,
  type Definition,
  defineChecklist,
  type Foothold,
  factWords,
  knownActions,
  knownCapabilities,
  knownQuestions,
  knownWords,
  loadChecklist,
  type OwnPos,
  type OwnPosOptions,
  ownProfile,
  type Question,
  type WordsForm,
} from './define.ts';
export type { FactWords } from './fact-words.ts';
export type { AskAccount, Deed, Ledger, Leftover, Leftovers } from './leftovers.ts';
export { shardOf } from './shards.ts';
export type { Gallery, Kill, WrongSubject } from './wrong-subject.ts';
