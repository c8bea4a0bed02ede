import { coded, type ErrorCode } from './error-codes.ts';

/** Something that the user gave cannot be used. The message says what was expected, seen, and what to do, and ends with its code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(coded(code, message));
    this.code = code;
  }
}
