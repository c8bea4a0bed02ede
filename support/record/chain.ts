import { hash } from 'node:crypto';
import { chained } from './picture-line.ts';

/** How far a stream goes, and the one digest that stands for all of its lines in their order. */
export interface StreamHead {
  readonly envelopes: number;
  /** SHA-256 in hex. */
  readonly head: string;
}

/** What is kept of one line of a stream: its own digest, and the head once it is taken in. */
export interface Link {
  readonly digest: string;
  readonly head: string;
}

/** The head of a stream that holds nothing yet. */
const nothing = '0'.repeat(64);

const headAfter = (head: string, digest: string): string => hash('sha256', head + digest);

/** Chains the lines of a stream: each head is the SHA-256 of the head before it and of the line's own digest. */
export class Chain {
  #envelopes = 0;
  #head = nothing;

  /**
   * Takes the next line, its line feed included; the digest of one with a picture is taken with the picture's digest in its
   * place. `recorded` holds the digests of a chain, which may be one of before that was so.
   */
  take(line: Uint8Array, recorded?: ReadonlySet<string>): Link {
    const taken = chained(line);
    const whole = taken === line || recorded ? hash('sha256', line) : null;
    const digest = whole !== null && (taken === line || recorded?.has(whole)) ? whole : hash('sha256', taken);
    this.#head = headAfter(this.#head, digest);
    this.#envelopes++;
    return { digest, head: this.#head };
  }

  get head(): StreamHead {
    return { envelopes: this.#envelopes, head: this.#head };
  }
}

/** A line of `messages.chain`: the head, then the digest of the line in the same place of the stream. */
export const linkLine = ({ head, digest }: Link): string => `${head} ${digest}\n`;

/** A stored chain: its links, and the numbers of those lines that do not follow from the one before. */
export interface StoredChain {
  readonly links: readonly Link[];
  readonly wrong: readonly number[];
  /** Whether its last line lacks the line feed. */
  readonly cut: boolean;
}

/** Reads `messages.chain`. A last line without its line feed was cut off, and is left out. */
export function readChain(text: string): StoredChain {
  const lines = text.split('\n').slice(0, -1);
  const links = lines.map((line) => ({
    head: line.slice(0, nothing.length),
    digest: line.slice(nothing.length + 1),
  }));
  const wrong = links.flatMap((link, index) =>
    linkLine(link) === `${lines[index]}\n` &&
    link.head === headAfter(links[index - 1]?.head ?? nothing, link.digest)
      ? []
      : [index + 1],
  );
  return { links, wrong, cut: text !== '' && !text.endsWith('\n') };
}

/** What became of lines of a stream. Lines are numbered from 1; `was` is a number at the time of the recording. */
export type Edit =
  | { readonly kind: 'changed'; readonly line: number }
  | { readonly kind: 'added'; readonly line: number; readonly copy: boolean }
  | { readonly kind: 'moved'; readonly line: number; readonly was: number }
  | { readonly kind: 'removed'; readonly was: number; readonly through: number; readonly atEnd: boolean };

/**
 * What turned the lines with the recorded digests into those that are present, in few words: what kept its order
 * is the longest part that did, and a line in the place of one that is gone is that line, changed.
 */
export function editsBetween(recorded: readonly string[], present: readonly string[]): Edit[] {
  const places = new Map<string, number[]>();
  recorded.forEach((digest, place) => {
    places.set(digest, [...(places.get(digest) ?? []), place]);
  });
  const was = present.map((digest) => places.get(digest)?.shift() ?? null);
  const there = new Set(was);
  const kept = longestRise(was);
  const edits: Edit[] = [];
  let line = 0;
  let place = 0;
  for (const next of [...kept, present.length]) {
    const end = next < present.length ? was[next]! : recorded.length;
    const gone: number[] = [];
    for (; place < end; place++) if (!there.has(place)) gone.push(place);
    for (; line < next; line++) {
      const from = was[line]!;
      if (from !== null) edits.push({ kind: 'moved', line: line + 1, was: from + 1 });
      else if (gone.length) {
        gone.shift();
        edits.push({ kind: 'changed', line: line + 1 });
      } else edits.push({ kind: 'added', line: line + 1, copy: places.has(present[line]!) });
    }
    edits.push(...removed(gone, recorded.length));
    line = next + 1;
    place = end + 1;
  }
  return edits;
}

/** Neighbours that are gone are one edit. */
function removed(gone: readonly number[], length: number): Edit[] {
  const runs: [from: number, through: number][] = [];
  for (const place of gone) {
    const last = runs.at(-1);
    if (last?.[1] === place - 1) last[1] = place;
    else runs.push([place, place]);
  }
  return runs.map(([from, through]) => ({
    kind: 'removed',
    was: from + 1,
    through: through + 1,
    atEnd: through === length - 1,
  }));
}

/** The indexes of a longest series of values that rises; `null` is never part of it. */
function longestRise(values: readonly (number | null)[]): number[] {
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1];
    ends[low] = index;
  });
  const series: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before[at]) series.push(at);
  return series.reverse();
}
