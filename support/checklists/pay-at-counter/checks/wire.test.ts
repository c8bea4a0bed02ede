import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRow, finding, judged } from '../../../judging/testing/bench.ts';
import { judges, pounds, shows } from '../../../judging/testing/judges.ts';
import { aRun, aSale, Story } from '../stories/story.ts';

const keyed = (key: string): { headers: [string, string][] } => ({
  headers: [['Authorization', `Basic ${key}`]],
});
const asked = (story: Story, key: string): Story => story.call('GET', '/terminals', keyed(key));
/** Two keys in turn; a request with this key is sent while the second is being entered. */
const during = (key: string): Story => {
  const story = new Story().configure('key-1').wait(100).configure('key-2').wait(100);
  asked(story, key);
  const sent = story.observations.at(-1);
  const entered = story.observations[1];
  if (sent?.kind !== 'exchange' || entered?.kind !== 'action') throw new Error('The story is told otherwise');
  story.observations[2] = { ...sent, exchange: { ...sent.exchange, at: entered.at + 2 } };
  return story;
};
judges('no-other-key-sent', [
  ['passed', 'the first key, while the second is being entered', during('key-1')],
  ['passed', 'the second key, while it is being entered', during('key-2')],
  ['failed', 'a third key, while the second is being entered', during('key-3')],
  [
    'failed',
    'the first key, after the second was entered',
    asked(new Story().configure('key-1').wait(50).configure('key-2').wait(50), 'key-1'),
  ],
  [
    'failed',
    'the second key, before it was entered',
    asked(new Story().configure('key-1').wait(50), 'key-2').wait(50).configure('key-2'),
  ],
  ['passed', 'any key, before one was entered', asked(new Story(), 'key-9').wait(50).configure('key-1')],
]);
judges('configured-keys-sent', [
  ['failed', 'no key is to be sent', aSale(), { keys: [] }],
  [
    'failed',
    'a key is refused as bad',
    new Story().configure('key-1').call('GET', '/terminals', { status: 400 }),
    { keys: ['key-1'] },
  ],
]);
judges('wrong-key-refused', [
  [
    'passed',
    'it had been right before it was revoked',
    asked(new Story(), 'key-1')
      .record({ kind: 'fact', at: 1500, name: 'key-revoked', detail: {} })
      .wait(1000)
      .call('GET', '/terminals', { ...keyed('key-1'), status: 401 }),
    { key: 'key-1' },
  ],
]);

const tipped = { params: { amount: 1000, value: 150 } };
const tipLater = (story: Story, value = 150, method = 'POST'): Story =>
  story.call(method, '/payment-intents/pi_1/tips-amount/', { body: { tipsAmount: pounds(value) } });
judges('tip-sent-apart', [
  ['passed', 'it is set later', tipLater(new Story().sale().intent()), tipped.params],
  [
    'failed',
    'another tip is set later',
    tipLater(new Story().sale().intent({ tipsAmount: pounds(150) }), 100),
    tipped.params,
  ],
  ['failed', 'it is set in another way', tipLater(new Story().sale().intent(), 150, 'PUT'), tipped.params],
  [
    'failed',
    'it is folded into the amount',
    new Story().sale().intent({ amount: pounds(1150), tipsAmount: pounds(150) }),
    tipped.params,
  ],
  [
    'failed',
    'it was asked for with the sale before',
    new Story().intent({ tipsAmount: pounds(150) }).sale(),
    tipped.params,
  ],
  [
    'failed',
    'something else is set later',
    new Story()
      .sale()
      .intent()
      .call('POST', '/payment-intents/pi_1/tips-amount/x', { body: { tipsAmount: pounds(150) } }),
    tipped.params,
  ],
]);
judges('cashback-sent-apart', [
  [
    'passed',
    'it is sent',
    new Story().sale().intent({ cashbackAmount: pounds(500) }),
    { amount: 1000, value: 500 },
  ],
  [
    'failed',
    'only a tip is set later',
    tipLater(new Story().sale().intent(), 500),
    { amount: 1000, value: 500 },
  ],
]);

const polled = (...waits: number[]): Story =>
  waits.reduce((story, wait) => story.poll('Initiated').wait(wait - 21), aSale()).poll('Captured');
const criteria = aRun().criteria;
judges('polling-median', [
  ['passed', 'one slow poll of five', polled(1000, 1000, 9000, 1000, 1000)],
  ['passed', 'the slow ones come first and last', polled(3000, 1000, 1010, 1005, 3000)],
  ['failed', 'most are slow', polled(9000, 1000, 9000, 1000, 9000)],
  ['failed', 'the middle of an even number is slow', polled(1000, 1000, 9000, 9000)],
  ['warning', 'it lies in the middle of an even number', polled(1000, 1000, 2200, 9000)],
  ['failed', 'they are too quick', polled(100, 100, 100)],
  ['passed', 'there are two', polled(1000, 1000)],
  ['passed', 'one of two is quick and one is slow', polled(300, 1700)],
]);
judges('polling-longest-gap', [
  ['passed', 'as long as may be', polled(criteria['polling.gap']!, 1000)],
  ['failed', 'a little longer', polled(1000, criteria['polling.gap']! + 1, 1000)],
]);
judges('polling-stops', [
  ['passed', 'one more poll was under way', aSale().poll('Captured').poll('Captured')],
  ['failed', 'two more', aSale().poll('Captured').poll('Captured').poll('Captured')],
  [
    'passed',
    'the sale passed through Authorized before its signature was checked',
    aSale()
      .poll('Authorized')
      .polls(3, 'SignatureVerificationRequired')
      .decide(true)
      .polls(2, 'SignatureVerificationAccepted')
      .poll('Captured'),
  ],
  [
    'passed',
    'a rejected signature was captured all the same',
    aSale().poll('SignatureVerificationRejected').polls(3, 'SignatureVerificationRejected').poll('Captured'),
  ],
  ['failed', 'a payment stays Authorized', aSale().polls(4, 'Authorized')],
]);
judges('polling-samples', [
  [
    'passed',
    'the sale passed through Authorized early',
    aSale().poll('Authorized').polls(8, 'SignatureVerificationRequired').poll('Captured'),
  ],
]);

const signing = (): Story =>
  aSale().wait(500).poll('Initiated').wait(1000).poll('SignatureVerificationRequired');
judges('polls-throughout', [
  [
    'passed',
    'up to its end',
    signing().wait(979).poll('SignatureVerificationRequired').wait(979).poll('Captured'),
  ],
  [
    'failed',
    'a long gap before its end',
    signing().wait(979).poll('SignatureVerificationRequired').wait(60_000).poll('Captured'),
  ],
  [
    'passed',
    'the till was slow before it was asked for',
    aSale().poll('Initiated').wait(60_000).poll('SignatureVerificationRequired').wait(979).poll('Captured'),
  ],
  [
    'passed',
    'the till was slow when it was over',
    signing().wait(979).poll('SignatureVerificationAccepted').wait(60_000).poll('Captured'),
  ],
  ['failed', 'the till stopped before its end', signing().wait(979).poll('SignatureVerificationRequired')],
  ['failed', 'there is no session', new Story()],
]);
judges('late-decision-refused', [
  [
    'failed',
    'an early decision was refused, the late one was not',
    signing().decide(true, { status: 422 }).act({ name: 'signature', accepted: false }).decide(false),
  ],
  [
    'passed',
    'an early decision was taken, the late one was not',
    signing().decide(true).act({ name: 'signature', accepted: false }).decide(false, { status: 422 }),
  ],
  ['failed', 'there is no session', new Story().act({ name: 'signature', accepted: false })],
]);
judges('no-decision-sent', [
  ['passed', 'the operator decided', signing().act({ name: 'signature', accepted: true }).decide(true)],
  ['failed', 'the till did not wait', signing().decide(true).act({ name: 'signature', accepted: true })],
]);

const spared = (story: Story, mayBeRefused = true): Story =>
  story.act({ name: 'cancel' }, { answer: 'notOffered', reason: 'too late' }, mayBeRefused);
const presented = (): Story =>
  aSale().poll('Initiated', 'PresentCard').wait(500).poll('Initiated', 'EnterPin').wait(100);
for (const id of ['cancel-refused', 'cancel-sent-after-card'])
  judges(id, [
    ['passed', 'the till does not offer it any more', spared(presented())],
    ['passed', 'something else is done since', spared(presented()).act({ name: 'listTerminals' })],
    ['failed', 'there is no session', spared(new Story())],
    ['failed', 'it had to be offered', spared(presented(), false)],
    ['failed', 'the till offered it and sent nothing', presented().act({ name: 'cancel' })],
  ]);
judges('end-confirmed-by-polling', [
  ['passed', 'the till did not offer to cancel', spared(presented()).poll('Captured')],
  ['failed', 'it did not offer it, and stopped', spared(presented())],
  ['failed', 'it did not offer it, and there is no session', spared(new Story())],
  ['failed', 'the last poll says it goes on', presented().cancel().poll('Initiated')],
  ['passed', 'the session ended before it was cancelled', presented().poll('Captured').cancel(422)],
]);
judges('cancel-refused', [
  ['passed', 'it is told why', presented().act({ name: 'cancel' }).cancel(422)],
  [
    'failed',
    'it is refused for the wrong reason',
    presented().act({ name: 'cancel' }).cancel(422, 'it does not belong to you, so cancel is no'),
  ],
  ['failed', 'it is answered 404', presented().act({ name: 'cancel' }).cancel(404)],
]);
judges('cancel-sent-after-card', [
  [
    'passed',
    'the API says that the card was there',
    aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel(422),
  ],
  ['failed', 'no card was there', aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel()],
  [
    'failed',
    'the card came only later',
    aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }).cancel().poll('Initiated', 'EnterPin'),
  ],
  [
    'passed',
    'the prompt for the card was missed',
    aSale().poll('Initiated', 'EnterPin').act({ name: 'cancel' }).cancel(),
  ],
  [
    'failed',
    'only waiting was asked for',
    aSale().poll('Initiated', 'PleaseWait').act({ name: 'cancel' }).cancel(),
  ],
  [
    'passed',
    'waiting was asked for after the card',
    aSale().poll('Initiated', 'PresentCard').poll('Initiated', 'PleaseWait').act({ name: 'cancel' }).cancel(),
  ],
]);
const cancelling = (): Story => aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' });
judges('cancel-sent-before-card', [
  ['passed', 'it is sent', cancelling().cancel()],
  [
    'failed',
    'another session is cancelled as well',
    cancelling().cancel().call('PUT', '/terminal-sessions/ts_9/cancel'),
  ],
  [
    'failed',
    'another session is cancelled as well, and something else is done since',
    cancelling().cancel().call('PUT', '/terminal-sessions/ts_9/cancel').act({ name: 'listTerminals' }),
  ],
  [
    'passed',
    'another was cancelled before it was asked for',
    aSale()
      .call('PUT', '/terminal-sessions/ts_9/cancel')
      .poll('Initiated', 'PresentCard')
      .act({ name: 'cancel' })
      .cancel(),
  ],
  ['passed', 'something about cancelling is read', cancelling().cancel().call('GET', '/cancel-reasons')],
  ['passed', 'a query speaks of cancelling', cancelling().cancel().call('PUT', '/other?cancel=1')],
  ['failed', 'it is sent by POST', cancelling().call('POST', '/terminal-sessions/ts_1/cancel')],
]);
judges('intent-reused', [
  [
    'failed',
    'another payment intent is paid',
    aSale().poll('Declined').intent().act({ name: 'retry' }).session({ on: 'pi_2' }),
  ],
  ['failed', 'no session was there before', new Story().intent().act({ name: 'retry' }).session()],
]);

const machine = { terminalId: 'tm_1' };
judges('refused-as-unavailable', [
  [
    'passed',
    'it is not found',
    new Story().sale().intent().session({ refused: 404, detail: 'Terminal not found' }),
    machine,
  ],
  [
    'failed',
    'it is the payment that was not found',
    new Story().sale().intent().session({ refused: 404, detail: 'Payment intent for the device not found' }),
    machine,
  ],
  [
    'failed',
    'it was refused before the sale in hand',
    new Story().session({ refused: 404 }).sale().intent(),
    machine,
  ],
]);
const prompts = (...times: number[]) => ({
  answer: {
    id: 'ts_1',
    status: 'Initiated',
    notificationEvents: times.map((second, index) => ({
      notificationType: `P${index}`,
      createdAt: `2026-03-02T10:00:0${second}Z`,
    })),
  },
});
const prompting = (...times: number[]): Story =>
  aSale().call('GET', '/terminal-sessions/ts_1', prompts(...times));
judges('prompts-delivered', [
  ['passed', 'in the order of time', prompting(1, 2, 2, 3)],
  ['failed', 'one is out of order', prompting(1, 3, 2, 4)],
  ['failed', 'they are backwards', prompting(3, 2, 1)],
]);
const headers = (version: string): { headers: [string, string][] } => ({ headers: [['Version', version]] });
judges('one-version-sent', [
  [
    'passed',
    'one',
    new Story().call('GET', '/terminals', headers('1')).call('GET', '/terminals', headers('1')),
  ],
  [
    'failed',
    'two',
    new Story().call('GET', '/terminals', headers('1')).call('GET', '/terminals', headers('2')),
  ],
]);
test('a till with several versions shows two requests of each', () => {
  const story = ['1', '1', '1', '2'].reduce(
    (all, version) => all.call('GET', '/terminals', headers(version)),
    new Story(),
  );
  assert.deepEqual(finding('one-version-sent', story).evidence, ['ex_1', 'ex_2', 'ex_4']);
});
test('the clock of the account judges the polling where the till lives by it', () => {
  const story = polled(1000, 1000, 1000);
  const hurried = story.observations.map((one) =>
    one.kind === 'exchange'
      ? { ...one, exchange: { ...one.exchange, accountTime: one.exchange.at * 10 } }
      : one,
  );
  story.observations.splice(0, hurried.length, ...hurried);
  const outcome = (clock: 'account' | 'real') =>
    finding('polling-median', story, {}, aRun({ pos: { clock } })).outcome;
  assert.deepEqual([outcome('real'), outcome('account')], ['passed', 'failed']);
});
judges('cancel-sent-after-card', [
  [
    'passed',
    'the prompts are told out of order',
    aSale()
      .call('GET', '/terminal-sessions/ts_1', {
        answer: {
          id: 'ts_1',
          status: 'Initiated',
          notificationEvents: [
            { notificationType: 'EnterPin', createdAt: '2026-03-02T10:00:02Z' },
            { notificationType: 'PresentCard', createdAt: '2026-03-02T10:00:01Z' },
          ],
        },
      })
      .act({ name: 'cancel' })
      .cancel(),
  ],
]);
judges('decision-sent', [
  [
    'failed',
    'it goes to the session of the payment before',
    aSale()
      .intent()
      .session()
      .poll('SignatureVerificationRequired')
      .act({ name: 'signature', accepted: true })
      .decide(true, { to: 'ts_1' }),
    { accepted: true },
  ],
  [
    'failed',
    'it is sent before another is asked for',
    signing().decide(true).act({ name: 'signature', accepted: true }),
    { accepted: true },
  ],
  [
    'passed',
    'something else was done since',
    signing().act({ name: 'signature', accepted: true }).decide(true).act({ name: 'listTerminals' }),
    { accepted: true },
  ],
]);
test('a decision is missed where the row asks for it before there is a session', () => {
  const story = new Story().expect('decision-sent', { accepted: true }).sale().intent().session();
  const [finding] = judged(aRow(['decision-sent']), story).findings;
  assert.equal(finding?.observed, 'Not testable: the till created no terminal session');
});
shows('decision-sent', [
  [
    ['ex_5', 'ex_6'],
    'each decision, to whatever session',
    signing().act({ name: 'signature', accepted: true }).decide(true).decide(true, { to: 'ts_9' }),
    { accepted: true },
  ],
]);
shows('no-decision-sent', [
  [['ex_5', 'ex_6', 'ex_7'], 'the last three polls, none of which asks', aSale().polls(5, 'Initiated')],
]);
shows('polls-throughout', [
  [
    ['ex_3', 'ex_6'],
    'the first poll and the last',
    aSale().polls(3, 'SignatureVerificationRequired').poll('Captured'),
  ],
]);
shows('refused-as-unavailable', [
  [
    ['ex_1'],
    'the list that says so',
    new Story().sale().call('GET', '/terminals', { answer: [{ id: 'tm_1', status: 'InUse' }] }),
    machine,
  ],
  [[], 'nothing, where nothing was sent', new Story().sale(), machine],
]);
shows('end-confirmed-by-polling', [
  [
    ['ex_5', 'ex_6'],
    'the answer that said so, and the cancellation',
    presented().poll('Captured').cancel(422),
  ],
  [
    ['ex_5', 'ex_7', 'ex_8'],
    'the cancellation, and the last two polls after it',
    presented().cancel().polls(3, 'CancelRequested'),
  ],
]);
shows('polling-stops', [
  [['ex_6', 'ex_7'], 'the last two polls, where none told the end', aSale().polls(5, 'Initiated')],
]);
shows('cancel-sent-before-card', [
  [
    ['ex_4', 'ex_5'],
    'each cancellation, of whatever session',
    cancelling().cancel().call('PUT', '/terminal-sessions/ts_9/cancel'),
  ],
]);
