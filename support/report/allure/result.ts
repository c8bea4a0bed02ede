import { createHash } from 'node:crypto';
import {
  type Attachment,
  type Label,
  LabelName,
  Severity,
  Stage,
  type StepResult,
  type TestResult,
} from 'allure-js-commons';
import { coursesOf } from '../../checklist/index.ts';
import type { Certificate, CertificateRow } from '../../judging/index.ts';
import { troubleText } from '../../record/blocked.ts';
import { counted } from '../../record/counted.ts';
import { coded } from '../../record/error-codes.ts';
import { endingOf } from '../../record/picture.ts';
import { attemptsOf, type Recording, type RowRecord } from '../../record/stream.ts';
import { visible, visibleOnPage } from '../../record/visible.ts';
import type { Finding, Level } from '../../record/vocabulary.ts';
import type { ReportFile } from '../file.ts';
import { plain } from '../markdown.ts';
import { pictureFile } from '../timeline/index.ts';
import { levelWords, planeWords, subjectWords, verdictWords } from '../words.ts';
import { exchangeText } from './exchange-text.ts';
import { type AllureStatus, outcomeStatus, statusOf } from './status.ts';

/** Allure's own shapes, with the status that its library has no name for. */
type Step = Omit<StepResult, 'status' | 'steps'> & { status: AllureStatus; steps: Step[] };
type Result = Omit<TestResult, 'status' | 'steps'> & { status: AllureStatus; steps: Step[] };

const severities: Readonly<Record<Level, Severity>> = {
  mandatory: Severity.CRITICAL,
  optional: Severity.NORMAL,
  extra: Severity.MINOR,
};

const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** An id that is always the same for the same thing, in the form of a UUID. */
const uuid = (name: string): string =>
  digest(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');

/** The Allure result of one row, and the files attached to it. */
export function resultOf(row: CertificateRow, certificate: Certificate, recording: Recording): ReportFile[] {
  const { run } = certificate;
  const attempts = attemptsOf(recording.rows.get(row.id));
  const record = attempts.at(-1);
  const attached = attempts.flatMap((attempt) => attachments(attempt, recording));
  const start = attempts[0]?.startedAt ?? Date.parse(run.startedAt);
  const result: Result = {
    uuid: uuid(`${run.id}/${row.id}`),
    historyId: digest(`${run.checklist.name}/${certificate.subject.kind}/${row.id}`),
    testCaseId: digest(`${run.checklist.name}/${row.id}`),
    name: `${row.id} ${row.title}`,
    fullName: `${run.checklist.name}/${row.id}`,
    titlePath: [run.checklist.title, row.section],
    status: statusOf[row.verdict],
    statusDetails: { message: messageOf(row) },
    stage: Stage.FINISHED,
    description: descriptionOf(row),
    labels: labelsOf(row, certificate),
    links: [],
    parameters: [],
    steps: row.clauses.map((clause) => clauseStep(clause, row)),
    attachments: attached.map(({ attachment }) => attachment),
    start,
    stop: Math.max(start, record?.finishedAt ?? start),
  };
  return [
    { name: `${result.uuid}-result.json`, content: JSON.stringify(result, shown) },
    ...attached.map(({ file }) => file),
  ];
}

/** Allure shows its texts on a page; what was joined from several lines keeps them. */
const shown = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? visibleOnPage(value) : value;

/** Begins with the verdict: Allure's categories go by it. */
function messageOf(row: CertificateRow): string {
  const open = row.findings.filter(({ outcome }) => outcome !== 'passed');
  const words = [
    row.why,
    ...row.trouble.map(({ message, code }) => coded(code, message)),
    ...open.map((one) => `${one.check}: ${one.observed}`),
  ];
  return [row.verdict, ...words.filter(Boolean).map(visible)].join('\n');
}

function labelsOf(row: CertificateRow, { run, subject }: Certificate): Label[] {
  const labels: [string, string][] = [
    ['verdict', row.verdict],
    ['kind', run.kind],
    ['level', row.level],
    [LabelName.SEVERITY, severities[row.level]],
    [LabelName.PARENT_SUITE, run.checklist.title],
    [LabelName.SUITE, row.section],
    [LabelName.SUB_SUITE, levelWords[row.level]],
    [LabelName.EPIC, run.checklist.title],
    [LabelName.FEATURE, row.section],
    [LabelName.STORY, row.title],
    [LabelName.TAG, row.id],
    [LabelName.TAG, run.kind],
    [LabelName.HOST, subjectWords(subject)],
    ...(row.verdict === 'passed' ? [] : [[LabelName.TAG, row.verdict] as [string, string]]),
  ];
  return labels.map(([name, value]) => ({ name, value }));
}

function descriptionOf(row: CertificateRow): string {
  const { label, means } = verdictWords[row.verdict];
  const paragraphs = [
    `**${label}**: ${means}.`,
    `${row.checks.executed} of ${counted(row.checks.expected, 'check')} executed.`,
    row.why && `Why: ${plain(row.why)}`,
    ...(row.attempts ?? []).map(({ verdict, why, counts }, index) =>
      plain(`Attempt ${index + 1}${counts ? ', by which the row is judged' : ''}: ${verdict}. ${why}`),
    ),
    row.notes && `How the kit reads this row: ${plain(row.notes)}`,
    ...row.trouble.map((one) => plain(`Trouble: ${troubleText(one)}`)),
    ...row.findings
      .filter(({ outcome }) => outcome !== 'passed')
      .map(
        (one) =>
          `\`${one.check}\`\n\n- expected: ${plain(one.expected)}\n- observed: ${plain(one.observed)}\n- what to do: ${plain(one.advice)}`,
      ),
  ];
  return paragraphs.filter(Boolean).join('\n\n');
}

const step = (name: string, status: AllureStatus, more: Partial<Step> = {}): Step => ({
  name,
  status,
  statusDetails: {},
  stage: Stage.FINISHED,
  steps: [],
  attachments: [],
  parameters: [],
  ...more,
});

const worstFirst: readonly AllureStatus[] = [outcomeStatus.failed, 'unknown', outcomeStatus.passed];

function clauseStep({ clause, checks }: CertificateRow['clauses'][number], row: CertificateRow): Step {
  const steps = checks.map((check) => checkStep(check, row));
  const status =
    worstFirst.find((one) => steps.some((part) => part.status === one)) ?? statusOf['not-applicable'];
  return step(clause, status, { steps });
}

function checkStep(check: string, row: CertificateRow): Step {
  const finding = row.findings.find((one) => one.check === check);
  if (finding) return findingStep(finding);
  const missing = row.checks.missing.some((id) => check === id || check === `${row.id}/${id}`);
  return missing
    ? step(`${check}: not executed`, 'unknown')
    : step(`${check}: not asked for`, statusOf['not-applicable']);
}

function findingStep(finding: Finding): Step {
  const { check, outcome, expected, observed, advice, plane, fault, severity, evidence } = finding;
  const facts = {
    expected,
    observed,
    advice,
    plane: `${plane}: ${planeWords[plane]}`,
    severity,
    fault,
    evidence: evidence.join(', '),
  };
  return step(`${check}: ${outcome}`, outcomeStatus[outcome], {
    parameters: Object.entries(facts).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
    statusDetails: outcome === 'passed' ? {} : { message: observed, expected, actual: observed },
  });
}

interface Attached {
  readonly attachment: Attachment;
  readonly file: ReportFile;
}

function attachments(record: RowRecord, { run }: Recording): Attached[] {
  const attach = (name: string, type: string, extension: string, content: string | Uint8Array): Attached => {
    const source = `${digest(content)}-attachment.${extension}`;
    return { attachment: { name, type, source }, file: { name: source, content } };
  };
  const log = exchangeText(record);
  return [
    ...coursesOf(run.checklist.name, record.observations, run).map((course) =>
      attach(
        `Timeline of ${course.names.one} ${course.session}`,
        'image/svg+xml',
        'svg',
        pictureFile(course),
      ),
    ),
    ...record.screenshots.map(({ name, type, base64 }) =>
      attach(name, type, endingOf(type), Buffer.from(base64, 'base64')),
    ),
    ...(log ? [attach('Exchanges', 'text/plain', 'txt', log)] : []),
  ];
}
