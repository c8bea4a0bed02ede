export { truths } from '../checklists/pay-at-counter/checks/display/truths.ts';
export { type Check, checks, journalVisit, tidyingUp } from '../checklists/pay-at-counter/checks/index.ts';
export {
  Chain,
  type Edit,
  editsBetween,
  type Link,
  linkLine,
  readChain,
  type StoredChain,
  type StreamHead,
} from '../record/chain.ts';
export {
  at,
  Evidence,
  type Intent,
  isFinal,
  jsonOf,
  listAt,
  numberAt,
  type Prompt,
  readableAt,
  routeId,
  type Session,
  type Told,
  textAt,
} from '../record/evidence.ts';
export { ambiguousPhrases, contraryPhrase, resultOf, says, seenThrough, wordsIn } from '../record/phrases.ts';
export { lackingInObservation } from '../record/shape.ts';
export {
  media,
  mergeRecordings,
  type Recording,
  type RowRecord,
  type Screenshot,
  type StepRecord,
  StreamError,
  StreamFold,
} from '../record/stream.ts';
export { type Basis, type Certificate, type CertificateRow, certify, judgeRow } from './certificate.ts';
export { capabilitiesOf, type Judgement, judge } from './judge.ts';
export { sentIn } from './sent.ts';
