import { loadOpenApi } from '../../fixtures/openapi/index.ts';
import { type Checklist, loadChecklist } from '../checklist/index.ts';
import { type Contract, judgesOf, servedAs } from '../contract/index.ts';
import { type Certificate, certify } from '../judging/index.ts';
import { recordingOf, type StoredStream } from '../record/disk/stored-stream.ts';
import { mergeRecordings, type Recording } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import type { Kit } from '../record/vocabulary.ts';
import type { Known } from './coherence/index.ts';

/** Findings, verdicts and certificate, computed again from what was recorded, and what they are computed with. */
export interface Again {
  readonly recording: Recording;
  readonly certificate: Certificate;
  readonly checklist: Checklist;
  /** What of the kit is not as it was when the run was made. */
  readonly otherwise: readonly string[];
}

/**
 * Judges the streams of one run, or of its shards, again. Nothing but the streams is looked at.
 * Throws a `UsageError` or a `StreamError` when that can't be done.
 */
export function judgeAgain(streams: readonly StoredStream[], contract: Contract): Again {
  const recording = mergeRecordings(streams.map(recordingOf));
  const checklist = checklistIn(recording);
  const served = servedAs(checklist.serves);
  const otherwise = [
    ...(checklist.sha256 === recording.run.checklist.sha256
      ? []
      : ['The checklist of this kit is not the one that the run was made with.']),
    ...(contract.sha256 === recording.run.contract.sha256
      ? []
      : ['The contract is not the one that the run was made with.']),
    ...(served === undefined || [undefined, served.sha256].includes(recording.run.contract.served?.sha256)
      ? []
      : [`The contract ${served.name} of this kit is not the one that the run was made with.`]),
  ];
  const { violations, unjudged } = judgesOf(contract, checklist.serves);
  const certificate = certify({ recording, checklist, violations, unjudged });
  return { recording, certificate, checklist, otherwise };
}

/** What the record of a run is held against, in a kit. */
export const knownOf = ({ checklist }: Again, kit: Kit): Known => ({
  kit,
  contract: loadOpenApi().sha256,
  served: servedAs(checklist.serves)?.sha256 ?? null,
  checklist,
});

/** The checklist that a run was judged by. Throws a `UsageError` when this kit does not have it. */
function checklistIn({ run: { checklist, kit } }: Recording): Checklist {
  try {
    return loadChecklist(checklist.name);
  } catch {
    throw new UsageError(
      'KIT-CHECKLIST-002',
      `Expected the run to be of a checklist that this kit has, but it is of "${checklist.name}". Use the version that made the run: ${kit.version}.`,
    );
  }
}
