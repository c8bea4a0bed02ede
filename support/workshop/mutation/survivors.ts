import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { placesIn } from './places.ts';

/** Code of which a mutant survives, and why nothing can tell the two apart. */
export interface Explanation {
  /** What encloses the code, by the names that `places.ts` gives. */
  readonly in: string;
  /** The code, or its beginning. */
  readonly was: string;
  /** What mutants have in its place. */
  readonly becomes: readonly string[];
  readonly why: string;
}

/** Explanations by source file, its path relative to the root of the kit. */
export type Explanations = Readonly<Record<string, readonly Explanation[]>>;

/** What of Stryker's report is looked at here. Lines and columns count from 1. */
export interface MutationReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly status: string;
          readonly replacement?: string;
          readonly location: { readonly start: Place; readonly end: Place };
        }[];
      }
    >
  >;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The survivors that no explanation fits, and the explanations that fit no survivor of a file that was mutated. */
export interface Comparison {
  readonly survivors: number;
  readonly unexplained: readonly string[];
  readonly outdated: readonly string[];
}

/** `survivors.yaml` of this folder. */
export const explained = (): Explanations =>
  parse(readFileSync(new URL('./survivors.yaml', import.meta.url), 'utf8')) as Explanations;

/** Holds the survivors of a report against their explanations. A mutant that no test runs survives as well. */
export function compareSurvivors({ files }: MutationReport, explanations: Explanations): Comparison {
  const unexplained: string[] = [];
  const outdated: string[] = [];
  let survivors = 0;
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const lines = source.split('\n');
    const placeOf = placesIn(source);
    const open = mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, replacement = '' }) => ({
        at: location.start.line,
        place: placeOf(location.start.line, location.start.column),
        was: oneLine(codeAt(lines, location)),
        becomes: oneLine(replacement),
      }));
    survivors += open.length;
    const entries = explanations[file] ?? [];
    const fits = ({ in: place, was, becomes }: Explanation, one: (typeof open)[number]): boolean =>
      place === one.place &&
      one.was.startsWith(oneLine(was)) &&
      becomes.some((mutant) => oneLine(mutant) === one.becomes);
    for (const one of open)
      if (!entries.some((entry) => fits(entry, one)))
        unexplained.push(`${file}:${one.at} in ${one.place}: ${one.was} → ${one.becomes}`);
    for (const entry of entries)
      for (const mutant of entry.becomes)
        if (!open.some((one) => fits({ ...entry, becomes: [mutant] }, one)))
          outdated.push(`${file} in ${entry.in}: ${entry.was} → ${mutant}`);
  }
  return { survivors, unexplained, outdated };
}

function codeAt(lines: readonly string[], { start, end }: { start: Place; end: Place }): string {
  const whole = lines.slice(start.line - 1, end.line);
  whole[whole.length - 1] = whole.at(-1)!.slice(0, end.column - 1);
  whole[0] = whole[0]!.slice(start.column - 1);
  return whole.join('\n');
}

const oneLine = (code: string): string => code.replace(/\s+/g, ' ').trim();
