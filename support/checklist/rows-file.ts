import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { UsageError } from '../record/usage-error.ts';
import schema from './rows.schema.json' with { type: 'json' };

/**
 * What a file of rows holds, by `rows.schema.json`. `name` is what messages call it. Throws a `UsageError` that names the
 * row, the member and what belongs there: a member that nobody reads would leave a row judged by less than it says.
 */
export function rowsIn(text: string, name: string): unknown {
  let found: unknown;
  try {
    found = parse(text);
  } catch (error) {
    throw mistake(name, `is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  const validate = new Ajv2020({ verbose: true }).compile(schema);
  if (validate(found)) return found;
  throw mistake(name, saidOf(validate.errors![0]!, found));
}

const mistake = (name: string, says: string): UsageError =>
  new UsageError(
    'KIT-CHECKLIST-003',
    `Expected the rows of ${name} to be as their schema says, but ${says}.`,
  );

/** `the row PAC-SALE-05 has no member "cardMachine"; it may have …`. */
function saidOf(
  { instancePath, keyword, params, message, parentSchema }: ErrorObject,
  file: unknown,
): string {
  const path = instancePath.split('/').slice(1);
  const place = placeOf(path, file);
  if (keyword === 'additionalProperties') {
    const may = Object.keys(parentSchema!.properties).join(', ');
    return `${place} has the member "${params.additionalProperty}", which nobody reads. It may have: ${may}`;
  }
  if (keyword === 'enum') return `${place} is none of ${params.allowedValues.join(', ')}`;
  return `${place} ${message}`;
}

/** `clauses/0/checks/1 of the row PAC-SALE-05`. */
function placeOf([first, index, ...rest]: readonly string[], file: unknown): string {
  if (first !== 'rows' || index === undefined)
    return first ? [first, index, ...rest].filter(Boolean).join('/') : 'the file';
  const { id } = (file as { rows: { id?: unknown }[] }).rows[Number(index)] ?? {};
  const row = typeof id === 'string' ? `the row ${id}` : `row ${Number(index) + 1}`;
  return rest.length ? `${rest.join('/')} of ${row}` : row;
}
