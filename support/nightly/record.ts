import { Ajv } from 'ajv';
import type { Certificate } from '../judging/index.ts';
import { contractWords } from '../record/contracts.ts';
import type { Verdict } from '../record/vocabulary.ts';

/** A verdict that says something of the subject: `blocked` and `incomplete` rows were not judged. */
export type Judged = Exclude<Verdict, 'blocked' | 'incomplete'>;

/** How a row stands, from one night to the next. */
export interface Standing {
  readonly title: string;
  /** The last verdict that was reached. */
  readonly verdict: Judged;
  /** When the first night with this verdict began, ISO 8601. */
  readonly since: string;
  /** What it departed from; kept of mandatory rows, and of known failures that pass, while they stand otherwise. */
  readonly expected?: Judged;
  /** True when it was expected to fail, because a failure was known. */
  readonly known?: boolean;
  /** The known failures that passed. */
  readonly passes?: readonly string[];
}

/** What a night was judged with: where this differs too, a change may come from there. */
export interface Grounds {
  readonly kit: string;
  readonly contract: string;
  readonly checklist: string;
  readonly upstream: string;
}

/** A night that was judged, for the history. */
export interface PastNight {
  readonly startedAt: string;
  /** Its exit code. */
  readonly code: number;
  /** The rows that stood otherwise than expected. */
  readonly red: readonly string[];
}

/** How many nights the history has. */
export const remembered = 14;

/** What is kept of a night for the next one (`verdicts.json`). */
export interface NightRecord {
  readonly schema: 1;
  /** The last night that was judged. */
  readonly night: Grounds & { readonly startedAt: string; readonly url: string | null };
  /** Number of the issue that it left open. */
  readonly issue: number | null;
  /**
   * True when the nights before it were not known: an issue that was open then is about rows of which this record
   * says nothing, and a later night looks for an older record first.
   */
  readonly blind?: boolean;
  /** The last nights that were judged, the newest at the end; left out in records of older kits. */
  readonly history?: readonly PastNight[];
  /** By row id; rows that a night did not reach keep how they stood. */
  readonly rows: Readonly<Record<string, Standing>>;
}

/** What was kept of a night as it can be compared with, or why it can't be: the end of "for what was kept …". */
export type Reading = { readonly record: NightRecord } | { readonly record: null; readonly why: string };

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const judged = { enum: ['passed', 'warning', 'not-applicable', 'review', 'failed'] satisfies Judged[] };
const validate = new Ajv({ allowUnionTypes: true }).compile({
  type: 'object',
  required: ['schema', 'night', 'issue', 'rows'],
  properties: {
    schema: { const: 1 },
    night: {
      type: 'object',
      required: ['kit', 'contract', 'checklist', 'upstream', 'startedAt', 'url'],
      properties: {
        kit: text,
        contract: text,
        checklist: text,
        upstream: text,
        startedAt: text,
        url: { type: ['string', 'null'] },
      },
    },
    issue: { type: ['integer', 'null'] },
    blind: { type: 'boolean' },
    rows: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['title', 'verdict', 'since'],
        properties: {
          title: text,
          verdict: judged,
          since: text,
          expected: judged,
          known: { type: 'boolean' },
          passes: texts,
        },
      },
    },
    history: {
      type: 'array',
      items: {
        type: 'object',
        required: ['startedAt', 'code', 'red'],
        properties: { startedAt: text, code: { type: 'integer' }, red: texts },
      },
    },
  },
});

/** Reads what was kept of a night; a damaged record is distinguished from one of another version of the kit. */
export function readRecord(kept: string): Reading {
  let found: unknown;
  try {
    found = JSON.parse(kept);
  } catch {
    return { record: null, why: 'is damaged: it is not JSON' };
  }
  if (validate(found)) return { record: found as NightRecord };
  const { schema } = (found ?? {}) as { schema?: unknown };
  if (Number.isInteger(schema) && schema !== 1)
    return {
      record: null,
      why: `is of another version of the kit: its schema is ${schema}, and this version reads 1`,
    };
  const [error] = validate.errors ?? [];
  return {
    record: null,
    why: `is damaged: ${error?.instancePath.slice(1).replaceAll('/', '.') || 'it'} ${error?.message}`,
  };
}

export const renderRecord = (record: NightRecord): string => `${JSON.stringify(record, null, 2)}\n`;

export const isJudged = (verdict: Verdict): verdict is Judged =>
  verdict !== 'blocked' && verdict !== 'incomplete';

/** Verdicts with which nobody has to do anything about a mandatory row. */
export const isAcceptable = (verdict: Verdict): boolean =>
  verdict === 'passed' || verdict === 'warning' || verdict === 'not-applicable';

export const groundsOf = ({ kit, run }: Certificate): Grounds => ({
  kit: `${kit.version} (${kit.commit})`,
  contract: contractWords(run.contract),
  checklist: `${run.checklist.name} (${run.checklist.sha256.slice(0, 12)})`,
  upstream: run.upstream,
});
