import { kitRules } from '../../fixtures/openapi/index.ts';
import type { Exchange } from '../record/vocabulary.ts';
import { describedOtherwise, isEmpty, isTrouble, jsonOf, valuesOf } from './messages.ts';
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
  else if (due) unjudged.push(...severalAtOnce(due.unclear(String(response.status)), response, operation));
  return unjudged;
}

/** The kit's rules that are not applied to an answer, for it fits an alternative with the rule and one without. */
function severalAtOnce(
  unclear: ReturnType<NonNullable<ReturnType<typeof dueAt>>['unclear']>,
  { status, body }: NonNullable<Exchange['response']>,
  operation: string,
): string[] {
  const parsed = body && jsonOf(body);
  return unclear
    .filter(({ judge }) => parsed && judge(parsed.json).length > 0)
    .map(({ id }) => {
      const { says } = kitRules.find((rule) => rule.id === id)!;
      return `the answer ${status} of ${operation}, by the kit's rule that ${says}: it fits several of its alternatives`;
    });
}

const kind = ([type]: readonly string[]) => (type ?? 'no media type').replace(/\s*;.*/s, '');
