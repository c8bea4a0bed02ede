import { answered, failed, judged, listed, notTestable } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { headersOf, ids } from '../../../record/evidence.ts';
import type { Exchange } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';

/**
 * The keys that a request carried, in their redacted form, of which there should be one; the name of the scheme may be
 * in any case (RFC 9110).
 */
function keysOf(exchange: Exchange): string[] {
  const sent = headersOf(exchange, 'authorization').map((value) => value.replace(/^basic\s+/i, ''));
  return sent.length > 0 ? [...new Set(sent)] : ['no key'];
}

/** The only key of a request; `null` where there are several, and nobody can tell which of them counted. */
function keyOf(exchange: Exchange): string | null {
  const [key, ...others] = keysOf(exchange);
  return key !== undefined && others.length === 0 ? key : null;
}

export const keyChecks: Check[] = [
  {
    id: 'configured-keys-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `each of the ${(params.keys as string[]).length} keys entered in the settings is sent, and the API takes it`,
    advice: 'Read the API key from the settings for each request; do not cache the first one.',
    judge: ({ evidence }, params) => {
      const keys = params.keys as string[];
      if (!keys.length) return notTestable('no key was entered in the settings');
      const sent = evidence.exchanges.filter(({ response }) => response && response.status < 400).map(keyOf);
      const missing = keys.filter((key) => !sent.includes(key));
      return judged(
        missing.length === 0,
        missing.length ? `never sent with success: ${listed(missing)}` : `sent: ${listed(keys)}`,
        ids(evidence.exchanges.slice(0, 8)),
      );
    },
  },
  {
    id: 'no-other-key-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each request carries the key that stood in the settings when it was sent',
    advice: 'Remove the hard-coded or cached key.',
    judge: ({ whole }) => {
      const settings = whole
        .all('action')
        .flatMap(({ action, at: from, until }) =>
          action.name === 'configure' ? [{ from, until, key: action.settings.apiKey }] : [],
        );
      const wrong = whole.exchanges.flatMap((exchange) => {
        // A key may be sent from when its entry begins until that of the next has ended.
        const allowed = settings
          .filter(
            ({ from }, index) =>
              from <= exchange.at && exchange.at < (settings[index + 1]?.until ?? Number.POSITIVE_INFINITY),
          )
          .map(({ key }) => key);
        return allowed.length > 0
          ? keysOf(exchange).flatMap((key) => (allowed.includes(key) ? [] : [{ exchange, key }]))
          : [];
      });
      if (!settings.length) return notTestable('no key was entered in the settings');
      return judged(
        wrong.length === 0,
        wrong.length
          ? `${counted(wrong.length, 'request')} with another key, first ${wrong[0]!.key}`
          : `${counted(whole.exchanges.length, 'request')}, none with another key`,
        ids(wrong.slice(0, 5).map(({ exchange }) => exchange)),
      );
    },
  },
  {
    id: 'wrong-key-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'a request with the invalid key is answered 401',
    advice: 'The API has to refuse a key that it never issued.',
    judge: ({ evidence }, params) => {
      const since = evidence.facts('key-revoked').at(-1)?.at ?? 0;
      const tried = evidence.exchanges.filter(
        (exchange) => exchange.at >= since && keyOf(exchange) === params.key,
      );
      if (!tried.length) {
        return failed('the till sent no request with the invalid key, so its user learns nothing of it', [], {
          fault: 'pos',
          advice: 'Call the API when a key is saved, or at the latest with the next sale.',
        });
      }
      const other = tried.find(({ response }) => response?.status !== 401);
      return judged(
        !other,
        other ? `answered ${answered(other)}` : `${counted(tried.length, 'request')}, each answered 401`,
        ids(tried),
      );
    },
  },
];
