import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../../judging/testing/bench.ts';
import { judges } from '../../../../judging/testing/judges.ts';
import { aPaidSale, aSale, entry } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

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

test('what a card machine is called shows the list that the till was given, and the last picture', () => {
  const chooser = (story: Story): Story => story.shows({ cardMachines: ['VCMSIP0'] }, 'a.png').shows({});
  const given = new Story().call('GET', '/terminals', {
    answer: [{ id: 'tm_1', status: 'InUse', properties: { tid: 'VCMSIP0' } }],
  });
  assert.deepEqual(finding('availability-as-told', chooser(given)).evidence, ['ex_1', 'a.png']);
  assert.deepEqual(finding('availability-as-told', chooser(new Story())).evidence, ['a.png']);
});
test('a reason that is not shown shows the refusal and the last picture', () => {
  const story = aSale()
    .act({ name: 'changeAmount', amount: 1 })
    .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'It is paid.' } })
    .shows({}, 'a.png');
  assert.deepEqual(finding('shows-refusal', story).evidence, ['ex_3', 'a.png']);
});

for (const check of ['shows-refusal-if-sent', 'shows-refusal']) {
  const unsent = check === 'shows-refusal' ? 'review' : 'passed';
  const asked = () => aPaidSale().act({ name: 'changeAmount', amount: 1500 });
  judges(check, [
    [
      'failed',
      'it never sent the change, and shows it as authorised',
      asked().shows({ notice: 'Authorized £15.00' }),
    ],
    ['failed', 'it shows it as changed', asked().shows({ notice: 'Amount changed to £15' })],
    ['failed', 'its page says so', asked().shows({ text: 'Order 1\nAuthorised: £15.00' })],
    ['failed', 'its journal has it', asked().shows({ ledger: [entry({ amount: 1500, total: 1500 })] })],
    [
      unsent,
      'it says that nothing changed',
      asked().shows({ notice: 'The amount cannot be changed to £15.00' }),
    ],
    [unsent, 'it says nothing', asked().shows({})],
    [unsent, 'its journal has what it had', asked().shows({ ledger: [entry()] })],
    [unsent, 'it goes on showing the old amount', asked().shows({ notice: 'Authorised £10.00' })],
  ]);
}
