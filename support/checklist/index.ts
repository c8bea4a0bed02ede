export {
  type Catalogue,
  type CheckEntry,
  type Clause,
  expectedChecks,
  loadCatalogue,
  type Provoked,
  type Row,
  type Rule,
} from './catalogue.ts';
export { type Criterion, type CriterionName, criteria, criterionValues } from './criteria.ts';
