import type { ResultName } from '../record/vocabulary.ts';

/** The results that a page may state beside what its profile selects. */
export type Stated = Extract<ResultName, 'Captured' | 'Authorized' | 'Declined' | 'Canceled' | 'Refunded'>;

const phrases = (text: string): string[] => text.split(', ');

/**
 * What tills say in the languages of the places where they stand, besides English. It is used only for what the rest of
 * a page says, of which a person decides: a word too many fails nobody. Denied and in a sentence, a word states nothing.
 */
export const resultWords: Readonly<Record<string, Readonly<Record<Stated, readonly string[]>>>> = {
  es: {
    Captured: phrases(
      'pagado, pagada, aprobado, aprobada, pago aceptado, pago aprobado, pago realizado, operación aceptada, operación aprobada',
    ),
    Authorized: phrases('autorizado, autorizada, preautorizado, preautorizada'),
    Declined: phrases('rechazado, rechazada, denegado, denegada, pago rechazado, operación denegada'),
    Canceled: phrases('cancelado, cancelada, anulado, anulada'),
    Refunded: phrases('reembolsado, reembolsada, devuelto, devuelta'),
  },
  it: {
    Captured: phrases('pagato, pagata, approvato, approvata, pagamento riuscito, pagamento approvato'),
    Authorized: phrases('autorizzato, autorizzata, preautorizzato, preautorizzata'),
    Declined: phrases('rifiutato, rifiutata, negato, negata, respinto, respinta, pagamento rifiutato'),
    Canceled: phrases('annullato, annullata'),
    Refunded: phrases('rimborsato, rimborsata, stornato, stornata'),
  },
  fr: {
    Captured: phrases(
      'payé, payée, approuvé, approuvée, accepté, acceptée, paiement accepté, paiement réussi',
    ),
    Authorized: phrases('autorisé, autorisée, préautorisé, préautorisée'),
    Declined: phrases('refusé, refusée, rejeté, rejetée, décliné, déclinée, paiement refusé'),
    Canceled: phrases('annulé, annulée, abandonné, abandonnée'),
    Refunded: phrases('remboursé, remboursée'),
  },
  de: {
    Captured: phrases('bezahlt, genehmigt, zahlung erfolgt, zahlung erfolgreich, zahlung genehmigt'),
    Authorized: phrases('autorisiert, vorautorisiert'),
    Declined: phrases('abgelehnt, verweigert, zahlung abgelehnt'),
    Canceled: phrases('abgebrochen, storniert'),
    Refunded: phrases('erstattet, zurückerstattet, rückerstattet'),
  },
  nl: {
    Captured: phrases('betaald, goedgekeurd, betaling geslaagd, betaling goedgekeurd'),
    Authorized: phrases('geautoriseerd'),
    Declined: phrases('geweigerd, afgewezen, betaling geweigerd'),
    Canceled: phrases('geannuleerd, afgebroken'),
    Refunded: phrases('terugbetaald'),
  },
  pt: {
    Captured: phrases('pago, paga, aprovado, aprovada, pagamento aprovado, pagamento concluído'),
    Authorized: phrases('autorizado, autorizada, pré-autorizado, pré-autorizada'),
    Declined: phrases('recusado, recusada, negado, negada, rejeitado, pagamento recusado'),
    Canceled: phrases('cancelado, cancelada, anulado, anulada'),
    Refunded: phrases('reembolsado, reembolsada, devolvido, devolvida'),
  },
};

/** Words that may stand beside those in a statement about the payment in hand, whichever the language. */
export const besideResults: readonly string[] = (
  'pago operación transacción venta compra tarjeta importe total su el la los con por de del ha sido gracias correctamente éxito ' +
  'pagamento transazione vendita acquisto carta importo totale il lo suo con di della è stato stata grazie successo ' +
  'paiement transaction vente achat carte montant le votre par du au été est merci succès ' +
  'zahlung kartenzahlung transaktion verkauf karte betrag gesamt mit der die das ihre wurde ist danke vielen dank erfolgreich ' +
  'betaling transactie verkoop aankoop kaart pinbetaling bedrag totaal met het uw is werd bedankt dank succesvol ' +
  'transação venda cartão valor com do da o a seu foi obrigado obrigada sucesso'
).split(' ');

/** What tells in these languages that a text is about other payments. */
export const aboutOthers =
  /(?<!\p{L})(?:letzte[rns]?|vorherige[rns]?|verlauf|heute|gestern|tische?|últim[oa]s?|anterior(?:es)?|historial|hoy|ayer|mesas?|ultim[oaie]|precedent[ei]|storico|oggi|ieri|tavol[oi]|derniers?|dernières?|précédente?s?|historique|aujourd'hui|hier|laatste|vorige|geschiedenis|vandaag|gisteren|tafels?|histórico|hoje|ontem)(?!\p{L})/iu;

/** The language of a tag, such as `de` of `de-DE`. */
const primary = (language: string): string => language.toLowerCase().split('-')[0]!;

/** Whether the kit has words for what a page says in that language. One that is not named is taken for English. */
export const speaks = (language = 'en'): boolean =>
  primary(language) === 'en' || Object.hasOwn(resultWords, primary(language));

/** The words of results in that language, besides the English ones. */
export const phrasesIn = (language = 'en'): readonly string[] =>
  Object.values(resultWords[primary(language)] ?? {}).flat();
