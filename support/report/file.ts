/** Text that is made a piece at a time, as it is written: a large page is never in memory as a whole. */
export class Pieces implements Iterable<string> {
  readonly #make: () => Iterable<string>;

  constructor(make: () => Iterable<string>) {
    this.#make = make;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#make()[Symbol.iterator]();
  }

  toString(): string {
    return [...this].join('');
  }
}

/** A file of a report. Whoever asked for it writes it; `name` is a relative path with forward slashes. */
export interface ReportFile<Content = string | Uint8Array> {
  readonly name: string;
  readonly content: Content;
}
