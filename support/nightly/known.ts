import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Row } from '../checklist/index.ts';
import type { Certificate } from '../judging/index.ts';
import { UsageError } from '../record/usage-error.ts';
import { isJudged } from './record.ts';

/** A check that is known to fail, as the caller's file says. */
export interface KnownFailure {
  /** `PAC-SALE-05/decision-sent`. */
  readonly check: string;
  readonly reason: string;
  /** The day from which it counts no more, `2027-03-31`. */
  readonly until: string;
}

/**
 * A known failure beside tonight's certificate. `unseen`: tonight says nothing of the check, because its row was
 * not judged, or the check was not applied, or waits for review.
 */
export type SeenFailure = KnownFailure & { readonly state: 'fails' | 'passes' | 'unseen' | 'ended' };

const ajv = new Ajv();
addFormats.default(ajv);
const validate = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['check', 'reason', 'until'],
    additionalProperties: false,
    properties: {
      check: { type: 'string' },
      reason: { type: 'string', pattern: String.raw`\S` },
      until: { type: 'string', format: 'date' },
    },
  },
});

/** Reads a file of known failures. Throws a `UsageError` when it is of another form, or names what the rows do not have. */
export function readKnown(text: string, file: string, rows: readonly Row[]): KnownFailure[] {
  const { entries, wrong } = parsed(text);
  const twice = entries.find(({ check }, index) => entries.findIndex((one) => one.check === check) < index);
  const fault = wrong ?? (twice && `${twice.check} is there twice`);
  if (fault)
    throw new UsageError(
      'KIT-NIGHT-008',
      `Expected ${file} to be a list of known failures, each with check (row/check), reason and until (a day such as 2027-03-31), but ${fault}.`,
    );
  const checks = new Set(
    rows.flatMap(({ id, clauses }) =>
      clauses.flatMap(({ checks }) => checks.map((one) => `${id}/${one.id}`)),
    ),
  );
  const unknown = entries.filter(({ check }) => !checks.has(check)).map(({ check }) => check);
  if (unknown.length)
    throw new UsageError(
      'KIT-NIGHT-009',
      `Expected ${file} to name checks of the checklist, but it has no ${unknown.join(', ')}. The certificate names each check of a row.`,
    );
  return entries;
}

function parsed(text: string): { readonly entries: KnownFailure[]; readonly wrong?: string } {
  let found: unknown;
  try {
    found = parse(text) ?? [];
  } catch (error) {
    return { entries: [], wrong: `it is not YAML: ${(error as Error).message.split('\n')[0]}` };
  }
  if (validate(found)) return { entries: found as KnownFailure[] };
  const [{ instancePath = '', message = '' } = {}] = validate.errors ?? [];
  const [, index, property] = instancePath.split('/');
  const where = index === undefined ? 'it' : `${property ? `${property} of ` : ''}entry ${Number(index) + 1}`;
  return { entries: [], wrong: `${where} ${message}` };
}

/** What tonight says of each known failure. */
export function seenTonight(known: readonly KnownFailure[], { run, rows }: Certificate): SeenFailure[] {
  return known.map((one) => {
    if (run.startedAt.slice(0, 10) >= one.until) return { ...one, state: 'ended' };
    const row = rows.find(({ id }) => id === rowOf(one));
    const outcome =
      row && isJudged(row.verdict) && row.findings.find(({ check }) => check === one.check)?.outcome;
    if (outcome === 'failed') return { ...one, state: 'fails' };
    // A row that was hindered has not shown that a check passes to its end.
    const passes = (outcome === 'passed' || outcome === 'warning') && !row?.trouble.length;
    return { ...one, state: passes ? 'passes' : 'unseen' };
  });
}

export const rowOf = ({ check }: Pick<KnownFailure, 'check'>): string => check.slice(0, check.indexOf('/'));
