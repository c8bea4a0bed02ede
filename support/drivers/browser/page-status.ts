import { Agent, request } from 'undici';
import type { BrowserDriver } from '../settings.ts';
import { unopened } from './opening.ts';

/** How a till's page answers. Throws a `Blocked` that says what to do when it does not. */
export async function statusOfPage(url: string, { anyCertificate = false }: BrowserDriver): Promise<number> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: !anyCertificate } });
  try {
    const { statusCode, body } = await request(url, { headersTimeout: patience, dispatcher });
    await body.dump();
    return statusCode;
  } catch (error) {
    throw unopened(url, error);
  } finally {
    await dispatcher.close();
  }
}

/** How long a till's page may take to answer, in ms. */
const patience = 60_000;
