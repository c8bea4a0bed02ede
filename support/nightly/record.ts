import type { Certificate } from '../verdict/index.ts';
import type { Verdict } from '../vocabulary.ts';

/** A verdict that says something of the subject: `blocked` and `incomplete` rows were not judged. */
export type Judged = Exclude<Verdict, 'blocked' | 'incomplete'>;

/** How a row stands, from one night to the next. */
export interface Standing {
  readonly title: string;
  /** The last verdict that was reached. */
  readonly verdict: Judged;
  /** When the first night with this verdict began, ISO 8601. */
  readonly since: string;
  /** The verdict that it departed from; mandatory rows alone keep it, and only while they stand otherwise. */
  readonly expected?: Judged;
}

/** What a night was judged with: where this differs too, a change may come from there. */
export interface Grounds {
  readonly kit: string;
  readonly contract: string;
  readonly checklist: string;
  readonly upstream: string;
}

/** What is kept of a night for the next one (`verdicts.json`). */
export interface NightRecord {
  readonly schema: 1;
  /** The last night that was judged. */
  readonly night: Grounds & { readonly startedAt: string; readonly url: string | null };
  /** Number of the issue that it left open. */
  readonly issue: number | null;
  /** By row id; rows that a night did not reach keep how they stood. */
  readonly rows: Readonly<Record<string, Standing>>;
}

/** A kept record, or `null` where the text is none that this version of the kit reads. */
export function readRecord(text: string): NightRecord | null {
  try {
    const record = JSON.parse(text) as NightRecord | null;
    return record?.schema === 1 && record.night && record.rows ? record : null;
  } catch {
    return null;
  }
}

export const renderRecord = (record: NightRecord): string => `${JSON.stringify(record, null, 2)}\n`;

export const isJudged = (verdict: Verdict): verdict is Judged =>
  verdict !== 'blocked' && verdict !== 'incomplete';

export const groundsOf = ({ kit, run }: Certificate): Grounds => ({
  kit: `${kit.version} (${kit.commit})`,
  contract: `${run.contract.version} (${run.contract.sha256.slice(0, 12)})`,
  checklist: `${run.checklist.name} (${run.checklist.sha256.slice(0, 12)})`,
  upstream: run.upstream,
});
