import { judges, pounds } from '../../../judging/testing/judges.ts';
import { aSale, Story } from '../stories/story.ts';

/** What follows an action begins in the moment in which that action does. */
const atOnce = (story: Story): Story => story.wait(-10);

const signing = (): Story => aSale().wait(500).poll('SignatureVerificationRequired').wait(1000);
const decided = (accepted: boolean): Story => atOnce(signing().act({ name: 'signature', accepted }));
const declined = (): Story => atOnce(aSale().poll('Declined').act({ name: 'retry' }));

judges('tip-sent-apart', [
  [
    'passed',
    'it is sent in the moment of the sale',
    atOnce(new Story().sale()).intent({ tipsAmount: pounds(150) }),
    { amount: 1000, value: 150 },
  ],
]);
const secondKey = (): Story => new Story().configure('key-1').wait(100).configure('key-2');
judges('no-other-key-sent', [
  [
    'passed',
    'the second key, in the moment in which its entry begins',
    atOnce(secondKey()).call('GET', '/terminals'),
  ],
  [
    'failed',
    'the first key, in the moment in which the entry of the second ends',
    secondKey()
      .wait(-5)
      .call('GET', '/terminals', { headers: [['authorization', 'Basic key-1']] }),
  ],
]);
judges('wrong-key-refused', [
  [
    'passed',
    'it is tried in the moment in which the key is revoked',
    new Story()
      .record({ kind: 'fact', at: new Story().now, name: 'key-revoked', detail: {} })
      .call('GET', '/terminals', { status: 401 }),
    { key: 'key-1' },
  ],
]);
judges('decision-sent', [
  ['passed', 'it is sent in the moment of the decision', decided(true).decide(true), { accepted: true }],
]);
judges('no-decision-sent', [
  ['passed', 'it is sent in the moment of the decision', decided(true).decide(true)],
]);
judges('late-decision-refused', [
  ['failed', 'it is sent in the moment of the decision, and taken', decided(false).decide(false)],
]);
judges('intent-reused', [
  ['passed', 'the session is made in the moment of the second try', declined().session()],
  [
    'failed',
    'the session of another payment is made in the moment of the second try',
    declined().session({ on: 'pi_9' }),
  ],
  [
    'failed',
    'a new payment intent is made in the moment of the second try',
    declined().intent().session({ on: 'pi_1' }),
  ],
]);
judges('refused-as-unavailable', [
  [
    'passed',
    'the session is asked for in the moment of the sale',
    atOnce(new Story().sale()).session({ on: 'pi_1', refused: 404 }),
    { terminalId: 'tm_1' },
  ],
]);
judges('cancel-sent-before-card', [
  [
    'failed',
    'another session is cancelled in the moment in which the user asks for it',
    atOnce(aSale().poll('Initiated', 'PresentCard').act({ name: 'cancel' }))
      .call('PUT', '/terminal-sessions/ts_9/cancel')
      .cancel(),
  ],
]);
judges('cancel-sent-after-card', [
  [
    'passed',
    'the till is told of the card in the moment in which it cancels',
    aSale().poll('Initiated', 'PresentCard').poll('Initiated', 'EnterPin').wait(-1).cancel(),
  ],
]);
judges('amount-change-authorized', [
  [
    'passed',
    'the change is sent in the moment in which the user asks for it',
    atOnce(aSale().act({ name: 'changeAmount', amount: 1500 })).call('POST', '/payment-intents/pi_1/amount', {
      answer: { status: 'Authorized', amount: pounds(1500) },
    }),
    { amount: 1500 },
  ],
]);
judges('intent-read-after-end', [
  [
    'passed',
    'it is read in the moment in which the till is told the end',
    aSale().poll('Captured').wait(-1).readIntent(),
  ],
]);
