import type { Certificate } from '../verdict/index.ts';
import type { ReportFile } from './file.ts';

/** `certification.json`, as `certification.schema.json` describes it. */
export const renderJson = (certificate: Certificate): ReportFile => ({
  name: 'certification.json',
  content: `${JSON.stringify(certificate, null, 2)}\n`,
});
