import type { SessionStatus } from '../../payments/statuses.ts';
import { fails, passes, type Stories } from '../../payments/stories/case.ts';
import { aRun } from '../../payments/stories/scene.ts';
import { accountTime, aPaidSale, aSale, inTheMoment, signing } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const waitsForSignature = (): Story =>
  aSale().wait(1000).poll('Initiated').wait(1000).poll('SignatureVerificationRequired').wait(500);

/** The account's time runs ten times as fast as the real one. */
const atTenfold = (story: Story): Story => {
  for (const [index, one] of story.observations.entries())
    if (one.kind === 'exchange')
      story.observations[index] = {
        ...one,
        exchange: { ...one.exchange, accountTime: one.exchange.until * 10 },
      };
  return story;
};

/** A signature that was asked for, and so much later was closed. */
const closedAfter = (ms: number, by: SessionStatus): Story =>
  aSale()
    .poll('SignatureVerificationRequired')
    .wait(ms - 21)
    .poll(by)
    .sessionIs(by);

const askedToSign = (): Story => aSale().wait(500).poll('SignatureVerificationRequired').wait(1000);

const decided = (accepted: boolean): Story => inTheMoment(askedToSign().act({ name: 'signature', accepted }));

export const signatureStories: Stories = {
  'decision-sent': [
    passes(
      "the operator's decision is sent once",
      waitsForSignature().act({ name: 'signature', accepted: true }).decide(true),
      /accepted: true, sent 1 time, 0\.01 s after the operator decided, answered 200/,
      { params: { accepted: true } },
    ),
    fails(
      'the opposite is sent',
      waitsForSignature().act({ name: 'signature', accepted: false }).decide(true),
      /accepted: true/,
      { params: { accepted: false } },
    ),
    fails(
      'it is sent as a text',
      waitsForSignature().act({ name: 'signature', accepted: true }).decide('true'),
      /accepted: "true"/,
      { params: { accepted: true } },
    ),
    fails(
      'it is sent before the operator has decided',
      waitsForSignature().decide(true).act({ name: 'signature', accepted: true }),
      /before the operator decided/,
      { params: { accepted: true } },
    ),
    fails(
      'it is sent twice',
      waitsForSignature().act({ name: 'signature', accepted: true }).decide(true).decide(true),
      /sent 2 times/,
      { params: { accepted: true } },
    ),
    fails(
      'it is sent to another session',
      waitsForSignature().act({ name: 'signature', accepted: true }).decide(true, { to: 'ts_9' }),
      /sent to ts_9, the session is ts_1/,
      { params: { accepted: true } },
    ),
    fails(
      'the API refuses it',
      waitsForSignature().act({ name: 'signature', accepted: true }).decide(true, { status: 422 }),
      /answered 422/,
      { params: { accepted: true } },
    ),
    fails('none is sent', waitsForSignature(), /no decision was sent/, { params: { accepted: true } }),
    fails('there is no session', new Story(), /Not testable/, { params: { accepted: true } }),
    fails(
      'it goes to the session of the payment before',
      aSale()
        .intent()
        .session()
        .poll('SignatureVerificationRequired')
        .act({ name: 'signature', accepted: true })
        .decide(true, { to: 'ts_1' }),
      { params: { accepted: true } },
    ),
    fails(
      'it is sent before another is asked for',
      signing().decide(true).act({ name: 'signature', accepted: true }),
      { params: { accepted: true } },
    ),
    passes(
      'something else was done since',
      signing().act({ name: 'signature', accepted: true }).decide(true).act({ name: 'listTerminals' }),
      { params: { accepted: true } },
    ),
    fails(
      'it shows each decision, to whatever session',
      signing().act({ name: 'signature', accepted: true }).decide(true).decide(true, { to: 'ts_9' }),
      { params: { accepted: true }, evidence: ['ex_5', 'ex_6'] },
    ),
    passes('it is sent in the moment of the decision', decided(true).decide(true), {
      params: { accepted: true },
    }),
    fails(
      'a right decision is refused',
      aSale()
        .poll('SignatureVerificationRequired')
        .act({ name: 'signature', accepted: true })
        .decide(true, { status: 500 }),
      { params: { accepted: true }, fault: 'api' },
    ),
    fails(
      'a wrong decision is sent',
      aSale().poll('SignatureVerificationRequired').act({ name: 'signature', accepted: true }).decide(false),
      { params: { accepted: true }, fault: 'pos' },
    ),
  ],
  'no-decision-sent': [
    passes(
      'nothing is sent until the time is over',
      waitsForSignature().wait(79_500).poll('Captured'),
      /no decision was sent/,
    ),
    passes(
      'the operator decides late, and only then it is sent',
      waitsForSignature().act({ name: 'signature', accepted: false }).decide(false),
      /no decision was sent/,
    ),
    fails(
      'the till accepts by itself after 5 seconds',
      waitsForSignature().wait(4500).decide(true),
      /`accepted: true` was sent 5\.\d+ s after the signature was asked for/,
    ),
    fails(
      'the till accepts by itself after 5 seconds of its account',
      atTenfold(waitsForSignature().wait(450).decide(true)),
      /was sent 9\.71 s after the signature was asked for/,
      { run: accountTime },
    ),
    fails(
      'the till accepts by itself in real time, whatever its account says',
      atTenfold(waitsForSignature().wait(4500).decide(true)),
      /was sent 5\.02 s after the signature was asked for/,
    ),
    fails('no signature was ever asked for', aPaidSale(), /Not testable: the session never asked/),
    fails('there is no session', new Story(), /Not testable/),
    passes('the operator decided', signing().act({ name: 'signature', accepted: true }).decide(true)),
    fails('the till did not wait', signing().decide(true).act({ name: 'signature', accepted: true })),
    fails('it shows the last three polls, none of which asks', aSale().polls(5, 'Initiated'), {
      evidence: ['ex_5', 'ex_6', 'ex_7'],
    }),
    passes('it is sent in the moment of the decision', decided(true).decide(true)),
  ],
  'late-decision-refused': [
    passes(
      'the API answers 422',
      aPaidSale().act({ name: 'signature', accepted: false }).decide(false, { status: 422 }),
      /answered 422/,
    ),
    passes(
      'the till no longer offers it',
      aPaidSale().act(
        { name: 'signature', accepted: false },
        { answer: 'notOffered', reason: 'it is closed' },
      ),
      /no longer offers the decision: it is closed/,
    ),
    passes(
      'the till keeps it to itself',
      aPaidSale().act({ name: 'signature', accepted: false }),
      /the till sent nothing/,
    ),
    fails(
      'the API is on trial, and nothing was sent to it',
      aPaidSale().act({ name: 'signature', accepted: false }),
      /Not testable: no late decision/,
      { run: aRun({ subject: 'api' }) },
    ),
    fails(
      'the API takes it',
      aPaidSale().act({ name: 'signature', accepted: false }).decide(false),
      /the late decision was answered 200/,
    ),
    fails(
      'the API does not answer it',
      aPaidSale().act({ name: 'signature', accepted: false }).decide(false, { trouble: 'client-dropped' }),
      /the late decision was answered client-dropped/,
    ),
    fails('it was not tried', aPaidSale(), /Not testable: the late rejection was not tried/),
    fails('there is no session', new Story(), /Not testable/),
    fails(
      'an early decision was refused, the late one was not',
      signing().decide(true, { status: 422 }).act({ name: 'signature', accepted: false }).decide(false),
    ),
    passes(
      'an early decision was taken, the late one was not',
      signing().decide(true).act({ name: 'signature', accepted: false }).decide(false, { status: 422 }),
    ),
    fails('there is no session', new Story().act({ name: 'signature', accepted: false })),
    fails('it is sent in the moment of the decision, and taken', decided(false).decide(false)),
  ],
  'signature-times-out': [
    passes(
      'it is accepted after 80 seconds',
      closedAfter(80_000, 'SignatureVerificationAccepted'),
      /SignatureVerificationAccepted 80\.00 s after/,
    ),
    passes('it is captured as early as was ever seen', closedAfter(56_000, 'Captured'), /Captured 56\.00 s/),
    passes('it is captured at the latest', closedAfter(104_000, 'Captured'), /Captured 104\.00 s/),
    fails('it is captured too early', closedAfter(55_999, 'Captured'), /Captured 56\.00 s/),
    fails('it is captured too late', closedAfter(104_001, 'Captured'), /Captured 104\.00 s/),
    fails(
      'it is rejected',
      closedAfter(80_000, 'SignatureVerificationRejected'),
      /SignatureVerificationRejected 80\.00 s/,
    ),
    fails(
      'it is still open',
      aSale().poll('SignatureVerificationRequired').sessionIs('SignatureVerificationRequired'),
      /no signature that was asked for and closed/,
    ),
    fails('none was asked for', aPaidSale(), /no signature that was asked for/),
    fails(
      'its time is not reported',
      aSale().sessionIs('Captured', {
        statusEvents: [{ status: 'SignatureVerificationRequired' }, { status: 'Captured' }],
      }),
      /no signature that was asked for and closed, with the time of either/,
    ),
    passes(
      'the session asked for it from its very beginning',
      aSale().sessionIs('SignatureVerificationAccepted', {
        statusEvents: [
          { status: 'SignatureVerificationRequired', createdAt: '2026-03-02T10:00:00Z' },
          { status: 'SignatureVerificationAccepted', createdAt: '2026-03-02T10:01:20Z' },
        ],
      }),
      /SignatureVerificationAccepted 80\.00 s/,
    ),
    fails('there is no session', new Story(), /Not testable/),
  ],
};
