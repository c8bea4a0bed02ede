import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aSale } from '../../payments/stories/situations.ts';
import type { Story } from '../../payments/stories/story.ts';

/** The operator cancels, and the till sends cancellations that are answered so; 0 is no answer. */
const cancelled = (story: Story, ...answers: number[]): Story =>
  answers.reduce(
    (sent, status) =>
      status
        ? sent.cancel(status)
        : sent.call('PUT', '/terminal-sessions/ts_1/cancel', { trouble: 'upstream-dropped' }),
    story.act({ name: 'cancel' }),
  );

export const hammeredStories: Stories = {
  'nothing-unasked': [
    fails(
      'it cancels six times for one press',
      cancelled(aSale(), 422, 422, 422, 422, 422, 422),
      /^PUT \/terminal-sessions\/ts_1\/cancel was sent, and nobody had asked for it$/,
      { evidence: ['ex_5', 'ex_6', 'ex_7', 'ex_8'] },
    ),
    fails('it cancels until the session has ended', cancelled(aSale(), 200, 200, 200)),
    ...[409, 422, 429, 500, 503].map((status) =>
      passes(`it cancels once more when it was answered ${status}`, cancelled(aSale(), status, 200)),
    ),
    passes('it cancels again as long as no answer comes', cancelled(aSale(), 0, 0, 0, 200)),
    passes('it cancels each time that it is asked', cancelled(cancelled(aSale(), 422, 422), 422, 422)),
    passes(
      'it cancels each of two sessions',
      cancelled(cancelled(aSale(), 200, 200).sale().intent().session(), 200, 200),
    ),
    fails(
      'it captures three times for one press',
      [1, 2, 3].reduce(
        (story) => story.call('POST', '/payment-intents/pi_1/captures', { status: 400 }),
        aSale().act({ name: 'capture' }),
      ),
      /pi_1\/captures was sent/,
    ),
  ],
};
