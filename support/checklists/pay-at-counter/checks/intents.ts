import {
  answered,
  failed,
  judged,
  judgedBothSides,
  listed,
  money,
  noIntent,
  noSession,
  notTestable,
  passed,
  type Result,
  unread,
  unseenScreen,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import {
  at,
  ids,
  jsonOf,
  listAt,
  numberAt,
  readableAt,
  refusalText,
  textAt,
} from '../../../record/evidence.ts';
import type { Exchange, Json } from '../../../record/vocabulary.ts';
import type { Check, Scene } from '../check.ts';
import { type PaymentEvidence, routeId, toldEnd } from '../evidence.ts';

/** Judges what the kit last read of the payment intent in hand: the one that the till made last. */
function ofIntentInHand(
  evidence: PaymentEvidence,
  fits: (state: Json) => readonly [boolean, string],
): Result {
  const intent = evidence.made.at(-1);
  if (!intent) return notTestable(noIntent);
  if (!intent.state) return unread(evidence, 'the payment intent', [intent.id]);
  return judged(...fits(intent.state), evidence.lastReading(intent.id));
}

function captureModeRequested(id: string, mode: 'Auto' | 'Manual'): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      `POST /payment-intents asks for the capture mode ${mode}${mode === 'Auto' ? ' (which is also meant where it is left out)' : ''}`,
    advice: `Send \`captureMode: ${mode}\`.`,
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const asked = textAt(jsonOf(intent.created.request), 'captureMode');
      return judged((asked ?? 'Auto') === mode, `captureMode ${asked ?? 'left out'}`, [intent.created.id]);
    },
  };
}

function captureModeIs(id: string, mode: 'Auto' | 'Manual'): Check {
  return {
    id,
    plane: 'state',
    fault: 'api',
    expected: () => `the payment intent has the capture mode ${mode}`,
    advice: 'The API has to keep the capture mode that was asked for.',
    judge: ({ evidence }) =>
      ofIntentInHand(evidence, (state) => {
        const mode_ = textAt(state, 'captureMode');
        return [mode_ === mode, `captureMode ${mode_ ?? 'not reported'}`];
      }),
  };
}

/** Requests to change the amount since the last action that asked for it. */
function changes(evidence: PaymentEvidence): Exchange[] {
  const start = evidence.lastAction('changeAmount')?.at ?? Number.POSITIVE_INFINITY;
  return evidence.requests('changeAmount').filter(({ at: time }) => time >= start);
}

/** Sent or not, a change that makes no sense comes to nothing, and for that reason. */
function protectedOr(id: string, what: string, cause: RegExp): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () => `${what} is not sent; or the API refuses it for that reason`,
    advice: 'Refuse it before anything is sent, or show what the API answers.',
    judge: ({ evidence }) => {
      const action = evidence.lastAction('changeAmount');
      if (!action) return notTestable('the change was not tried');
      const sent = changes(evidence);
      if (!sent.length) {
        return passed(
          action.answer.answer === 'done'
            ? 'the till sent nothing'
            : `the till does not offer it: ${action.answer.reason}`,
        );
      }
      const last = sent.at(-1)!;
      const refused = (last.response?.status ?? 0) >= 400 && cause.test(refusalText(last));
      return {
        ...judged(
          refused,
          `sent, and answered ${answered(last)}: ${refusalText(last) || 'no reason'}`,
          ids(sent),
        ),
        fault: 'api',
      };
    },
  };
}

export const intentChecks: Check[] = [
  captureModeRequested('auto-capture-requested', 'Auto'),
  captureModeRequested('manual-capture-requested', 'Manual'),
  captureModeIs('intent-is-auto', 'Auto'),
  captureModeIs('intent-is-manual', 'Manual'),
  {
    id: 'references-differ',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each payment intent has a `reference` of its own',
    advice: "Send the order's own number as `reference`, not a constant.",
    judge: ({ evidence }) => {
      // A payment that was given up may hand its reference on.
      const given = new Set(evidence.requests('deleteIntent').map((one) => routeId(one, 'deleteIntent')));
      const created = evidence
        .requests('createIntent')
        .filter(({ response }) => !given.has(textAt(jsonOf(response), 'id')));
      const references = created.map(({ request }) => textAt(jsonOf(request), 'reference') ?? 'none');
      if (references.length < 2)
        return notTestable('the till created fewer than two payment intents', ids(created));
      return judged(new Set(references).size === references.length, listed(references), ids(created));
    },
  },
  {
    id: 'intent-read-after-end',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'GET /payment-intents/{id} after the session has ended',
    advice: 'Read the payment intent for the final result once the session has ended.',
    judge: ({ evidence }) => {
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const end = toldEnd(session);
      if (!end) return notTestable('the till never saw the end of the session');
      const later = evidence
        .requests('getIntent')
        .filter(
          (exchange) =>
            exchange.at >= readableAt(end.exchange) && routeId(exchange, 'getIntent') === session.intentId,
        );
      return judged(
        later.length > 0,
        `${counted(later.length, 'reading')} of ${session.intentId} after the end`,
        ids(later),
      );
    },
  },
  {
    id: 'amount-change-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `POST /payment-intents/{id}/amount with ${money(Number(params.amount))} for the payment in hand`,
    advice: 'Send the new amount, as an object of value and currency, to the payment intent in hand.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const sent = changes(evidence);
      const last = sent.at(-1);
      if (!last) return failed('no change of the amount was sent');
      const amount = numberAt(jsonOf(last.request), 'amount', 'value');
      const currency = textAt(jsonOf(last.request), 'amount', 'currencyCode');
      const wanted = textAt(jsonOf(intent.created.request), 'amount', 'currencyCode');
      const to = routeId(last, 'changeAmount');
      return judged(
        amount === params.amount && currency === wanted && to === intent.id && last.response?.status === 200,
        `${money(amount, currency)} to ${to}, answered ${answered(last)}`,
        ids(sent),
      );
    },
  },
  {
    id: 'amount-changed',
    plane: 'state',
    fault: 'api',
    expected: (params) =>
      `the payment intent's amount is ${money(Number(params.amount))}, its status as before`,
    advice: 'A change that was answered 200 has to take effect.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const amount = numberAt(state, 'amount', 'value');
        const status = textAt(state, 'status');
        return [
          amount === params.amount && (status === 'Authorized' || status === 'Created'),
          `${money(amount)}, ${status}`,
        ];
      }),
  },
  {
    id: 'amount-change-authorized',
    plane: 'wire',
    fault: 'api',
    expected: (params) => `the answer says Authorized and ${money(Number(params.amount))}`,
    advice: 'The answer to a change of the amount is the payment intent as it then is.',
    judge: ({ evidence }, params) => {
      const last = changes(evidence).at(-1);
      if (!last) return notTestable('no change of the amount was sent');
      const body = jsonOf(last.response);
      const status = textAt(body, 'status');
      const amount = numberAt(body, 'amount', 'value');
      return judged(
        status === 'Authorized' && amount === params.amount,
        `${status ?? answered(last)}, ${money(amount)}`,
        [last.id],
      );
    },
  },
  {
    id: 'change-of-captured-refused',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the till does not offer the change, or it is refused, because the payment is Captured',
    advice: 'The amount of a captured payment must not change.',
    judge: ({ evidence }) => {
      const action = evidence.lastAction('changeAmount');
      if (!action) return notTestable('the change was not tried');
      const last = changes(evidence).at(-1);
      // A till that never lets it come so far protects its user.
      if (!last && action.answer.answer === 'notOffered')
        return passed(`the till does not offer it: ${action.answer.reason}`);
      if (!last) {
        return {
          outcome: 'review',
          observed: 'the till sent nothing',
          evidence: [],
          fault: 'pos',
          advice:
            'Look whether the till keeps its user from changing a captured payment; a driver then answers `notOffered`.',
        };
      }
      const text = refusalText(last);
      return judged(
        (last.response?.status ?? 0) >= 400 && /Captured/.test(text),
        `answered ${answered(last)}: ${text || 'no reason'}`,
        [last.id],
      );
    },
  },
  protectedOr(
    'unknown-intent-protected',
    'a change of a payment that does not exist',
    /not (be )?found|does(n't| not) exist|no (such )?payment intent/i,
  ),
  protectedOr(
    'zero-amount-protected',
    'a change to an amount of 0',
    /higher than|greater than|must be (more|above)|positive/i,
  ),
  {
    id: 'amount-unchanged',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent's amount is still ${money(Number(params.amount))}`,
    advice: 'A refused change must change nothing.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const amount = numberAt(state, 'amount', 'value');
        return [amount === params.amount, money(amount)];
      }),
  },
  {
    id: 'capture-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `POST /payment-intents/{id}/captures with the amount ${Number(params.amount)}, a bare number of minor units`,
    advice: 'Send the amount to capture as a bare integer.',
    judge: ({ evidence }, params) => {
      const sent = evidence.requests('capture');
      const last = sent.at(-1);
      if (!last) return failed('no capture was sent');
      const amount = at(jsonOf(last.request), 'amount');
      const accepted = last.response?.status === 200 && Boolean(textAt(jsonOf(last.response), 'captureId'));
      return judgedBothSides(
        amount === params.amount && sent.length === 1,
        accepted,
        `amount ${JSON.stringify(amount)}, sent ${counted(sent.length, 'time')}, answered ${answered(last)}`,
        ids(sent),
      );
    },
  },
  {
    id: 'intent-captured-with',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent is Captured with ${money(Number(params.amount))}`,
    advice: 'A capture that was answered 200 has to take effect.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const sum = listAt(state, 'captures').reduce(
          (total: number, one) => total + (numberAt(one, 'amount') ?? 0),
          0,
        );
        const status = textAt(state, 'status');
        return [status === 'Captured' && sum === params.amount, `${status}, captured ${money(sum)}`];
      }),
  },
  {
    id: 'intent-cancel-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'DELETE /payment-intents/{id} for the open payment, answered 200',
    advice: 'Cancel an open payment intent with DELETE.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const sent = evidence
        .requests('deleteIntent')
        .filter((one) => routeId(one, 'deleteIntent') === intent.id);
      const last = sent.at(-1);
      return judgedBothSides(
        last !== undefined,
        last?.response?.status === 200,
        last ? `answered ${answered(last)}` : 'none was sent',
        ids(sent),
      );
    },
  },
  {
    id: 'intent-canceled',
    plane: 'state',
    fault: 'api',
    expected: () => 'the payment intent is Canceled',
    advice: 'An intent whose cancellation was answered 200 has to be Canceled.',
    judge: ({ evidence }) =>
      ofIntentInHand(evidence, (state) => {
        const status = textAt(state, 'status');
        return [status === 'Canceled', `the payment intent is ${status}`];
      }),
  },
  {
    id: 'search-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'POST /payment-intents/search, answered 200',
    advice: 'List the payment intents with POST /payment-intents/search.',
    judge: ({ evidence }) => {
      const sent = evidence.requests('searchIntents');
      const last = sent.at(-1);
      return judgedBothSides(
        last !== undefined,
        sent.some(({ response }) => response?.status === 200),
        last ? `answered ${answered(last)}` : 'none was sent',
        ids(sent),
      );
    },
  },
  {
    id: 'cursor-followed',
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      'each page after the first is asked for with the cursor that the page before it gave, to the last page',
    advice: 'Send `cursor.after` as the answer before gave it, until there is none or no more data.',
    judge: ({ evidence }) => {
      const pages = listPages(evidence);
      if (!pages.length) return notTestable('no list was asked for');
      const wrong = wrongPage(pages);
      const ended = isLastPage(pages.at(-1)!);
      return judged(
        wrong === null && ended,
        wrong !== null
          ? `page ${wrong + 1} was asked for with another cursor than page ${wrong} gave`
          : `${counted(pages.length, 'page')} asked for${ended ? '' : '; there is a further one'}`,
        ids(pages),
      );
    },
  },
  {
    id: 'list-complete',
    plane: 'state',
    fault: 'pos',
    expected: (params) =>
      `the pages together hold each of the ${(params.ids as string[]).length} payment intents once`,
    advice: 'Follow the cursor without leaving a page out or asking for one twice.',
    judge: ({ evidence }, params) => {
      const wanted = params.ids as string[];
      const pages = listPages(evidence);
      const listedIds = pages.flatMap(({ response }) =>
        listAt(jsonOf(response), 'data').map((one) => textAt(one, 'id')),
      );
      const missing = wanted.filter((id) => !listedIds.includes(id));
      const twice = listedIds.filter((id, index) => listedIds.indexOf(id) !== index);
      const result = judged(
        missing.length === 0 && twice.length === 0,
        `${counted(new Set(listedIds).size, 'payment intent')} listed, ${missing.length} missing, ${twice.length} twice`,
        ids(pages),
      );
      // A till that followed each cursor was given no other pages.
      return pagesFollowed(evidence) ? { ...result, fault: 'api' } : result;
    },
  },
  {
    id: 'moto-flag-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the payment intent says `cardHolderNotPresent: true`',
    advice: 'Send `cardHolderNotPresent: true`.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const flag = at(jsonOf(intent.created.request), 'cardHolderNotPresent');
      return judged(
        flag === true,
        `cardHolderNotPresent ${flag === undefined ? 'left out' : JSON.stringify(flag)}`,
        [intent.created.id],
      );
    },
  },
  {
    id: 'no-card-asked-for',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the session has no PresentCard and no InsertCard among its prompts',
    advice: 'Without the cardholder the card machine goes directly to Key Card Number.',
    judge: ({ evidence }) => {
      const told = evidence.session?.told.at(-1);
      if (!told) return notTestable(noSession);
      const types = told.prompts.map(({ type }) => type);
      if (!types.length)
        return { ...notTestable('the session tells no prompt at all', [told.exchange.id]), fault: 'api' };
      return judged(
        !types.some((type) => type === 'PresentCard' || type === 'InsertCard'),
        `prompts: ${listed(types)}`,
        [told.exchange.id],
      );
    },
  },
  {
    id: 'machine-asks-for-card-number',
    plane: 'state',
    fault: 'api',
    expected: () => 'the card machine asks for the card number to be keyed in',
    advice: 'Look at the card machine: it has to show Key Card Number.',
    judge: ({ evidence }) => {
      const screen = evidence.facts('card-machine-screen').at(-1);
      if (!screen) return unseenScreen('Look at a photo of the card machine.');
      const { prompt } = screen.detail;
      return judged(prompt === 'KeyCardNumber', `the card machine shows ${prompt ?? 'nothing'}`);
    },
  },
  {
    id: 'item-lines-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `itemLines with ${listed((params.lines as { name: string }[]).map(({ name }) => name))}, with quantity and price as entered`,
    advice: 'Send each item of the basket as an item line, so that the receipt shows more than a total.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const lines = linesOf(intent.created);
      const sum = (some: readonly Json[], ...path: string[]) =>
        some.reduce<number>((total, line) => total + (numberAt(line, ...path) ?? 0), 0);
      const wrong = (params.lines as { name: string; quantity: number; amountTotal: number }[]).filter(
        ({ name, quantity, amountTotal }) => {
          const own = lines.filter((line) => textAt(line, 'name')?.includes(name));
          return sum(own, 'amountTotal', 'value') !== amountTotal || sum(own, 'quantity') !== quantity;
        },
      );
      const sent = lines.map(
        (line) =>
          `${numberAt(line, 'quantity') ?? '?'} × ${textAt(line, 'name') ?? 'without a name'} ${money(numberAt(line, 'amountTotal', 'value'))}`,
      );
      return judged(lines.length > 0 && !wrong.length, `item lines: ${listed(sent)}`, [intent.created.id]);
    },
  },
  {
    id: 'item-lines-add-up',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'item lines and modifiers add up to `amount`',
    advice: 'A modifier is not part of its line: both count towards the amount.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const amount = numberAt(jsonOf(intent.created.request), 'amount', 'value');
      const lines = linesOf(intent.created);
      const sum = lines.reduce<number>(
        (total, line) =>
          total +
          (numberAt(line, 'amountTotal', 'value') ?? 0) +
          modifiersOf(line).reduce<number>(
            (part, one) => part + (numberAt(one, 'amountPerModifier', 'value') ?? 0),
            0,
          ),
        0,
      );
      return judged(
        lines.length > 0 && sum === amount,
        `lines and modifiers ${money(sum)}, amount ${money(amount)}`,
        [intent.created.id],
      );
    },
  },
  {
    id: 'discount-is-modifier',
    plane: 'wire',
    fault: 'pos',
    expected: (params) => `the discount is a modifier of ${money(Number(params.discount))}`,
    advice: 'Send a discount as a modifier with a negative amount.',
    judge: ({ evidence }, params) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const values = linesOf(intent.created).flatMap((line) =>
        modifiersOf(line).map((one) => numberAt(one, 'amountPerModifier', 'value')),
      );
      return judged(
        values.includes(Number(params.discount)),
        `modifiers: ${listed(values.map((value) => money(value)))}`,
        [intent.created.id],
      );
    },
  },
  {
    id: 'subscription-there',
    plane: 'state',
    fault: 'pos',
    expected: () => 'GET /webhooks lists a subscription to an event of payment intents',
    advice: 'Subscribe to payment_intent.status_updated, by the API or in the developer portal.',
    judge: ({ evidence }) => {
      const read = evidence.all('state').findLast(({ resource }) => resource === 'webhooks');
      const events = listAt(jsonOf(read?.exchange.response ?? null)).flatMap((one) =>
        listAt(one, 'events').map(String),
      );
      const taken = evidence.requests('subscribe').filter(({ response }) => response?.status === 200);
      const asked = taken.flatMap(({ request }) => listAt(jsonOf(request), 'events').map(String));
      const lost = asked.filter((name) => !events.includes(name));
      const result = judged(
        events.some((name) => name.startsWith('payment_intent.')) && !lost.length,
        `subscribed to ${listed(events)}${lost.length ? `, not to ${listed(lost)}` : ''}`,
        read ? [read.exchange.id] : [],
      );
      return asked.length ? { ...result, fault: 'api' } : result;
    },
  },
  {
    id: 'events-signed',
    plane: 'state',
    fault: 'api',
    expected: () => 'each event that the API sends is signed with the active secret of the subscription',
    advice: 'The API has to sign the raw body with the secret that GET /webhooks/{id}/secrets tells.',
    judge: ({ evidence }, params) => {
      const events = evidence.facts('event-received').map(({ detail }) => detail);
      if (!events.length && params.reachable !== true) {
        return {
          outcome: 'review',
          observed: 'no event came, and the API cannot reach this machine',
          evidence: [],
          advice: "Show a reviewer the receiver's log of an event whose signature was verified.",
        };
      }
      const forged = events.filter(({ genuine }) => !genuine);
      return judged(
        events.length > 0 && !forged.length,
        events.length
          ? `${counted(events.length, 'event')} came, ${forged.length ? `${forged.length} of them signed wrongly` : 'all signed rightly'}`
          : 'no event came',
      );
    },
  },
  delivery('event-accepted', 'an event that is signed rightly is confirmed with 2xx', true),
  delivery('forged-event-refused', 'an event whose signature is wrong, or missing, is refused', false),
];

/** The pages of the list as the till last asked for it from its beginning. */
function listPages(evidence: PaymentEvidence): Exchange[] {
  const pages = evidence.requests('searchIntents').filter(({ response }) => response?.status === 200);
  const first = pages.findLastIndex((page) => textAt(jsonOf(page.request), 'cursor', 'after') === null);
  return pages.slice(Math.max(first, 0));
}

/** The number of the first page after which another cursor was sent than it gave; `null` where there is none. */
function wrongPage(pages: readonly Exchange[]): number | null {
  const wrong = pages.slice(1).findIndex((page, index) => {
    const given = textAt(jsonOf(pages[index]!.response), 'after');
    return textAt(jsonOf(page.request), 'cursor', 'after') !== given;
  });
  return wrong < 0 ? null : wrong + 1;
}

function isLastPage(page: Exchange): boolean {
  return !textAt(jsonOf(page.response), 'after') || !listAt(jsonOf(page.response), 'data').length;
}

const pagesFollowed = (evidence: PaymentEvidence): boolean => {
  const pages = listPages(evidence);
  return pages.length > 0 && wrongPage(pages) === null && isLastPage(pages.at(-1)!);
};

/** How the till answered the events that the kit sent it, signed rightly or not. */
function delivery(id: string, expected: string, genuine: boolean): Check {
  return {
    id,
    plane: 'state',
    fault: 'pos',
    expected: () => expected,
    advice: 'Verify `dojo-signature` over the raw body of each event; a missing header is a wrong one.',
    judge: (scene): Result => {
      const sent = scene.evidence
        .facts('event-sent')
        .flatMap(({ detail }) => (detail.genuine === genuine ? detail : []));
      if (!sent.length) {
        return {
          outcome: 'review',
          observed: 'the receiver of the events cannot be reached from here',
          evidence: [],
          advice: "Show a reviewer the receiver's log for an event, and for one with a wrong signature.",
        };
      }
      const good = sent.filter(({ status }) => (genuine ? status >= 200 && status < 300 : status >= 400));
      return judged(
        good.length === sent.length,
        sent.map(({ what, status }) => `${what}: ${status || 'no answer'}`).join('; '),
      );
    },
  };
}

const linesOf = (created: Exchange): Json[] => listAt(jsonOf(created.request), 'itemLines');

const modifiersOf = (line: Json): Json[] => listAt(line, 'modifiers');

/** A request of the till answered 400 that no row provoked on purpose. */
export const badRequestCheck: Check = {
  id: 'no-bad-request',
  plane: 'wire',
  fault: 'pos',
  expected: () => 'no request of the whole run is answered 400, but for those that rows provoke on purpose',
  advice: 'Correct the request; the answer says what is wrong with it.',
  judge: ({ everyRow, provoked, violations }: Scene) => {
    const requests = [...everyRow.values()].reduce((sum, sent) => sum + sent.requests, 0);
    if (!requests) return notTestable('the run holds no request of the till');
    const bad = [...everyRow].flatMap(([row, sent]) =>
      sent.bad
        .filter((exchange) => !provoked(row, exchange, refusalText(exchange)))
        .map((exchange) => ({ row, exchange })),
    );
    const result = judged(
      bad.length === 0,
      bad.length
        ? bad
            .slice(0, 3)
            .map(
              ({ row, exchange }) =>
                `${row}: ${exchange.request.method} ${exchange.request.target}: ${refusalText(exchange)}`,
            )
            .join('; ')
        : `${counted(requests, 'request')}, none of them bad`,
      bad.map(({ exchange }) => exchange.id),
    );
    // What the contract allows, and the API calls bad all the same, may be the doing of either.
    const unexplained = bad.every(
      ({ exchange }) => !violations(exchange).some(({ fault }) => fault === 'pos'),
    );
    return bad.length && unexplained
      ? {
          ...result,
          outcome: 'review',
          advice: 'The contract has nothing against it: look at what the API says.',
        }
      : result;
  },
};
