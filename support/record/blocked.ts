import { coded, type ErrorCode } from './error-codes.ts';

/** Something that is not the subject's doing keeps the kit from judging; it says what to do. */
export class Blocked extends Error {
  readonly code: ErrorCode;
  readonly advice: string;
  /** True when it would strike any row. */
  readonly infrastructure: boolean;

  constructor(code: ErrorCode, message: string, advice: string, infrastructure = true) {
    super(message);
    this.name = 'Blocked';
    this.code = code;
    this.advice = advice;
    this.infrastructure = infrastructure;
  }

  /** All of it, as a person reads it. */
  get text(): string {
    return troubleText(this);
  }
}

/** What went wrong with what to do about it, as a person reads it. Records of older kits name no code. */
export const troubleText = ({
  message,
  advice,
  code,
}: {
  readonly message: string;
  readonly advice: string;
  readonly code?: ErrorCode;
}): string => coded(code, `${message}. ${advice}`);
