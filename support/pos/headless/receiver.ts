import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { signatureOf } from '../events.ts';

/** Where the headless till takes events: https on loopback, with a certificate of its own making. */
export class EventReceiver {
  readonly #server: Server;
  readonly #seen = new Set<string>();
  /** The secret that events are signed with; none is accepted before it is known. */
  secret: string | null = null;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<EventReceiver> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const server = createServer({ key, cert });
    const receiver = new EventReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = request.headers['dojo-signature'];
        response
          .writeHead(
            receiver.#accepts(Buffer.concat(chunks), typeof signature === 'string' ? signature : '')
              ? 200
              : 401,
          )
          .end();
      });
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(0, '127.0.0.1', resolve),
    );
    return receiver;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** An event that came before is confirmed again: it is delivered at least once. */
  #accepts(body: Buffer, signature: string): boolean {
    if (!this.secret) return false;
    const expected = Buffer.from(signatureOf(body, this.secret));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
    this.#seen.add((JSON.parse(body.toString()) as { id: string }).id);
    return true;
  }
}
