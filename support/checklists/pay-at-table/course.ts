import { money } from '../../checklist/check.ts';
import type { Course, CourseNames, Mark, Span, Tone } from '../../checklist/index.ts';
import { textAt } from '../../record/evidence.ts';
import { type Call, isDone, owedOn } from './epos-data.ts';
import type { Reading, TableEvidence } from './evidence.ts';

const names: CourseNames = {
  kind: 'order',
  one: 'order',
  statuses: 'What is owed',
  prompts: 'Locks',
  requests: 'Dojo’s calls',
  polls: 'Reads',
  operator: 'Operator',
  display: 'Till’s display',
};

/** The picture goes on a little after the last thing seen, which would stand on its edge. */
const margin = 1.06;
/** A picture of an order that was over at once still has an axis, ms. */
const shortest = 1000;

/** The courses of a row's orders, in the order in which they were found: what is owed, who has them locked, what is paid. */
export const courses = (evidence: TableEvidence): Course[] =>
  evidence.facts('order-found').map(({ at, detail }) => courseOf(detail.orderId, at, evidence));

function courseOf(orderId: string, start: number, evidence: TableEvidence): Course {
  const since = (time: number): number => Math.max(0, time - start);
  const calls = evidence.calls.filter((call) => call.orderId === orderId && call.exchange.at >= start);
  const reads = calls.filter(({ name }) => name === 'GetOrderById' || name === 'GetOrderBillById');
  const requests = calls
    .filter((call) => !reads.includes(call) || !isDone(call))
    .map((call): Mark => ({ at: since(call.exchange.at), ...callWords(call) }));
  const operator = evidence.all('action').flatMap(({ at: time, action, answer }): Mark[] => {
    if (time < start || !('orderId' in action) || action.orderId !== orderId) return [];
    const done = answer.answer === 'done';
    const text = done ? action.name : `${action.name}: ${answer.answer}`;
    return [{ at: since(time), text, tone: done ? 'active' : 'bad' }];
  });
  const stated = evidence.readings(orderId);
  const ends = [
    ...calls.map(({ exchange }) => exchange.until),
    ...stated.map(({ call }) => call.exchange.until),
  ].map(since);
  const duration = Math.max(shortest, margin * Math.max(0, ...ends, ...operator.map(({ at }) => at)));
  return {
    names,
    session: orderId,
    type: 'Table',
    duration,
    statuses: owing(stated, since, duration),
    prompts: evidence.locks(orderId).map(({ from, expires, released }) => {
      const until = since(Math.min(expires, released ?? expires));
      const lasts = until > duration;
      return { from: since(from), until: Math.min(until, duration), text: 'locked', tone: 'asking', lasts };
    }),
    polls: reads.filter(isDone).map(({ exchange }) => since(exchange.at)),
    requests,
    operator,
    display: [],
  };
}

/** What is owed of the order, from each answer that says something else than the one before. */
function owing(stated: readonly Reading[], since: (time: number) => number, end: number): Span[] {
  const said = stated.flatMap((reading) => {
    const owed = owedOn(reading);
    if (owed === null) return [];
    const text = [money(owed, reading.currency), ...(reading.payable === false ? ['not payable'] : [])].join(
      ', ',
    );
    const tone: Tone = owed > 0 ? 'active' : 'good';
    return [{ from: since(reading.call.exchange.until), text, tone }];
  });
  const changes = said.filter(({ text }, index) => text !== said[index - 1]?.text);
  return changes.map((one, index) => ({
    ...one,
    until: changes[index + 1]?.from ?? end,
    lasts: index === changes.length - 1,
  }));
}

const deeds: Readonly<Partial<Record<Call['name'], string>>> = {
  CreateOrderLock: 'lock',
  ExtendOrderLock: 'extend',
  DeleteOrderLock: 'release',
  RecordOrderPaymentById: 'record',
  GetOrderById: 'read',
  GetOrderBillById: 'bill',
};

function callWords(call: Call): Omit<Mark, 'at'> {
  const { name, asked, status, answer } = call;
  const paid = (asked as { paidAmount?: { value?: unknown; currencyCode?: unknown } } | null)?.paidAmount;
  const sum =
    typeof paid?.value === 'number' && typeof paid.currencyCode === 'string'
      ? ` ${money(paid.value, paid.currencyCode)}`
      : '';
  const came = isDone(call) ? '' : `: ${textAt(answer, 'errorType') ?? status ?? 'no answer'}`;
  return { text: `${deeds[name] ?? name}${sum}${came}`, tone: isDone(call) ? 'good' : 'bad' };
}
