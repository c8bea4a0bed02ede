import { knownCapabilities, knownQuestions, knownWords } from '../checklist/index.ts';
import { driverKinds } from '../drivers/index.ts';
import core from './core.schema.json' with { type: 'json' };

const phrases = { $ref: '#/definitions/phrases' };

/** The schema of profiles: what the kit wants of each, and what the known checklists and drivers add to it. */
export function profileSchema() {
  const { capabilities, declared, vocabulary, driver } = core.properties;
  const known = [...knownCapabilities().keys()];
  const drivers = driverKinds();
  return {
    ...core,
    properties: {
      ...core.properties,
      capabilities: { ...capabilities, items: known.length ? { enum: known } : capabilities.items },
      declared: { ...declared, properties: answers() },
      vocabulary: { ...vocabulary, properties: { ...vocabulary.properties, ...words() } },
      driver: {
        ...driver,
        oneOf: drivers.map(({ name, settings }) => ({
          additionalProperties: false,
          required: ['kind', ...(settings?.required ?? [])],
          properties: { kind: { const: name }, ...settings?.properties },
        })),
      },
    },
    definitions: Object.assign({}, core.definitions, ...drivers.map(({ settings }) => settings?.definitions)),
  };
}

const answers = () =>
  Object.fromEntries(
    [...knownQuestions()].map(([name, { description, choices }]) => [
      name,
      choices ? { enum: choices, description } : { type: 'string', minLength: 1, description },
    ]),
  );

function words() {
  const { kinds, lists } = knownWords();
  return {
    prompts: {
      type: 'object',
      description: "What the card machine asks for, by the API's notification type, such as PresentCard",
      additionalProperties: phrases,
    },
    kinds: {
      type: 'object',
      additionalProperties: false,
      description: 'Of entries in the journal',
      properties: Object.fromEntries(Object.keys(kinds).map((name) => [name, phrases])),
    },
    ...Object.fromEntries(
      Object.entries(lists).map(([name, { description }]) => [name, { ...phrases, description }]),
    ),
  };
}
