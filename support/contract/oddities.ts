import type { Body, Severity } from '../record/vocabulary.ts';
import { written } from '../record/written.ts';
import { doubled } from './names.ts';
import type { Problem } from './problems.ts';
import { nameOf } from './wording.ts';

/** The rule that no byte order mark stands before JSON. */
export const marked = 'no-byte-order-mark';

/**
 * What stands in a body of JSON that the value itself does not tell: members that are there more than once, of which
 * each reader takes another, with this severity; and a byte order mark, which many readers pass over.
 */
export function odditiesIn(body: Body, severity: Severity): Problem[] {
  const read = written(body);
  if (!('json' in read)) return [];
  return read.oddities.flatMap(({ what, pointer }): Problem[] => {
    if (what === 'doubled')
      return [
        {
          pointer,
          rule: doubled,
          expected: `${nameOf(pointer)} is there once`,
          observed: 'it is there more than once',
          severity,
        },
      ];
    if (what === 'mark')
      return [
        {
          pointer,
          rule: marked,
          expected: 'JSON begins without a byte order mark (RFC 8259, section 8.1)',
          observed: 'it begins with one',
          severity: 'should',
        },
      ];
    return [];
  });
}
