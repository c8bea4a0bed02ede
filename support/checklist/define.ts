import type { Exchange } from '../record/vocabulary.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import type { Check } from './check.ts';
import type { Leftovers } from './leftovers.ts';

/** A threshold that a verdict rests on: its value, and who says so. */
export interface Criterion {
  readonly value: number;
  readonly unit: 'ms' | 'count';
  readonly says: string;
}

/** What a checklist brings besides its rows. */
export interface Definition {
  /** The name that its folders, its features and its rows go by: `pay-at-counter`. */
  readonly name: string;
  readonly checks: readonly Check[];
  /** Every threshold that its checks judge by, by its name. */
  readonly criteria: Readonly<Record<string, Criterion>>;
  /** The capabilities whose use an exchange of the subject shows. */
  readonly capabilitiesUsed: (exchange: Exchange) => readonly string[];
  /** Left out where its runs leave nothing open on an account. */
  readonly leftovers?: Leftovers;
}

/** A checklist as judging, running and reporting take it: its rows, and what they are judged by. */
export interface Checklist extends Catalogue, Omit<Definition, 'name' | 'checks'> {
  /** By their ids. */
  readonly checks: ReadonlyMap<string, Check>;
}

const definitions = new Map<string, Definition>();

/** Makes a checklist known. Throws when two of its checks share an id: one of them would never be asked. */
export function defineChecklist(definition: Definition): void {
  const { name, checks } = definition;
  const ids = checks.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`The checklist ${name} has two checks called "${twice}"`);
  definitions.set(name, definition);
}

/** Joins a catalogue with the definition of its checklist. Throws when nobody has defined that. */
export function checklistOf(catalogue: Catalogue): Checklist {
  const definition = definitions.get(catalogue.name);
  if (!definition) throw new Error(`Nobody has defined the checklist "${catalogue.name}"`);
  return {
    ...definition,
    ...catalogue,
    checks: new Map(definition.checks.map((check) => [check.id, check])),
  };
}

/** A checklist by its name, or by the path of a catalogue elsewhere. Throws when there is none. */
export const loadChecklist = (name?: string): Checklist => checklistOf(loadCatalogue(name));
