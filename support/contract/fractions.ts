import {
  componentsOf,
  type OpenApiDocument,
  partsOf,
  type SchemaObject,
} from '../../fixtures/openapi/index.ts';
import type { Body } from '../record/vocabulary.ts';
import { written } from '../record/written.ts';
import type { Problem } from './problems.ts';
import { nameOf } from './wording.ts';

/**
 * Whole numbers that are written with a fraction or an exponent (`1000.0`, `1e3`) where an integer is due. OpenAPI 3.0
 * takes them for no integers, and .NET, on which the API runs, refuses them; 3.1 does not mind, and neither does this.
 */
export function fractionsIn(document: OpenApiDocument, schema: SchemaObject, body: Body): Problem[] {
  const read = written(body);
  if (!('json' in read) || !document.openapi.startsWith('3.0')) return [];
  return read.oddities
    .filter(
      ({ what, pointer, written: spelling }) =>
        // A number beyond all measure is written with an exponent too.
        (what === 'fraction' || (what === 'rounded' && /[.e]/i.test(spelling))) &&
        isInteger(document, schema, pointer),
    )
    .map(({ pointer, written: spelling }) => ({
      pointer,
      rule: 'whole-number',
      expected: `${nameOf(pointer)} is a whole number, written without a fraction or an exponent`,
      observed: `${nameOf(pointer)} is ${spelling}`,
      severity: 'must',
    }));
}

/** Whether a place takes integers and no other numbers; names are alike in any case. */
function isInteger(document: OpenApiDocument, schema: SchemaObject, pointer: string): boolean {
  let here = componentsOf(document, schema, true);
  for (const name of partsOf(pointer))
    here = here
      .flatMap(({ properties = {}, items, additionalProperties }) => {
        const own = Object.entries(properties).filter(([each]) => each.toLowerCase() === name.toLowerCase());
        if (own.length > 0) return own.map(([, each]) => each);
        if (items && /^\d+$/.test(name)) return [items];
        return typeof additionalProperties === 'object' ? [additionalProperties] : [];
      })
      .flatMap((each) => componentsOf(document, each, true));
  const types = here.flatMap(({ type = [] }) => type);
  return types.includes('integer') && !types.includes('number');
}
