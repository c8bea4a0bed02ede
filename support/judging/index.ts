export { type Basis, type Certificate, type CertificateRow, certify, judgeRow } from './certificate.ts';
export { capabilitiesOf, type Judgement, judge } from './judge.ts';
