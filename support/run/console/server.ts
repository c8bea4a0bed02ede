import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Said } from '../../drivers/attended/answers.ts';
import { pictureType } from '../../record/picture.ts';
import { localPage, type Served, sendPage } from '../../review/page/local-page.ts';
import { consolePage, fragmentsOf, policy } from './page.ts';
import type { ConsoleSession } from './session.ts';

/** The largest photo that is taken, in bytes. */
export const largest = 20 * 2 ** 20;

/** The page asks again after this, in ms: some ways to a browser do not bear longer silence. */
const silence = 25_000;

/** Serves the console on this machine alone. `abort` ends the run. */
export async function serveConsole(session: ConsoleSession, abort: () => void): Promise<Served> {
  const { server, base, listen } = localPage(largest);
  addConsole(server, base, session, abort);
  return listen();
}

/** Lets a server answer as the console, below `base`; who may ask is the server's. */
export function addConsole(
  server: Pick<FastifyInstance, 'get' | 'post' | 'addContentTypeParser'>,
  base: string,
  session: ConsoleSession,
  abort: () => void,
): void {
  const { desk } = session;
  const answered = (wrong: string | null) => (wrong === null ? {} : { wrong });
  server.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  server.get(`${base}/`, (_, reply) => sendPage(reply, consolePage(session), policy));
  server.get<{ Querystring: { after?: string } }>(`${base}/now`, async ({ query }, reply) => {
    await session.after(Number(query.after ?? -1), silence);
    if (session.phase === 'over') reply.raw.once('finish', () => session.parted());
    return reply.header('cache-control', 'no-store').send(fragmentsOf(session));
  });
  server.get<{ Params: { number: string } }>(`${base}/where/:number`, ({ params }, reply) => {
    const { number, step } = desk.open ?? {};
    if (String(number) !== params.number || step?.picture === undefined) return reply.callNotFound();
    const bytes = readFileSync(step.picture);
    return reply.type(pictureType(bytes) ?? 'application/octet-stream').send(bytes);
  });
  server.get(`${base}/photo`, (_, reply) => {
    const bytes = desk.photo?.bytes;
    if (!bytes) return reply.callNotFound();
    return reply
      .header('cache-control', 'no-store')
      .type(pictureType(bytes) ?? 'application/octet-stream')
      .send(bytes);
  });
  server.post(`${base}/begin`, ({ body }) => {
    const { by, rows, only } = members(body);
    return answered(
      session.begin({
        by: text(by),
        rows: rows === 'trial' ? 'trial' : 'all',
        ...(Array.isArray(only) ? { only: only.map(text) } : {}),
      }),
    );
  });
  server.post(`${base}/reply`, ({ body }) => {
    const { number, how, words, said } = members(body);
    const at = typeof number === 'number' ? number : -1;
    if (how === 'done') return answered(desk.reply(at, { how }));
    if (how === 'refused') return answered(desk.reply(at, { how, words: text(words) }));
    return answered(desk.reply(at, { how: 'said', said: saidIn(said) }));
  });
  server.post(`${base}/photo`, ({ body }) =>
    answered(Buffer.isBuffer(body) ? desk.take(body) : 'The photo did not arrive as a picture.'),
  );
  server.post(`${base}/leave`, ({ body }) => answered(desk.leave(text(members(body).reason))));
  server.post(`${base}/correct`, ({ body }) => answered(session.correct(text(members(body).row))));
  server.post(`${base}/pause`, () => answered(desk.pause() ?? null));
  server.post(`${base}/resume`, () => answered(desk.resume() ?? null));
  server.post(`${base}/abort`, () => answered(abort() ?? null));
}

/** What a page sent, member by member: it may be anything. */
const members = (body: unknown): Record<string, unknown> => (body ?? {}) as Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 2000) : '');

function saidIn(value: unknown): Said {
  const { choice, prompt, buttons, words } = members(value);
  return {
    ...(text(choice) ? { choice: text(choice) } : {}),
    ...(text(prompt) ? { prompt: text(prompt) } : {}),
    ...(Array.isArray(buttons) ? { buttons: buttons.map(text) } : {}),
    ...(text(words).trim() ? { words: text(words).trim() } : {}),
  };
}
