import { judged, listed, type Result } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { jsonOf, listAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';

/** How the till answered the events that the kit sent it, signed rightly or not. */
function delivery(id: string, expected: string, genuine: boolean): Check {
  return {
    id,
    plane: 'state',
    fault: 'pos',
    expected: () => expected,
    advice: 'Verify `dojo-signature` over the raw body of each event; a missing header is a wrong one.',
    judge: (scene): Result => {
      const sent = scene.evidence
        .facts('event-sent')
        .flatMap(({ detail }) => (detail.genuine === genuine ? detail : []));
      if (!sent.length) {
        return {
          outcome: 'review',
          observed: 'the receiver of the events cannot be reached from here',
          evidence: [],
          advice: "Show a reviewer the receiver's log for an event, and for one with a wrong signature.",
        };
      }
      const good = sent.filter(({ status }) => (genuine ? status >= 200 && status < 300 : status >= 400));
      return judged(
        good.length === sent.length,
        sent.map(({ what, status }) => `${what}: ${status || 'no answer'}`).join('; '),
      );
    },
  };
}

export const eventChecks: Check[] = [
  {
    id: 'subscription-there',
    plane: 'state',
    fault: 'pos',
    expected: () => 'GET /webhooks lists a subscription to an event of payment intents',
    advice: 'Subscribe to payment_intent.status_updated, by the API or in the developer portal.',
    judge: ({ evidence }) => {
      const read = evidence.all('state').findLast(({ resource }) => resource === 'webhooks');
      const events = listAt(jsonOf(read?.exchange.response ?? null)).flatMap((one) =>
        listAt(one, 'events').map(String),
      );
      const taken = evidence.requests('subscribe').filter(({ response }) => response?.status === 200);
      const asked = taken.flatMap(({ request }) => listAt(jsonOf(request), 'events').map(String));
      const lost = asked.filter((name) => !events.includes(name));
      const result = judged(
        events.some((name) => name.startsWith('payment_intent.')) && !lost.length,
        `subscribed to ${listed(events)}${lost.length ? `, not to ${listed(lost)}` : ''}`,
        read ? [read.exchange.id] : [],
      );
      if (result.outcome === 'passed' && !events.includes('payment_intent.status_updated'))
        return {
          ...result,
          outcome: 'warning',
          observed: `${result.observed}: none of these reports how a payment ends`,
        };
      return asked.length ? { ...result, fault: 'api' } : result;
    },
  },
  {
    id: 'events-signed',
    plane: 'state',
    fault: 'api',
    expected: () => 'each event that the API sends is signed with the active secret of the subscription',
    advice: 'The API has to sign the raw body with the secret that GET /webhooks/{id}/secrets gives.',
    judge: ({ evidence }, params) => {
      const events = evidence.facts('event-received').map(({ detail }) => detail);
      if (!events.length && params.reachable !== true) {
        return {
          outcome: 'review',
          observed: 'no event came, and the API cannot reach this machine',
          evidence: [],
          advice: "Show a reviewer the receiver's log of an event whose signature was verified.",
        };
      }
      const forged = events.filter(({ genuine }) => !genuine);
      return judged(
        events.length > 0 && !forged.length,
        events.length
          ? `${counted(events.length, 'event')} came, ${forged.length ? `${forged.length} of them signed wrongly` : 'all signed rightly'}`
          : 'no event came',
      );
    },
  },
  delivery('event-accepted', 'an event that is signed rightly is confirmed with 2xx', true),
  delivery('forged-event-refused', 'an event whose signature is wrong, or missing, is refused', false),
];
