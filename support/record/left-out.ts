/** A person leaves a row before its end, and says why: it is nobody's failing, and the row stays incomplete. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
  readonly by: string;

  constructor(by: string, reason: string) {
    super(reason);
    this.by = by;
  }
}
