import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import {
  checklists,
  knownActions,
  knownCapabilities,
  knownQuestions,
  loadCatalogue,
} from '../checklist/index.ts';
import { forms, stepForm } from '../drivers/browser/forms.ts';
import pageSchema from '../drivers/page.schema.json' with { type: 'json' };
import { usualVocabulary } from '../profile/vocabulary.ts';

/** The tables of a page that a person writes else: each stands between `<!-- made: name -->` and `<!-- made -->`. */
const tables: Readonly<Record<string, () => string>> = {
  capabilities: () =>
    table(
      ['capability', 'what the till can', 'the checklist calls it'],
      [...knownCapabilities()].map(([name, { description }]) => [code(name), description, called(name)]),
    ),
  questions: () =>
    table(
      ['answer', 'what it says', 'what can be answered'],
      [...knownQuestions()].map(([name, { description, choices }]) => [
        code(name),
        description,
        choices?.map(code).join(', ') ?? 'any text',
      ]),
    ),
  steps: () =>
    table(
      ['action', 'what the steps do', 'parameters'],
      [...forms().steps].map(([name, { description, parameters }]) => [
        code(name),
        description,
        parameters.map(code).join(', '),
      ]),
    ),
  members: () =>
    table(
      ['member', 'what a step says with it', 'example'],
      Object.entries(stepForm.properties).map(([name, { description }]) => [
        code(name),
        description,
        code(inOneLine(stepForm.examples.find((example) => name in example))),
      ]),
    ),
  usualWords: () =>
    table(
      ['list', "the kit's own words"],
      Object.entries(usualVocabulary()).flatMap(([name, words]) =>
        (Array.isArray(words)
          ? [[name, words] as const]
          : Object.entries(words as Readonly<Record<string, readonly string[]>>).map(
              ([one, phrases]) => [`${name}.${one}`, phrases] as const,
            )
        ).map(([list, phrases]) => [code(list), phrases.join(', ')]),
      ),
    ),
  journal: () =>
    table(
      ['member', 'what it selects'],
      Object.entries(pageSchema.display.properties.ledger.properties).map(([name, { description }]) => [
        code(name),
        `${description}${pageSchema.display.properties.ledger.required.includes(name) ? '' : '; may be left out'}`,
      ]),
    ),
  actions: () =>
    table(
      ['`name`', 'further members', 'what the till does'],
      [...knownActions()].map(([name, { description, properties, required = [], elsewhere }]) => [
        code(name),
        Object.keys(properties)
          .map((member) => `${code(member)}${required.includes(member) ? '' : '?'}`)
          .join(', '),
        elsewhere ? `${description}; asked for only with \`secondDevice: true\` in the profile` : description,
      ]),
    ),
};

/** YAML as a person writes it into one line. */
const inOneLine = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();

const code = (name: string): string => `\`${name}\``;

/** What the rows say of a capability: whether a till may lack it. */
function called(capability: string): string {
  const catalogues = checklists.map((name) => loadCatalogue(name));
  const rows = catalogues.flatMap((one) => one.rows).filter((row) => row.capability === capability);
  const ofSeveral = catalogues.flatMap(({ rules }) => rules.flatMap(({ anyOf }) => anyOf));
  if (rows.some(({ id }) => ofSeveral.includes(id))) return 'at least one of these';
  return rows.some(({ level }) => level !== 'mandatory') ? 'optional' : 'mandatory';
}

/** A table in Markdown, as the formatter has it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length), name.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A page with its tables made anew. Throws where it wants one that nobody makes. */
export function withTables(path: string): { path: string; text: string } {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const made = text.replace(
    /(<!-- made: (\w+) -->\n\n)[\s\S]*?(\n\n<!-- made -->)/g,
    (_, start: string, name: string, end: string) => {
      const make = tables[name];
      if (!make) throw new Error(`${path} wants a table that nobody makes: ${name}`);
      return `${start}${make()}${end}`;
    },
  );
  return { path, text: made };
}
