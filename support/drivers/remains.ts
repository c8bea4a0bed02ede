import { counted } from '../record/counted.ts';

/** Without what would act on a terminal or turn the text around, where it is shown. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');

/** The last lines of a till's stderr; it keeps a few thousand characters, however much comes. */
export class LastWords {
  #text = '';

  /** What was said last, on one line; empty when nothing was. */
  get words(): string {
    return this.#text
      .split(/\r?\n/)
      .map((line) => plain(line).trim())
      .filter(Boolean)
      .slice(-lastLines)
      .join(' | ');
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-longest);
  }
}

const lastLines = 8;
const longest = 4000;

/** What came of a till that is no message: how often each, and the first of it. */
export class Rubbish {
  readonly #where: string;
  readonly #seen = new Map<string, { times: number; first: string }>();

  /** `where` begins the sentence about it. */
  constructor(where: string) {
    this.#where = where;
  }

  add(problem: string, shown: string): void {
    const name = this.#seen.has(problem) || this.#seen.size < kinds ? problem : anythingElse;
    const known = this.#seen.get(name);
    if (known) known.times++;
    else this.#seen.set(name, { times: 1, first: shown.slice(0, 120) });
  }

  /** In one sentence; empty when there was none. */
  get words(): string {
    const kindsSeen = [...this.#seen].map(
      ([problem, { times, first }]) =>
        `${problem}${times > 1 ? `, ${counted(times, 'time')}` : ''}${first ? `, first ${JSON.stringify(first)}` : ''}`,
    );
    return kindsSeen.length ? `${this.#where}: ${kindsSeen.join('; ')}` : '';
  }
}

/** So many kinds are kept apart; the one after them takes in all others. */
const kinds = 5;
const anythingElse = 'other lines';
