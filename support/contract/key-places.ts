import type { Body, Exchange } from '../record/vocabulary.ts';
import { headerOf } from './messages.ts';
import type { Breach } from './violation.ts';

/** What the gateway leaves in the record of an API key of Dojo, wherever it stood and in whichever coding. */
const dojoKey = /sk_(?:sandbox|prod)_…#[0-9a-f]{12}/i;

/** The part of that mask by which a credential is known again, whatever stands before it. */
const hash = /…#[0-9a-f]{12}/;

/**
 * API keys that were sent anywhere but in a header: each server on the way writes targets into its log, and bodies are
 * kept and passed on. A key is known by its mask: it is one of Dojo's, or the one of this request's `Authorization`.
 */
export function judgeKeyPlaces({ request }: Exchange): Breach[] {
  const own = hash.exec(headerOf(request.headers, 'authorization') ?? '')?.[0];
  const holdsKey = (text: string): boolean => dojoKey.test(text) || (own !== undefined && text.includes(own));
  const [path = '', query = ''] = partsOf(request.target);
  const places = [
    ['request-path', path],
    ['request-query', query],
    ['request-body', textOf(request.body)],
  ] as const;
  return places
    .filter(([, text]) => holdsKey(text))
    .map(([part]) => ({
      part,
      pointer: '',
      rule: 'api-key-in-header-only',
      expected: 'the API key stands in the header `Authorization` and nowhere else',
      observed: `it is in the ${part.slice('request-'.length)} as well (the record has it masked)`,
      severity: 'must',
    }));
}

/** Path and query; what follows a `#` is the query's too, for the mask of a key holds that sign. */
function partsOf(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
}

const textOf = (body: Body | null): string =>
  body === null ? '' : 'json' in body ? JSON.stringify(body.json) : 'text' in body ? body.text : '';
