import { createHash, randomBytes } from 'node:crypto';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';

/** A page of this machine that is being served. */
export interface Served {
  /** Its address, which nobody can guess. */
  readonly url: string;
  close(): Promise<void>;
}

/** A page that is to be served on this machine alone. */
export interface LocalPage {
  readonly server: FastifyInstance;
  /** The path below which all of it is. */
  readonly base: string;
  /** Sends a page under that policy. */
  send(reply: FastifyReply, body: string, policy: string): FastifyReply;
  listen(port?: number): Promise<Served>;
}

/** Sends a page under that policy. */
export const sendPage = (reply: FastifyReply, body: string, policy: string): FastifyReply =>
  reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(body);

/** Its address holds a token, so that no other page in the same browser can do anything here. */
export function localPage(bodyLimit: number): LocalPage {
  const base = `/${randomBytes(18).toString('base64url')}`;
  const server = fastify({ bodyLimit });
  return {
    server,
    base,
    send: sendPage,
    listen: async (port = 0) => {
      const address = await server.listen({ host: '127.0.0.1', port });
      return { url: `${address}${base}/`, close: () => server.close() };
    },
  };
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing runs on the page but its own script, and it asks the kit alone. */
export const policyOf = (style: string, script: string): string =>
  `default-src 'none'; img-src 'self' data:; style-src ${hash(style)}; script-src ${hash(script)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A function that refers to nothing outside itself, as the script of a page. */
export const scriptOf = (run: (page: Document) => void): string => `(${run})(document);`;
