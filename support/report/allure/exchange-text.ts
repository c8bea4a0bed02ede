import type { RowRecord } from '../../verdict/index.ts';
import { type Entry, exchangeLog, type Part } from '../exchange-log.ts';
import { counted } from '../words.ts';

/** All exchanges of a row as one text; empty where there were none. */
export function exchangeText(record: RowRecord): string {
  return exchangeLog(record)
    .map(({ first, again }) => {
      const repeated = again.length
        ? `(${counted(again.length, 'more such request')}, the same answer but for times)\n`
        : '';
      return `${entryText(first)}${repeated}`;
    })
    .join('\n');
}

function entryText({ exchange, requestHeaders, requestBody, responseHeaders, responseBody }: Entry): string {
  const { id, by, startedAt, request, response, trouble, armed } = exchange;
  const facts = [
    id,
    startedAt,
    ...(by === 'kit' ? ['read by the kit'] : []),
    ...(armed ? [`fault armed: ${armed}`] : []),
  ];
  const answer = response ? `${response.status}` : (trouble ?? 'no answer');
  return [
    `── ${facts.join(', ')}`,
    `${request.method} ${request.target}`,
    ...[requestHeaders, requestBody].flatMap(partText),
    `→ ${answer}, ${Math.round(exchange.until - exchange.at)} ms`,
    ...[responseHeaders, responseBody].flatMap(partText),
    '',
  ].join('\n');
}

function partText({ text, sameAs, cut }: Part): string[] {
  if (sameAs !== null) return [`(same as in ${sameAs} but for times)`];
  if (!text) return [];
  return [text, ...(cut > 0 ? [`(${counted(cut, 'more character')})`] : [])];
}
