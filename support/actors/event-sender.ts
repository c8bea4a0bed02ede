import { Agent, request } from 'undici';
import { isOnLoopback } from '../record/loopback.ts';
import { signatureOf } from '../traffic/signature.ts';

/** An event that was sent to a till's receiver; `status` is 0 when it gave no answer. */
export interface Delivered {
  readonly what: string;
  readonly genuine: boolean;
  readonly status: number;
}

/**
 * Sends events about a payment intent to a till's receiver: a genuine one twice, as may happen to it, one whose
 * signature is wrong and one without. Nothing is sent to a receiver that is not on this machine.
 */
export function deliverEvents(url: string, secret: string, paymentIntentId: string): Promise<Delivered[]> {
  const body = bodyOf({
    id: `evt_kit_${paymentIntentId}`,
    paymentIntentId,
    createdAt: new Date().toISOString(),
  });
  const good = signatureOf(body, secret);
  return deliver(url, body, [
    { what: 'without a signature', genuine: false, signature: null },
    { what: 'with a wrong signature', genuine: false, signature: signatureOf(body, `${secret}-forged`) },
    { what: 'genuine', genuine: true, signature: good },
    { what: 'genuine, delivered again', genuine: true, signature: good },
  ]);
}

/** The event that a payment intent was captured at some time (ISO 8601). */
export interface CaptureEvent {
  readonly id: string;
  readonly paymentIntentId: string;
  readonly createdAt: string;
}

/**
 * Sends a genuine event, the same one for each delivery that is named. Nothing is sent to a receiver that is
 * not on this machine.
 */
export function deliverCapture(
  url: string,
  secret: string,
  event: CaptureEvent,
  deliveries: readonly string[],
): Promise<Delivered[]> {
  const body = bodyOf(event);
  const signature = signatureOf(body, secret);
  return deliver(
    url,
    body,
    deliveries.map((what) => ({ what, genuine: true, signature })),
  );
}

/** The event as it is sent. */
export const captured = ({ id, paymentIntentId, createdAt }: CaptureEvent) => ({
  id,
  event: 'payment_intent.status_updated',
  accountId: 'acc_test',
  createdAt,
  data: { paymentIntentId, paymentStatus: 'Captured', captureMode: 'Auto' },
});

const bodyOf = (event: CaptureEvent): string => JSON.stringify(captured(event));

interface Delivery {
  readonly what: string;
  readonly genuine: boolean;
  readonly signature: string | null;
}

/** Delivers a body in turn, and tells how each was answered. */
async function deliver(url: string, body: string, deliveries: readonly Delivery[]): Promise<Delivered[]> {
  if (!isOnLoopback(url)) return [];
  // A till on this machine has a certificate of its own making.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, headersTimeout: 10_000 });
  const send = async ({ signature }: Delivery): Promise<number> => {
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher,
        headers: {
          'content-type': 'application/json',
          ...(signature ? { 'dojo-signature': signature } : {}),
        },
        body,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return 0;
    }
  };
  try {
    const delivered: Delivered[] = [];
    for (const one of deliveries) {
      const { what, genuine } = one;
      delivered.push({ what, genuine, status: await send(one) });
    }
    return delivered;
  } finally {
    await dispatcher.close();
  }
}
