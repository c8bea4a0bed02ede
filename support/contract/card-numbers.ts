import { below } from '../../fixtures/openapi/index.ts';
import { type Exchange, isMaskedCard, type Json } from '../record/vocabulary.ts';
import { isEmpty, jsonOf } from './messages.ts';
import type { Breach } from './violation.ts';

/** Members that are for a card number, which stands in them masked. */
const forCardNumber = /^(?:card_?number|pan)$/i;

/**
 * Card numbers that were sent or answered in full: the gateway leaves its own mask in the record of each. Only where
 * a member is for a card number is it surely one: other digits may look alike by chance.
 */
export function judgeCardNumbers({ request, response }: Exchange): Breach[] {
  const sides = [
    ['request-body', request.body],
    ['response-body', response?.body ?? null],
  ] as const;
  return sides.flatMap(([part, body]) =>
    (isEmpty(body) ? [] : inFull(jsonOf(body)?.json ?? null, '')).map((pointer) => ({
      part,
      pointer,
      rule: 'card-number-masked',
      expected: 'a card number stands there with most of its digits masked',
      observed: 'it is there in full (the record has it masked)',
      severity: 'must' as const,
    })),
  );
}

function inFull(json: Json, pointer: string): string[] {
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json).flatMap(([name, value]) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'string')) return [];
    const place = below(pointer, name);
    const own = forCardNumber.test(name) && typeof value === 'string' && isMaskedCard(value);
    return own ? [place] : inFull(value as Json, place);
  });
}
