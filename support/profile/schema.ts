import { knownCapabilities } from '../checklist/index.ts';
import { driverKinds } from '../drivers/index.ts';
import core from './core.schema.json' with { type: 'json' };

/** The schema of profiles: what the kit wants of each, and what the known checklists and drivers add to it. */
export function profileSchema() {
  const known = knownCapabilities();
  const { capabilities, driver } = core.properties;
  const drivers = driverKinds();
  return {
    ...core,
    properties: {
      ...core.properties,
      capabilities: { ...capabilities, items: known.length ? { enum: known } : capabilities.items },
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
