import type { Display, LedgerEntry } from '../../../../record/vocabulary.ts';
import { type Case, fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, entry, withoutJournal } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const journal = (...ledger: Display['ledger']): Story =>
  new Story()
    .shows({ ledger: [entry({ reference: 'old' })] })
    .sale()
    .shows({ ledger: [entry({ reference: 'old' }), ...ledger] });

const line = (more: Partial<LedgerEntry>): Story => new Story().sale().shows({ ledger: [entry(more)] });

/** A line with a tip, wherever that was given. */
const tipped = (): readonly Case[] => {
  const params = { total: 1150, tip: 150 };
  return [
    passes('the line has total and tip', line({ total: 1150, tip: 150 }), { params }),
    reviews('the line has the total, and the journal no tips', line({ total: 1150, tip: null }), { params }),
    fails('the line has another total', line({ total: 1000, tip: 150 }), { params }),
    fails('the line has another total, and the journal no tips', line({ total: 1000, tip: null }), {
      params,
    }),
    fails('the line has another tip', line({ total: 1150, tip: 100 }), { params }),
  ];
};

const cashedBack = { params: { total: 1500, cashback: 500 } };

const tenPounds = { params: { total: 1000 } };

export const entryStories: Stories = {
  'ledger-has-sale': [
    passes('it stands there', journal(entry()), /Paid £10\.00/, { params: { total: 1000 } }),
    fails('another total stands there', journal(entry({ total: 900 })), /Paid £9\.00/, {
      params: { total: 1000 },
    }),
    fails('a person wrote it', journal(entry({ manual: true })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails('it stood there before the sale', journal(), /no new entry/, { params: { total: 1000 } }),
    passes('the line is that of the sale', line({}), tenPounds),
    fails('the line is a refund', line({ kind: 'refund' }), tenPounds),
    fails('the line was recorded by hand', line({ manual: true }), tenPounds),
    reviews('the profile does not say where the journal is', aPaidSale(), {
      params: { total: 1000 },
      run: withoutJournal,
      evidence: [],
    }),
  ],
  'ledger-has-cashback': [
    passes('it stands there', journal(entry({ cashback: 500, total: 1500 })), /with cashback of £5\.00/, {
      params: { cashback: 500, total: 1500 },
    }),
    fails('it is folded in', journal(entry({ total: 1500 })), /Paid £15\.00$/, {
      params: { cashback: 500, total: 1500 },
    }),
    fails('there is no entry', journal(), /no new entry/, { params: { cashback: 500, total: 1500 } }),
    passes('the line has total and cashback', line({ total: 1500, cashback: 500 }), cashedBack),
    reviews(
      'the line has the total, and the journal no cashback',
      line({ total: 1500, cashback: null }),
      cashedBack,
    ),
    fails('the line has another total', line({ total: 1400, cashback: 500 }), cashedBack),
    fails('the line has no cashback', line({ total: 1500, cashback: 0 }), cashedBack),
  ],
  'ledger-has-tip': [
    passes('it stands there', journal(entry({ tip: 150, total: 1150 })), /with a tip of £1\.50/, {
      params: { tip: 150, total: 1150 },
    }),
    fails('the tip is lost', journal(entry()), /Paid £10\.00$/, { params: { tip: 150, total: 1150 } }),
    ...tipped(),
    passes(
      'one line has the tip, another has none',
      new Story()
        .sale()
        .shows({ ledger: [entry({ total: 1150, tip: null }), entry({ total: 1150, tip: 150 })] }),
      { params: { total: 1150, tip: 150 } },
    ),
  ],
  'ledger-has-machine-tip': [
    passes('it stands there', journal(entry({ tip: 200, total: 1200 })), /with a tip of £2\.00/, {
      params: { tip: 200, total: 1200 },
    }),
    fails('what was asked for stands there', journal(entry()), /Paid £10\.00$/, {
      params: { tip: 200, total: 1200 },
    }),
    ...tipped(),
  ],
  'ledger-has-manual-sale': [
    passes('a person wrote it', journal(entry({ manual: true, words: 'By hand' })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails('it stands there as paid', journal(entry()), /Paid £10\.00$/, { params: { total: 1000 } }),
    fails('there is no entry', journal(), /no new entry/, { params: { total: 1000 } }),
    passes('the line is a sale by hand', line({ manual: true }), tenPounds),
    passes('the line is a sale by hand without a total', line({ manual: true, total: null }), tenPounds),
    fails('the line is a sale by hand with another total', line({ manual: true, total: 1100 }), tenPounds),
  ],
  'ledger-has-manual-refund': [
    passes(
      'a person wrote it',
      journal(entry({ kind: 'refund', manual: true, words: 'By hand' })),
      /recorded by hand/,
      { params: { total: 1000 } },
    ),
    passes(
      'it stands there with a minus',
      journal(entry({ kind: 'refund', manual: true, words: 'By hand', total: -1000 })),
      /recorded by hand/,
      { params: { total: 1000 } },
    ),
    fails('a sale stands there', journal(entry({ manual: true })), /recorded by hand/, {
      params: { total: 1000 },
    }),
    fails(
      'another amount stands there',
      journal(entry({ kind: 'refund', manual: true, total: 100 })),
      /£1\.00/,
      {
        params: { total: 1000 },
      },
    ),
    fails('no person wrote it', journal(entry({ kind: 'refund', words: 'Refunded' })), /Refunded £10\.00$/, {
      params: { total: 1000 },
    }),
    fails('there is no entry', journal(), /no new entry/, { params: { total: 1000 } }),
    passes('the line is a refund by hand', line({ kind: 'refund', manual: true }), tenPounds),
    passes(
      'the line is a refund by hand without a total',
      line({ kind: 'refund', manual: true, total: null }),
      tenPounds,
    ),
  ],
};
