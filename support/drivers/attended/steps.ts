import { actionForm, onPage, type Parameters } from '../../checklist/index.ts';
import type { Action, PosSettings } from '../../record/vocabulary.ts';
import type { AttendedDriver } from '../settings.ts';
import type { Choice } from './answers.ts';

/** Something that stands on the console to be read and typed. */
export interface Field {
  readonly label: string;
  readonly value: string;
}

/** One thing that a person is asked for. */
export interface Step {
  /** `do`: something at the POS. `show`: what it shows. `journal`: what its journal has. */
  readonly kind: 'do' | 'show' | 'journal';
  readonly title: string;
  /** What to press, one step after another; empty where the profile does not say it. */
  readonly how: readonly string[];
  /** Amounts to type, large. */
  readonly amounts: readonly Field[];
  readonly fields: readonly Field[];
  /** Path of a picture of where to press. */
  readonly picture?: string;
  /** The requests by which the kit sees that it was done. */
  readonly sends: readonly string[];
  /** A POS may have no such thing. */
  readonly refusable: boolean;
  readonly choices: readonly Choice[];
}

type Words = AttendedDriver['actions'];

const pounds = (minor: number): string => (minor / 100).toFixed(2);

const symbols: Readonly<Record<string, string>> = { GBP: '£', EUR: '€' };

/** What a person is asked to do for an action. */
export function stepOf(action: Action, words: Words): Step {
  const form = actionForm(action.name);
  const page = onPage(action.name, form);
  const { name, parameters } = page.of(action, pounds);
  const { description, asks = description } = page.steps[name]!;
  const symbol = symbols[String(parameters.currency ?? 'GBP')] ?? '';
  const typed = new Set(page.typed ?? []);
  const isAmount = (key: string) => typed.has(key) && typeof parameters[key] === 'string';
  const amounts = Object.keys(parameters).filter(isAmount);
  const shown = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, isAmount(key) ? `${symbol}${value}` : value]),
  );
  return {
    kind: 'do',
    title: filled(asks, shown),
    ...howOf(name, words, shown),
    amounts: amounts.map((key) => ({ label: labelOf(key), value: String(shown[key]) })),
    fields: Object.entries(parameters)
      .filter(([key]) => !isAmount(key) && !(key === 'currency' && symbol))
      .flatMap(([key, value]) => fieldsOf(labelOf(key), value)),
    sends: form.sends ?? [],
    refusable: true,
    choices: [],
  };
}

/** What a person is asked to enter as the settings of the POS. */
export const settingsStep = (settings: PosSettings, words: Words): Step => ({
  kind: 'do',
  title: 'Enter these settings in the POS, and save them',
  ...howOf('configure', words, {}),
  amounts: [],
  fields: [
    { label: 'Address of the API', value: settings.baseUrl },
    { label: 'API key', value: settings.apiKey },
    { label: 'Software house ID', value: settings.softwareHouseId },
    { label: 'Reseller ID', value: settings.resellerId },
  ],
  sends: [],
  refusable: false,
  choices: [],
});

/** Something else to do at the POS: `restart`. */
export const plainStep = (name: string, title: string, words: Words): Step => ({
  kind: 'do',
  title,
  ...howOf(name, words, {}),
  amounts: [],
  fields: [],
  sends: [],
  refusable: true,
  choices: [],
});

/** Something to do besides the POS: at the card machine, or in the developer portal. */
export const deedStep = (title: string, how: readonly string[], fields: readonly Field[]): Step => ({
  kind: 'do',
  title,
  how,
  amounts: [],
  fields,
  sends: [],
  refusable: false,
  choices: [],
});

/** The question what the POS shows, or its journal. */
export const questionStep = (journal: boolean, choices: readonly Choice[], words: Words): Step => ({
  kind: journal ? 'journal' : 'show',
  title: journal ? 'What does the journal of the POS show last?' : 'What does the POS show?',
  ...(journal ? howOf('journal', words, {}) : { how: [] }),
  amounts: [],
  fields: [],
  sends: [],
  refusable: false,
  choices: journal ? [] : choices,
});

function howOf(name: string, words: Words, parameters: Parameters): Pick<Step, 'how' | 'picture'> {
  const said = words?.[name];
  if (!said) return { how: [] };
  return {
    how: [said.how].flat().map((one) => filled(one, parameters)),
    ...(said.picture === undefined ? {} : { picture: said.picture }),
  };
}

/** A text with parameters in the place of their names; one that is not given leaves nothing. */
const filled = (text: string, parameters: Parameters): string =>
  text
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = parameters[name];
      return typeof value === 'string' ? value : '';
    })
    .trim();

/** `manualCapture` is "Manual capture". */
const labelOf = (name: string): string => {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

function fieldsOf(label: string, value: Parameters[string]): Field[] {
  if (typeof value === 'string') return [{ label, value }];
  return value.map((one, index) => ({ label: `${label} ${index + 1}`, value: lineOf(one) }));
}

/** A line of a basket in one line: `Coffee, 2, 3.50`. */
const lineOf = (line: Parameters): string =>
  Object.values(line)
    .map((value) => (typeof value === 'string' ? value : value.map(lineOf).join('; ')))
    .filter(Boolean)
    .join(', ');
