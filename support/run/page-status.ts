import { Agent, request } from 'undici';
import { unopened } from '../drivers/browser/opening.ts';
import type { DriverSettings } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';

/** How a till's page answers. Throws a `Blocked` that says what to do when it does not. */
export async function statusOfPage(url: string, driver: DriverSettings): Promise<number> {
  const any = driver.kind === 'browser' && driver.anyCertificate;
  const dispatcher = new Agent({ connect: { rejectUnauthorized: !any } });
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

/** How a page answers. Throws a `Blocked` with that advice when it does not. */
export async function statusOf(url: string, advice: string): Promise<number> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: patience });
    await body.dump();
    return statusCode;
  } catch (error) {
    const why =
      error instanceof Error && error.message ? error.message : (error as NodeJS.ErrnoException).code;
    throw new Blocked(`${url} can't be reached: ${why}`, advice);
  }
}

/** How long a till's page may take to answer, in ms. */
const patience = 60_000;
