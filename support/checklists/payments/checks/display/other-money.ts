import { failed, type Result } from '../../../../checklist/check.ts';
import { resultOf } from '../../../../record/phrases.ts';
import type { Display, Run } from '../../../../record/vocabulary.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { ofPayments, pictures, quoted } from './shown.ts';
import { isOfPayment, namedSums, withoutSums } from './sums.ts';

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Where a display names money with its result: in that itself, or in a line of the page that says nothing else. */
function statedWithMoney({ outcome, text }: Display, run: Run): string[] {
  const said = (outcome?.split(' · ') ?? []).filter((part) => resultOf(part, run.pos.vocabulary) !== null);
  const lines = text.split('\n').filter((line) => {
    const part = said.find((one) => line.includes(one));
    if (part === undefined) return false;
    return wordsOf(withoutSums(line.replace(part, ' '))).every((word) => ofPayments.has(word));
  });
  return [...(said.length ? [outcome!] : []), ...lines].filter((one) => namedSums(one).length > 0);
}

/**
 * A result that names money, and none that is of this payment, nor of the one before, whose result may come late: £10.00
 * of a sale in euros, or of one of £12.00. What stands in a line beside it may be about something else.
 */
export function ofOtherMoney(whole: PaymentEvidence, run: Run): Result | null {
  const shown = whole.all('display');
  const begun = whole.starts[0]?.at ?? 0;
  const first = shown.filter(({ at }) => at < begun).flatMap(({ display }) => statedWithMoney(display, run));
  for (const [index, one] of shown.entries()) {
    const start = whole.starts.findLast(({ at }) => at <= one.at)?.at;
    const before = shown[index - 1]?.display;
    if (start === undefined || (one.display.outcome === before?.outcome && one.display.text === before?.text))
      continue;
    const stood = new Set([...first, ...(before ? statedWithMoney(before, run) : [])]);
    const anew = statedWithMoney(one.display, run).filter((text) => !stood.has(text));
    if (!anew.length) continue;
    const earlier = whole.upTo(start - 1);
    const known = [whole.upTo(whole.nextStart(start) - 1), ...(earlier.starts.length ? [earlier] : [])];
    const other = anew.find(
      (text) => !known.some((evidence) => namedSums(text).some((sum) => isOfPayment(sum, evidence))),
    );
    if (other)
      return failed(
        `showed ${quoted(other)}; no amount of this payment is that`,
        pictures(shown.slice(index)).slice(0, 1),
      );
  }
  return null;
}
