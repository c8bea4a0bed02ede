import { passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, euros } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A sale of £10.00 that was paid, and one of £12.00 that ended so; the till shows these texts beside the end of each. */
const twoSales = (
  first: readonly string[],
  second: readonly string[],
  end: 'Captured' | 'Canceled' = 'Captured',
  meanwhile = first,
  stood = 6000,
): Story =>
  aSale()
    .poll('Captured')
    .shows({ outcome: 'Paid', beside: asides(first) })
    .wait(6000)
    .sale(1200)
    .shows({ outcome: null, beside: asides(meanwhile) })
    .intent({ amount: { value: 1200, currencyCode: 'GBP' } })
    .session()
    .poll(end)
    .shows({ outcome: end === 'Captured' ? 'Paid' : 'Cancelled', beside: asides(second) })
    .wait(stood)
    .shows({ beside: [] })
    .wait(1000)
    .shows({});

const asides = (texts: readonly string[]) => texts.map((text) => ({ text, near: '' }));

export const besideStories: Stories = {
  'nothing-else-claimed': [
    passes('the page says nothing besides', aPaidSale(), /no other text/),
    passes(
      'another text says what is so',
      aPaidSale().shows({ beside: [{ text: 'Payment approved', near: '' }] }),
      /no other text/,
    ),
    reviews(
      'another text says that it was approved, and it was cancelled',
      aSale()
        .poll('Canceled')
        .shows({ outcome: 'Cancelled', beside: [{ text: 'PAYMENT APPROVED', near: '' }] }),
      /the page says "PAYMENT APPROVED" \(Captured\) when the session was Canceled/,
    ),
    reviews(
      'another text says that it was declined, and it was captured',
      aPaidSale().shows({ beside: [{ text: 'Payment declined', near: '' }] }),
      /"Payment declined" \(Declined\) when the session was Captured/,
    ),
    ...(
      [
        ['Pago rechazado', 'Spanish'],
        ['Pagamento rifiutato', 'Italian'],
        ['Paiement refusé', 'French'],
        ['Die Zahlung wurde abgelehnt', 'German'],
        ['Betaling geweigerd', 'Dutch'],
        ['O seu pagamento foi recusado', 'Portuguese'],
      ] as const
    ).map(([text, language]) =>
      reviews(
        `another text says in ${language} that it was declined, and it was captured`,
        aPaidSale().shows({ beside: [{ text, near: '' }] }),
        new RegExp(`"${text}" \\(Declined\\) when the session was Captured`),
      ),
    ),
    ...['Nicht abgelehnt', 'Letzte Zahlung abgelehnt', 'Abgelehnte Zahlungen', 'Pago', 'Wird abgelehnt'].map(
      (text) =>
        passes(
          `"${text}" states nothing of it`,
          aSale()
            .poll('Captured')
            .shows({ outcome: 'Bezahlt', beside: [{ text, near: '' }] }),
          /no other text/,
        ),
    ),
    passes(
      'a text of another language says what is so',
      aPaidSale().shows({ beside: [{ text: 'Zahlung erfolgreich, vielen Dank', near: '' }] }),
      /no other text/,
    ),
    reviews(
      'another text says too early that it is paid',
      aSale()
        .poll('Initiated')
        .shows({ beside: [{ text: 'Paid', near: '' }] })
        .poll('Captured'),
      /"Paid" \(Captured\) when the session was Initiated/,
    ),
    reviews(
      'what was so of the sale before stands beside the end of the next',
      twoSales(['Payment approved'], ['Payment approved'], 'Canceled'),
      /"Payment approved" \(Captured\) when the session was Canceled; it was so of a payment before/,
    ),
    reviews(
      'the same names that sale',
      twoSales(['order-1: Payment approved'], ['order-1: Payment approved'], 'Canceled'),
      /it was so of a payment before/,
    ),
    reviews(
      'what was so of the sale before is said anew beside the end of the next',
      twoSales(['Payment approved'], ['Payment approved'], 'Canceled', []),
      /it was so of a payment before/,
    ),
    passes(
      'what was so of the sale before is said anew with its name',
      twoSales(['order-1: Payment approved'], ['order-1: Payment approved'], 'Canceled', []),
    ),
    passes(
      'what was so of the sale before stands while the next goes on',
      twoSales(['Payment approved'], ['Payment cancelled'], 'Canceled'),
    ),
    passes(
      'what was so of the sale before goes a while after the end of the next',
      twoSales(['Payment approved'], ['Payment approved'], 'Canceled', ['Payment approved'], 4900),
    ),
    passes(
      'what was so of the sale before is so of the next',
      twoSales(['Payment approved'], ['Payment approved']),
    ),
    passes(
      'each sale is named with its amount',
      twoSales(['order-1: Payment approved, £10.00'], ['order-2: Payment approved, £12.00']),
    ),
    passes(
      'each sale is said with its amount',
      twoSales(['Payment approved, £10.00'], ['Payment approved, £12.00']),
    ),
    reviews(
      'a sale is named with the amount of the sale before',
      twoSales(['order-1: Payment approved, £10.00'], ['order-2: Payment approved, £10.00']),
      /£10\.00 is not an amount of that payment/,
    ),
    reviews(
      'a sale is named with the amount of none',
      twoSales(['order-1: Payment approved, £10.00'], ['order-2: Payment approved, £120.00']),
      /£120\.00 is not an amount of that payment/,
    ),
    reviews(
      'a sale is said with the amount of the sale before',
      twoSales(['Payment approved, £10.00'], ['Payment approved, £10.00'], 'Captured', []),
      /£10\.00 is not an amount of that payment/,
    ),
    reviews(
      'a sale is named with another result than it has',
      twoSales(['order-1: Payment approved'], ['order-2: Payment approved'], 'Canceled'),
      /"order-2: Payment approved" \(Captured\) when the session was Canceled$/,
    ),
    reviews(
      'a sale in euros is said in pounds',
      new Story()
        .shows({})
        .sale(1000, { currency: 'EUR' })
        .intent({ amount: euros(1000) })
        .session()
        .poll('Captured')
        .shows({ outcome: 'Paid', beside: asides(['Payment approved £10.00']) }),
      /£10\.00 is not an amount of that payment/,
    ),
  ],
};
