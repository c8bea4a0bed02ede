import type { Certificate, CertificateRow } from '../../judging/index.ts';
import type { Level, Verdict } from '../../record/vocabulary.ts';
import { sample } from '../../report/sample.ts';
import { judgeNight, type Night, type NightRecord, type Part, recordOf } from '../index.ts';
import type { Places } from '../places.ts';

export const { certificate: model } = sample();

export const places: Places = {
  run: 'https://ci/runs/2',
  certificate: 'https://ci/artifact',
  docs: 'https://kit/docs',
};

export const watch = { name: 'nightly', branch: 'main', alarm: 1 };

/** A certificate of rows with these verdicts, all mandatory unless said otherwise. */
export function certificateOf(
  verdicts: Readonly<Record<string, Verdict | readonly [Verdict, Level]>>,
  day = 1,
  more: Partial<Certificate['run']> = {},
): Certificate {
  const startedAt = `2026-11-0${day}T03:17:00.000Z`;
  const rows = Object.entries(verdicts).map(([id, given]): CertificateRow => {
    const [verdict, level] = typeof given === 'string' ? [given, 'mandatory' as const] : given;
    return {
      ...model.rows[0]!,
      id,
      title: `Title of ${id}`,
      verdict,
      level,
      findings: [],
      trouble: [],
      why: 'its reason',
    };
  });
  return {
    ...model,
    run: { ...model.run, id: `night-${day}`, startedAt, finishedAt: startedAt, ...more },
    rows,
  };
}

export const whole: Part[] = [{ shard: null, code: 0, said: '', recorded: true }];

export const nightOf = (last: NightRecord | null, ...certificate: Parameters<typeof certificateOf>): Night =>
  judgeNight(certificateOf(...certificate), whole, last);

export const kept = (night: Night, issue: number | null = null): NightRecord =>
  recordOf(night, { issue, url: 'https://ci/runs/1' })!;

/** What a night leaves that had these verdicts. */
export const after = (
  verdicts: Parameters<typeof certificateOf>[0],
  last: NightRecord | null = null,
): NightRecord => kept(nightOf(last, verdicts));

export const a = 'PAC-SALE-01';

export const b = 'PAC-SALE-02';
