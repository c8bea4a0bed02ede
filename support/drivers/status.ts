import { request } from 'undici';
import { Blocked } from '../record/blocked.ts';

/** How a page answers. Throws a `Blocked` with that advice when it does not. */
export async function statusOf(url: string, advice: string): Promise<number> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: patience });
    await body.dump();
    return statusCode;
  } catch (error) {
    const why =
      error instanceof Error && error.message ? error.message : (error as NodeJS.ErrnoException).code;
    throw new Blocked('KIT-TILL-002', `${url} can't be reached: ${why}`, advice);
  }
}

/** How long a till's page may take to answer, in ms. */
const patience = 60_000;
