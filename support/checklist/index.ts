export {
  type Catalogue,
  type CheckEntry,
  type Clause,
  checklists,
  expectedChecks,
  loadCatalogue,
  type Proof,
  type Provoked,
  type Row,
  type Rule,
  usualChecklist,
} from './catalogue.ts';
export { type Criterion, type CriterionName, criteria, criterionValues } from './criteria.ts';
export { checkIn, rowIdForm, rowOfTags, sectionOf } from './row-id.ts';
