import type { Category } from 'allure-js-commons/sdk';
import type { Certificate } from '../../judging/index.ts';
import { contractsOf } from '../../record/contracts.ts';
import type { Verdict } from '../../record/vocabulary.ts';
import type { ReportFile } from '../file.ts';
import { headline } from '../standing.ts';
import { verdicts, verdictWords } from '../words.ts';
import { type AllureStatus, statusOf } from './status.ts';

type VerdictCategory = Omit<Category, 'matchedStatuses'> & { matchedStatuses: AllureStatus[] };

/** What Allure shows around its results: categories by verdict, what was tested, and by whom. */
export function surroundings(certificate: Certificate): ReportFile[] {
  return [
    {
      name: 'categories.json',
      content: JSON.stringify(verdicts.filter((one) => one !== 'passed').map(category), null, 2),
    },
    { name: 'environment.properties', content: properties(environment(certificate)) },
    { name: 'executor.json', content: JSON.stringify(executor(certificate), null, 2) },
  ];
}

const category = (verdict: Verdict): VerdictCategory => ({
  name: `${verdictWords[verdict].label}: ${verdictWords[verdict].means}`,
  matchedStatuses: [statusOf[verdict]],
  messageRegex: `(?s)${verdict}\\b.*`,
});

function environment(certificate: Certificate): Record<string, string> {
  const { run, subject, ranOn, kit } = certificate;
  return {
    Result: headline(certificate),
    Kind: run.why.length ? `${run.kind}: ${run.why.join('; ')}` : run.kind,
    Run: run.id,
    Subject: subject.kind,
    POS: `${subject.name} ${subject.version}`,
    'API version': subject.apiVersion,
    Driver: `${subject.driver}, display ${subject.display}`,
    Upstream: run.upstream,
    Contract: contractsOf(run.contract)
      .map(({ version, sha256 }) => `${version}, SHA-256 ${sha256}`)
      .join('; '),
    Checklist: `${run.checklist.name}, SHA-256 ${run.checklist.sha256}`,
    Kit: `${kit.name} ${kit.version} ${kit.commit}`.trim(),
    'Node.js': ranOn.node,
  };
}

const executor = ({ run, kit }: Certificate) => ({
  name: `${kit.name} ${kit.version}`,
  type: kit.name,
  buildName: run.id,
  reportName: `${run.kind === 'practice' ? 'Practice run' : 'Qualifying run'}, ${run.id}`,
});

/** Java's properties, which are Latin-1: everything else is escaped. */
function properties(values: Readonly<Record<string, string>>): string {
  const escaped = (text: string): string =>
    text
      .replace(/[\\=:#!]/g, '\\$&')
      .replaceAll('\n', '\\n')
      .split('')
      .map((unit) =>
        /[\x20-\x7e]/.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      .join('');
  return Object.entries(values)
    .map(([name, value]) => `${escaped(name).replaceAll(' ', '\\ ')}=${escaped(value)}\n`)
    .join('');
}
