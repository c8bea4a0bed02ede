import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Certificate } from '../judging/index.ts';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { isDay } from './day.ts';
import type { Settlement } from './decisions/decision.ts';

/** What a partner says to the reviewer about a row, before the run is sealed. It settles nothing. */
export interface Request {
  readonly row: string;
  /** Why a waiver is asked for; or a comment. */
  readonly text: string;
  /** Who says so, by name. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** The last day of the waiver that is asked for, `2027-03-31`; left out of a comment. */
  readonly lastDay?: string;
}

/** A request, and what the reviewer has answered: `granted, last day 2027-03-31`, `refused`, `not answered`. */
export interface AnsweredRequest extends Request {
  /** Left out of a comment, which asks for nothing. */
  readonly answer?: string;
}

/** The file of a run's folder, and of its bundle, that holds what the partner says. */
export const requestsFile = 'requests.json';

/** The requests in a text; `null` where it holds none of this run, or one that the kit would not have taken down. */
export function requestsIn(text: string, certificate: Certificate): readonly Request[] | null {
  try {
    const { schema, run, requests } = JSON.parse(text) as {
      schema: unknown;
      run: unknown;
      requests: Request[];
    };
    const whole = schema === 1 && run === certificate.run.id && Array.isArray(requests);
    return whole && requests.every((one) => faultOf(one, certificate) === null) ? requests : null;
  } catch {
    return null;
  }
}

/** What the partner has said so far in the folder of a run. Throws a `UsageError` where that can't be read. */
export function requestsOf(folder: string, certificate: Certificate): readonly Request[] {
  const file = join(folder, requestsFile);
  if (!existsSync(file)) return [];
  const requests = requestsIn(readFileSync(file, 'utf8'), certificate);
  if (requests) return requests;
  throw new UsageError(
    'KIT-ASK-001',
    `Expected ${relative(process.cwd(), file)} to hold what "certify ask" wrote for the run ${certificate.run.id}, but it holds something else. Remove it, and ask again.`,
  );
}

/** Notes a request in the folder of a run. Throws a `UsageError` where it lacks something, or the row cannot be given that. */
export function ask(folder: string, request: Request, certificate: Certificate): void {
  const before = requestsOf(folder, certificate);
  const fault = faultOf(request, certificate);
  if (fault) throw new UsageError('KIT-ASK-002', `Expected ${fault}. Nothing was noted.`);
  // Of several requests for one waiver the last one counts.
  const kept = before.filter(
    ({ row, lastDay }) => row !== request.row || lastDay === undefined || request.lastDay === undefined,
  );
  const all = { schema: 1, run: certificate.run.id, requests: [...kept, request] };
  const file = join(folder, requestsFile);
  written(file, () => writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`));
}

/** Why the kit does not take a request down; the end of a sentence that begins with "Expected". */
function faultOf({ row, text, by, at, lastDay }: Request, { rows }: Certificate): string | null {
  const found = rows.find(({ id }) => id === row);
  if (!found) return `a row of the run, but ${row} is none`;
  if (typeof text !== 'string' || !text.trim()) return 'a reason or a comment, but it is empty';
  if (typeof by !== 'string' || !by.trim()) return 'the name of who asks, but it is empty';
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return 'the time of the request';
  if (lastDay === undefined) return null;
  if (!isDay(lastDay)) return `a day such as 2027-03-31 as the last one of the waiver, but it is ${lastDay}`;
  return found.verdict === 'failed'
    ? null
    : `a row that failed, as only these can be waived, but ${row} is ${found.verdict}`;
}

/** What came of each request. */
export function withAnswers(requests: readonly Request[], { rows }: Settlement): AnsweredRequest[] {
  return requests.map((request) => {
    if (request.lastDay === undefined) return request;
    const said = rows.find(({ row }) => row === request.row)?.decision;
    // What was said before the partner asked is no answer to it.
    if (!said || said.at < request.at || said.from !== undefined)
      return { ...request, answer: 'not answered' };
    return { ...request, answer: 'lastDay' in said ? `granted, last day ${said.lastDay}` : 'refused' };
  });
}

/** A request in a sentence. */
export const requestLine = ({ row, text, by, at, lastDay, answer }: AnsweredRequest): string =>
  lastDay === undefined
    ? `${row}: ${by} commented on ${at.slice(0, 10)}: ${text}`
    : `${row}: ${by} asked on ${at.slice(0, 10)} for a waiver with the last day ${lastDay}: ${text} (${answer ?? 'not answered'})`;
