import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { at, listAt, numberAt, refusalText, textAt } from '../../record/evidence.ts';
import type { Json } from '../../record/vocabulary.ts';
import { PaymentEvidence, routeId } from './evidence.ts';
import { isFinal, isKnown } from './statuses.ts';
import { aPaidSale, aSale, entry } from './stories/situations.ts';
import { Story } from './stories/story.ts';

const seen = (story: Story): PaymentEvidence => new PaymentEvidence(story.observations);

suite('the way to a member of JSON', () => {
  test('is lost where a step is missing or no object', () => {
    for (const json of [null, 3, 'a', [{ a: 1 }], { a: null }, { b: 1 }, undefined])
      assert.equal(at(json, 'a', 'b'), undefined);
  });
  test('leads to a text or a number only where it is one', () => {
    assert.equal(textAt({ a: { b: 'x' } }, 'a', 'b'), 'x');
    assert.equal(textAt({ a: 1 }, 'a'), null);
    assert.equal(numberAt({ a: { value: 0 } }, 'a', 'value'), 0);
    assert.equal(numberAt({ a: '1' }, 'a'), null);
  });
});

suite('the route of a request', () => {
  const exchange = (method: string, target: string) => {
    const [one] = seen(new Story().call(method, target)).exchanges;
    return one!;
  };
  test('is known with a query, a trailing slash and an escaped id', () => {
    assert.equal(routeId(exchange('GET', '/terminal-sessions/a%2Fb/?x=1'), 'getSession'), 'a/b');
    assert.equal(routeId(exchange('POST', '/payment-intents/'), 'createIntent'), '');
  });
  test('is not that of another method, or of a longer path', () => {
    assert.equal(routeId(exchange('PUT', '/payment-intents'), 'createIntent'), null);
    assert.equal(routeId(exchange('GET', '/terminal-sessions/a/b'), 'getSession'), null);
    assert.equal(routeId(exchange('GET', '/v1/terminals'), 'listTerminals'), null);
  });
  test('does not break over a path that is no good escape', () => {
    assert.equal(routeId(exchange('GET', '/terminal-sessions/%E0%A4%A'), 'getSession'), '%E0%A4%A');
  });
});

suite('sessions', () => {
  test('are known by their creation, with polls, cancellations, decisions and what was reported', () => {
    const session = seen(aSale().poll('Initiated', 'PresentCard').cancel().decide(true).poll('Canceled'))
      .session!;
    assert.equal(session.id, 'ts_1');
    assert.equal(session.intentId, 'pi_1');
    assert.equal(session.terminalId, 'tm_1');
    assert.equal(session.polls.length, 2);
    assert.equal(session.cancels.length, 1);
    assert.equal(session.decisions.length, 1);
    assert.deepEqual(
      session.answers.map(({ status }) => status),
      ['InitiateRequested', 'Initiated', 'CancelRequested', 'Canceled'],
    );
    assert.deepEqual(
      session.answers.at(-1)!.prompts.map(({ type }) => type),
      ['PresentCard'],
    );
  });
  test('are found by the path of the request, though the answer names no id', () => {
    for (const [method, path] of [
      ['GET', '/terminal-sessions/ts_1'],
      ['PUT', '/terminal-sessions/ts_1/cancel'],
      ['PUT', '/terminal-sessions/ts_1/signature'],
    ] as const) {
      const { answers } = seen(aSale().call(method, path, { answer: { status: 'Captured' } })).session!;
      assert.equal(answers.at(-1)!.status, 'Captured', path);
    }
  });
  test('one that was asked for without saying what it is for is of no type', () => {
    const story = new Story().call('POST', '/terminal-sessions', { body: {}, answer: { id: 'ts_9' } });
    assert.deepEqual([seen(story).session?.type, seen(story).session?.intentId], ['', null]);
  });
  test('a session that was refused is none', () => {
    assert.deepEqual(seen(new Story().intent().session({ refused: 404 })).sessions, []);
  });
  test('what was reported of a session that the till did not create is not taken for its own', () => {
    const story = aSale().call('GET', '/terminal-sessions/ts_9', {
      answer: { id: 'ts_9', status: 'Captured' },
    });
    assert.equal(seen(story).session!.answers.at(-1)!.status, 'InitiateRequested');
  });
  test('an answer that was refused tells nothing of the status', () => {
    const story = aSale().call('GET', '/terminal-sessions/ts_1', {
      status: 500,
      answer: { id: 'ts_1', status: 'Captured' },
    });
    assert.equal(seen(story).session!.answers.at(-1)!.status, 'InitiateRequested');
  });
  test('what was reported is in the order in which the answers arrived, whatever was recorded first', () => {
    const { observations } = aSale().poll('Initiated').poll('Captured');
    const { answers } = new PaymentEvidence([...observations].reverse()).session!;
    assert.equal(answers.at(-1)!.status, 'Captured');
  });
  test('the state is the one that the kit read last; a reading that failed changes nothing', () => {
    const story = aSale().sessionIs('Initiated').sessionIs('Captured').sessionIs('Expired', {}, 404);
    assert.equal(textAt(seen(story).session!.state ?? undefined, 'status'), 'Captured');
  });
});

suite('payment intents', () => {
  test('are those that the till made, and those that the kit read', () => {
    const { intents } = seen(new Story().intent().intentIs('Created', {}, 'pi_7'));
    assert.equal(intents.get('pi_1')?.created?.id, 'ex_1');
    assert.equal(intents.get('pi_7')?.created, null);
  });
  test('one that was refused is none', () => {
    assert.equal(seen(new Story().intent({}, { status: 400, answer: {} })).intents.size, 0);
  });
});

suite('the evidence up to a moment', () => {
  const { observations } = aPaidSale();
  const whole = new PaymentEvidence(observations);
  test('leaves out an exchange whose answer had not come', () => {
    const [first] = whole.exchanges;
    assert.equal(whole.upTo(first!.until - 1).exchanges.length, 0);
    assert.equal(whole.upTo(first!.until).exchanges.length, 1);
  });
  test('leaves out an action that had not been done, and a wait that had not ended', () => {
    const evidence = seen(
      new Story().sale().record({ kind: 'wait', at: 2000, until: 3000, for: 'the end', met: true }),
    );
    const [action] = evidence.all('action');
    assert.ok(action && action.until > action.at);
    for (const { kind, until } of [action, ...evidence.all('wait')]) {
      assert.equal(evidence.upTo(until - 1).all(kind).length, 0);
      assert.equal(evidence.upTo(until).all(kind).length, 1);
    }
  });
  test('only ever grows with time', () => {
    const time = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(time, time, (one, other) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const known = new Set(whole.upTo(late).observations);
        assert.ok(whole.upTo(early).observations.every((observation) => known.has(observation)));
      }),
    );
  });
  test('is all of it at the end', () => {
    assert.deepEqual(whole.upTo(Number.POSITIVE_INFINITY).observations, observations);
  });
});

suite('the payment in hand', () => {
  for (const action of [
    { name: 'retry' },
    { name: 'refundIntent' },
    { name: 'matchedRefund' },
    { name: 'unlinkedRefund', amount: 500, currency: 'GBP' },
  ] as const)
    test(`begins anew with "${action.name}"`, () => {
      const story = aPaidSale();
      const { now } = story;
      assert.equal(seen(story.act(action)).paymentStart, now);
    });
  test('does not begin with a cancellation', () => {
    const story = aSale();
    const before = seen(story).paymentStart;
    assert.equal(seen(story.act({ name: 'cancel' })).paymentStart, before);
  });
});

suite('new entries of the journal', () => {
  test('are those that were not there before the first action', () => {
    const old = entry({ reference: 'old' });
    const story = new Story()
      .shows({ ledger: [old] })
      .sale()
      .shows({ ledger: [old, entry()] });
    assert.deepEqual(
      seen(story).newLedgerEntries.map(({ reference }) => reference),
      ['order-1'],
    );
  });
  test('an entry that looks like an old one is new all the same', () => {
    const story = new Story()
      .shows({ ledger: [entry()] })
      .sale()
      .shows({ ledger: [entry(), entry()] });
    assert.equal(seen(story).newLedgerEntries.length, 1);
  });
  test('an entry whose words were filled in before the first action is old', () => {
    const story = new Story()
      .shows({ ledger: [entry({ words: '…' })] })
      .shows({ ledger: [entry()] })
      .sale()
      .shows({ ledger: [entry()] });
    assert.deepEqual(seen(story).newLedgerEntries, []);
  });
  test('a page that shows no journal for a while does not make all of it new', () => {
    const story = new Story()
      .shows({ ledger: [entry()] })
      .shows({ ledger: [] })
      .sale()
      .shows({ ledger: [entry(), entry()] });
    assert.equal(seen(story).newLedgerEntries.length, 1);
  });
  test('without a display there are none', () => {
    assert.deepEqual(seen(aSale()).newLedgerEntries, []);
    assert.deepEqual(seen(new Story().sale()).newLedgerEntries, []);
  });
});

test('every status of the API’s description is known, and no other', () => {
  for (const status of [
    'InitiateRequested',
    'Initiated',
    'Authorized',
    'Captured',
    'CancelRequested',
    'Canceled',
    'SignatureVerificationRequired',
    'SignatureVerificationAccepted',
    'SignatureVerificationRejected',
    'Expired',
    'Declined',
  ])
    assert.ok(isKnown(status), status);
  for (const status of ['Cancelled', '']) assert.ok(!isKnown(status), status);
});

test('a session goes on until a status that does not change any more', () => {
  for (const status of [
    'Captured',
    'Authorized',
    'Declined',
    'Canceled',
    'Expired',
    'SignatureVerificationRejected',
  ])
    assert.ok(isFinal(status), status);
  for (const status of [
    'InitiateRequested',
    'Initiated',
    'CancelRequested',
    'SignatureVerificationRequired',
    'SignatureVerificationAccepted',
    '',
  ])
    assert.ok(!isFinal(status), status);
});

suite('what the kit reads', () => {
  test('is named by its last reading', () => {
    const evidence = seen(aSale().intentIs('Created').sessionIs('Captured').intentIs('Captured'));
    const reads = evidence.all('state');
    assert.deepEqual(evidence.lastReading('pi_1'), [reads[2]!.exchange.id]);
    assert.deepEqual(evidence.lastReading('ts_1'), [reads[1]!.exchange.id]);
    assert.deepEqual(evidence.lastReading('pi_9'), []);
    assert.deepEqual(evidence.lastReading(null), []);
  });
  test('of another resource with the same id is not the session', () => {
    const story = aSale().sessionIs('Captured');
    const read = story.observations.at(-1);
    assert.ok(read?.kind === 'state');
    story.record({
      ...read,
      resource: 'webhooks',
      exchange: { ...read.exchange, response: { status: 200, headers: [], body: null } },
    });
    assert.equal(textAt(seen(story).session?.state ?? null, 'status'), 'Captured');
  });
  test('without an answer changes nothing', () => {
    const story = aSale().intentIs('Created');
    const read = story.observations.at(-1);
    assert.ok(read?.kind === 'state');
    story.record({ ...read, exchange: { ...read.exchange, response: null } });
    assert.equal(textAt(seen(story).intents.get('pi_1')?.state ?? null, 'status'), 'Created');
  });
  test('of what was noted is found by its name, in turn, and nothing else', () => {
    const story = new Story().screen({ amount: 1 }).tips(200).screen({ amount: 2 });
    const amounts = seen(story)
      .facts('card-machine-screen')
      .map(({ detail }) => detail.amount);
    assert.deepEqual(amounts, [1, 2]);
    assert.deepEqual(seen(story).facts('key-revoked'), []);
  });
});

suite('the answer to a request', () => {
  test('of 201 makes a session too', () => {
    const body = { details: { sessionType: 'Sale' } };
    const story = new Story().call('POST', '/terminal-sessions', {
      body,
      status: 201,
      answer: { id: 'ts_9' },
    });
    assert.equal(seen(story).session?.id, 'ts_9');
  });
  test('that was lost said nothing to the till', () => {
    const story = aSale().poll('Initiated');
    const last = story.observations.at(-1);
    assert.ok(last?.kind === 'exchange');
    const poll = { ...last.exchange, id: 'ex_9', trouble: 'client-dropped' as const };
    story.record({ kind: 'exchange', exchange: poll });
    assert.deepEqual(
      seen(story).session?.answers.map(({ exchange }) => exchange.id),
      ['ex_2', 'ex_3'],
    );
  });
  test('that refuses says why, in its detail and its errors', () => {
    const said = (answer: Json) =>
      refusalText(seen(new Story().call('GET', '/', { status: 400, answer })).exchanges[0]);
    assert.equal(
      said({ detail: 'No.', errors: { amount: ['Too low.', 'Odd.'], id: ['Unknown.'] } }),
      'No. Too low. Odd. Unknown.',
    );
    assert.equal(said({ Detail: 'No.' }), 'No.');
    assert.equal(said({ errors: { amount: [1, 'Odd.', null] } }), 'Odd.');
    for (const nothing of [
      null,
      {},
      { errors: 'none' },
      { errors: ['listed'] },
      { errors: null },
      { detail: 4 },
    ])
      assert.equal(said(nothing), '');
    assert.equal(refusalText(undefined), '');
  });
});

suite('the order of what happened', () => {
  test('what was reported counts by when the answer came', () => {
    const story = aSale().poll('Initiated').poll('Captured');
    const exchanges = story.observations.flatMap((one) => (one.kind === 'exchange' ? [one] : []));
    const early = exchanges.at(-1)!;
    const slow = exchanges.at(-2)!;
    const late = { ...slow, exchange: { ...slow.exchange, until: early.exchange.until + 50 } };
    const others = story.observations.filter((one) => one !== slow);
    const { session } = new PaymentEvidence([...others, late]);
    assert.deepEqual(
      session?.answers.slice(-2).map(({ status }) => status),
      ['Captured', 'Initiated'],
    );
  });
  test('the next payment is the one after a time, not at it', () => {
    const story = new Story().sale();
    const evidence = seen(story.act({ name: 'cancel' }).act({ name: 'retry' }));
    const [first, second] = evidence.starts.map((start) => start.at);
    assert.deepEqual([evidence.nextStart(0), evidence.nextStart(first!)], [first, second]);
    assert.equal(evidence.nextStart(second!), Number.POSITIVE_INFINITY);
  });
  test('there is nothing before anything was seen', () => {
    const evidence = seen(new Story());
    assert.deepEqual(
      [evidence.display, evidence.session, evidence.lastAction(), evidence.paymentStart],
      [null, null, null, 0],
    );
  });
});

suite('an entry that was there before', () => {
  for (const [name, set] of Object.entries({
    configure: (story: Story) => story.configure(),
    listTerminals: (story: Story) => story.act({ name: 'listTerminals' }),
    chooseTerminal: (story: Story) => story.choose('tm_1'),
  }))
    test(`was so though "${name}" came first`, () => {
      const story = set(new Story())
        .shows({ ledger: [entry()] })
        .sale()
        .shows({ ledger: [entry()] });
      assert.deepEqual(seen(story).newLedgerEntries, []);
    });
  test('was not there when a cancellation came first', () => {
    const story = new Story().act({ name: 'cancel' }).shows({ ledger: [entry()] });
    assert.equal(seen(story).newLedgerEntries.length, 1);
  });
});

suite('a member that is a list', () => {
  test('is given with its entries, and is empty where it is none', () => {
    assert.deepEqual(listAt({ a: { b: [1, 2] } }, 'a', 'b'), [1, 2]);
    for (const json of [null, undefined, {}, { a: 'text' }, { a: { length: 2 } }])
      assert.deepEqual(listAt(json, 'a'), []);
  });
});

test('prompts without a type are passed over', () => {
  const notificationEvents = [
    { notificationType: 'PresentCard', createdAt: '2026-03-02T10:00:00Z' },
    { createdAt: 'x' },
    4,
  ];
  const story = aSale().call('GET', '/terminal-sessions/ts_1', {
    answer: { id: 'ts_1', status: 'Initiated', notificationEvents },
  });
  assert.deepEqual(seen(story).session?.answers.at(-1)?.prompts, [
    { type: 'PresentCard', createdAt: Date.parse('2026-03-02T10:00:00Z') },
  ]);
});
