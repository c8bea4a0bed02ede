import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** So that the time of a comparison says nothing of the secret. */
const same = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

/** Lets in whoever opens a link first, and from then on knows that browser by a cookie: each link is used up by that. */
export class OneTimeLink {
  readonly #visitors = new Set<string>();
  readonly #announce: (path: string) => void;
  /** Cookies go to all ports of a machine: each door has a name of its own. */
  readonly #name = `kit-${randomBytes(4).toString('hex')}`;
  #token = '';

  /** `announce` is called with the first link, as a path, and with another each time one was used. */
  constructor(announce: (path: string) => void) {
    this.#announce = announce;
    this.#renew();
  }

  /** Whether this visitor was here before, or comes by the link, which is used up with that. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const sent = (request.headers.cookie ?? '').split(/;\s*/).find((one) => one.startsWith(`${this.#name}=`));
    const cookie = sent?.slice(this.#name.length + 1) ?? '';
    if ([...this.#visitors].some((known) => same(known, cookie))) return true;
    const { searchParams } = new URL(request.url ?? '/', 'https://kit');
    if (request.method !== 'GET' || !same(searchParams.get('token') ?? '', this.#token)) return false;
    const visitor = randomBytes(16).toString('hex');
    this.#visitors.add(visitor);
    response.setHeader('set-cookie', `${this.#name}=${visitor}; Secure; HttpOnly; SameSite=Strict; Path=/`);
    this.#renew();
    return true;
  }

  #renew(): void {
    this.#token = randomBytes(16).toString('hex');
    this.#announce(`/?token=${this.#token}`);
  }
}
