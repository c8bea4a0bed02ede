import { Agent, request } from 'undici';
import { connectorTo } from '../pinned.ts';
import type { BrowserDriver } from '../settings.ts';
import { credentialsFor, headerOf } from './basic-auth.ts';
import { unopened } from './opening.ts';

/** How a till's page answers. Throws a `Blocked` that says what to do when it does not. */
export async function statusOfPage(url: string, settings: BrowserDriver): Promise<number> {
  const { anyCertificate = false, certificate } = settings;
  const credentials = credentialsFor(settings);
  const connect =
    certificate === undefined ? { rejectUnauthorized: !anyCertificate } : connectorTo(certificate);
  const dispatcher = new Agent({ connect });
  try {
    const { statusCode, body } = await request(url, {
      headersTimeout: patience,
      dispatcher,
      ...(credentials ? { headers: { authorization: headerOf(credentials) } } : {}),
    });
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
