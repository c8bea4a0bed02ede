export { accepting } from './compare.ts';
export { type IssueMove, markOf, planIssue, type Watch } from './issue.ts';
export { type KnownFailure, readKnown } from './known.ts';
export { judgeNight, type Night, recordOf } from './night.ts';
export { type Part, readParts, renderParts } from './outcome.ts';
export type { Places } from './places.ts';
export { type NightRecord, readRecord, renderRecord } from './record.ts';
export { renderNight, renderRun } from './summary.ts';
