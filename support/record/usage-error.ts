/** Something that the user gave cannot be used. The message says what was expected, seen, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
