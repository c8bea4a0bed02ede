export { type Basis, type Certificate, type CertificateRow, certify, judgeRow } from './certificate.ts';
export { type Attempt, isUnobserved, type Judgement, judge } from './judge.ts';
export { benchOf, capabilitiesOf, inScope, sceneAt } from './scene.ts';
export { upgradedCertificate } from './upgrade-certificate.ts';
