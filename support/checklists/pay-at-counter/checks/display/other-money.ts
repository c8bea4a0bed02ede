import { failed, type Result } from '../../../../checklist/check.ts';
import { resultOf } from '../../../../record/phrases.ts';
import type { Display, Run } from '../../../../record/vocabulary.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { byWords, ofPayments, pictures, quoted } from './shown.ts';
import { isOfPayment, namedSums, withoutSums } from './sums.ts';

/** A text in which a result and sums stand together. */
interface Together {
  readonly text: string;
  /** The sum stands in a line of its own, which may be about something else. */
  readonly apart: boolean;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Where a display states its result and names money with it: in its result itself, in a line of the page that says
 * nothing but the result and that, or in the line before or after, where that is a sum and nothing else.
 */
function statedWithMoney({ outcome, text }: Display, run: Run): Together[] {
  const said = (outcome?.split(' · ') ?? []).filter((part) => resultOf(part, run.pos.vocabulary) !== null);
  const lines = text.split('\n').map((line) => line.trim());
  const isSum = (line: string | undefined) =>
    line !== undefined && namedSums(line).length > 0 && !wordsOf(withoutSums(line)).length;
  const inLines = lines.flatMap((line, index): Together[] => {
    const part = said.find((one) => line.includes(one));
    if (part === undefined) return [];
    const besides = wordsOf(withoutSums(line.replace(part, ' ')));
    if (!besides.every((word) => ofPayments.has(word))) return [];
    if (namedSums(line).length) return [{ text: line, apart: false }];
    return [lines[index - 1], lines[index + 1]].flatMap((other) =>
      isSum(other) ? [{ text: `${line} ${other}`, apart: true }] : [],
    );
  });
  return [...(said.length ? [{ text: outcome!, apart: false }] : []), ...inLines].filter(
    (one) => namedSums(one.text).length > 0,
  );
}

/**
 * A result that names money, and none that is of this payment, nor of the one before, whose result may come late: £10.00
 * of a sale in euros, or of one of £12.00. A sum in a line of its own may be about something else: a person looks.
 */
export function ofOtherMoney(whole: PaymentEvidence, run: Run): Result | null {
  const shown = whole.all('display');
  const textsOf = (display: Display) => statedWithMoney(display, run).map(({ text }) => text);
  const begun = whole.starts[0]?.at ?? 0;
  const first = shown.filter(({ at }) => at < begun).flatMap(({ display }) => textsOf(display));
  let doubtful: Result | null = null;
  for (const [index, one] of shown.entries()) {
    const start = whole.starts.findLast(({ at }) => at <= one.at)?.at;
    const before = shown[index - 1]?.display;
    if (start === undefined || (one.display.outcome === before?.outcome && one.display.text === before?.text))
      continue;
    const stood = new Set([...first, ...(before ? textsOf(before) : [])]);
    const anew = statedWithMoney(one.display, run).filter(({ text }) => !stood.has(text));
    if (!anew.length) continue;
    const earlier = whole.upTo(start - 1);
    const known = [whole.upTo(whole.nextStart(start) - 1), ...(earlier.starts.length ? [earlier] : [])];
    const isOther = ({ text }: Together) =>
      !known.some((evidence) => namedSums(text).some((sum) => isOfPayment(sum, evidence)));
    const other = anew.filter(isOther).sort((a, b) => Number(a.apart) - Number(b.apart))[0];
    if (!other) continue;
    const seen = pictures(shown.slice(index)).slice(0, 1);
    const observed = `showed ${quoted(other.text)}; no amount of this payment is that`;
    if (!other.apart) return failed(observed, seen);
    doubtful ??= {
      outcome: 'review',
      observed,
      evidence: seen,
      advice: byWords(
        'Look at the picture: a sum beside the result that is meant to be that of the payment is wrong.',
        'results',
      ),
    };
  }
  return doubtful;
}
