import type { Exchange } from '../record/vocabulary.ts';
import { describedOtherwise, isEmpty, isTrouble, valuesOf } from './messages.ts';
import type { RequestRules } from './request.ts';
import { dueAt, type ResponseRules } from './response.ts';

/** The bodies that a description has in no JSON, or in another form besides: what is sent there is not judged. */
export function unjudgedBodies(
  { operation, body, statuses }: RequestRules & ResponseRules,
  exchange: Exchange,
): string[] {
  const { request, response } = exchange;
  const unjudged: string[] = [];
  const types = valuesOf(request.headers, 'content-type');
  if (!isEmpty(request.body) && (!body || describedOtherwise(types, body.described) !== undefined))
    unjudged.push(`${kind(types)} in the request of ${operation}`);
  if (!response || isEmpty(response.body) || isTrouble(exchange)) return unjudged;
  const due = dueAt(statuses, String(response.status));
  const answered = valuesOf(response.headers, 'content-type');
  if (due === null || (due && describedOtherwise(answered, due.described) !== undefined))
    unjudged.push(`${kind(answered)} in the answer ${response.status} of ${operation}`);
  return unjudged;
}

const kind = ([type]: readonly string[]) => (type ?? 'no media type').replace(/\s*;.*/s, '');
