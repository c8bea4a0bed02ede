import type { Fault, Severity } from '../record/vocabulary.ts';

/** Which part of an exchange a violation is in. */
export type Part =
  | 'operation'
  | 'request-header'
  | 'request-query'
  | 'request-path'
  | 'request-body'
  | 'response-status'
  | 'response-header'
  | 'response-body';

/** One way in which an exchange breaks the contract, in words that a partner engineer understands. */
export interface Violation {
  readonly part: Part;
  /** JSON pointer (RFC 6901) into the body, or `/` and the name of the header or parameter; empty for the whole. */
  readonly pointer: string;
  /** The keyword of JSON Schema that was not met, or the id of one of the kit's own rules. */
  readonly rule: string;
  readonly expected: string;
  readonly observed: string;
  /** Requests are the POS's, responses the API's. */
  readonly fault: Extract<Fault, 'pos' | 'api'>;
  readonly severity: Severity;
  /** The erratum that demands it, where the description alone does not. */
  readonly erratum?: string;
  /** What to do about it, where that is not plain. */
  readonly advice?: string;
}
