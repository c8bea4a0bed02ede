import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadChecklist } from '../../checklist/index.ts';
import type { Certificate } from '../../judging/index.ts';
import { written } from '../../record/disk/disk.ts';
import { UsageError } from '../../record/usage-error.ts';
import { plain } from '../../report/index.ts';
import { exitCodeOf } from '../../run/progress.ts';
import { say } from '../../run/terminal.ts';
import {
  accepting,
  judgeNight,
  type KnownFailure,
  type Night,
  type NightRecord,
  type Part,
  type Places,
  planIssue,
  readKnown,
  readRecord,
  recordOf,
  renderNight,
  renderRecord,
  renderRun,
  type Watch,
} from '../index.ts';
import { keptBefore, keptFile, move, openIssue } from './gh.ts';
import { readCertificate, readParts, writeWhole } from './part.ts';
import { withheldSummary } from './withheld.ts';

/** What a night is compared with, and where it can be read. */
export interface TellFlags {
  readonly watch?: string;
  readonly certificate?: string;
  readonly kit?: string;
  /** The file of known failures. */
  readonly known?: string;
  readonly alarm: number;
}

/** Writes the summary of a job, and keeps the issue. Returns the exit code that the run, or the night, asks for. */
export async function tell(
  folder: string,
  { watch: name, known: file, ...flags }: TellFlags,
): Promise<number> {
  const withheld = withheldSummary(folder);
  if (withheld) {
    onJobPage(withheld);
    return 0;
  }
  const places = placesOf(flags);
  const parts = readParts(folder);
  // A certificate beside parts that left no record is none of theirs.
  const certificate =
    parts.length && !parts.some(({ recorded }) => recorded) ? null : readCertificate(folder);
  if (!name) {
    if (file)
      throw new UsageError(
        'KIT-NIGHT-010',
        'Expected --watch beside --known, for known failures count in a comparison.',
      );
    const { trouble } = judgeNight(certificate, parts, null);
    onJobPage(renderRun(certificate, trouble, places));
    return runCode(certificate, parts, trouble);
  }
  const known = await attempt(async () => (file && certificate ? knownIn(file, certificate) : []));
  if (known.error) {
    onJobPage(`- ${plain(known.error.message)}\n`);
    throw known.error;
  }
  const watch = { name, branch: process.env.GITHUB_REF_NAME ?? '', alarm: flags.alarm };
  const asked = await askGitHub(watch);
  const night = judgeNight(certificate, parts, asked.last, asked.unknown, known.value);
  onJobPage(renderNight(night, places));
  const failure = asked.failure ?? (await settle(night, asked, { folder, watch, places }));
  if (!failure) return night.code;
  if (asked.failure) keep(night, asked, { folder, places, issue: asked.open ?? asked.last?.issue ?? null });
  onJobPage(`- ${plain(failure.message)}\n`);
  throw failure;
}

function knownIn(file: string, { run }: Certificate): KnownFailure[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      'KIT-NIGHT-007',
      `Expected --known to name a file of known failures, but ${file} can't be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
  return readKnown(text, file, loadChecklist(run.checklist.name).rows);
}

/** The exit code of a run that is not compared: what failed comes first, then what was not judged. */
function runCode(
  certificate: Certificate | null,
  parts: readonly Part[],
  trouble: readonly string[],
): number {
  if (!certificate) return (parts.length === 1 && parts[0]!.code) || 3;
  if (!trouble.length) return exitCodeOf(certificate);
  return certificate.rows.some(({ verdict }) => verdict === 'failed') ? 1 : 3;
}

/** What GitHub knows of the nights before. */
interface Asked {
  /** The issue that is open; `undefined` where that could not be asked. */
  readonly open: number | null | undefined;
  readonly last: NightRecord | null;
  /** Why it is not known how the rows stood before; `null` where it is. */
  readonly unknown: string | null;
  /** What kept GitHub from being asked. */
  readonly failure: Error | null;
}

/** Asks for the open issue and for the last night's record. What fails is reported once the night was. */
async function askGitHub(watch: Watch): Promise<Asked> {
  const issue = await attempt(() => openIssue(watch));
  const kept = await attempt(() => lastNight(watch, issue.value));
  const failure = issue.error ?? kept.error;
  if (!kept.value)
    return { open: issue.value, last: null, unknown: 'GitHub could not be asked for one', failure };
  const open = issue.value;
  const { record, unknown } = kept.value;
  const accepted = record && isAccepted(record, open);
  const last = accepted ? accepting(record) : record;
  const blind = last?.blind && open !== null ? 'the nights before that one are not known either' : null;
  return { open, last, unknown: unknown ?? (accepted ? null : blind), failure };
}

/** Where its issue is open no more, somebody accepted how the rows stand. */
const isAccepted = ({ issue }: NightRecord, open: Asked['open']): boolean =>
  open !== undefined && issue !== null && issue !== open;

/**
 * The last night's record that knows of those before it, or was accepted; else the last one. `unknown` says why there
 * is none.
 */
async function lastNight(
  watch: Watch,
  open: Asked['open'],
): Promise<{ readonly record: NightRecord | null; readonly unknown: string | null }> {
  let newest: NightRecord | null = null;
  for await (const { run, text } of keptBefore(watch)) {
    const read =
      text === null
        ? { record: null, why: `is damaged: the artifact holds no ${keptFile}` }
        : readRecord(text);
    const usable = read.record && (!read.record.blind || (!newest && isAccepted(read.record, open)));
    if (usable) return { record: read.record, unknown: null };
    if (!read.record && !newest) {
      const unknown = `what the last night kept (run ${run}) ${read.why}`;
      say(`There is nothing to compare with: ${unknown}.`);
      return { record: null, unknown };
    }
    newest ??= read.record;
  }
  return {
    record: newest,
    unknown: newest
      ? null
      : `no earlier run of this branch left its verdicts (the artifact ${watch.name}-verdicts)`,
  };
}

interface Telling {
  readonly folder: string;
  readonly watch: Watch;
  readonly places: Places;
}

/** Does what is to be done about the issue, and keeps the night for the next one in any case; returns what failed. */
async function settle(night: Night, asked: Asked, { folder, watch, places }: Telling): Promise<Error | null> {
  const open = asked.open ?? null;
  const { value, error } = await attempt(() => move(planIssue(night, watch, open, places), watch.name, open));
  keep(night, asked, { folder, places, issue: error ? open : (value ?? null) });
  return error;
}

/** Keeps the night for the next one. */
function keep(
  night: Night,
  { open, failure }: Asked,
  { folder, places, issue }: Pick<Telling, 'folder' | 'places'> & { readonly issue: number | null },
): void {
  // In the first night of all there is nothing that could be unknown.
  const blind = night.unknown !== null && (failure !== null || (open !== null && issue !== null));
  const record = recordOf(night, { issue, url: places.run, blind });
  if (record) writeWhole(join(folder, keptFile), renderRecord(record));
}

/** What came of asking, or the `UsageError` that was thrown. */
async function attempt<T>(
  act: () => Promise<T>,
): Promise<{ readonly value?: T; readonly error: UsageError | null }> {
  try {
    return { value: await act(), error: null };
  } catch (error) {
    if (error instanceof UsageError) return { error };
    throw error;
  }
}

/** On the page of the job; where there is none, on the terminal. */
function onJobPage(markdown: string): void {
  const { GITHUB_STEP_SUMMARY } = process.env;
  if (GITHUB_STEP_SUMMARY) written(GITHUB_STEP_SUMMARY, () => appendFileSync(GITHUB_STEP_SUMMARY, markdown));
  else say(markdown);
}

function placesOf({ certificate, kit }: Pick<TellFlags, 'certificate' | 'kit'>): Places {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const [repository, ref] = kit?.split('@') ?? [];
  return {
    run: GITHUB_RUN_ID ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : null,
    certificate: certificate || null,
    docs: repository && ref ? `${GITHUB_SERVER_URL}/${repository}/blob/${ref}/docs` : null,
  };
}
