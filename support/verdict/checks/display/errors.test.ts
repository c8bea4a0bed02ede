import { judges } from '../../testing/judges.ts';
import { aSale, Story } from '../../testing/story.ts';

const wrongKey = 'The API key is incorrect';
const tooLate = 'It cannot be cancelled any more';
const unavailable = 'The card machine is not available';

judges('shows-check-key', [
  [
    'passed',
    'it says so, and goes on to something else',
    new Story().configure().shows({ notice: wrongKey }).sale().shows({ notice: null }),
  ],
  [
    'passed',
    'it said so before, not for a while, and again',
    new Story()
      .shows({ notice: wrongKey })
      .wait(5)
      .configure()
      .shows({ notice: null })
      .shows({ notice: wrongKey }),
  ],
  [
    'failed',
    'it said so of the key before',
    new Story().configure().shows({ notice: wrongKey }).wait(5).configure().shows({ notice: null }),
  ],
  [
    'failed',
    'it says any of several things',
    new Story().configure().shows({ notice: `${wrongKey} or ${unavailable}` }),
  ],
  [
    'review',
    'it names another cause as well',
    new Story().configure().shows({ notice: `${unavailable}. ${wrongKey}.` }),
  ],
]);

judges('shows-cancel-refused', [
  [
    'passed',
    'it says so, and goes on to something else',
    aSale()
      .act({ name: 'cancel' })
      .shows({ notice: tooLate })
      .act({ name: 'listTerminals' })
      .shows({ notice: null }),
  ],
  [
    'failed',
    'it said so before it was asked for',
    aSale().shows({ notice: tooLate }).wait(5).act({ name: 'cancel' }).shows({ notice: null }),
  ],
]);

judges('says-check-machine', [
  [
    'passed',
    'it says so with the cause',
    aSale().shows({ notice: `${unavailable}. Check the card machine.` }),
  ],
  ['failed', 'it says the cause alone', aSale().shows({ notice: unavailable })],
]);

judges('shows-refusal', [
  [
    'passed',
    'it is shown, and something else was done since',
    aSale()
      .act({ name: 'changeAmount', amount: 1 })
      .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'It is paid.' } })
      .shows({ text: 'It is paid.' })
      .act({ name: 'listTerminals' }),
  ],
]);
