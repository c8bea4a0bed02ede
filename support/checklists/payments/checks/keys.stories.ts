import { fails, passes, type Stories } from '../stories/case.ts';
import { aPaidSale, aSale, asksForTerminals, inTheMoment } from '../stories/situations.ts';
import { Story } from '../stories/story.ts';

/** A key of the till's own beside the one that was entered. */
const twoKeys: { headers: [string, string][] } = {
  headers: [
    ['Authorization', 'Basic key-1'],
    ['authorization', 'Basic hard-coded'],
  ],
};

const keyed = (key: string): { headers: [string, string][] } => ({
  headers: [['Authorization', `Basic ${key}`]],
});

const sentWith = (story: Story, key: string): Story => story.call('GET', '/terminals', keyed(key));

/** Two keys in turn; a request with this key is sent while the second is being entered. */
const during = (key: string): Story => {
  const story = new Story().configure('key-1').wait(100).configure('key-2').wait(100);
  sentWith(story, key);
  const sent = story.observations.at(-1);
  const entered = story.observations[1];
  if (sent?.kind !== 'exchange' || entered?.kind !== 'action') throw new Error('The story goes otherwise');
  story.observations[2] = { ...sent, exchange: { ...sent.exchange, at: entered.at + 2 } };
  return story;
};

const secondKey = (): Story => new Story().configure('key-1').wait(100).configure('key-2');

export const keyStories: Stories = {
  'configured-keys-sent': [
    passes(
      'each key that was entered is sent and taken',
      new Story().configure('key-1').call('GET', '/terminals').configure('key-2').call('GET', '/terminals'),
      /^sent: key-1, key-2$/,
      { params: { keys: ['key-1', 'key-2'] } },
    ),
    fails(
      'which of two keys the API took nobody can tell',
      new Story().configure('key-1').call('GET', '/terminals', twoKeys),
      /never sent with success: key-1/,
      { params: { keys: ['key-1'] } },
    ),
    fails(
      'the till goes on with the first key',
      new Story().configure('key-1').call('GET', '/terminals'),
      /never sent with success: key-2/,
      { params: { keys: ['key-1', 'key-2'] } },
    ),
    fails(
      'the API refuses the key',
      new Story().configure('key-1').call('GET', '/terminals', { status: 401 }),
      /never sent with success: key-1/,
      { params: { keys: ['key-1'] } },
    ),
    passes(
      'the scheme before it is in lower case',
      new Story().call('GET', '/terminals', { headers: [['authorization', 'basic  key-1']] }),
      /^sent: key-1$/,
      { params: { keys: ['key-1'] } },
    ),
    fails(
      'the key is cut in two by the scheme',
      new Story().call('GET', '/terminals', { headers: [['authorization', 'key-Basic 1']] }),
      /never sent with success: key-1/,
      { params: { keys: ['key-1'] } },
    ),
    fails('the first key is sent twenty times', asksForTerminals(20), /never sent with success: key-2/, {
      params: { keys: ['key-2'] },
    }),
    fails('no key is to be sent', aSale(), { params: { keys: [] } }),
    fails(
      'a key is refused as bad',
      new Story().configure('key-1').call('GET', '/terminals', { status: 400 }),
      { params: { keys: ['key-1'] } },
    ),
  ],
  'no-other-key-sent': [
    passes('each request carries the key in the settings', aPaidSale(), /none with another key/),
    fails(
      'one request carries a key of its own',
      new Story()
        .configure('key-1')
        .call('GET', '/terminals', { headers: [['Authorization', 'Basic hard-coded']] }),
      /1 request with another key, first hard-coded/,
    ),
    fails(
      'one request carries another key beside that of the settings',
      new Story().configure('key-1').call('GET', '/terminals', twoKeys),
      /1 request with another key, first hard-coded/,
    ),
    fails(
      'one request carries no key',
      new Story().configure('key-1').call('GET', '/terminals', { headers: [] }),
      /first no key/,
    ),
    fails('no key was entered', new Story().call('GET', '/terminals'), /Not testable/),
    fails('a sale was entered, and no key', new Story().sale().intent(), /Not testable/),
    fails(
      'twenty requests carry a key of their own',
      asksForTerminals(20, { headers: [['Authorization', 'Basic hard-coded']] }),
      /20 requests with another key/,
    ),
    passes('the first key, while the second is being entered', during('key-1')),
    passes('the second key, while it is being entered', during('key-2')),
    fails('a third key, while the second is being entered', during('key-3')),
    fails(
      'the first key, after the second was entered',
      sentWith(new Story().configure('key-1').wait(50).configure('key-2').wait(50), 'key-1'),
    ),
    fails(
      'the second key, before it was entered',
      sentWith(new Story().configure('key-1').wait(50), 'key-2').wait(50).configure('key-2'),
    ),
    passes('any key, before one was entered', sentWith(new Story(), 'key-9').wait(50).configure('key-1')),
    passes(
      'the second key, in the moment in which its entry begins',
      inTheMoment(secondKey()).call('GET', '/terminals'),
    ),
    fails(
      'the first key, in the moment in which the entry of the second ends',
      secondKey()
        .wait(-5)
        .call('GET', '/terminals', { headers: [['authorization', 'Basic key-1']] }),
    ),
  ],
  'wrong-key-refused': [
    passes(
      'the API answers 401',
      new Story().configure('key-1X').call('GET', '/terminals', { status: 401 }),
      /1 request, each answered 401/,
      { params: { key: 'key-1X' } },
    ),
    fails('the API takes it', new Story().configure('key-1X').call('GET', '/terminals'), /answered 200/, {
      params: { key: 'key-1X' },
    }),
    fails(
      'the till tries it beside another key',
      new Story().configure('key-1X').call('GET', '/terminals', {
        headers: [
          ['Authorization', 'Basic key-1X'],
          ['Authorization', 'Basic key-1'],
        ],
      }),
      /no request with the invalid key/,
      { params: { key: 'key-1X' } },
    ),
    fails('the till never tries it', new Story().configure('key-1X'), /no request with the invalid key/, {
      params: { key: 'key-1X' },
    }),
    fails(
      'no answer comes',
      new Story().configure('key-1X').call('GET', '/terminals', { trouble: 'client-dropped' }),
      /answered client-dropped/,
      { params: { key: 'key-1X' } },
    ),
    passes(
      'it had been right before it was revoked',
      sentWith(new Story(), 'key-1')
        .record({ kind: 'fact', at: 1500, name: 'key-revoked', detail: {} })
        .wait(1000)
        .call('GET', '/terminals', { ...keyed('key-1'), status: 401 }),
      { params: { key: 'key-1' } },
    ),
    passes(
      'it is tried in the moment in which the key is revoked',
      new Story()
        .record({ kind: 'fact', at: new Story().now, name: 'key-revoked', detail: {} })
        .call('GET', '/terminals', { status: 401 }),
      { params: { key: 'key-1' } },
    ),
    fails('a wrong key is taken', new Story().configure('bad').call('GET', '/terminals'), {
      params: { key: 'bad' },
      fault: 'api',
    }),
    fails('the wrong key is never sent', new Story().configure('bad'), {
      params: { key: 'bad' },
      fault: 'pos',
    }),
  ],
};
