import type { Json } from '../../../record/vocabulary.ts';
import { type Case, fails, passes, reviews, type Stories } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, made } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const paidBy = (card: { readonly [name: string]: Json }): Story =>
  aSale().poll('Captured').sessionIs('Captured', { paymentDetails: { card } });

const entered = (mode: string, other: string): readonly Case[] => [
  passes('the session says so', paidBy({ entryMode: mode }), new RegExp(`entry mode ${mode}`)),
  fails('it says otherwise', paidBy({ entryMode: other }), new RegExp(`entry mode ${other}`)),
  fails('it says nothing', aPaidSale(), /entry mode not reported/),
  fails('there is no session', new Story(), /Not testable/),
];

export const cardStories: Stories = {
  'card-was-inserted': [...entered('ContactChip', 'Contactless')],
  'card-was-tapped': [...entered('Contactless', 'ContactChip')],
  'card-was-keyed': [...entered('ManualEntry', 'ContactChip')],
  'device-was-verified': [
    passes('the session says so', paidBy({ verificationMethod: 'Device' }), /verification method Device/),
    fails('it says otherwise', paidBy({ verificationMethod: 'Pin' }), /verification method Pin/),
    fails('it says nothing', aPaidSale(), /not reported/),
    fails('there is no session', new Story(), /Not testable/),
  ],
  'card-types-differ': [
    passes(
      'two sessions say two types',
      paidBy({ cardType: 'Credit' })
        .intent()
        .session()
        .sessionIs('Captured', { paymentDetails: { card: { cardType: 'Debit' } } }),
      /Credit, Debit/,
    ),
    fails(
      'both say the same',
      paidBy({ cardType: 'Debit' })
        .intent()
        .session()
        .sessionIs('Captured', { paymentDetails: { card: { cardType: 'Debit' } } }),
      /Debit, Debit/,
    ),
    fails(
      'one says none',
      paidBy({ cardType: 'Debit' }).intent().session().sessionIs('Captured'),
      /Debit, not reported/,
    ),
    fails('there is one session only', paidBy({ cardType: 'Debit' }), /^Debit$/),
    fails(
      'one card was prepared, and the machine did something else',
      aPaidSale()
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
        .screen({ prompt: 'PresentCard' }),
      { fault: 'environment' },
    ),
    fails('the cards were alike', aPaidSale(), { fault: 'environment' }),
    fails(
      'the kit presented two',
      aPaidSale()
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Amex' } }),
      { fault: 'api' },
    ),
    fails(
      'a person was asked to present two',
      aPaidSale()
        .fact('done-by-person', {
          by: 'Anna Smith',
          at: '2026-11-30T10:00:00Z',
          what: 'Have a Visa card ready',
        })
        .fact('card-machine-prepared', { tid: '20304050', cardholder: { scheme: 'Visa' } })
        .fact('card-machine-prepared', { tid: '20304050', cardholder: { scheme: 'Amex' } }),
      { fault: 'environment' },
    ),
    fails(
      'the kit presented one twice',
      aPaidSale()
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } })
        .fact('card-machine-prepared', { tid: 'VCMSIP0', cardholder: { scheme: 'Visa' } }),
      { fault: 'environment' },
    ),
  ],
  'moto-flag-sent': [
    passes('it is sent', made({ cardHolderNotPresent: true }), /cardHolderNotPresent true/),
    fails('it is false', made({ cardHolderNotPresent: false }), /cardHolderNotPresent false/),
    fails('it is a text', made({ cardHolderNotPresent: 'true' }), /"true"/),
    fails('it is left out', made(), /left out/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'no-card-asked-for': [
    passes('no prompt asks for it', aSale().poll('Initiated', 'PleaseWait'), /prompts: PleaseWait/),
    fails('it is to be presented', aSale().poll('Initiated', 'PresentCard'), /PresentCard/),
    fails('it is to be inserted', aSale().poll('Initiated', 'PleaseWait', 'InsertCard'), /InsertCard/),
    fails(
      'it is to be presented after all',
      aSale().poll('Initiated', 'PleaseWait').poll('Initiated', 'PresentCard'),
      /prompts: PleaseWait, PresentCard/,
    ),
    fails('there is no session', new Story(), /Not testable/),
    fails('the session tells no prompt', aSale().poll('Captured'), { fault: 'api', evidence: ['ex_3'] }),
  ],
  'machine-asks-for-card-number': [
    passes('its screen says so', aSale().screen({ prompt: 'KeyCardNumber' }), /KeyCardNumber/),
    fails('it asks for the card', aSale().screen({ prompt: 'PresentCard' }), /PresentCard/),
    fails('its screen is empty', aSale().screen({}), /shows nothing/),
    reviews('nobody can see its screen', aSale(), /cannot see/),
  ],
};
