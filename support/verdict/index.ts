export { type Basis, type Certificate, type CertificateRow, certify, judgeRow } from './certificate.ts';
export {
  Chain,
  type Edit,
  editsBetween,
  type Link,
  linkLine,
  readChain,
  type StoredChain,
  type StreamHead,
} from './chain.ts';
export { truths } from './checks/display/truths.ts';
export { type Check, checks, tidyingUp } from './checks/index.ts';
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
} from './evidence.ts';
export { capabilitiesOf, type Judgement, judge } from './judge.ts';
export { sentIn } from './sent.ts';
export { lackingInObservation } from './shape.ts';
export {
  media,
  mergeRecordings,
  type Recording,
  type RowRecord,
  type Screenshot,
  type StepRecord,
  StreamError,
  StreamFold,
} from './stream.ts';
export { ambiguousPhrases, contraryPhrase, resultOf, says, seenThrough, wordsIn } from './words.ts';
