import { createHmac } from 'node:crypto';

/** `sha256=AA-BB-…`: HMAC-SHA256 of the raw body, with the secret's value as key (webhooks page). */
export function signatureOf(body: Buffer | string, secret: string): string {
  const digest = createHmac('sha256', secret).update(body).digest('hex').toUpperCase();
  return `sha256=${digest.match(/../g)!.join('-')}`;
}
