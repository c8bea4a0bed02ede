import { type Case, fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aSale, shown } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** What a list of card machines says of one. */
const list = (status: string) => ({
  answer: [{ id: 'tm_1', status, properties: { tid: 'VCMSIP0' } }],
});

/** A till that has learned so. */
const listed = (status: string): Story => new Story().call('GET', '/terminals', list(status));

/** A sale on it is refused. */
const refusedOn = (story: Story, terminalId = 'tm_1', detail = 'The terminal is not available'): Story =>
  story.sale().intent().session({ terminalId, refused: 404, detail });

function speaks(words: string): readonly Case[] {
  return [
    passes('a notice says so', shown({ notice: words }), new RegExp(words)),
    passes('a dialogue says so', shown({ dialogues: [{ text: words, options: ['OK'] }] }), new RegExp(words)),
    fails('it says something else', shown({ notice: 'Something went wrong' }), /"Something went wrong"/),
    fails('it says nothing', shown({}), /nothing about it/),
    fails('it says so only in its text', shown({ text: words }), /nothing about it/),
    fails('nothing changes on it', new Story().shows({}).sale(), /shows nothing about it/),
    fails(
      'nothing changes on it, and it said so before',
      new Story().shows({ notice: words }).sale(),
      new RegExp(`"${words}", and did so before the action`),
    ),
    fails(
      'it says so too briefly to be read',
      shown({ notice: words }).wait(200).shows({ notice: null }),
      /it was gone after 201 ms/,
    ),
    passes(
      'it says so for a while',
      shown({ notice: words }).wait(2000).shows({ notice: null }),
      new RegExp(words),
    ),
    passes(
      'it stops saying so when it is asked for something else',
      shown({ notice: words }).act({ name: 'listTerminals' }).shows({ notice: null }),
      new RegExp(words),
    ),
    fails(
      'it said so before, and no change was seen',
      new Story().shows({ notice: words }).wait(100).sale().shows({ prompt: 'x' }),
      /and did so before the action/,
    ),
    fails('nothing was seen of it', new Story().sale(), /Not testable/),
  ];
}

const wrongKey = 'The API key is incorrect';

const unavailable = 'The card machine is not available';

const chooser = (story: Story): Story => story.shows({ cardMachines: ['VCMSIP0'] }, 'a.png').shows({});

export const errorStories: Stories = {
  'shows-check-key': [
    passes(
      'a notice says so',
      new Story().shows({}).configure('wrong').shows({ notice: 'API key is incorrect' }),
      /API key is incorrect/,
    ),
    reviews(
      'it gives it as the reason of another error',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Card payments are not available: API key is incorrect' }),
      /names another cause as well/,
    ),
    reviews(
      'it gives it as the reason, and a choice of what to do',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Card payments are not available. Check the API key or call support.' }),
      /names another cause as well/,
    ),
    reviews(
      'it said any of several things, and goes on to one that is the reason of another',
      new Story()
        .shows({})
        .configure('wrong')
        .shows({ notice: 'Check the API key, or the card machine is not available' })
        .shows({ notice: 'Card payments are not available: API key is incorrect' }),
      /names another cause as well/,
    ),
    fails(
      'every error is shown as the same one',
      new Story().shows({}).configure('wrong').shows({ notice: 'Connection failed' }),
      /"Connection failed"/,
    ),
    fails(
      'it said so before the key was entered',
      new Story().shows({ notice: 'Invalid API key' }).configure('wrong').shows({ prompt: 'x' }),
      /did so before the action/,
    ),
    fails('it says nothing', new Story().configure('wrong').shows({}), /nothing about it/),
    fails('nothing was seen of it', new Story().configure('wrong'), /Not testable/),
    passes(
      'it says so, and goes on to something else',
      new Story().configure().shows({ notice: wrongKey }).sale().shows({ notice: null }),
    ),
    passes(
      'it said so before, not for a while, and again',
      new Story()
        .shows({ notice: wrongKey })
        .wait(5)
        .configure()
        .shows({ notice: null })
        .shows({ notice: wrongKey }),
    ),
    fails(
      'it said so of the key before',
      new Story().configure().shows({ notice: wrongKey }).wait(5).configure().shows({ notice: null }),
    ),
    fails(
      'it says any of several things',
      new Story().configure().shows({ notice: `${wrongKey} or ${unavailable}` }),
    ),
    reviews(
      'it names another cause as well',
      new Story().configure().shows({ notice: `${unavailable}. ${wrongKey}.` }),
    ),
  ],
  'shows-unavailable': [
    ...speaks('The card machine is not available'),
    fails('it says the contrary', shown({ notice: 'The card machine is no longer busy' }), /no longer busy/),
    fails(
      'it says what it says of any error',
      shown({ notice: 'Check the API key, or the card machine is not available' }),
      /names another cause as well/,
    ),
    fails(
      'it says one of three things',
      shown({
        notice: 'The card machine is not available or the API key is incorrect or it cannot be cancelled',
      }),
      /it may be said of any error/,
    ),
    passes(
      'the chooser says so, and nothing was sent',
      shown({ cardMachines: ['VCMSIP0 (in use)'] }),
      /VCMSIP0 \(in use\)/,
    ),
    fails(
      'the chooser says so, and the refusal of the session is kept from the user',
      new Story()
        .shows({})
        .wait(100)
        .sale()
        .intent()
        .session({ refused: 404 })
        .shows({ cardMachines: ['VCMSIP0 (in use)'] }),
      /nothing about it/,
    ),
  ],
  'availability-as-answered': [
    passes(
      'the chooser says what the API said of it',
      listed('InUse').shows({ cardMachines: ['VCMSIP0 (not available)'] }),
      /"VCMSIP0 \(not available\)" of a card machine that is InUse/,
    ),
    passes(
      'the chooser says nothing of it',
      listed('Offline').shows({ cardMachines: ['another, available'] }),
      /nothing of VCMSIP0, which is Offline/,
    ),
    passes(
      'it read so',
      listed('Available').shows({ cardMachines: ['VCMSIP0 (available)'] }),
      /reported no card machine that is not available/,
    ),
    passes(
      'it read so later',
      listed('InUse')
        .call('GET', '/terminals', list('Available'))
        .shows({ cardMachines: ['VCMSIP0, free'] }),
      /reported no card machine that is not available/,
    ),
    fails(
      'it is in use',
      listed('InUse').shows({ cardMachines: ['VCMSIP1, in use', 'VCMSIP0, available'] }),
      /"VCMSIP0, available" of a card machine that is InUse/,
    ),
    fails(
      'a later list was refused',
      listed('Offline')
        .call('GET', '/terminals', { status: 500, answer: [] })
        .shows({ cardMachines: ['VCMSIP0: ready'] }),
      /"VCMSIP0: ready" of a card machine that is Offline/,
    ),
    passes(
      'the API tells no status of it, or a status of none',
      new Story()
        .call('GET', '/terminals', {
          answer: [
            { id: 'tm_1', properties: { tid: 'VCMSIP0' } },
            { id: 'tm_2', status: 'InUse' },
          ],
        })
        .shows({ cardMachines: ['VCMSIP0, available'] }),
      /reported no card machine that is not available/,
    ),
    fails('nothing was seen of it', listed('InUse'), /Not testable/),
    fails(
      'it was available in the list, and a sale on it was refused since',
      refusedOn(listed('Available')).shows({ cardMachines: ['VCMSIP0, available'] }),
      /"VCMSIP0, available" of a card machine that is not available, by the answer 404/,
    ),
    fails(
      'it was never listed, and a sale on it was refused',
      refusedOn(new Story().choose('SIP0'), 'SIP0').shows({ cardMachines: ['VCMSIP0 ready'] }),
      /that is not available, by the answer 404/,
    ),
    passes(
      'it was listed as available again after that',
      refusedOn(listed('Available'))
        .call('GET', '/terminals', list('Available'))
        .shows({ cardMachines: ['VCMSIP0, available'] }),
      /reported no card machine that is not available/,
    ),
    passes(
      'a sale was refused for another reason',
      refusedOn(listed('Available'), 'tm_1', 'Payment intent for the terminal not found').shows({
        cardMachines: ['VCMSIP0, available'],
      }),
      /reported no card machine that is not available/,
    ),
    passes(
      'it shows the list and the last picture',
      chooser(
        new Story().call('GET', '/terminals', {
          answer: [{ id: 'tm_1', status: 'InUse', properties: { tid: 'VCMSIP0' } }],
        }),
      ),
      { evidence: ['ex_1', 'a.png'] },
    ),
    passes('there is no list, and it shows the last picture', chooser(new Story()), { evidence: ['a.png'] }),
  ],
  'says-check-machine': [
    ...speaks('Check the card machine'),
    passes(
      'that is one of the things to do',
      shown({ notice: 'Check the card machine or check the API key' }),
      /"Check the card machine or check the API key"/,
    ),
    passes('it says so with the cause', aSale().shows({ notice: `${unavailable}. Check the card machine.` })),
    fails('it says the cause alone', aSale().shows({ notice: unavailable })),
  ],
};
