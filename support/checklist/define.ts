import { Evidence } from '../record/evidence.ts';
import type { Exchange, Fact, Observation, Run } from '../record/vocabulary.ts';
import type { ActionForm } from './actions.ts';
import type { DrawnAmounts } from './amounts.ts';
import { type Catalogue, loadCatalogue } from './catalogue.ts';
import type { Check } from './check.ts';
import type { Course } from './course.ts';
import { type FactWords, type Words, wordsOf } from './fact-words.ts';
import type { Leftovers } from './leftovers.ts';

/** A threshold that a verdict rests on: its value, and who says so. */
export interface Criterion {
  readonly value: number;
  readonly unit: 'ms' | 'count';
  readonly says: string;
}

/**
 * From where on a machine is too slow for a subject's times to be judged on it. Every checklist has them: without them
 * a slow machine would be held against its subject.
 */
export const machineCriteria = {
  'machine.round-trip.most': {
    value: 2000,
    unit: 'ms',
    says: 'a page that answers later once shows nothing in the meantime: no time of its till is judged by it',
  },
  'machine.round-trip.median': {
    value: 600,
    unit: 'ms',
    says: 'a page that usually takes so long draws and polls late on any till',
  },
  'machine.loop-delay': {
    value: 1000,
    unit: 'ms',
    says: 'a kit that stands still so long notes requests and displays late',
  },
  'machine.delays': {
    value: 500,
    unit: 'ms',
    says: 'twice the longest delay of the page (its timer, and the answer that it waits for) and the longest of the kit: where they add up to more, a time that missed its limit by no more than that is not judged',
  },
} as const satisfies Record<string, Criterion>;

/** What not every subject can do. */
export interface Capability {
  /** What the subject can, after "a POS that can": "give cashback with a sale". */
  readonly description: string;
  /** Where the checklist calls it optional though its row is mandatory: in the words of its page. */
  readonly optional?: string;
  /** Whether an exchange shows that it is used. */
  shows(exchange: Exchange): boolean;
}

/** What a person answers in the profile. */
export interface Question {
  readonly description: string;
  /** What can be answered; left out where that is free. */
  readonly choices?: readonly string[];
}

/** The words that a POS usually has for what its display says; a profile replaces them by its own. */
export interface WordsForm {
  /** What the card machine asks for, by the API's notification type. */
  readonly prompts: Readonly<Record<string, readonly string[]>>;
  /** Of entries in the journal; see `DisplayVocabulary`. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** Of anything else, by the name of the list. */
  readonly lists: Readonly<Record<string, ListForm>>;
}

/** Words of a POS that have one meaning. */
export interface ListForm {
  readonly description: string;
  readonly phrases: readonly string[];
  /** Where a POS shows it: a person who is asked what the POS shows can choose it. */
  readonly shownAs?: 'notice' | 'dialogue';
  /** They are of a button that a message box offers: the one of that result, or of the list of that name. */
  readonly offeredWith?: string;
}

/** A POS of the kit's own, which a run starts for itself. */
export interface OwnPos {
  readonly url: string;
  close(): Promise<void>;
}

/** `behaviour`: how it departs from what is right. `testEndpoint`: it serves that too, for whoever has the secret. */
export interface OwnPosOptions {
  /** Folder for what it keeps. */
  readonly dataDir: string;
  readonly host: string;
  readonly behaviour: object;
  readonly testEndpoint?: { readonly path: string; readonly secret: string };
  /** What its profile declares. */
  readonly declared: Readonly<Record<string, string>>;
}

/** What a profile says of the POS, and what it would run against, as far as a checklist has anything to say of it. */
export interface Beginning {
  readonly capabilities: readonly string[];
  readonly declared: Readonly<Record<string, string>>;
  /** Where the POS is called; empty where nobody said. */
  readonly called: readonly string[];
  readonly simulated: boolean;
}

/** What doctor says of one thing that a run stands on. */
export interface Foothold {
  readonly name: string;
  readonly expected: string;
  readonly ok: 'yes' | 'note' | 'no';
  readonly found: string;
  /** What to do about it; read where it is not well. */
  readonly advice: string;
}

/** What a checklist brings besides its rows; `View` is what its checks ask their questions of. */
export interface Definition<View extends Evidence = Evidence> {
  /** The name that its folders, its features and its rows go by: `pay-at-counter`. */
  readonly name: string;
  /** File of its rows; left out for `fixtures/<name>/rows.yaml`. */
  readonly rows?: string;
  /** Its scenarios, by a pattern from the root; left out for those in `features/<name>`. */
  readonly features?: string;
  /** Its steps, where they don't stand in `steps`; paths from the root. */
  readonly steps?: readonly string[];
  readonly checks: readonly Check<View>[];
  /** The name of the description of what its subject serves itself; left out where nobody calls that. */
  readonly serves?: string;
  /** What it makes of the evidence of a row; left out where its checks want no more than what was observed. */
  view?(evidence: Evidence): View;
  /** Pictures of what went on in a row; left out where it has none. */
  courses?(view: View, run: Run): readonly Course[];
  /** What its subject is asked to do, for each name that it adds to `Actions`. */
  readonly actions?: Readonly<Record<string, ActionForm>>;
  /** Every threshold that its checks judge by, by its name; at least how long its subject may take to show something. */
  readonly criteria: Readonly<Record<string, Criterion>> & { readonly 'display.within': Criterion };
  /** What not every subject can do, by its name in profiles and rows. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** What it asks a person, by the name of the answer in the profile. */
  readonly questions?: Readonly<Record<string, Question>>;
  /** What a POS says, besides the results of payments; left out where its checks read no more of it. */
  readonly words?: WordsForm;
  /** What a reader of the record sees of each fact that its World notes, by the name of the fact. */
  readonly facts?: FactWords;
  /** What the amounts of its rows have to be, which each run draws anew; left out where its scenarios name none. */
  readonly amounts?: DrawnAmounts;
  /** Folder of the profiles of the kit's own subjects, by a path from the root; left out for `fixtures/<name>/profiles`. */
  readonly profiles?: string;
  /** Starts the kit's own POS; left out where the kit has none for it. */
  ownPos?(options: OwnPosOptions): Promise<OwnPos>;
  /** What doctor says of a run besides; left out where there is nothing. */
  footholds?(beginning: Beginning): readonly Foothold[];
  /** Left out where its runs leave nothing open on an account. */
  readonly leftovers?: Leftovers;
}

/** A checklist as judging, running and reporting take it: its rows, and what they are judged by. */
export interface Checklist
  extends Catalogue,
    Omit<
      Definition,
      | 'name'
      | 'rows'
      | 'checks'
      | 'view'
      | 'courses'
      | 'capabilities'
      | 'actions'
      | 'facts'
      | 'questions'
      | 'words'
    > {
  /** The capabilities whose use an exchange of the subject shows. */
  readonly capabilitiesUsed: (exchange: Exchange) => readonly string[];
  /** The capabilities that its page calls optional. */
  readonly optional: ReadonlySet<string>;
  /** By their ids. */
  readonly checks: ReadonlyMap<string, Check>;
  /** What its checks ask their questions of. */
  readonly view: (evidence: Evidence) => Evidence;
}

// biome-ignore lint/suspicious/noExplicitAny: each has a view of its own, which only its own checks are given.
const definitions = new Map<string, Definition<any>>();

/** Makes a checklist known. Throws when two of its checks share an id: one of them would never be asked. */
export function defineChecklist<View extends Evidence>(definition: Definition<View>): void {
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
  const {
    checks,
    capabilities,
    courses: _drawn,
    rows: _file,
    actions: _asked,
    facts: _words,
    questions: _answered,
    words: _usual,
    ...rest
  } = definition;
  const signs = Object.entries(capabilities);
  return {
    ...rest,
    ...catalogue,
    criteria: { ...definition.criteria, ...machineCriteria },
    view: definition.view ?? ((evidence) => evidence),
    checks: new Map(checks.map((check) => [check.id, check])),
    optional: new Set(signs.flatMap(([name, one]) => (one.optional === undefined ? [] : [name]))),
    capabilitiesUsed: (exchange) => signs.filter(([, one]) => one.shows(exchange)).map(([name]) => name),
  };
}

/** The profile of one of the kit's own subjects for a checklist, by a path from the root. */
export const ownProfile = (checklist: string, pos: string): string =>
  `${definitions.get(checklist)?.profiles ?? `fixtures/${checklist}/profiles`}/${pos}.yaml`;

/** A checklist by its name, or by the path of a catalogue elsewhere. Throws when there is none. */
export const loadChecklist = (name?: string): Checklist =>
  checklistOf(loadCatalogue((name && definitions.get(name)?.rows) ?? name));

/** How a subject is asked for an action. Throws when no checklist has such a one. */
export function actionForm(name: string): ActionForm {
  const form = knownActions().get(name);
  if (!form) throw new Error(`No checklist has an action called "${name}"`);
  return form;
}

/** What checklists have their subjects asked for, by its name. */
export const knownActions = (): ReadonlyMap<string, ActionForm> =>
  new Map([...definitions.values()].flatMap(({ actions = {} }) => Object.entries(actions)));

/** Pictures of what went on in a row of a checklist; none where it draws none. */
export function coursesOf(
  checklist: string,
  observations: readonly Observation[],
  run: Run,
): readonly Course[] {
  const { view, courses } = definitions.get(checklist) ?? {};
  const evidence = new Evidence(observations);
  return courses?.(view ? view(evidence) : evidence, run) ?? [];
}

/** A fact in words for people, whichever checklist noted it. */
export const factWords = (fact: Fact): Words =>
  wordsOf(fact, Object.assign({}, ...[...definitions.values()].map(({ facts }) => facts)));

/** The capabilities of all checklists, by their names. */
export const knownCapabilities = (): ReadonlyMap<string, Capability> =>
  new Map(
    [...definitions.values()]
      .flatMap(({ capabilities }) => Object.entries(capabilities))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** What all checklists ask a person. */
export const knownQuestions = (): ReadonlyMap<string, Question> =>
  new Map([...definitions.values()].flatMap(({ questions = {} }) => Object.entries(questions)));

/** The usual words of all checklists. */
export function knownWords(): WordsForm {
  const all = [...definitions.values()].flatMap(({ words }) => words ?? []);
  return {
    prompts: Object.assign({}, ...all.map(({ prompts }) => prompts)),
    kinds: Object.assign({}, ...all.map(({ kinds }) => kinds)),
    lists: Object.assign({}, ...all.map(({ lists }) => lists)),
  };
}
