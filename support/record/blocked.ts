/** Something that is not the subject's doing keeps the kit from judging; it says what to do. */
export class Blocked extends Error {
  readonly advice: string;
  /** True when it would strike any row. */
  readonly infrastructure: boolean;

  constructor(message: string, advice: string, infrastructure = true) {
    super(message);
    this.name = 'Blocked';
    this.advice = advice;
    this.infrastructure = infrastructure;
  }
}
