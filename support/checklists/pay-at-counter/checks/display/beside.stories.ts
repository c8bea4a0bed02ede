import { passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale } from '../../stories/situations.ts';

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
  ],
};
