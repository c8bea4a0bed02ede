import { counted } from '../../record/counted.ts';
import type { RowRecord } from '../../record/stream.ts';
import { visible, visibleOnPage } from '../../record/visible.ts';
import { type Entry, exchangeLog, type Part } from '../exchange-log.ts';
import { partiesWords } from '../words.ts';

/** All exchanges of a row as one text; empty where there were none. What was sent stands indented, so that it cannot pass for an exchange. */
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
  const { id, startedAt, request, response, trouble, armed } = exchange;
  const parties = partiesWords(exchange);
  const facts = [id, startedAt, ...(parties ? [parties] : []), ...(armed ? [`fault armed: ${armed}`] : [])];
  const answer = response ? `${response.status}` : (trouble ?? 'no answer');
  return [
    `── ${facts.join(', ')}`,
    `${visible(request.method)} ${visible(request.target)}`,
    ...[requestHeaders, requestBody].flatMap(partText),
    `→ ${answer}, ${Math.round(exchange.until - exchange.at)} ms`,
    ...[responseHeaders, responseBody].flatMap(partText),
    '',
  ].join('\n');
}

const indented = (text: string): string => text.replace(/^/gm, '  ');

function partText({ text, sameAs, cut }: Part): string[] {
  if (sameAs !== null)
    return text
      ? [`(same as in ${sameAs} but for these)`, indented(visibleOnPage(text))]
      : [`(same as in ${sameAs} but for times)`];
  if (!text) return [];
  return [indented(visibleOnPage(text)), ...(cut > 0 ? [`(${counted(cut, 'more character')})`] : [])];
}
