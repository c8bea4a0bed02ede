import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

/** An event that was sent to a till's receiver; `status` is 0 when it gave no answer. */
export interface Delivered {
  readonly what: string;
  readonly genuine: boolean;
  readonly status: number;
}

/** `sha256=AA-BB-…`: HMAC-SHA256 of the raw body, with the secret's value as key (webhooks page). */
export function signatureOf(body: Buffer | string, secret: string): string {
  const digest = createHmac('sha256', secret).update(body).digest('hex').toUpperCase();
  return `sha256=${digest.match(/../g)!.join('-')}`;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Sends events about a payment intent to a till's receiver: a genuine one twice, as may happen to it, one whose
 * signature is wrong and one without. Nothing is sent to a receiver that is not on this machine.
 */
export async function deliverEvents(
  url: string,
  secret: string,
  paymentIntentId: string,
): Promise<Delivered[]> {
  if (!URL.canParse(url) || !loopback.has(new URL(url).hostname)) return [];
  const body = JSON.stringify({
    id: `evt_kit_${paymentIntentId}`,
    event: 'payment_intent.status_updated',
    accountId: 'acc_test',
    createdAt: new Date().toISOString(),
    data: { paymentIntentId, paymentStatus: 'Captured', captureMode: 'Auto' },
  });
  const good = signatureOf(body, secret);
  // A till on this machine has a certificate of its own making.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, headersTimeout: 10_000 });
  const send = async (what: string, genuine: boolean, signature: string | null): Promise<Delivered> => {
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
      return { what, genuine, status: answer.statusCode };
    } catch {
      return { what, genuine, status: 0 };
    }
  };
  try {
    return [
      await send('without a signature', false, null),
      await send('with a wrong signature', false, signatureOf(body, `${secret}-forged`)),
      await send('genuine', true, good),
      await send('genuine, delivered again', true, good),
    ];
  } finally {
    await dispatcher.close();
  }
}
