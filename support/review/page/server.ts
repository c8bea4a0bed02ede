import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { fastify } from 'fastify';
import { UsageError } from '../../record/usage-error.ts';
import { renderHtml } from '../../report/index.ts';
import type { Signer } from '../bundle/keys.ts';
import { policy, reviewPage, standing, type Verified } from './page.ts';
import type { ReviewSession, Word } from './session.ts';

/** A review page that is being served. */
export interface Served {
  /** Its address, which nobody can guess. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly session: ReviewSession;
  readonly verified: Verified;
  /** The key that signs. Throws a `UsageError` when there is none. */
  readonly signer: () => Signer;
  /** Called when the review was signed, with the file. */
  readonly signed: (file: string) => void;
  readonly port?: number;
}

/**
 * Serves the review page on this machine alone. Its address holds a token, so that no other page in the reviewer's browser
 * can decide anything.
 */
export async function serveReview({
  session,
  verified,
  signer,
  signed,
  port = 0,
}: ServeOptions): Promise<Served> {
  const token = randomBytes(18).toString('base64url');
  const server = fastify({ bodyLimit: 2 ** 20 });
  const page = (reply: FastifyReply, body: string, security: string) =>
    reply
      .header('content-security-policy', security)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(body);
  server.get(`/${token}/`, (_, reply) => page(reply, reviewPage(session, verified), policy));
  server.get(`/${token}/evidence`, (_, reply) => {
    // It brings a policy of its own.
    return page(reply, certificatePage(session), "frame-ancestors 'none'");
  });
  server.get<{ Params: { row: string; name: string } }>(
    `/${token}/picture/:row/:name`,
    ({ params: { row, name } }, reply) => {
      const found = session.picture(row, name);
      if (!found) return reply.callNotFound();
      return reply.type(found.type).header('x-content-type-options', 'nosniff').send(found.bytes);
    },
  );
  const answer = (act: () => string) => {
    try {
      return { said: act(), standing: standing(session) };
    } catch (error) {
      if (error instanceof UsageError) return { wrong: error.message };
      throw error;
    }
  };
  server.post(`/${token}/say`, ({ body }) =>
    answer(() => {
      session.say(wordIn(body));
      return 'Saved.';
    }),
  );
  server.post(`/${token}/sign`, () =>
    answer(() => {
      const file = session.sign(signer());
      signed(file);
      return `Signed: ${file}`;
    }),
  );
  const address = await server.listen({ host: '127.0.0.1', port });
  return { url: `${address}/${token}/`, close: () => server.close() };
}

/** The certificate's page with what the reviewer has said so far. */
export function certificatePage({ again: { certificate, recording }, besides }: ReviewSession): string {
  return renderHtml(certificate, recording, besides).content.toString();
}

/** What the page sent, member by member: it may be anything. */
function wordIn(body: unknown): Word {
  const { rows, answer, reason, by, until } = (body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    rows: Array.isArray(rows) ? rows.map(text) : [],
    answer: text(answer) as Word['answer'],
    reason: text(reason),
    by: text(by),
    ...(typeof until === 'string' ? { until } : {}),
  };
}
