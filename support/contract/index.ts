/** The contract: an OpenAPI description, ready to judge recorded exchanges by. */
export type { Difference } from './compare.ts';
export { compareContracts } from './compare.ts';
export type { Contract, OperationMatch } from './contract.ts';
export { judgesOf, loadContract, loadServed, readContract, servedAs } from './contract.ts';
export { isTrouble } from './messages.ts';
export type { Part, Violation } from './violation.ts';
