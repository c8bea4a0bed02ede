import type { LedgerEntry } from '../../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../stories/case.ts';
import { aPaidSale, entry, pounds } from '../../stories/situations.ts';
import type { Story } from '../../stories/story.ts';
import { refund, refunded } from './journal.stories.ts';

const refundedInFullWithTip = (...ledger: LedgerEntry[]): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .intentIs('Refunded', {
      tipsAmount: pounds(150),
      totalAmount: pounds(1150),
      refundedAmount: 1150,
    })
    .shows({ ledger });

export const refundLineStories: Stories = {
  'ledger-agrees': [
    fails(
      'its refund stands there as another sale',
      refunded(1000, entry(), entry({ words: 'Refunded' })),
      /the refund of pi_1 stands as a sale: Refunded £10\.00/,
    ),
    fails(
      'a refund in part stands there as another sale',
      refunded(400, entry(), entry({ words: 'Partially refunded £4.00', total: 400, amount: 400 })),
      /the refund of pi_1 stands as a sale/,
    ),
    passes(
      'the journal has no word for kinds, and a line for the sale and one for its refund',
      refunded(1000, entry({ kindSupposed: true }), entry({ words: 'Refunded', kindSupposed: true })),
    ),
    passes(
      'such a journal has a refund in part',
      refunded(
        400,
        entry({ kindSupposed: true }),
        entry({ words: 'Partially refunded £4.00', total: 400, amount: 400, kindSupposed: true }),
      ),
    ),
    passes(
      'a refund stands there as a sale with a minus',
      refunded(1000, entry(), entry({ words: 'Refunded', total: -1000 })),
    ),
    passes(
      'a first try was declined, and the sale is marked as refunded',
      refunded(1000, entry({ words: 'Declined' }), entry({ words: 'Refunded' })),
    ),
    passes(
      'the tip stands in a column of its own, and the refund in a line of its own',
      refundedInFullWithTip(entry({ tip: 150, total: 1150 }), refund(1150)),
    ),
  ],
};
