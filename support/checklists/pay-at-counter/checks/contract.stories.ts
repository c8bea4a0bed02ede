import { type Case, fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { aRun } from '../../payments/stories/scene.ts';
import { aPaidSale, aSale } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const extra = {
  severity: 'should',
  rule: 'additionalProperties',
  expected: 'no colour',
  observed: 'a colour',
} as const;

const cased = { severity: 'should', rule: 'property-casing', expected: 'camel case' } as const;

/** The session is asked for in a way that departs from the contract at each of these places. */
const departing = (...pointers: string[]): Story =>
  pointers.reduce((story, pointer) => story.breaking({ pointer, observed: `no ${pointer}` }), aSale());

const practice = { run: aRun({ why: ['the upstream is a simulator'] }) };

/** A till that subscribes to events at this address, which the contract does not allow. */
const receiver = (url: string): Story =>
  new Story()
    .call('POST', '/webhooks', { body: { url } })
    .breaking({ pointer: '/url', rule: 'pattern', expected: 'an address' });

/** The API answers with subscriptions to events at this address: with one, or with the list of all. */
const subscribed = (url: string, list = false): Story =>
  new Story()
    .call(list ? 'GET' : 'POST', '/webhooks', {
      answer: list ? [{ url: 'https://a.example' }, { url }] : { url },
    })
    .breaking({
      part: 'response-body',
      fault: 'api',
      pointer: list ? '/1/url' : '/url',
      rule: 'pattern',
      expected: 'an address',
    });

const declared = (question: string): readonly Case[] => [
  passes('it is declared', new Story().declared(question, 'installer'), /declared: installer/),
  reviews('nothing is declared', new Story().declared(question, null), /the profile declares nothing/),
  reviews('another thing is declared', new Story().declared('other', 'x'), /declares nothing/),
  reviews('nobody asked', new Story(), /declares nothing/),
];

export const contractStories: Stories = {
  'requests-conform': [
    passes('nothing departs from it', aPaidSale(), /5 exchanges, no departure/),
    passes('nothing was sent', new Story(), /nothing was exchanged/),
    passes("an answer departs, which is the API's doing", aSale().breaking({ fault: 'api' }), /no departure/),
    fails(
      'a member is missing',
      aSale().breaking(),
      /POST \/terminal-sessions: expected an amount, observed none/,
    ),
    warns('there is one too many', aSale().breaking(extra), /expected no colour, observed a colour/),
    fails(
      'a small departure comes before a grave one',
      aSale().breaking(extra).breaking(),
      /expected an amount.*; .*no colour/,
    ),
    fails(
      'four kinds of departure are counted, not all listed',
      departing('a', 'b', 'c', 'd', 'a'),
      /^[^;]* observed no a \(2 times\); [^;]* observed no b; [^;]* observed no c; and 1 more$/,
    ),
    fails('three kinds are all listed', departing('a', 'b', 'c'), /^[^;]*; [^;]*; [^;]* observed no c$/),
    passes(
      'a till that practises takes events on its own machine, by http',
      receiver('http://127.0.0.1:8080/events'),
      /no departure/,
      practice,
    ),
    fails('it does so where it is certified', receiver('http://127.0.0.1:8080/events'), /an address/),
    fails('its receiver is elsewhere', receiver('http://127.0.0.1.example/'), /an address/, practice),
    fails('its receiver has no address', receiver('till'), /an address/, practice),
    fails(
      'two documents disagree about what is missing',
      aSale().breaking({ advice: 'Two documents disagree.' }),
      /expected an amount/,
    ),
    warns(
      'names in another case, wherever they stand, are reported once',
      aSale()
        .breaking({ ...cased, pointer: '/TerminalId', observed: 'TerminalId' })
        .decide(true)
        .breaking({ ...cased, pointer: '/Accepted', observed: 'Accepted' }),
      /^POST [^;]* observed TerminalId \(2 times\)$/,
    ),
    warns(
      'small departures keep their order',
      aSale()
        .breaking(extra)
        .breaking({ ...extra, pointer: '/shape', observed: 'a shape' }),
      /observed a colour; [^;]* observed a shape$/,
    ),
  ],
  'responses-conform': [
    passes('nothing departs from it', aPaidSale(), /7 exchanges, no departure/),
    passes("a request departs, which is the till's doing", aSale().breaking(), /no departure/),
    fails('a member is missing', aSale().breaking({ fault: 'api' }), /expected an amount, observed none/),
    warns('there is one too many', aSale().breaking({ ...extra, fault: 'api' }), /a colour/),
    passes(
      'it keeps the receiver of a till that practises',
      subscribed('http://[::1]:8080/'),
      /no departure/,
      practice,
    ),
    passes('it lists it', subscribed('http://localhost:8080/', true), /no departure/, practice),
    fails('it does so where one is certified', subscribed('http://[::1]:8080/'), /an address/),
    fails('it lists a receiver elsewhere', subscribed('http://a.example/', true), /an address/, practice),
  ],
  'credentials-entered-by': [...declared('credentialsEnteredBy')],
  'pos-version-declared': [...declared('minimumPosVersion')],
};
