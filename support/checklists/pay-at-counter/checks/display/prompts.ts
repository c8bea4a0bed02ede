import {
  type Check,
  failed,
  judged,
  listed,
  notTestable,
  type Scene,
  seconds,
} from '../../../../checklist/check.ts';
import { isFinal, listAt, type Session, textAt } from '../../../../record/evidence.ts';
import { says } from '../../../../record/phrases.ts';
import { byWords, pictureAt, quoted, wordsOfPrompt } from './shown.ts';

export const promptChecks: Check[] = [
  {
    id: 'prompts-shown',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: (_, run) =>
      `each prompt of the card machine that lasts ${seconds(run.criteria['display.prompt']!)} or more is on the display while it lasts`,
    advice: byWords('Show the latest of `notificationEvents` after each poll.', 'prompts'),
    judge: (scene) => {
      const { evidence, run } = scene;
      const shown = evidence.all('display');
      const missed: string[] = [];
      const seen: string[] = [];
      for (const session of evidence.sessions) {
        for (const { type, from, to } of lasting(session, run.criteria['display.prompt']!)) {
          const words = wordsOfPrompt(type, run);
          const live = shown.some((one, index) => {
            const gone = shown[index + 1]?.at ?? Number.POSITIVE_INFINITY;
            return gone > from && one.at < to && says(one.display.prompt, words);
          });
          (live ? seen : missed).push(type);
        }
      }
      if (!seen.length && !missed.length) return notTestable('no prompt lasted long enough to be seen');
      const all = shown.find(({ display }) => named(display.prompt, scene).size > 2)?.display.prompt;
      if (all) {
        const types = [...named(all, scene)];
        return failed(`shows ${quoted(all)}, which stands for ${listed(types)} at once`, pictureAt(evidence));
      }
      return judged(
        missed.length === 0,
        missed.length ? `never shown while it lasted: ${listed(missed)}` : `shown live: ${listed(seen)}`,
        pictureAt(evidence),
      );
    },
  },
];

/** Prompts that ask for the card, in one way or another: one wording may do for all of them. */
const forCard: ReadonlySet<string> = new Set([
  'PresentCard',
  'InsertCard',
  'PresentOnlyOneCard',
  'ReEnterCard',
]);

/** The prompts of the row's sessions that a text names, those that ask for the card counted as one. */
function named(text: string | null, { evidence, run }: Scene): Set<string> {
  const types = new Set(
    evidence.sessions.flatMap(({ told }) => told.at(-1)?.prompts ?? []).map(({ type }) => type),
  );
  return new Set(
    [...types]
      .filter((type) => says(text, wordsOfPrompt(type, run)))
      .map((type) => (forCard.has(type) ? 'PresentCard' : type)),
  );
}

/** Prompts of a session that lasted at least that long, with when the till was told of each and of the next thing. */
function lasting(session: Session, least: number): { type: string; from: number; to: number }[] {
  const last = session.told.at(-1);
  if (!last) return [];
  const ends = listAt(session.state, 'statusEvents')
    .filter(
      (event) =>
        isFinal(textAt(event, 'status') ?? '') || textAt(event, 'status') === 'SignatureVerificationRequired',
    )
    .map((event) => Date.parse(textAt(event, 'createdAt') ?? ''));
  return last.prompts.flatMap((prompt, index) => {
    const next = last.prompts[index + 1]?.createdAt ?? ends.find((time) => time >= prompt.createdAt);
    if (next === undefined || next - prompt.createdAt < least) return [];
    const told = session.told.find(({ prompts }) => prompts.length > index) ?? last;
    const gone = session.told.find(({ prompts, status }) => prompts.length > index + 1 || isFinal(status));
    return [{ type: prompt.type, from: told.exchange.until, to: (gone ?? last).exchange.until }];
  });
}
