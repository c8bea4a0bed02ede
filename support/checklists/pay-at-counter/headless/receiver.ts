import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { textAt } from '../../../record/evidence.ts';
import { inUrl, loopbackAddress } from '../../../record/loopback.ts';
import type { Json } from '../../../record/vocabulary.ts';
import { signatureOf } from '../../../traffic/signature.ts';

/** An event that the API has sent to the till; `genuine` when its signature is right. */
export interface ReceivedEvent {
  readonly name: string;
  readonly paymentIntentId: string;
  readonly genuine: boolean;
}

/** Where the headless till takes events: https on loopback, with a certificate of its own making. */
export class EventReceiver {
  readonly #server: Server;
  readonly #received: ReceivedEvent[] = [];
  #heard: () => void = () => {};
  /** The secret that events are signed with; none is accepted before it is known. */
  secret: string | null = null;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<EventReceiver> {
    const { private: key, cert } = await (await import('selfsigned')).generate([
      { name: 'commonName', value: 'localhost' },
    ]);
    const server = createServer({ key, cert });
    const receiver = new EventReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = request.headers['dojo-signature'];
        const body = Buffer.concat(chunks);
        const genuine = receiver.#isGenuine(body, typeof signature === 'string' ? signature : '');
        receiver.#note(body, genuine);
        response.writeHead(genuine ? 200 : 401).end();
      });
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(0, loopbackAddress(), resolve),
    );
    return receiver;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `https://${inUrl(address)}:${port}/events`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** What has come so far; waits for the first one, and no longer than so many ms. */
  async received(ms: number): Promise<readonly ReceivedEvent[]> {
    if (!this.#received.length) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const late = setTimeout(resolve, ms);
      this.#heard = resolve;
      await promise;
      clearTimeout(late);
    }
    return [...this.#received];
  }

  #isGenuine(body: Buffer, signature: string): boolean {
    if (!this.secret) return false;
    const expected = Buffer.from(signatureOf(body, this.secret));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  #note(body: Buffer, genuine: boolean): void {
    const event = jsonIn(body.toString());
    this.#received.push({
      name: textAt(event, 'event') ?? '',
      paymentIntentId: textAt(event, 'data', 'paymentIntentId') ?? '',
      genuine,
    });
    this.#heard();
  }
}

/** JSON, or `null` where it is none. */
function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
