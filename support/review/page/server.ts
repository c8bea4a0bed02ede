import { UsageError } from '../../record/usage-error.ts';
import { renderHtml } from '../../report/index.ts';
import type { Signer } from '../bundle/keys.ts';
import { localPage, type Served } from './local-page.ts';
import { policy, reviewPage, standing, type Verified } from './page.ts';
import type { ReviewSession, Word } from './session.ts';

export interface ServeOptions {
  readonly session: ReviewSession;
  readonly verified: Verified;
  /** The key that signs. Throws a `UsageError` when there is none. */
  readonly signer: () => Signer;
  /** Called when the review was signed, with the file. */
  readonly signed: (file: string) => void;
  readonly port?: number;
}

/** Serves the review page on this machine alone. */
export async function serveReview({
  session,
  verified,
  signer,
  signed,
  port = 0,
}: ServeOptions): Promise<Served> {
  const { server, base, send, listen } = localPage(2 ** 20);
  server.get(`${base}/`, (_, reply) => send(reply, reviewPage(session, verified), policy));
  server.get(`${base}/evidence`, (_, reply) => {
    // It brings a policy of its own.
    return send(reply, certificatePage(session), "frame-ancestors 'none'");
  });
  server.get<{ Params: { row: string; name: string } }>(
    `${base}/picture/:row/:name`,
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
  server.post(`${base}/say`, ({ body }) =>
    answer(() => {
      session.say(wordIn(body));
      return 'Saved.';
    }),
  );
  server.post(`${base}/sign`, () =>
    answer(() => {
      const file = session.sign(signer());
      signed(file);
      return `Signed: ${file}`;
    }),
  );
  return listen(port);
}

/** The certificate's page with what the reviewer has said so far. */
export function certificatePage({ again: { certificate, recording }, besides }: ReviewSession): string {
  return renderHtml(certificate, recording, besides).content.toString();
}

/** What the page sent, member by member: it may be anything. */
function wordIn(body: unknown): Word {
  const { rows, answer, reason, by, lastDay } = (body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    rows: Array.isArray(rows) ? rows.map(text) : [],
    answer: text(answer) as Word['answer'],
    reason: text(reason),
    by: text(by),
    ...(typeof lastDay === 'string' ? { lastDay } : {}),
  };
}
