import type { Certificate, Recording } from '../verdict/index.ts';

export interface File {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export function renderReport(certificate: Certificate, _recording: Recording): File[] {
  return [{ name: 'certification.json', content: JSON.stringify(certificate, null, 2) }];
}
