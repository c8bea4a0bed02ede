import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { aRun } from '../../payments/stories/scene.ts';
import { accountTime, aPaidSale, aSale, atOnce, signing } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** A sale whose session is asked about once in so many ms, eleven times, up to its end. */
const polledEvery = (ms: number): Story => aSale().polls(10, 'Initiated', ms).poll('Captured');

const polled = (...waits: number[]): Story =>
  waits.reduce((story, wait) => story.poll('Initiated').wait(wait - 21), aSale()).poll('Captured');

const criteria = aRun().criteria;

const hurried = (): Story => {
  const story = polled(1000, 1000, 1000);
  for (const [index, one] of story.observations.entries())
    if (one.kind === 'exchange')
      story.observations[index] = {
        ...one,
        exchange: { ...one.exchange, accountTime: one.exchange.at * 10 },
      };
  return story;
};

export const pollingStories: Stories = {
  'polls-throughout': [
    passes(
      'the till asks once a second up to the end',
      aSale().polls(80, 'SignatureVerificationRequired').poll('Captured'),
      /longest gap 1\.00 s$/,
    ),
    passes(
      'it does so in the time of its account',
      aSale().polls(80, 'SignatureVerificationRequired').poll('Captured'),
      /longest gap 1\.00 s$/,
      { run: accountTime },
    ),
    passes(
      'a gap is as long as may be',
      aSale().polls(3, 'SignatureVerificationRequired', 3000).poll('Captured'),
      /longest gap 3\.00 s$/,
    ),
    fails(
      'the session asks for it at once, and the till never asks the session',
      new Story().sale().intent().session({ status: 'SignatureVerificationRequired' }),
      /^0 polls while the signature was open, longest gap without end; the till stopped/,
    ),
    fails(
      'the dialogue blocks it for ten seconds',
      aSale()
        .polls(3, 'SignatureVerificationRequired')
        .wait(9000)
        .polls(2, 'SignatureVerificationRequired')
        .poll('Captured'),
      /longest gap 10\.00 s/,
    ),
    fails(
      'it never asks again',
      aSale().polls(3, 'SignatureVerificationRequired'),
      /the till stopped before it was closed/,
    ),
    fails('no signature was asked for', aPaidSale(), /Not testable/),
    fails('there is no session', new Story(), /Not testable/),
    passes(
      'up to its end',
      signing().wait(979).poll('SignatureVerificationRequired').wait(979).poll('Captured'),
    ),
    fails(
      'a long gap before its end',
      signing().wait(979).poll('SignatureVerificationRequired').wait(60_000).poll('Captured'),
    ),
    passes(
      'the till was slow before it was asked for',
      aSale().poll('Initiated').wait(60_000).poll('SignatureVerificationRequired').wait(979).poll('Captured'),
    ),
    passes(
      'the till was slow when it was over',
      signing().wait(979).poll('SignatureVerificationAccepted').wait(60_000).poll('Captured'),
    ),
    fails('the till stopped before its end', signing().wait(979).poll('SignatureVerificationRequired')),
    passes(
      'it shows the first poll and the last',
      aSale().polls(3, 'SignatureVerificationRequired').poll('Captured'),
      { evidence: ['ex_3', 'ex_6'] },
    ),
  ],
  'polling-samples': [
    passes('there are ten', polledEvery(1000), /^10 intervals$/),
    passes('there are just eight', aSale().polls(8, 'Initiated').poll('Captured'), /^8 intervals$/),
    passes(
      'there are seven, and the session was over too soon for an eighth',
      aSale().polls(7, 'Initiated').poll('Captured'),
      /^7 intervals of 1\.00 s, for the session was over after 7\.0\d s$/,
    ),
    fails(
      'there are seven, in a session that went on for eight times their pace',
      aSale().wait(1000).polls(7, 'Initiated').poll('Captured'),
      /^the till polls too few times: 7 intervals$/,
    ),
    fails(
      'there are seven, and no end was reported',
      aSale().polls(8, 'Initiated'),
      /few times: 7 intervals$/,
    ),
    fails(
      'there are three, of four seconds each',
      aSale().polls(3, 'Initiated', 4000).poll('Captured'),
      /^the till polls too slowly: \d intervals of 4\.\d\d s$/,
    ),
    warns(
      'there are six, of two seconds each',
      aSale().polls(6, 'Initiated', 2000).poll('Captured'),
      /^the till polls a little too slowly: 6 intervals of 2\.00 s, for the session was over after 12\.0\d s$/,
    ),
    warns(
      'there are six, of just two seconds and a half each',
      aSale().polls(6, 'Initiated', 2500).poll('Captured'),
      /slowly: 6 intervals of 2\.50 s/,
    ),
    passes(
      'there are five, of just a second and a half each, a pace that is not warned of',
      aSale().polls(5, 'Initiated', 1500).poll('Captured'),
      /^5 intervals of 1\.50 s/,
    ),
    reviews(
      'there are four, in a session that was over too soon to tell',
      aSale().polls(4, 'Initiated').poll('Captured'),
      /^4 intervals of 1\.00 s/,
    ),
    fails(
      'there are three, of four seconds each',
      aSale().polls(3, 'Initiated', 4000).poll('Captured'),
      /slowly: 3 /,
    ),
    fails(
      'only polls after the end make up the number',
      aSale().wait(9000).polls(3, 'Initiated').polls(9, 'Captured'),
      /few times: 3 intervals$/,
    ),
    fails('there is no session', new Story(), /Not testable/),
    passes(
      'the sale passed through Authorized early',
      aSale().poll('Authorized').polls(8, 'SignatureVerificationRequired').poll('Captured'),
    ),
  ],
  'polling-median': [
    passes('it is a second', polledEvery(1000), /median 1\.00 s of 10 intervals/),
    passes('it is just half a second', polledEvery(500), /median 0\.50 s/),
    passes('it is just a second and a half', polledEvery(1500), /median 1\.50 s/),
    passes('it is a second of the account', polledEvery(1000), /median 1\.00 s/, { run: accountTime }),
    warns('it is a little above', polledEvery(1501), /^the till polls a little too slowly: median 1\.50 s/),
    warns('it is just two seconds and a half', polledEvery(2500), /median 2\.50 s/),
    fails('it is above that', polledEvery(2501), /^the till polls too slowly: median 2\.50 s/),
    fails('it is below half a second', polledEvery(499), /^the till polls too often: median 0\.50 s/),
    fails('there is one poll only', aSale().poll('Captured'), /Not testable/),
    fails('there is none', aSale(), /Not testable: the till did not poll/),
    fails('there is no session', new Story(), /Not testable: the till created no/),
    passes('one slow poll of five', polled(1000, 1000, 9000, 1000, 1000)),
    passes('the slow ones come first and last', polled(3000, 1000, 1010, 1005, 3000)),
    fails('most are slow', polled(9000, 1000, 9000, 1000, 9000)),
    fails('the middle of an even number is slow', polled(1000, 1000, 9000, 9000)),
    warns('it lies in the middle of an even number', polled(1000, 1000, 2200, 9000)),
    fails('they are too quick', polled(100, 100, 100)),
    passes('there are two', polled(1000, 1000)),
    passes('one of two is quick and one is slow', polled(300, 1700)),
    passes('the clock of the account runs ten times as fast, and the till lives by the real one', hurried()),
    fails('the clock of the account runs ten times as fast, and the till lives by it', hurried(), {
      run: accountTime,
    }),
  ],
  'polling-longest-gap': [
    passes('it is just three seconds', polledEvery(3000), /longest gap 3\.00 s/),
    fails(
      'one gap is longer',
      aSale().polls(4, 'Initiated').wait(2001).poll('Captured'),
      /^the till leaves off polling for too long: longest gap 3\.00 s/,
    ),
    fails('there is no poll', aSale(), /Not testable: the till did not poll/),
    fails('there is no session', new Story(), /Not testable: the till created no/),
    passes('as long as may be', polled(criteria['polling.gap']!, 1000)),
    fails('a little longer', polled(1000, criteria['polling.gap']! + 1, 1000)),
  ],
  'polling-stops': [
    passes('no poll follows the end', polledEvery(1000), /0 polls after the API reported Captured/),
    passes('one was on its way', polledEvery(1000).poll('Captured'), /1 poll after/),
    passes(
      'one was sent in the very moment of the answer, another was on its way',
      atOnce(polledEvery(1000)).poll('Captured').poll('Captured'),
      /1 poll after/,
    ),
    fails(
      'the loop goes on after a decline',
      aSale().polls(3, 'Initiated').polls(5, 'Declined'),
      /^the till polls on after the end: 4 polls after the API reported Declined/,
    ),
    fails(
      'the till never saw the end',
      aSale().polls(3, 'Initiated'),
      /Not testable: the till never saw the end/,
    ),
    fails('there is no session', new Story(), /Not testable/),
    passes('one more poll was under way', aSale().poll('Captured').poll('Captured')),
    fails('two more', aSale().poll('Captured').poll('Captured').poll('Captured')),
    passes(
      'the sale passed through Authorized before its signature was checked',
      aSale()
        .poll('Authorized')
        .polls(3, 'SignatureVerificationRequired')
        .decide(true)
        .polls(2, 'SignatureVerificationAccepted')
        .poll('Captured'),
    ),
    passes(
      'a rejected signature was captured all the same',
      aSale()
        .poll('SignatureVerificationRejected')
        .polls(3, 'SignatureVerificationRejected')
        .poll('Captured'),
    ),
    fails('a payment stays Authorized', aSale().polls(4, 'Authorized')),
    fails('it shows the last two polls, where none stated the end', aSale().polls(5, 'Initiated'), {
      evidence: ['ex_6', 'ex_7'],
    }),
  ],
};
