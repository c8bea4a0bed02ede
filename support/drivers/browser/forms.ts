import { knownActions, onPage, type StepsForm } from '../../checklist/index.ts';
import type { SettingsForm } from '../kind.ts';
import pageSchema from '../page.schema.json' with { type: 'json' };
import schema from './settings.schema.json' with { type: 'json' };

/** What the profile of a web page may say of its steps. */
interface Forms {
  /** By the names that a profile has for them. */
  readonly steps: ReadonlyMap<string, StepsForm>;
  /** Parameters that a till may lack: its profile has a step for one that is given, or the till does not offer it. */
  readonly optional: ReadonlySet<string>;
  /** What the steps within `each` may refer to besides, by the name of the list. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** `each` goes through the characters of these. */
  readonly typed: ReadonlySet<string>;
}

/** What a page's steps are for besides the actions of checklists. */
const own: Readonly<Record<string, StepsForm>> = {
  configure: {
    description: 'Enters the settings and saves them, as an installer does',
    parameters: ['baseUrl', 'apiKey', 'softwareHouseId', 'resellerId'],
  },
  journal: {
    description:
      'Opens the journal, where it is not on the page of the sale; the kit goes there when a row needs it, and comes back',
    parameters: [],
  },
  leaveJournal: {
    description: 'Leads back from the journal; left out, the kit goes back to the address where the till was',
    parameters: [],
  },
  reset: {
    description:
      'Leads back to an empty basket with no payment open, and closes each window that an action may have left open: one that stands before the journal hides it; settings and journal stay',
    parameters: [],
  },
};

/** By the actions that were known when they were put together: checklists bring theirs. */
const before = new Map<string, Forms>();

/** The forms of the steps of all actions that are known. */
export function forms(): Forms {
  const actions = knownActions();
  const key = [...actions.keys()].join();
  const known = before.get(key);
  if (known) return known;
  const pages = [...actions].map(([name, form]) => onPage(name, form));
  const made: Forms = {
    steps: new Map([...Object.entries(own), ...pages.flatMap(({ steps }) => Object.entries(steps))]),
    optional: new Set(pages.flatMap(({ optional = [] }) => optional)),
    lists: new Map(pages.flatMap(({ lists = {} }) => Object.entries(lists))),
    typed: new Set(pages.flatMap(({ typed = [] }) => typed)),
  };
  before.set(key, made);
  return made;
}

/** What a profile says of a web page, with the steps of all actions that are known. */
export function settingsForm(): SettingsForm {
  const { steps, lists, typed } = forms();
  const { properties, definitions, required } = schema;
  const step = definitions.steps.items;
  const names = [...new Set([...lists.keys(), ...typed])];
  const each = { ...step.properties.each, ...(names.length ? { enum: names } : {}) };
  return {
    required,
    properties: {
      ...properties,
      actions: {
        ...properties.actions,
        properties: Object.fromEntries([...steps].map(([name, form]) => [name, actionSchema(form)])),
      },
    },
    definitions: {
      ...pageSchema,
      steps: { ...definitions.steps, items: { ...step, properties: { ...step.properties, each } } },
    },
  };
}

/** What a step may say, each with its description, and steps to show it by. */
export const stepForm = schema.definitions.steps.items;

const actionSchema = ({ description, parameters }: StepsForm): object => ({
  $ref: '#/definitions/steps',
  description: parameters.length
    ? `${description}; ${parameters.map((name) => `{${name}}`).join(', ')}`
    : description,
});
