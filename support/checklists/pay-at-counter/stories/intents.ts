import type { Json } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from './story.ts';
import { fails, passes, reviews, type Telling, type Tellings } from './telling.ts';

const pounds = (value: number): Json => ({ value, currencyCode: 'GBP' });
const asked = (amount: number): { params: { amount: number } } => ({ params: { amount } });
const made = (body: { readonly [name: string]: Json } = {}): Story => new Story().sale().intent(body);

/** The till changes the amount of a payment, and is answered so. */
const change = (
  amount: number,
  status: number,
  answer: Json = { id: 'pi_1', status: 'Authorized', amount: pounds(amount) },
  to = 'pi_1',
): Story =>
  made()
    .act({ name: 'changeAmount', amount })
    .call('POST', `/payment-intents/${to}/amount`, { body: { amount: pounds(amount) }, status, answer });

/** The till changes the amount of a payment, and hears nothing. */
const unanswered = (amount: number): Story =>
  made()
    .act({ name: 'changeAmount', amount })
    .call('POST', '/payment-intents/pi_1/amount', {
      body: { amount: pounds(amount) },
      trouble: 'client-dropped',
    });

const unsent = (reason: string | null): Story =>
  reason === null
    ? made().act({ name: 'changeAmount', amount: 0 })
    : made().act({ name: 'changeAmount', amount: 0 }, { answer: 'notOffered', reason });

const guarded = (cause: string, otherCause: string, ...causes: string[]): readonly Telling[] => [
  ...causes.map((one) => passes(`the API says "${one}"`, change(0, 400, { detail: one }), /answered 400/)),
  passes(
    'something else is done since',
    change(0, 400, { detail: cause }).act({ name: 'listTerminals' }),
    /answered 400/,
  ),
  fails('the API takes it, whatever it says', change(0, 200, { detail: cause }), /answered 200/),
  passes('the till sends nothing', unsent(null), /the till sent nothing/),
  passes('the till does not offer it', unsent('no such button'), /does not offer it: no such button/),
  passes('the API refuses it for that reason', change(0, 400, { detail: cause }), /answered 400/),
  passes(
    'the reason stands in the map of errors',
    change(0, 400, { errors: { amount: [cause] } }),
    /answered 400/,
  ),
  fails('the API takes it', change(0, 200), /answered 200/),
  fails('the API refuses it for another reason', change(0, 400, { detail: otherCause }), /answered 400/),
  fails('the API gives no reason', change(0, 400, {}), /no reason/),
  fails('no answer comes', unanswered(0), /client-dropped/),
  fails('it was not tried', made(), /Not testable/),
];

const captured = (amount: Json, call: { status?: number; answer?: Json } = {}): Story =>
  made().call('POST', '/payment-intents/pi_1/captures', {
    body: { amount },
    answer: { captureId: 'ca_1' },
    ...call,
  });

/** Refunds of a payment, each sent with such a key. */
const keyed = (...keys: string[]): [string, string][] => keys.map((key) => ['idempotencyKey', key]);

const refundedWith = (...keys: string[]): Story =>
  keys.reduce(
    (story, key) => story.call('POST', '/payment-intents/pi_1/refunds', { headers: keyed(key) }),
    made(),
  );

const page = (story: Story, after: string | null, data: Json[], next: string | null): Story =>
  story.call('POST', '/payment-intents/search', {
    body: { cursor: { limit: 2, ...(after ? { after } : {}) } },
    answer: { data, ...(next ? { after: next } : {}) },
  });

const basket = {
  params: {
    lines: [
      { name: 'Flat white', quantity: 1, amountTotal: 300 },
      { name: 'Bagel', quantity: 1, amountTotal: 250 },
    ],
  },
};

const line = (name: string, amount: number, ...modifiers: number[]): { [name: string]: Json } => ({
  name,
  quantity: 1,
  amountTotal: pounds(amount),
  modifiers: modifiers.map((value) => ({ name: 'Less', quantity: 1, amountPerModifier: pounds(value) })),
});

const refund = (
  amount: Json,
  more: { to?: string; key?: string; status?: number; answer?: Json } = {},
): Story =>
  aPaidSale()
    .act({ name: 'refundIntent' })
    .call('POST', `/payment-intents/${more.to ?? 'pi_1'}/refunds`, {
      body: { amount },
      headers: [
        ['authorization', 'Basic key-1'],
        ...(more.key === undefined ? [] : [['idempotencyKey', more.key] as [string, string]]),
      ],
      status: more.status ?? 200,
      answer: more.answer ?? { refundId: 're_1' },
    });

const matched = { params: { type: 'MatchedRefund', amount: 1000 } };
const unlinked = { params: { type: 'UnlinkedRefund', amount: 500 } };
const askedForMatched = (): Story => aPaidSale().act({ name: 'matchedRefund' });
const askedForUnlinked = (): Story =>
  new Story().act({ name: 'unlinkedRefund', amount: 500, currency: 'GBP' });

/** A till that gives up its first payment intent, and is paid on a second. */
const paidOnSecond = (): Story =>
  new Story()
    .sale()
    .intent()
    .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
    .intent()
    .session()
    .poll('Captured')
    .readIntent()
    .intentIs('Canceled', {}, 'pi_1')
    .intentIs('Captured');

const refundOf = (story: Story, id: string, amount: number, key: string): Story =>
  story.call('POST', `/payment-intents/${id}/refunds`, {
    body: { amount },
    headers: [['idempotencyKey', key]],
    answer: { refundId: `re_${key}` },
  });

/** Stories for the checks of what the till sends about payment intents and refunds. */
export const intentTellings: Tellings = {
  'auto-capture-requested': [
    passes('it is asked for', made({ captureMode: 'Auto' }), /captureMode Auto/),
    passes('it is left out', made(), /left out/),
    fails('the other is asked for', made({ captureMode: 'Manual' }), /captureMode Manual/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'manual-capture-requested': [
    passes('it is asked for', made({ captureMode: 'Manual' }), /captureMode Manual/),
    fails('it is left out', made(), /left out/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'intent-read-after-end': [
    passes('it is read', aPaidSale(), /1 reading of pi_1 after the end/),
    fails('it is read only before', aSale().readIntent().poll('Captured'), /0 readings/),
    fails('another is read', aSale().poll('Captured').readIntent('pi_9'), /0 readings/),
    fails('the till never saw the end', aSale().poll('Initiated').readIntent(), /Not testable/),
    fails('there is no session', made().readIntent(), /Not testable/),
  ],
  'amount-change-sent': [
    passes('it is sent and taken', change(1500, 200), /£15\.00 to pi_1, answered 200/, asked(1500)),
    fails('another amount is sent', change(1400, 200), /£14\.00/, asked(1500)),
    fails('it is sent for another payment', change(1500, 200, {}, 'pi_9'), /to pi_9/, asked(1500)),
    fails('it is refused', change(1500, 405), /answered 405/, asked(1500)),
    fails('no answer comes', unanswered(1500), /£15\.00 to pi_1, answered client-dropped/, asked(1500)),
    fails(
      'it is sent in another currency',
      made()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', {
          body: { amount: { value: 1500, currencyCode: 'USD' } },
        }),
      /^USD 15\.00 to pi_1/,
      asked(1500),
    ),
    fails(
      'it is sent without a currency',
      made()
        .act({ name: 'changeAmount', amount: 1500 })
        .call('POST', '/payment-intents/pi_1/amount', { body: { amount: { value: 1500 } } }),
      /^15\.00 to pi_1/,
      asked(1500),
    ),
    fails('none is sent', made().act({ name: 'changeAmount', amount: 1500 }), /no change/, asked(1500)),
    fails('there is no payment intent', new Story(), /Not testable/, asked(1500)),
  ],
  'amount-change-authorized': [
    passes('the answer says so', change(1500, 200), /Authorized, £15\.00/, asked(1500)),
    fails(
      'the answer has the old amount',
      change(1500, 200, { status: 'Authorized', amount: pounds(1000) }),
      /£10\.00/,
      asked(1500),
    ),
    fails(
      'the answer says Created',
      change(1500, 200, { status: 'Created', amount: pounds(1500) }),
      /Created/,
      asked(1500),
    ),
    fails('the answer is empty', change(1500, 200, {}), /200, nothing/, asked(1500)),
    fails('no answer comes', unanswered(1500), /client-dropped, nothing/, asked(1500)),
    fails('none was sent', made(), /Not testable/, asked(1500)),
  ],
  'change-of-captured-refused': [
    passes(
      'the API refuses it for that reason',
      change(1500, 400, { detail: 'The status `Captured` does not allow this change.' }),
      /answered 400: The status/,
    ),
    fails('the API takes it', change(1500, 200), /answered 200/),
    fails(
      'the API takes it, and says what it was',
      change(1500, 200, { detail: 'It was Captured.' }),
      /answered 200: It was Captured/,
    ),
    fails('no answer comes', unanswered(1500), /answered client-dropped: no reason/),
    fails('the API refuses it for another reason', change(1500, 400, { detail: 'bad amount' }), /bad amount/),
    reviews('the till sends nothing', unsent(null), /the till sent nothing/),
    passes('the till does not offer it', unsent('it is paid'), /does not offer it: it is paid/),
    fails(
      'the till says that it does not offer it, and sends it',
      unsent('it is paid').call('POST', '/payment-intents/pi_1/amount', { status: 200 }),
      /answered 200/,
    ),
    fails('it was not tried', made(), /Not testable/),
  ],
  'unknown-intent-protected': guarded(
    'The payment was not found',
    'the amount must be higher than 0',
    'No payment intent has this id.',
    'There is no such payment intent.',
    'It does not exist.',
    "It doesn't exist.",
    'It could not be found.',
  ),
  'zero-amount-protected': guarded('the amount must be higher than 0', 'The payment was not found'),
  'capture-sent': [
    passes('a bare number is sent once', captured(800), /amount 800, sent 1 time, answered 200/, asked(800)),
    fails('an object is sent', captured(pounds(800)), /amount \{/, asked(800)),
    fails('another amount is sent', captured(700), /amount 700/, asked(800)),
    fails('it is refused', captured(800, { status: 400, answer: {} }), /answered 400/, asked(800)),
    fails('the answer has no captureId', captured(800, { answer: {} }), /answered 200/, asked(800)),
    fails(
      'it is sent twice',
      captured(800).call('POST', '/payment-intents/pi_1/captures', {
        body: { amount: 800 },
        answer: { captureId: 'ca_2' },
      }),
      /sent 2 times/,
      asked(800),
    ),
    fails('none is sent', made(), /no capture was sent/, asked(800)),
  ],
  'intent-cancel-sent': [
    passes('it is sent', made().call('DELETE', '/payment-intents/pi_1'), /answered 200/),
    fails('another one is cancelled', made().call('DELETE', '/payment-intents/pi_9'), /none was sent/),
    fails('it is refused', made().call('DELETE', '/payment-intents/pi_1', { status: 409 }), /answered 409/),
    fails(
      'no answer comes',
      made().call('DELETE', '/payment-intents/pi_1', { trouble: 'client-dropped' }),
      /answered client-dropped/,
    ),
    fails('none is sent', made(), /none was sent/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'search-sent': [
    passes('it is sent', page(new Story(), null, [], null), /answered 200/),
    fails(
      'it is refused',
      new Story().call('POST', '/payment-intents/search', { status: 400 }),
      /answered 400/,
    ),
    fails('none is sent', new Story(), /none was sent/),
  ],
  'references-differ': [
    passes('each has its own', made().sale().intent(), /order-1, order-2/),
    fails('it is a constant', made({ reference: 'till' }).sale().intent({ reference: 'till' }), /till, till/),
    fails('it is left out', made({ reference: null }).sale().intent({ reference: null }), /^none, none$/),
    passes(
      'a payment that was given up hands its reference on',
      made({ reference: 'order-7' })
        .call('DELETE', '/payment-intents/pi_1', { answer: { id: 'pi_1', status: 'Canceled' } })
        .intent({ reference: 'order-7' })
        .sale()
        .intent({ reference: 'order-8' }),
      /order-7, order-8/,
    ),
    fails('there is one payment intent only', made(), /Not testable/),
  ],
  'refund-keys-differ': [
    passes('each has its own', refundedWith('key-a', 'key-b'), /2 refunds, no key twice/),
    passes('there was one refund', refundedWith('key-a'), /1 refund/),
    fails('it is a constant', refundedWith('key-a', 'key-a'), /sent more than once: key-a/),
    fails(
      'a second key beside its own is a constant',
      made()
        .call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-a', 'constant') })
        .call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-b', 'constant') }),
      /sent more than once: constant/,
    ),
    passes(
      'its key stands there twice, which the contract forbids',
      made().call('POST', '/payment-intents/pi_1/refunds', { headers: keyed('key-a', 'key-a') }),
      /1 refund, no key twice/,
    ),
    fails('none was sent', new Story(), /Not testable: no refund was sent/),
  ],
  'cursor-followed': [
    passes(
      'each page names the one before',
      page(page(new Story(), null, ['a'], 'c1'), 'c1', ['b'], null),
      /2 pages/,
    ),
    passes(
      'a page that was refused is asked for again',
      page(
        page(new Story(), null, ['a'], 'c1').call('POST', '/payment-intents/search', {
          body: { cursor: { after: 'c1' } },
          status: 503,
        }),
        'c1',
        ['b'],
        null,
      ),
      /2 pages/,
    ),
    passes('the last page is empty', page(page(new Story(), null, ['a'], 'c1'), 'c1', [], 'c2'), /2 pages/),
    passes(
      'the list is asked for anew, and followed again',
      page(page(page(new Story(), null, ['a'], 'c1'), null, ['a'], 'c1'), 'c1', ['b'], null),
      /2 pages/,
    ),
    fails(
      'the first page is asked for again',
      page(page(new Story(), null, ['a'], 'c1'), null, ['a'], 'c1'),
      /1 page asked for; there is a further one/,
    ),
    fails(
      'a cursor of its own is sent',
      page(page(new Story(), null, ['a'], 'c1'), 'c9', ['b'], null),
      /page 2 was asked for with another cursor/,
    ),
    fails(
      'there is a further page',
      page(page(new Story(), null, ['a'], 'c1'), 'c1', ['b'], 'c2'),
      /there is a further one/,
    ),
    passes('a page of the size that was asked for holds all', page(new Story(), null, ['a'], null), /1 page/),
    fails('no list was asked for', new Story(), /Not testable/),
  ],
  'moto-flag-sent': [
    passes('it is sent', made({ cardHolderNotPresent: true }), /cardHolderNotPresent true/),
    fails('it is false', made({ cardHolderNotPresent: false }), /cardHolderNotPresent false/),
    fails('it is a text', made({ cardHolderNotPresent: 'true' }), /"true"/),
    fails('it is left out', made(), /left out/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'no-card-asked-for': [
    passes('no prompt asks for it', aSale().poll('Initiated', 'PleaseWait'), /prompts: PleaseWait/),
    fails('it is to be presented', aSale().poll('Initiated', 'PresentCard'), /PresentCard/),
    fails('it is to be inserted', aSale().poll('Initiated', 'PleaseWait', 'InsertCard'), /InsertCard/),
    fails(
      'it is to be presented after all',
      aSale().poll('Initiated', 'PleaseWait').poll('Initiated', 'PresentCard'),
      /prompts: PleaseWait, PresentCard/,
    ),
    fails('there is no session', new Story(), /Not testable/),
  ],
  'item-lines-sent': [
    passes(
      'each is sent',
      made({ itemLines: [line('Flat white', 300), line('Bagel', 250)] }),
      /1 × Flat white £3\.00, 1 × Bagel £2\.50/,
      basket,
    ),
    passes(
      'one is sent in two parts',
      made({
        itemLines: [line('Flat white', 300), line('Bagel', 150), { ...line('Bagel', 100), quantity: 0 }],
      }),
      /Bagel/,
      basket,
    ),
    fails('one is missing', made({ itemLines: [line('Bagel', 250)] }), /item lines: 1 × Bagel/, basket),
    fails(
      'one has no name',
      made({ itemLines: [line('Flat white', 300), { ...line('', 250), name: null }] }),
      /1 × without a name £2\.50/,
      basket,
    ),
    fails(
      'the price of one is added to the other',
      made({ itemLines: [line('Flat white', 550), line('Bagel', 0)] }),
      /Flat white £5\.50/,
      basket,
    ),
    fails(
      'the quantity of one is another',
      made({ itemLines: [{ ...line('Flat white', 300), quantity: 9 }, line('Bagel', 250)] }),
      /9 × Flat white/,
      basket,
    ),
    fails('none is sent', made(), /item lines: none/, basket),
    fails('there is no payment intent', new Story(), /Not testable/, basket),
  ],
  'item-lines-add-up': [
    passes(
      'lines and modifiers make the amount',
      made({ itemLines: [line('Flat white', 600, -100), line('Bagel', 500)] }),
      /lines and modifiers £10\.00, amount £10\.00/,
    ),
    fails('the discount is left out', made({ itemLines: [line('Bagel', 1100)] }), /£11\.00, amount £10\.00/),
    fails('there are no lines', made(), /£0\.00, amount £10\.00/),
    fails('there is no payment intent', new Story(), /Not testable/),
  ],
  'discount-is-modifier': [
    passes('it is one with a minus', made({ itemLines: [line('Bagel', 1100, -100)] }), /modifiers: -£1\.00/, {
      params: { discount: -100 },
    }),
    fails('it has no minus', made({ itemLines: [line('Bagel', 1100, 100)] }), /modifiers: £1\.00/, {
      params: { discount: -100 },
    }),
    fails('it is a line', made({ itemLines: [line('Discount', -100)] }), /modifiers: none/, {
      params: { discount: -100 },
    }),
    fails('there is no payment intent', new Story(), /Not testable/, { params: { discount: -100 } }),
  ],
  'refund-sent': [
    passes(
      'it is sent as it should be',
      refund(1000, { key: 'k' }),
      /amount 1000 to pi_1, with an idempotencyKey/,
      asked(1000),
    ),
    fails('it has no idempotencyKey', refund(1000), /without an idempotencyKey/, asked(1000)),
    fails('its idempotencyKey is empty', refund(1000, { key: '' }), /without an idempotencyKey/, asked(1000)),
    fails(
      'it has two idempotencyKeys',
      aPaidSale()
        .act({ name: 'refundIntent' })
        .call('POST', '/payment-intents/pi_1/refunds', {
          body: { amount: 1000 },
          headers: keyed('k', 'l'),
          answer: { refundId: 'rf_1' },
        }),
      /with 2 idempotencyKeys/,
      asked(1000),
    ),
    fails('an object is sent', refund(pounds(1000), { key: 'k' }), /amount \{/, asked(1000)),
    passes(
      'the first payment intent was given up',
      refundOf(paidOnSecond().act({ name: 'refundIntent' }), 'pi_2', 1000, 'k'),
      /amount 1000 to pi_2/,
      asked(1000),
    ),
    fails(
      'the one that was given up is refunded',
      refundOf(paidOnSecond().act({ name: 'refundIntent' }), 'pi_1', 1000, 'k'),
      /amount 1000 to pi_1/,
      asked(1000),
    ),
    passes(
      'the next refund is another one',
      refundOf(refund(400, { key: 'k' }).act({ name: 'refundIntent' }), 'pi_1', 600, 'l'),
      /amount 600 to pi_1, with an idempotencyKey, sent 1 time/,
      asked(600),
    ),
    fails(
      'it is sent again a little later',
      refundOf(refund(400, { key: 'k' }).wait(2000), 'pi_1', 400, 'l'),
      /sent 2 times/,
      asked(400),
    ),
    fails('another payment is refunded', refund(1000, { key: 'k', to: 'pi_9' }), /to pi_9/, asked(1000)),
    fails('none is sent', aPaidSale(), /no refund was sent/, asked(1000)),
    fails('there is no payment intent', new Story(), /Not testable/, asked(1000)),
  ],
  'refund-id-returned': [
    passes('the answer has one', refund(1000, { key: 'k' }), /answered 200, refundId re_1/),
    fails('it is empty', refund(1000, { answer: { refundId: '' } }), /refundId missing/),
    fails('the refund is refused', refund(1000, { status: 400, answer: { Detail: 'no' } }), /answered 400/),
    fails('none was sent', aPaidSale(), /Not testable/),
  ],
  'intent-read-after-refund': [
    passes('it is read', refund(1000).readIntent(), /1 reading after the refund/),
    passes(
      'it is read after a refund on the card machine',
      askedForMatched().session({ type: 'MatchedRefund' }).poll('Captured').readIntent(),
      /1 reading/,
    ),
    passes(
      'the session is read once more after it',
      askedForMatched().session({ type: 'MatchedRefund' }).poll('Captured').readIntent().poll('Captured'),
      /1 reading/,
    ),
    passes(
      'the first payment intent was given up',
      paidOnSecond()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .poll('Captured')
        .readIntent(),
      /1 reading/,
    ),
    fails(
      'it is read only before the session has ended',
      askedForMatched().session({ type: 'MatchedRefund' }).readIntent().poll('Captured'),
      /0 readings/,
    ),
    fails('it is read only before', refund(1000), /0 readings/),
    fails('no refund was sent', aPaidSale(), /Not testable/),
  ],
  'refund-session-sent': [
    passes(
      'all of it is refunded',
      askedForMatched().session({ type: 'MatchedRefund' }),
      /MatchedRefund of all on pi_1/,
      matched,
    ),
    passes(
      'the amount is named',
      askedForMatched().session({ type: 'MatchedRefund', amount: 1000 }),
      /of £10\.00 on pi_1/,
      matched,
    ),
    fails(
      'another amount is named',
      askedForMatched().session({ type: 'MatchedRefund', amount: 900 }),
      /£9\.00/,
      matched,
    ),
    fails(
      'another payment is named',
      askedForMatched().session({ type: 'MatchedRefund', on: 'pi_9' }),
      /on pi_9; the original is pi_1/,
      matched,
    ),
    fails(
      'it is begun twice',
      askedForMatched().session({ type: 'MatchedRefund' }).session({ type: 'MatchedRefund' }),
      /2 sessions were begun/,
      matched,
    ),
    fails(
      'it is in another currency',
      askedForMatched().call('POST', '/terminal-sessions', {
        body: {
          terminalId: 'tm_1',
          details: {
            sessionType: 'MatchedRefund',
            matchedRefund: { paymentIntentId: 'pi_1', amount: { value: 1000, currencyCode: 'EUR' } },
          },
        },
        answer: { id: 'ts_9', status: 'InitiateRequested' },
      }),
      /of €10\.00/,
      matched,
    ),
    passes(
      'the first payment intent was given up',
      paidOnSecond().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' }),
      /on pi_2; the original is pi_2/,
      matched,
    ),
    fails('the session is a sale', askedForMatched().session(), /^Sale/, matched),
    fails('none is asked for', askedForMatched(), /no terminal session was asked for/, matched),
    passes(
      'the unlinked amount is sent',
      askedForUnlinked().session({ type: 'UnlinkedRefund', amount: 500 }),
      /UnlinkedRefund of £5\.00/,
      unlinked,
    ),
    fails(
      'the unlinked amount is left out',
      askedForUnlinked().session({ type: 'UnlinkedRefund' }),
      /of nothing/,
      unlinked,
    ),
  ],
  'no-bad-request': [
    passes('no request is answered 400', aPaidSale(), /5 requests, none of them bad/),
    passes('the row provokes it', change(0, 400, { detail: 'x' }).onPurpose(), /none of them bad/),
    reviews(
      'one is, and the contract has nothing against it',
      change(0, 400, { detail: 'bad amount' }),
      /bad amount/,
    ),
    fails(
      'one is',
      change(0, 400, { detail: 'bad amount' }).breaking(),
      /PAC-TEST-01: POST \/payment-intents\/pi_1\/amount: bad amount/,
    ),
    fails(
      'one of two breaks the contract',
      change(0, 400, { detail: 'bad amount' })
        .breaking()
        .call('POST', '/payment-intents/pi_1/amount', { status: 400, answer: { detail: 'again' } }),
      /bad amount; .*again$/,
    ),
    reviews(
      'only the answer to it breaks the contract',
      change(0, 400, { detail: 'bad amount' }).breaking({ fault: 'api' }),
      /bad amount/,
    ),
    fails('nothing was sent', new Story(), /Not testable/),
  ],
};
