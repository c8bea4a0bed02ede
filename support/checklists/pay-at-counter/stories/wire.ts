import { aPaidSale, aRun, aSale, Story } from './story.ts';
import { fails, passes, reviews, type Tellings, warns } from './telling.ts';

/** A key of the till's own beside the one that was entered. */
const twoKeys: { headers: [string, string][] } = {
  headers: [
    ['Authorization', 'Basic key-1'],
    ['authorization', 'Basic hard-coded'],
  ],
};

const headersOf = (version: string): { headers: [string, string][] } => ({
  headers: [
    ['authorization', 'Basic key-1'],
    ['Version', version],
  ],
});

/** A sale whose session is asked about once in so many ms, eleven times, up to its end. */
const polledEvery = (ms: number): Story => aSale().polls(10, 'Initiated', ms).poll('Captured');

const accountTime = aRun({ pos: { clock: 'account' } });

const waitsForSignature = (): Story =>
  aSale().wait(1000).poll('Initiated').wait(1000).poll('SignatureVerificationRequired').wait(500);

/** The card machine asks for the card, and no card has come yet. */
const cardAwaited = (): Story => aSale().wait(1000).poll('Initiated', 'PresentCard').wait(300);

const cardPresented = (): Story => cardAwaited().wait(700).poll('Initiated', 'EnterPin').wait(300);

/** Declined, and tried again on the till. */
const triedAgain = (): Story => aSale().wait(1000).poll('Declined').act({ name: 'retry' }).wait(200);

const terminals = (status: string, tid = 'VCMSIP0') => ({
  answer: [{ id: 'tm_1', status, properties: { tid } }],
});

/** The till asks so many times which card machines there are. */
const asksForTerminals = (times: number, call = {}): Story =>
  Array.from({ length: times }).reduce<Story>(
    (story) => story.call('GET', '/terminals', call),
    new Story().configure(),
  );

/** What follows an answer begins in the moment in which that answer ends. */
const atOnce = (story: Story): Story => story.wait(-1);

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

const onMachine = { params: { terminalId: 'tm_1' } };

const bothMachines = (): Story => new Story().configure().choose('tm_1').sale().intent().session();

/** Stories for the checks of what the till sends. */
export const wireTellings: Tellings = {
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
  ],
  'terminals-listed': [
    passes(
      'the list is asked for',
      new Story().call('GET', '/terminals', terminals('Available')),
      /answered 200 1 time/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    passes(
      'the path ends in a slash and has a query, which leaves some out',
      new Story().call('GET', '/terminals/?statuses=Available', { answer: [] }),
      /answered 200/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails(
      'the list leaves out a card machine of the account',
      new Story().call('GET', '/terminals', terminals('Available')),
      /answered without VCMSIS0 \(tm_2\)/,
      { params: { machines: ['VCMSIP0 (tm_1)', 'VCMSIS0 (tm_2)'] } },
    ),
    fails(
      'the list gives a card machine another TID',
      new Story().call('GET', '/terminals', terminals('Available', 'VCMDIP0')),
      /answered without VCMSIP0 \(tm_1\)/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails(
      'the list is empty',
      new Story().call('GET', '/terminals', { answer: [] }),
      /answered without VCMSIP0 \(tm_1\)/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails('the list is refused', new Story().call('GET', '/terminals', { status: 404 }), /answered 404/),
    fails(
      'no answer comes',
      new Story().call('GET', '/terminals', { trouble: 'client-dropped' }),
      /answered client-dropped/,
    ),
    warns('it is never asked for', aSale(), /never asked/),
  ],
  'chosen-terminals-used': [
    passes(
      'each sale goes to its machine',
      bothMachines().choose('tm_2').sale().intent().session({ terminalId: 'tm_2' }),
      /chosen: tm_1, tm_2; used: tm_1, tm_2/,
    ),
    fails(
      'the second sale goes to the first machine',
      bothMachines().choose('tm_2').sale().intent().session({ terminalId: 'tm_1' }),
      /used: tm_1, tm_1/,
    ),
    fails('only one was chosen: it may be hard-coded', bothMachines(), /chosen: tm_1; used: tm_1/),
    fails(
      'the second sale names none',
      bothMachines().choose('tm_2').sale().intent().call('POST', '/terminal-sessions', { body: {} }),
      /used: tm_1, none/,
    ),
  ],
  'one-version-sent': [
    passes('all requests say the same', aPaidSale(), /^2026-02-27 \(\d+ requests\)$/),
    fails(
      'two versions are mixed',
      aSale().call('GET', '/terminals', headersOf('2024-02-05')),
      /2026-02-27 \(2 requests\), 2024-02-05 \(1 request\)/,
    ),
    fails(
      'one request says two',
      aSale().call('GET', '/terminals', {
        headers: [
          ['version', '2026-02-27'],
          ['Version', '2024-02-05'],
        ],
      }),
      /2026-02-27 \(3 requests\), 2024-02-05 \(1 request\)/,
    ),
    fails('a request has none', aSale().call('GET', '/terminals', { headers: [] }), /none \(1 request\)/),
    fails('nothing was sent', new Story(), /Not testable/),
  ],
  'version-as-declared': [
    passes('the wire says what the profile says', aSale(), /declared: 2026-02-27/),
    fails(
      'the wire says another',
      new Story().call('GET', '/terminals', headersOf('2024-02-05')),
      /on the wire: 2024-02-05; declared: 2026-02-27/,
    ),
    fails(
      'another stands beside it',
      new Story().call('GET', '/terminals', {
        headers: [
          ['version', '2026-02-27'],
          ['version', '2024-02-05'],
        ],
      }),
      /on the wire: 2026-02-27, 2024-02-05;/,
    ),
    fails(
      'the header is missing',
      new Story().call('GET', '/terminals', { headers: [] }),
      /on the wire: none/,
    ),
    fails(
      'twenty requests say another',
      asksForTerminals(20, headersOf('2024-02-05')),
      /on the wire: 2024-02-05;/,
    ),
    fails('nothing was sent', new Story(), /Not testable/),
  ],
  'cashback-sent-apart': [
    passes(
      'it stands in its own member',
      new Story().sale().intent({ cashbackAmount: { value: 500, currencyCode: 'GBP' } }),
      /amount £10\.00, cashback £5\.00/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails(
      'it is folded into the amount',
      new Story().sale().intent({ amount: { value: 1500, currencyCode: 'GBP' } }),
      /amount £15\.00, cashback not sent/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails(
      'it is sent later on with the tip, where the API takes none',
      new Story()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: null, cashbackAmount: { value: 500, currencyCode: 'GBP' } },
        }),
      /cashback not sent/,
      { params: { amount: 1000, value: 500 } },
    ),
    fails('there is no payment intent', new Story().sale(), /Not testable/, {
      params: { amount: 1000, value: 500 },
    }),
  ],
  'tip-sent-apart': [
    passes(
      'it stands in its own member',
      new Story().sale().intent({ tipsAmount: { value: 150, currencyCode: 'GBP' } }),
      /amount £10\.00, gratuity £1\.50/,
      { params: { amount: 1000, value: 150 } },
    ),
    passes(
      'it is set by a request of its own',
      new Story()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: { value: 150, currencyCode: 'GBP' } },
        }),
      /gratuity £1\.50/,
      { params: { amount: 1000, value: 150 } },
    ),
    passes('none is entered, and none sent', new Story().sale().intent(), /gratuity not sent/, {
      params: { amount: 1000, value: null },
    }),
    fails(
      'it is folded into the amount',
      new Story().sale().intent({ amount: { value: 1150, currencyCode: 'GBP' } }),
      /amount £11\.50, gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
    fails(
      'it is set on the payment before',
      new Story()
        .intent()
        .sale()
        .intent()
        .call('POST', '/payment-intents/pi_1/tips-amount', {
          body: { tipsAmount: { value: 150, currencyCode: 'GBP' } },
        }),
      /gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
    fails(
      'it is sent, but as a bare number',
      new Story().sale().intent({ tipsAmount: 150 }),
      /gratuity not sent/,
      { params: { amount: 1000, value: 150 } },
    ),
  ],
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
  ],
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
  ],
  'intent-reused': [
    passes('the next session is on the same one', triedAgain().session(), /first pi_1, then pi_1$/),
    fails(
      'a new one is made for it',
      triedAgain().intent().session(),
      /first pi_1, then pi_2 \(1 new payment intents created\)/,
    ),
    fails(
      'a new one is made and left, the session being on the old one',
      triedAgain().intent().session({ on: 'pi_1' }),
      /1 new payment intents created/,
    ),
    fails('nothing follows', triedAgain(), /Not testable: the till created no session/),
    fails('it was not tried', aPaidSale(), /Not testable: the payment was not tried again/),
  ],
  'refused-as-unavailable': [
    passes(
      'the session is answered 404',
      new Story().sale().intent().session({ refused: 404, detail: 'the terminal is in use' }),
      /answered 404: the terminal is in use/,
      onMachine,
    ),
    passes(
      'it is answered 409',
      new Story().sale().intent().session({ refused: 409 }),
      /answered 409/,
      onMachine,
    ),
    passes(
      'the till saw the machine in use and sent nothing',
      new Story().sale().call('GET', '/terminals', terminals('InUse')),
      /the till saw that the card machine is InUse/,
      { params: { terminalId: 'tm_1' } },
    ),
    fails('the session is made', aSale(), /answered 200/, onMachine),
    fails(
      'the session goes unanswered',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', {
          body: { terminalId: 'tm_1' },
          trouble: 'client-dropped',
        }),
      /answered client-dropped: no reason/,
      onMachine,
    ),
    fails(
      'it is refused with another status',
      new Story().sale().intent().session({ refused: 401 }),
      /answered 401/,
      onMachine,
    ),
    passes(
      'it is busy with another payment',
      new Story().sale().intent().session({ refused: 409, detail: 'busy with another payment intent' }),
      /busy with another/,
      onMachine,
    ),
    fails(
      'it is refused for whose machine it is',
      new Story()
        .sale()
        .intent()
        .session({ refused: 404, detail: 'The terminal does not belong to this account' }),
      /does not belong/,
      onMachine,
    ),
    fails(
      'it is refused for the payment intent',
      new Story().sale().intent().session({ refused: 404, detail: 'payment intent not found' }),
      /payment intent not found/,
      onMachine,
    ),
    fails(
      'it is refused for a reason that is no card machine',
      new Story().sale().intent().session({ refused: 404, detail: 'not found' }),
      /answered 404: not found/,
      onMachine,
    ),
    fails(
      'another card machine was asked',
      new Story().sale().intent().session({ refused: 404, terminalId: 'tm_9' }),
      /asked for on tm_9, the card machine is tm_1/,
      onMachine,
    ),
    fails(
      'nothing was sent though the machine is free',
      new Story().sale().call('GET', '/terminals', terminals('Available')),
      /no answer reported that the card machine is busy/,
      { params: { terminalId: 'tm_1' } },
    ),
    fails(
      'nothing was sent, and another machine is in use',
      new Story().sale().call('GET', '/terminals', terminals('InUse')),
      /no answer reported/,
      { params: { terminalId: 'tm_2' } },
    ),
  ],
  'no-cancel-sent': [
    passes('the till leaves it to the machine', cardAwaited().poll('Canceled'), /none sent/),
    fails('the till cancels besides', cardAwaited().cancel(), /1 cancellation sent/),
  ],
  'cancel-sent-before-card': [
    passes(
      'it is sent while the card is awaited',
      cardAwaited().act({ name: 'cancel' }).cancel(),
      /when the session was Initiated and no card was presented, answered 200/,
    ),
    passes(
      'a payment is read that may have been cancelled',
      cardAwaited().act({ name: 'cancel' }).cancel().call('GET', '/payment-intents/pi_1?returnCanceled=true'),
      /answered 200/,
    ),
    fails(
      'it is sent after the card',
      cardPresented().act({ name: 'cancel' }).cancel(422),
      /a card was presented, answered 422/,
    ),
    fails(
      'it goes to a path that does not exist',
      cardAwaited().act({ name: 'cancel' }).call('POST', '/payment-intents/pi_1/cancel', { status: 404 }),
      /POST \/payment-intents\/pi_1\/cancel instead/,
    ),
    passes(
      'the machine asks for the card to be inserted',
      aSale().poll('Initiated', 'InsertCard').act({ name: 'cancel' }).cancel(),
      /no card was presented/,
    ),
    passes(
      'the till knows nothing of the session yet',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_0' } })
        .act({ name: 'cancel' })
        .call('PUT', '/terminal-sessions/ts_0/cancel'),
      /when the session was nothing yet and/,
    ),
    fails('none is sent', cardAwaited().act({ name: 'cancel' }), /no cancellation was sent/),
    fails('there is no session', new Story(), /Not testable/),
  ],
  'cancel-sent-after-card': [
    passes(
      'it is sent after the card',
      cardPresented().act({ name: 'cancel' }).cancel(422),
      /a card was presented, answered 422/,
    ),
    fails(
      'it is sent while the card is awaited',
      cardAwaited().act({ name: 'cancel' }).cancel(),
      /no card was presented/,
    ),
    passes(
      'the till is told in the very moment that the session has gone on',
      atOnce(cardPresented().act({ name: 'cancel' }).poll('SignatureVerificationRequired')).cancel(422),
      /when the session was SignatureVerificationRequired and a card/,
    ),
    fails('none is sent', cardPresented().act({ name: 'cancel' }), /no cancellation was sent/),
  ],
  'cancel-refused': [
    passes('the API answers 422', cardPresented().cancel(422), /answered 422/),
    fails('the API takes it', cardPresented().cancel(), /answered 200/),
    passes(
      'its reason is the status',
      cardPresented().cancel(422, 'The status of the session does not allow this operation.'),
      /does not allow/,
    ),
    fails(
      'it is refused for whose session it is',
      cardPresented().cancel(422, 'Cannot cancel: the session belongs to another merchant'),
      /belongs to another/,
    ),
    fails(
      'it is refused for another reason',
      cardPresented().cancel(422, 'the terminal is offline'),
      /answered 422: the terminal is offline/,
    ),
    fails('none was sent', cardPresented(), /Not testable/),
  ],
  'end-confirmed-by-polling': [
    passes(
      'the till asks until it has ended',
      cardAwaited().cancel().wait(900).poll('CancelRequested').wait(900).poll('Canceled'),
      /2 polls after it, the last said Canceled/,
    ),
    fails(
      'the till takes CancelRequested for the end',
      cardAwaited().cancel().wait(900).poll('CancelRequested'),
      /1 poll after it, the last said CancelRequested/,
    ),
    passes(
      'the session had ended before the cancellation was sent',
      cardAwaited().poll('Captured').wait(300).cancel(),
      /^the API had reported Captured by then$/,
    ),
    fails(
      'only the answer to the cancellation says Canceled',
      cardAwaited().call('PUT', '/terminal-sessions/ts_1/cancel', {
        answer: { id: 'ts_1', status: 'Canceled' },
      }),
      /0 polls after it, the last said nothing/,
    ),
    passes(
      'the till asks in the very moment of the answer',
      atOnce(cardAwaited().cancel()).poll('Canceled'),
      /^1 poll after it, the last said Canceled$/,
    ),
    fails('the till never asks', cardAwaited().cancel(), /0 polls after it, the last said nothing/),
    fails('no cancellation was sent', cardAwaited(), /Not testable/),
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
  ],
  'prompts-delivered': [
    passes('they come with the session', aPaidSale(), /PresentCard → RemoveCard/),
    fails('the session has none', aSale().poll('Captured'), /no prompts/),
    fails(
      'the earlier ones are forgotten',
      aSale()
        .poll('Initiated', 'PresentCard')
        .poll('Initiated', 'EnterPin')
        .call('GET', '/terminal-sessions/ts_1', {
          answer: {
            id: 'ts_1',
            status: 'Captured',
            notificationEvents: [{ notificationType: 'RemoveCard' }],
          },
        }),
      /^RemoveCard$/,
    ),
    fails('one of two sessions has none', aPaidSale().intent().session().poll('Captured'), /; no prompts/),
    passes(
      'nothing at all was told of a second session',
      aPaidSale()
        .intent()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_2' } }),
      /^PresentCard → RemoveCard$/,
    ),
    fails('there is no session', new Story(), /Not testable/),
  ],
};
