export { type Basis, type Certificate, type CertificateRow, certify, judgeRow } from './certificate.ts';
export { type Attempt, capabilitiesOf, type Judgement, judge } from './judge.ts';
