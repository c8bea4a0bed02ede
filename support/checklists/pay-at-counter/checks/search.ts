import { answered, judged, judgedBothSides, notTestable } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, jsonOf, listAt, textAt } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check } from '../../payments/check.ts';
import type { PaymentEvidence } from '../../payments/evidence.ts';

/** The pages of the list as the till last asked for it from its beginning. */
function listPages(evidence: PaymentEvidence): Exchange[] {
  const pages = evidence.requests('searchIntents').filter(({ response }) => response?.status === 200);
  const first = pages.findLastIndex((page) => textAt(jsonOf(page.request), 'cursor', 'after') === null);
  return pages.slice(Math.max(first, 0));
}

/** The number of the first page after which another cursor was sent than it gave; `null` where there is none. */
function wrongPage(pages: readonly Exchange[]): number | null {
  const wrong = pages.slice(1).findIndex((page, index) => {
    const given = textAt(jsonOf(pages[index]!.response), 'after');
    return textAt(jsonOf(page.request), 'cursor', 'after') !== given;
  });
  return wrong < 0 ? null : wrong + 1;
}

function isLastPage(page: Exchange): boolean {
  return !textAt(jsonOf(page.response), 'after') || !listAt(jsonOf(page.response), 'data').length;
}

const pagesFollowed = (evidence: PaymentEvidence): boolean => {
  const pages = listPages(evidence);
  return pages.length > 0 && wrongPage(pages) === null && isLastPage(pages.at(-1)!);
};

export const searchChecks: Check[] = [
  {
    id: 'search-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'POST /payment-intents/search, answered 200',
    advice: 'List the payment intents with POST /payment-intents/search.',
    judge: ({ evidence }) => {
      const sent = evidence.requests('searchIntents');
      const last = sent.at(-1);
      return judgedBothSides(
        last !== undefined,
        sent.some(({ response }) => response?.status === 200),
        last ? `answered ${answered(last)}` : 'none was sent',
        ids(sent),
      );
    },
  },
  {
    id: 'cursor-followed',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'each page after the first is asked for with the cursor that the page before it gave, to the last page',
    advice: 'Send `cursor.after` as the answer before gave it, until there is none or no more data.',
    judge: ({ evidence }) => {
      const pages = listPages(evidence);
      if (!pages.length) return notTestable('no list was asked for');
      const wrong = wrongPage(pages);
      const ended = isLastPage(pages.at(-1)!);
      return judged(
        wrong === null && ended,
        wrong !== null
          ? `page ${wrong + 1} was asked for with another cursor than page ${wrong} gave`
          : `${counted(pages.length, 'page')} asked for${ended ? '' : '; there is a further one'}`,
        ids(pages),
      );
    },
  },
  {
    id: 'list-complete',
    plane: 'state',
    fault: 'pos',
    expected: (params) =>
      `the pages together hold each of the ${(params.ids as string[]).length} payment intents once`,
    advice: 'Follow the cursor without leaving a page out or asking for one twice.',
    judge: ({ evidence }, params) => {
      const wanted = params.ids as string[];
      const pages = listPages(evidence);
      const listedIds = pages.flatMap(({ response }) =>
        listAt(jsonOf(response), 'data').map((one) => textAt(one, 'id')),
      );
      const missing = wanted.filter((id) => !listedIds.includes(id));
      const twice = listedIds.filter((id, index) => listedIds.indexOf(id) !== index);
      const result = judged(
        missing.length === 0 && twice.length === 0,
        `${counted(new Set(listedIds).size, 'payment intent')} listed, ${missing.length} missing, ${twice.length} twice`,
        ids(pages),
      );
      // A till that followed each cursor was given no other pages.
      return pagesFollowed(evidence) ? { ...result, fault: 'api' } : result;
    },
  },
];
