import type {
  Dialogue,
  Display,
  Exchange,
  Json,
  LedgerEntry,
  Observation,
  ResultName,
  Run,
} from '../../vocabulary.ts';
import {
  at,
  type Evidence,
  type Intent,
  isFinal,
  isKnown,
  jsonOf,
  numberAt,
  refusalText,
  routeId,
  type Session,
  startsPayment,
  textAt,
} from '../evidence.ts';
import { resultOf, says, statedOutright } from '../words.ts';
import {
  type Check,
  failed,
  judged,
  listed,
  money,
  notTestable,
  passed,
  type Result,
  type Scene,
  seconds,
} from './check.ts';

type Shown = Extract<Observation, { kind: 'display' }>;

const noDisplay = 'nothing was seen of the display';

/** Displays seen since the payment in hand was started, with the picture nearest to the last. */
const shownSince = (evidence: Evidence, time: number): Shown[] =>
  evidence.all('display').filter((shown) => shown.at >= time);

const pictures = (shown: readonly (Shown | undefined)[]): string[] =>
  shown.flatMap((one) => (one?.screenshot ? [one.screenshot] : []));

const pictureAt = (evidence: Evidence): string[] =>
  pictures([
    evidence
      .all('display')
      .filter(({ screenshot }) => screenshot)
      .at(-1),
  ]);

const quoted = (text: string | null): string => (text ? `"${text}"` : 'nothing');

/** What the till told of itself goes with what it was seen to send; of one that was asked for nothing, nothing is due. */
const seenToAct = ({ whole }: Scene): boolean => whole.exchanges.length > 0 || !whole.all('action').length;

/** Where the till speaks: its result, its notices and its dialogues. */
const utterances = ({ outcome, notice, dialogues }: Display): string[] =>
  [outcome, notice, ...dialogues.map(({ text }) => text)].flatMap((text) => text || []);

const spoken = (display: Display): string => utterances(display).join(' · ');

/** Causes of an error of which a message names one, not several. */
const causes = ['unavailable', 'checkApiKey', 'cannotCancel'] as const;

function shows(name: string, result: ResultName): Check {
  return {
    id: `shows-${name}`,
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: (_, run) =>
      `after the action the till comes to show ${result} (in its words: ${run.pos.vocabulary.results[result].map((word) => `"${word}"`).join(', ')})`,
    advice: 'Show the final status of the session in words that mean only that.',
    corroborated: ({ evidence }) => {
      const status = evidence.session?.told.at(-1)?.status;
      if (result === 'Refunded') {
        return truths(evidence, evidence.paymentStart, Number.POSITIVE_INFINITY).has('Refunded');
      }
      return status === result || (result === 'Declined' && status === 'SignatureVerificationRejected');
    },
    judge: ({ evidence, run }) => {
      const start = evidence.paymentStart;
      const shown = shownSince(evidence, start);
      const last = shown.at(-1);
      if (!last) return notTestable(noDisplay);
      const before = evidence
        .all('display')
        .filter((one) => one.at < start)
        .at(-1);
      // A result may leave the display again: what counts is the last that the till stated.
      const stated = shown.findLast(({ display }) => resultOf(display.outcome, run.pos.vocabulary)) ?? last;
      const meaning = resultOf(stated.display.outcome, run.pos.vocabulary);
      const stale =
        before !== undefined &&
        resultOf(before.display.outcome, run.pos.vocabulary) === result &&
        shown.every(({ display }) => display.outcome === before.display.outcome);
      const words = stated.display.outcome;
      const named = meaning === result && words ? namedSums(words) : [];
      const foreign = named.length > 0 && !named.some((sum) => isOfPayment(sum, evidence));
      if (!meaning && words && statedAfterTheEnd(evidence, words, result)) {
        return {
          outcome: 'review',
          observed: `shows ${quoted(words)}, which the vocabulary of the profile does not know`,
          evidence: pictureAt(evidence),
          advice: `If it means ${result}, add it to \`vocabulary.results.${result}\` in the profile and run the row again.`,
        };
      }
      return judged(
        meaning === result && !stale && !foreign,
        `shows ${quoted(stated.display.outcome)}${meaning ? `, which stands for ${meaning}` : stated.display.outcome ? ', which stands for no result' : ''}${stale ? '; it stood there before the action' : ''}${foreign ? '; that is no amount of this payment' : ''}`,
        pictureAt(evidence),
      );
    },
  };
}

/**
 * True when the till began to show these words only after it was told of this result: words that stood there
 * while the payment was going on state no result.
 */
function statedAfterTheEnd(evidence: Evidence, words: string, result: ResultName): boolean {
  const first = evidence.all('display').find(({ display }) => display.outcome === words)?.at ?? 0;
  return truths(evidence, evidence.paymentStart, first).has(result);
}

interface Sum {
  /** In minor units. */
  readonly value: number;
  readonly currency: string;
}

const marks: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' };
const mark = '[£€$]|\\b(?:GBP|EUR|USD)\\b';
const digits = "\\d+(?:[.,'\\u00a0\\u202f ]\\d{3})*(?:[.,]\\d{2})?(?![.,]?\\d)";
const sums = new RegExp(
  `(?<before>${mark})\\s?[-−–]?\\s?(?<after>${digits})|(?<![\\d.,])(?<ahead>${digits})\\s?(?<behind>${mark})`,
  'gi',
);

/** The sums of money that a text names, each with its currency: a number without one may be anything. */
function namedSums(text: string): Sum[] {
  return [...text.matchAll(sums)].map(({ groups = {} }) => {
    const number = groups.after ?? groups.ahead ?? '';
    const unit = (groups.before ?? groups.behind ?? '').toUpperCase();
    const value = Number(number.replace(/\D/g, '')) * (/[.,]\d{2}$/.test(number) ? 1 : 100);
    return { value, currency: marks[unit] ?? unit };
  });
}

/** The parts of a payment, each alone and as they may add up. */
const parts = ['amount', 'totalAmount', 'tipsAmount', 'cashbackAmount', 'refundedAmount'] as const;

/** True when that sum may be named of the payment in hand: nothing, a part of it, or what parts come to. */
function isOfPayment({ value, currency }: Sum, evidence: Evidence): boolean {
  const start = evidence.paymentStart;
  const root = attempted(begun(evidence), start);
  // A refund may name what there is of the payment that it gives back.
  const origin = root?.action.name === 'sale' ? root.at : 0;
  const known = new Set<number>();
  const currencies = new Set<string>();
  const given = evidence
    .all('card-machine')
    .flatMap(({ event, detail }) => (event === 'tip given' ? (numberAt(detail, 'value') ?? []) : []));
  for (const { action, at: time } of evidence.all('action')) {
    if (time < origin) continue;
    if (action.name === 'sale') {
      const { amount, tip = 0, cashback = 0 } = action.sale;
      currencies.add(action.sale.currency);
      for (const one of [0, tip, ...given])
        for (const sum of [one, amount + one, cashback, amount + cashback + one]) known.add(sum);
    } else if ('amount' in action && typeof action.amount === 'number') known.add(action.amount);
    if ('currency' in action && typeof action.currency === 'string') currencies.add(action.currency);
  }
  const paid = intentsOf(deedsSince(evidence, start));
  const answers = evidence.exchanges.flatMap((exchange) =>
    exchange.at >= origin || paid.has(intentOf(exchange) ?? '') ? [exchange.response] : [],
  );
  const read = [...evidence.intents.values()].filter(
    ({ id, created }) => (created?.at ?? 0) >= origin || paid.has(id),
  );
  for (const json of [...answers.map(jsonOf), ...read.map(({ state }) => state)]) {
    const told = parts.flatMap((part) => numberAt(json, part, 'value') ?? numberAt(json, part) ?? []);
    const captures = at(json, 'captures');
    const taken = (Array.isArray(captures) ? captures : []).flatMap((one) => numberAt(one, 'amount') ?? []);
    for (const one of [...told, ...taken]) {
      known.add(one);
      for (const other of told) known.add(one + other).add(Math.abs(one - other));
    }
    for (const part of parts) currencies.add(textAt(json, part, 'currencyCode') ?? '');
  }
  if (!known.size || value === 0) return true;
  return known.has(value) && (currencies.has(currency) || ![...currencies].some(Boolean));
}

/** What the till says somewhere, not before the action, and not of something else. */
function speaks(
  id: string,
  words: 'unavailable' | 'checkApiKey' | 'cannotCancel' | 'checkMachine',
  expected: string,
  advice: string,
  since: (evidence: Evidence) => number,
  /** Where else it may stand. */
  elsewhere: (display: Display, evidence: Evidence) => string[] = () => [],
): Check {
  return {
    id,
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => expected,
    advice,
    judge: ({ evidence, run }) => {
      const start = since(evidence);
      const shown = shownSince(evidence, start);
      if (!shown.length) return notTestable(noDisplay);
      const { vocabulary } = run.pos;
      const telling = (display: Display): string | undefined =>
        [...utterances(display), ...elsewhere(display, evidence)].find((text) =>
          says(text, vocabulary[words]),
        );
      const before = evidence
        .all('display')
        .filter((one) => one.at < start)
        .at(-1);
      const saying = shown.flatMap(({ display }) => telling(display) ?? []);
      const stale =
        before !== undefined && telling(before.display) !== undefined && saying.length === shown.length;
      const heard = [...new Set(shown.map(({ display }) => spoken(display)).filter(Boolean))];
      const said = saying.at(-1);
      const others = causes.filter((other) => other !== words && says(said ?? null, vocabulary[other]));
      // To look after the card machine is advice, and goes with any cause.
      const mixed = words !== 'checkMachine' && others.length > 0 && !stale;
      // One cause may be given as the reason of another; a choice of causes leaves it to the user.
      const choices = mixed ? (said ?? '').split(/\bor\b/i) : [];
      const catchAll = choices.some(
        (one) =>
          says(one, vocabulary[words]) &&
          choices.some((two) => two !== one && others.some((other) => says(two, vocabulary[other]))),
      );
      if (mixed && !catchAll) {
        return {
          outcome: 'review',
          observed: `shows ${quoted(said ?? null)}, which names another cause as well`,
          evidence: pictureAt(evidence),
          advice: 'Look whether the till says the same of any error: then it fails.',
        };
      }
      return judged(
        said !== undefined && !stale && !catchAll,
        stale
          ? `shows ${quoted(said ?? null)}, and did so before the action`
          : catchAll
            ? `shows ${quoted(said ?? null)}, which names another cause as well: it may be said of any error`
            : `shows ${said !== undefined ? quoted(said) : heard.length ? heard.map(quoted).join(', then ') : 'nothing about it'}`,
        pictureAt(evidence),
      );
    },
  };
}

/** True when the text tells the amount, and not a greater one that ends in it. */
const hasAmount = (text: string, amount: string): boolean =>
  new RegExp(`(?<![\\d.,])${amount.replace('.', '[.,]')}(?!\\d)`).test(text);

/** True when the text tells the amount as something taken off: with a minus, before or after it, or in brackets. */
function hasDeduction(text: string, amount: string): boolean {
  const unit = '(?:[£€]|[A-Z]{3})?';
  const sum = `(?<![\\d.,])${amount.replace('.', '[.,]')}(?!\\d)`;
  const minus = '[-−–]';
  return new RegExp(
    [
      `${minus}\\s?${unit}\\s?${sum}`,
      `${unit}\\s?${minus}\\s?${sum}`,
      `\\(\\s?${unit}\\s?${sum}\\s?${unit}\\s?\\)`,
      `${sum}${minus}(?!\\s?\\d)`,
    ].join('|'),
  ).test(text);
}

/** The dialogue that asks for the signature, in a display. */
const signatureDialogue = (display: Display, scene: Scene) =>
  display.dialogues.find(({ text }) => says(text, scene.run.pos.vocabulary.signature));

/** When the till was told that the session waits for a signature, and when that it no longer does. */
function signatureTold(session: Session): { from: number; to: number } | null {
  const index = session.told.findIndex(({ status }) => status === 'SignatureVerificationRequired');
  if (index < 0) return null;
  const end = session.told.slice(index).find(({ status }) => status !== 'SignatureVerificationRequired');
  return { from: session.told[index]!.exchange.until, to: end?.exchange.at ?? Number.POSITIVE_INFINITY };
}

const journalUnread: Result = {
  outcome: 'review',
  observed: 'the profile does not say where the journal of the till stands',
  evidence: [],
  advice: 'Give `driver.display.ledger` in the profile, or show the journal to a reviewer.',
};

/** The journal has an entry that fits; what it does not tell (`null`) is for a reviewer to look up. */
function ledgerHas(
  id: string,
  expected: string,
  advice: string,
  fits: (entry: LedgerEntry, params: Record<string, unknown>) => boolean | null,
): Check {
  return {
    id,
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => expected,
    advice,
    judge: ({ evidence, run }, params) => {
      if (!run.pos.journal) return journalUnread;
      const entries = evidence.newLedgerEntries;
      const found = entries.map((entry) => fits(entry, params));
      const observed = entries.length ? entries.map(line).join('; ') : 'the journal has no new entry';
      if (!found.includes(true) && found.includes(null)) {
        return {
          outcome: 'review',
          observed: `${observed}; the journal does not tell it in a column of its own`,
          evidence: pictureAt(evidence),
        };
      }
      return judged(found.includes(true), observed, pictureAt(evidence));
    },
  };
}

const line = (entry: LedgerEntry): string =>
  `${entry.words} ${money(entry.total, entry.currency)}${entry.tip ? ` with a tip of ${money(entry.tip, entry.currency)}` : ''}${entry.cashback ? ` with cashback of ${money(entry.cashback, entry.currency)}` : ''}${entry.manual ? ', recorded by hand' : ''}`;

/** The action with which a payment, a refund or a further attempt begins. */
type Begun = Extract<Observation, { kind: 'action' }>;

const begun = (evidence: Evidence): Begun[] =>
  evidence.all('action').filter(({ action }) => startsPayment.has(action.name));

/** The till's own requests of that action: what it began on the card machine, or gave back. */
const deedsSince = (evidence: Evidence, start: number): Exchange[] =>
  [...evidence.requests('createSession'), ...evidence.requests('refund')]
    .filter(({ at: time }) => time >= start)
    .sort((one, other) => one.at - other.at);

/** Payment intents that are what those requests are about. */
function intentsOf(deeds: readonly Exchange[]): Set<string> {
  return new Set(
    deeds.flatMap((exchange) => {
      const details = at(jsonOf(exchange.request), 'details');
      return (
        routeId(exchange, 'refund') ??
        textAt(details, 'sale', 'paymentIntentId') ??
        textAt(details, 'matchedRefund', 'paymentIntentId') ??
        []
      );
    }),
  );
}

/** The payment intent that an exchange is about: the one that its path names, or that it made. */
const intentOf = (exchange: Exchange): string | null =>
  /^\/payment-intents\/([^/?]+)/.exec(exchange.request.target)?.[1] ??
  textAt(jsonOf(exchange.response), 'id');

/** The sale or refund of which the action at that time is an attempt. */
const attempted = (starts: readonly Begun[], time: number): Begun | undefined =>
  starts.findLast(({ action, at: begunAt }) => action.name !== 'retry' && begunAt <= time);

/** Statuses of an attempt that is over which a later attempt may still find out: the money was there after all. */
const goodNews: ReadonlySet<string> = new Set(['Captured', 'Authorized']);

/**
 * What the till had been told by a time of the payment that was begun at `start`: each result that it may show
 * then. What is known to be about another payment does not count. Up to its own request, a refund or a further
 * attempt has no result of its own, and what was so before is so still.
 */
function truths(evidence: Evidence, start: number, time: number): Set<ResultName> {
  const results = new Set<ResultName>();
  const starts = begun(evidence);
  const name = starts.find((action) => action.at === start)?.action.name ?? 'sale';
  const next = starts.find((action) => action.at > start)?.at ?? Number.POSITIVE_INFINITY;
  const deeds = deedsSince(evidence, start);
  const own = deeds.find((deed) => deed.at < next);
  if (name !== 'sale' && (!own || time < own.until)) {
    const first = starts[0]?.at ?? start;
    if (name === 'retry') {
      const earlier = starts.findLast((action) => action.at < start)?.at;
      if (earlier !== undefined) for (const result of truths(evidence, earlier, time)) results.add(result);
    } else {
      const about = own ? intentsOf([own]) : null;
      note(
        evidence,
        first,
        time,
        results,
        (intent) => !about?.size || (intent !== null && about.has(intent)),
      );
    }
  }
  // What a further attempt finds out may be about the attempt before, and good news of it at that.
  const origin = attempted(starts, start)?.at ?? start;
  const about = intentsOf(deeds);
  const made = (id: string | null) => (id === null ? undefined : evidence.intents.get(id)?.created?.at);
  note(
    evidence,
    start,
    time,
    results,
    (intent) => intent === null || (made(intent) ?? origin) >= origin || about.has(intent),
    ({ created }, status) => created.at >= start || (created.at >= origin && goodNews.has(status)),
  );
  return results;
}

/** Adds the results that answers between two times told of those payment intents and sessions. */
function note(
  evidence: Evidence,
  from: number,
  to: number,
  results: Set<ResultName>,
  isAbout: (intent: string | null) => boolean,
  counts: (session: Session, status: string) => boolean = () => true,
): void {
  for (const session of evidence.sessions) {
    for (const { exchange, status } of session.told) {
      if (exchange.at < from || exchange.until > to || !counts(session, status)) continue;
      if (!isAbout(session.intentId)) continue;
      if (status === 'SignatureVerificationRejected') results.add('Declined');
      if (status === 'Expired') results.add('Unconfirmed');
      if (status === 'Captured') results.add(session.type === 'Sale' ? 'Captured' : 'Refunded');
      if (status === 'Authorized' || status === 'Declined' || status === 'Canceled') results.add(status);
    }
  }
  for (const exchange of evidence.exchanges) {
    if (exchange.at < from || exchange.at > to) continue;
    const aboutIntent = /^\/payment-intents\b/.test(exchange.request.target);
    // Where an answer was lost, or told of no result, the till cannot know what came of its request.
    if (exchange.trouble || (exchange.until <= to && (exchange.response?.status ?? 0) >= 500)) {
      if (aboutIntent || /^\/terminal-sessions\b/.test(exchange.request.target)) results.add('Unconfirmed');
      continue;
    }
    if (exchange.until > to || !aboutIntent || !isAbout(intentOf(exchange))) continue;
    const body = jsonOf(exchange.response);
    const status = textAt(body, 'status');
    if (status === 'Captured' || status === 'Authorized' || status === 'Canceled' || status === 'Refunded')
      results.add(status);
    if ((numberAt(body, 'refundedAmount') ?? 0) > 0 || textAt(body, 'refundId')) results.add('Refunded');
    if (textAt(body, 'captureId')) results.add('Captured');
  }
}

/** What the API had refused by then, in its own words: a till that quotes it claims nothing of its own. */
const refusals = (evidence: Evidence, time: number): string[] =>
  evidence.exchanges.flatMap((exchange) =>
    exchange.until <= time && (exchange.response?.status ?? 0) >= 400 ? refusalText(exchange) || [] : [],
  );

interface Claim {
  readonly text: string;
  readonly result: ResultName;
}

/**
 * The results that a display states anew. Its result line claims whatever it stands for; a notice or a dialogue
 * only what it says outright of money, for it may ask, advise, or quote what the API refused.
 */
function claims(display: Display, before: Display, run: Run, refused: readonly string[]): Claim[] {
  const { vocabulary } = run.pos;
  const stated = resultOf(display.outcome, vocabulary);
  const line =
    stated && stated !== 'RecordedByHand' && stated !== resultOf(before.outcome, vocabulary)
      ? [{ text: display.outcome ?? '', result: stated }]
      : [];
  const earlier = new Set(asides(before));
  const said = asides(display).flatMap((text): Claim[] => {
    if (earlier.has(text) || refused.some((reason) => plain(text).includes(plain(reason)))) return [];
    if (causes.some((cause) => says(text, vocabulary[cause]))) return [];
    return statedOutright(text, vocabulary).flatMap((result) =>
      outright.has(result) ? [{ text, result }] : [],
    );
  });
  return [...line, ...said];
}

/** What a display says beside its result. What a dialogue offers to do says nothing of what is so. */
const asides = ({ notice, dialogues }: Display): string[] =>
  [notice, ...dialogues.map(withoutOptions)].flatMap((text) => text || []);

/** The text of a dialogue without its controls, which a page may tell at its end. */
function withoutOptions({ text, options }: Dialogue): string {
  let rest = text.trim();
  for (let next: string | undefined = ''; next !== undefined; ) {
    rest = rest.slice(0, rest.length - next.length).trimEnd();
    next = options.find((option) => option !== '' && rest !== option && rest.endsWith(option));
  }
  return rest;
}

const outright: ReadonlySet<ResultName> = new Set(['Captured', 'Authorized', 'Declined', 'Refunded']);

/** A text without what a till leaves out when it quotes: back ticks and line breaks. */
const plain = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();

export const displayChecks: Check[] = [
  {
    id: 'driven',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the till takes each action of the row',
    advice: 'Correct the driver settings of the profile, or the till.',
    corroborated: seenToAct,
    judge: ({ whole }) => {
      const stuck = whole
        .all('action')
        .filter(
          ({ answer, mayBeRefused }) =>
            answer.answer !== 'done' && !(answer.answer === 'notOffered' && mayBeRefused),
        );
      const first = stuck[0];
      return {
        ...judged(
          !first,
          first && first.answer.answer !== 'done'
            ? `${first.action.name}: ${first.answer.answer === 'notOffered' ? 'not offered' : first.answer.answer}, ${first.answer.reason}`
            : `${whole.all('action').length} actions taken`,
          pictureAt(whole),
        ),
        // A till that was lost is at fault whatever the API did before.
        ...(first ? { at: first.answer.answer === 'crashed' ? 0 : first.at } : {}),
      };
    },
  },
  shows('captured', 'Captured'),
  shows('authorized', 'Authorized'),
  shows('refunded', 'Refunded'),
  shows('declined', 'Declined'),
  shows('canceled', 'Canceled'),
  {
    id: 'shows-unconfirmed',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'a dialogue says that the result of the payment cannot be confirmed',
    advice: 'An expired session is neither a success nor a decline: say that the result is not known.',
    judge: ({ evidence, run }) => {
      const shown = shownSince(evidence, evidence.paymentStart);
      const asking = shown.filter(({ display }) =>
        display.dialogues.some(({ text }) => resultOf(text, run.pos.vocabulary) === 'Unconfirmed'),
      );
      const last = shown.at(-1);
      return judged(
        asking.length > 0,
        `shows ${quoted(last ? spoken(last.display) : null)}`,
        pictures([asking.at(-1)])
          .concat(pictureAt(evidence))
          .slice(0, 1),
      );
    },
  },
  speaks(
    'shows-check-key',
    'checkApiKey',
    'the till tells its user to check that the API key is correct',
    'Say "API key is incorrect" when the API answers 401.',
    (evidence) => evidence.lastAction('configure')?.at ?? 0,
  ),
  speaks(
    'shows-unavailable',
    'unavailable',
    'the till shows that the card machine is not available',
    'Show it, and ask the user to look after the card machine.',
    (evidence) => evidence.paymentStart,
    // A till that lets nothing be sent to it may say so where card machines are chosen.
    ({ cardMachines }, evidence) => (evidence.requests('createSession').length ? [] : cardMachines),
  ),
  speaks(
    'says-check-machine',
    'checkMachine',
    'the till asks its user to look after the card machine',
    'Ask the user to check the card machine.',
    (evidence) => evidence.paymentStart,
  ),
  speaks(
    'shows-cancel-refused',
    'cannotCancel',
    'the till tells why the payment could not be cancelled',
    "Show the `detail` of the API's answer, or say that it can be cancelled only before the card is presented.",
    (evidence) => evidence.lastAction('cancel')?.at ?? 0,
  ),
  {
    id: 'asks-for-signature',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'a dialogue says that a signature must be verified, while the session waits for it',
    advice: 'Open the dialogue when a poll says SignatureVerificationRequired.',
    judge: (scene) => {
      const { evidence } = scene;
      const session = evidence.session;
      if (!session) return notTestable('the till created no terminal session');
      const told = signatureTold(session);
      const asking = shownSince(evidence, evidence.paymentStart).filter(({ display }) =>
        signatureDialogue(display, scene),
      );
      if (!told)
        return notTestable(
          'no poll of the till saw that a signature is required',
          session.polls.slice(-1).map(({ id }) => id),
        );
      const inTime = asking.find((shown) => shown.at >= told.from && shown.at <= told.to);
      const display = evidence.display;
      return judged(
        inTime !== undefined,
        inTime
          ? `${quoted(signatureDialogue(inTime.display, scene)!.text)}, ${seconds(inTime.at - told.from)} after the till was told`
          : `shows ${quoted(display ? spoken(display) : null)}`,
        pictures(asking).slice(0, 1),
      );
    },
  },
  {
    id: 'offers-accept-and-reject',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the dialogue offers to accept and to reject the signature',
    advice: 'Offer both decisions.',
    judge: (scene) => {
      const { vocabulary } = scene.run.pos;
      const shown = shownSince(scene.evidence, scene.evidence.paymentStart).filter(({ display }) =>
        signatureDialogue(display, scene),
      );
      const options =
        signatureDialogue(shown.at(-1)?.display ?? ({ dialogues: [] } as unknown as Display), scene)
          ?.options ?? [];
      const offers = (phrases: readonly string[]) => options.some((option) => says(option, phrases));
      return judged(
        offers(vocabulary.accept) && offers(vocabulary.reject),
        shown.length ? `offers ${listed(options)}` : 'there is no such dialogue',
        pictures(shown).slice(0, 1),
      );
    },
  },
  {
    id: 'dialogue-survives',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the dialogue stays open as long as the till is told that a signature is required',
    advice: 'Close the dialogue only when the status has moved on.',
    judge: (scene) => {
      const session = scene.evidence.session;
      const told = session ? signatureTold(session) : null;
      if (!told) return notTestable('no poll of the till saw that a signature is required');
      const shown = scene.evidence.all('display');
      const opened = shown.find((one) => one.at >= told.from && signatureDialogue(one.display, scene));
      if (!opened) return failed('the dialogue never opened', pictureAt(scene.evidence));
      const closed = shown.find(
        (one) => one.at > opened.at && one.at < told.to && !signatureDialogue(one.display, scene),
      );
      const seenOpen = shown.filter((one) => one.at >= opened.at && one.at <= told.to).at(-1)!;
      return judged(
        !closed,
        closed
          ? `it closed ${seconds(closed.at - opened.at)} after it opened, while the signature was still required`
          : `open for at least ${seconds((Number.isFinite(told.to) ? told.to : seenOpen.at) - opened.at)}`,
        pictures([opened]),
      );
    },
  },
  {
    id: 'offers-record-and-retry',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the dialogue offers to record the sale by hand and to try again',
    advice: 'Offer both ways out of a result that cannot be confirmed.',
    judge: ({ evidence, run }) => {
      const dialogues = shownSince(evidence, evidence.paymentStart)
        .flatMap(({ display }) => display.dialogues)
        .filter(({ text }) => resultOf(text, run.pos.vocabulary) === 'Unconfirmed');
      const options = dialogues.at(-1)?.options ?? [];
      const offers = (phrases: readonly string[]) => options.some((option) => says(option, phrases));
      return judged(
        offers(run.pos.vocabulary.recordByHand) && offers(run.pos.vocabulary.retry),
        dialogues.length ? `offers ${listed(options)}` : 'there is no such dialogue',
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'key-changeable',
    plane: 'display',
    fault: 'pos',
    expected: () => "two different keys are entered in turn in the till's own settings",
    advice: 'Let the API key be entered in the settings, a file or the back office.',
    judge: ({ evidence }) => {
      const entered = evidence
        .all('action')
        .flatMap(({ action, answer }) =>
          action.name === 'configure' && answer.answer === 'done' ? [action.settings.apiKey ?? ''] : [],
        );
      const distinct = new Set(entered).size;
      return judged(distinct > 1, `${distinct} different keys were entered`, pictureAt(evidence));
    },
  },
  {
    id: 'terminals-offered',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the till lets its user choose each card machine of the account, or enter its TID',
    advice: 'List what GET /terminals answers, or take a TID by hand.',
    judge: ({ evidence }, params) => {
      const offered = evidence.display?.cardMachines ?? [];
      const tids = params.tids as string[];
      const missing = tids.filter((tid) => !offered.some((words) => words.includes(tid)));
      const takes = evidence
        .all('action')
        .filter(({ action, answer }) => action.name === 'chooseTerminal' && answer.answer === 'done');
      return judged(
        missing.length === 0 || takes.length >= 2,
        offered.length ? `offers ${listed(offered)}` : `${takes.length} card machines could be chosen`,
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'shows-part-of-refund',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: (params) => `the till says that only a part was refunded: ${money(Number(params.amount))}`,
    advice: 'Say that the payment was refunded in part, and with what amount.',
    judge: ({ evidence, run }, params) => {
      const amount = (Number(params.amount) / 100).toFixed(2);
      const shown = shownSince(evidence, evidence.paymentStart);
      const saying = shown.filter(
        ({ display }) => says(display.text, run.pos.vocabulary.partly) && hasAmount(display.text, amount),
      );
      const last = shown.at(-1);
      return judged(
        saying.length > 0,
        `shows ${quoted(last ? spoken(last.display) : null)}`,
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'shows-new-amount',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: (params) => `the till shows the new amount, ${money(Number(params.amount))}`,
    advice: 'Show the amount that the answer tells.',
    judge: ({ evidence }, params) => {
      const since = evidence.lastAction('changeAmount')?.at ?? 0;
      const amount = (Number(params.amount) / 100).toFixed(2);
      const before = evidence.all('display').findLast((one) => one.at < since);
      const shown = shownSince(evidence, since).some(({ display }) => hasAmount(display.text, amount));
      const now = shown && !hasAmount(before?.display.text ?? '', amount);
      return judged(
        now,
        now ? `shows ${amount}` : `${amount} is ${shown ? 'shown, and stood there before' : 'not shown'}`,
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'shows-refusal',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => "the till shows the error that the API's answer gives as its reason",
    advice: "Show the `detail` of the API's answer, whichever casing its members have.",
    judge: ({ evidence }) => showsRefusal(evidence, false),
  },
  {
    id: 'shows-refusal-if-sent',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => "where the till sent the change, it shows the error that the API's answer gives",
    advice: "Show the `detail` of the API's answer, whichever casing its members have.",
    judge: ({ evidence }) => showsRefusal(evidence, true),
  },
  {
    id: 'item-lines-shown',
    plane: 'display',
    fault: 'pos',
    expected: (params) =>
      `the till shows ${listed(lineNames(params))} and the discount of ${money(Number(params.discount))}`,
    advice: 'Show each line of the basket, and discounts with a minus.',
    judge: ({ evidence }, params) => {
      const text = evidence
        .all('display')
        .map(({ display }) => display.text)
        .join('\n');
      const missing = lineNames(params).filter((name) => !text.includes(name));
      const discount = hasDeduction(text, (Math.abs(Number(params.discount)) / 100).toFixed(2));
      return judged(
        !missing.length && discount,
        `${missing.length ? `not shown: ${listed(missing)}` : 'all lines are shown'}; the discount is ${discount ? '' : 'not '}shown`,
        pictureAt(evidence),
      );
    },
  },
  ledgerHas(
    'ledger-has-sale',
    'the journal records the sale with its total',
    'Write a journal entry for each sale that was captured.',
    (entry, params) => entry.kind === 'sale' && entry.total === params.total && !entry.manual,
  ),
  ledgerHas(
    'ledger-has-cashback',
    'the journal records the sale with its cashback',
    'Record the cashback that the payment intent tells.',
    (entry, params) =>
      entry.total === params.total && (entry.cashback === null ? null : entry.cashback === params.cashback),
  ),
  ledgerHas(
    'ledger-has-tip',
    'the journal records the sale with the gratuity entered on the till',
    'Record the `tipsAmount` that the payment intent tells.',
    (entry, params) => entry.total === params.total && (entry.tip === null ? null : entry.tip === params.tip),
  ),
  ledgerHas(
    'ledger-has-machine-tip',
    'the journal records the sale with the gratuity given on the card machine',
    'Read the payment intent after the end and record its `tipsAmount` and `totalAmount`, not what was asked for.',
    (entry, params) => entry.total === params.total && (entry.tip === null ? null : entry.tip === params.tip),
  ),
  ledgerHas(
    'ledger-has-manual-sale',
    'the journal records the sale as recorded by hand',
    'Write a journal entry that says that a person recorded it.',
    (entry, params) => entry.manual && (entry.total ?? entry.amount) === params.total,
  ),
  {
    id: 'prompts-shown',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: (_, run) =>
      `each prompt of the card machine that lasts ${seconds(run.criteria['display.prompt']!)} or more is on the display while it lasts`,
    advice: 'Show the latest of `notificationEvents` after each poll.',
    judge: (scene) => {
      const { evidence, run } = scene;
      const shown = evidence.all('display');
      const missed: string[] = [];
      const seen: string[] = [];
      for (const session of evidence.sessions) {
        for (const { type, from, to } of lasting(session, run.criteria['display.prompt']!)) {
          const words = run.pos.vocabulary.prompts[type] ?? [apart(type)];
          const live = shown.some((one, index) => {
            const gone = shown[index + 1]?.at ?? Number.POSITIVE_INFINITY;
            return gone > from && one.at < to && says(one.display.prompt, words);
          });
          (live ? seen : missed).push(type);
        }
      }
      if (!seen.length && !missed.length) return notTestable('no prompt lasted long enough to be seen');
      return judged(
        missed.length === 0,
        missed.length ? `never shown while it lasted: ${listed(missed)}` : `shown live: ${listed(seen)}`,
        pictureAt(evidence),
      );
    },
  },
  {
    id: 'shows-nothing-false',
    plane: 'display',
    fault: 'pos',
    expected: () => 'each result that the till shows has been told to it by the API before',
    corroborated: seenToAct,
    advice: "Show a result only when the session's final status, or the payment intent, says so.",
    judge: ({ whole, run }) => {
      const shown = whole.all('display');
      const starts = begun(whole).map((action) => action.at);
      for (const [index, one] of shown.entries()) {
        const before = shown[index - 1];
        const start = starts.filter((time) => time <= one.at).at(-1);
        if (!before || start === undefined) continue;
        const known = truths(whole, start, one.at);
        const claim = claims(one.display, before.display, run, refusals(whole, one.at)).find(
          ({ result }) => !known.has(result),
        );
        if (!claim) continue;
        const session = whole.sessions.findLast(({ created }) => created.until <= one.at);
        const status = session?.told.findLast(({ exchange }) => exchange.until <= one.at)?.status;
        const result = failed(
          `showed ${quoted(claim.text)} (${claim.result}) when the session was ${status ?? 'not yet created'}`,
          pictures(shown.slice(index)).slice(0, 1),
        );
        // What a status means that the API's description does not name, the till can only guess.
        return status === undefined || isKnown(status) ? result : { ...result, outcome: 'review' };
      }
      return passed('no result was shown before it was so');
    },
  },
  {
    id: 'ledger-agrees',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    corroborated: seenToAct,
    expected: () =>
      "each captured payment stands in the till's journal once, with its total, and no other does as paid",
    advice: 'Write the journal from the payment intent, read after the session has ended.',
    judge: ({ whole, run }) => {
      if (!run.pos.journal) return journalUnread;
      const entries = whole.newLedgerEntries;
      const wrong = [
        ...wrongSales(whole, entries, run),
        ...wrongRefunds(whole, entries, run),
        ...wrongRecords(whole, entries),
      ];
      const captured = takenIntents(whole).length;
      const vague = vagueRefunds(whole, entries, run);
      if (!wrong.length && vague.length) {
        return {
          outcome: 'review',
          observed: `${listed(vague.map(line))}: the journal does not tell how much was refunded`,
          evidence: pictureAt(whole),
          advice: 'Look in the till for how much of it was refunded.',
        };
      }
      return judged(
        wrong.length === 0,
        wrong.length ? wrong.join('; ') : `${captured} captured, ${entries.length} new entries`,
        pictureAt(whole),
      );
    },
  },
];

/** Payment intents of the till from which money was taken, whether or not it was given back later. */
const takenIntents = (whole: Evidence): Intent[] =>
  [...whole.intents.values()].filter(
    ({ created, state }) => created && ['Captured', 'Refunded'].includes(textAt(state, 'status') ?? ''),
  );

/** Where the journal's sales are not what the API says was taken. */
function wrongSales(whole: Evidence, all: readonly LedgerEntry[], run: Run): string[] {
  const entries = all.filter(({ kind }) => kind === 'sale');
  const isCaptured = (entry: LedgerEntry) => resultOf(entry.words, run.pos.vocabulary) === 'Captured';
  // A sale that was refunded may be marked so in place, and was paid all the same.
  const isPaid = (entry: LedgerEntry) => isCaptured(entry) || isMarked(entry, run);
  const wrong: string[] = [];
  const matched = new Set<LedgerEntry>();
  for (const intent of takenIntents(whole)) {
    const { id, state } = intent;
    const total = takenFrom(state);
    const currency = textAt(state, 'totalAmount', 'currencyCode');
    const named = entries.filter((entry) => tellsOf(entry, intent));
    // A journal that names neither is matched by what it says of the money, an entry for each payment.
    const nameless = entries.filter(
      (entry) => isNameless(entry) && !matched.has(entry) && isPaid(entry) && entry.total === total,
    );
    const mine = named.length ? named : nameless.slice(0, 1);
    for (const entry of mine) matched.add(entry);
    const paid = mine.some(isCaptured) ? mine.filter(isCaptured) : mine.filter(isPaid);
    const tip = numberAt(state, 'tipsAmount', 'value') ?? 0;
    const first = paid[0];
    if (paid.length !== 1 || !first) wrong.push(`${id} is captured and stands ${paid.length} times as paid`);
    else if (first.currency !== null && first.currency !== currency) {
      wrong.push(`${id} is in ${currency} and stands in ${first.currency}`);
    } else if (first.total !== total) {
      wrong.push(`${id} is captured with ${money(total)} and stands with ${money(first.total)}`);
    } else if (first.tip !== null && first.tip !== tip) {
      wrong.push(`${id} has a tip of ${money(tip)} and stands with ${money(first.tip)}`);
    }
  }
  for (const entry of entries) {
    if (!matched.has(entry) && !entry.manual && isPaid(entry))
      wrong.push(`${line(entry)} stands for no captured payment`);
  }
  return wrong;
}

/** A journal line that tells neither the payment intent nor the reference. */
const isNameless = ({ paymentIntentId, reference }: LedgerEntry): boolean =>
  paymentIntentId === null && reference === null;

/** What was taken on a payment intent, in minor units: its captures, where it tells them, else its total. */
function takenFrom(state: Json): number | null {
  const captures = at(state, 'captures');
  const sums = Array.isArray(captures)
    ? captures.map((one) => (numberAt(one, 'amount') ?? 0) + (numberAt(one, 'tipsAmount') ?? 0))
    : [];
  return sums.length ? sums.reduce((sum, one) => sum + one, 0) : numberAt(state, 'totalAmount', 'value');
}

/** Lines by hand are for those that the operator asked for, one each. */
function wrongRecords(whole: Evidence, all: readonly LedgerEntry[]): string[] {
  const recorded = all.filter(({ manual }) => manual).length;
  const asked = whole.all('action').filter(({ action }) => action.name === 'recordManually').length;
  return recorded > asked ? [`${recorded} stand as recorded by hand, and ${asked} were asked for`] : [];
}

/** A line of a sale whose own words say that it was refunded. */
const isMarked = ({ kind, words, manual }: LedgerEntry, run: Run): boolean =>
  kind === 'sale' && !manual && resultOf(words, run.pos.vocabulary) === 'Refunded';

/** What stands as refunded in the line of a sale, in minor units: all of it; `null` where it is a part and not told. */
function markedRefund({ words, total }: LedgerEntry, run: Run): number | null {
  if (!says(words, run.pos.vocabulary.partly)) return Math.abs(total ?? 0);
  return namedSums(words)[0]?.value ?? null;
}

/** Where the journal tells of a payment, by its id or else its reference. */
const tellsOf = (entry: LedgerEntry, { id, state }: Intent): boolean =>
  entry.paymentIntentId === id ||
  (entry.paymentIntentId === null && entry.reference === textAt(state, 'reference'));

/** Sales that are marked as refunded in part, where nothing tells how much. */
function vagueRefunds(whole: Evidence, all: readonly LedgerEntry[], run: Run): LedgerEntry[] {
  const intents = takenIntents(whole);
  return all.filter(
    (entry) =>
      isMarked(entry, run) &&
      markedRefund(entry, run) === null &&
      !all.some(
        (other) =>
          other.kind === 'refund' &&
          (isNameless(other) || intents.some((intent) => tellsOf(entry, intent) && tellsOf(other, intent))),
      ),
  );
}

/** Where the journal's refunds are not what the API says was given back. */
function wrongRefunds(whole: Evidence, all: readonly LedgerEntry[], run: Run): string[] {
  const entries = all.filter(
    ({ kind, words, manual }) =>
      kind === 'refund' && !manual && resultOf(words, run.pos.vocabulary) === 'Refunded',
  );
  const marked = all.filter((entry) => isMarked(entry, run));
  const wrong: string[] = [];
  const matched = new Set<LedgerEntry>();
  for (const intent of takenIntents(whole)) {
    const { id, state } = intent;
    const reported = numberAt(state, 'refundedAmount') ?? 0;
    const back =
      textAt(state, 'status') === 'Refunded' ? Math.max(reported, takenFrom(state) ?? 0) : reported;
    const named = entries.filter((entry) => tellsOf(entry, intent));
    const nameless = entries.filter((entry) => isNameless(entry) && !matched.has(entry));
    const mine = named.length ? named : back > 0 ? summingTo(nameless, back) : [];
    for (const entry of mine) matched.add(entry);
    // A mark on the sale says no more than the refund's own line, where there is one.
    const mark = mine.length
      ? undefined
      : (marked.find((entry) => tellsOf(entry, intent)) ??
        marked.find(
          (entry) => isNameless(entry) && !matched.has(entry) && entry.total === takenFrom(state) && back > 0,
        ));
    if (mark) matched.add(mark);
    const inPlace = mark ? markedRefund(mark, run) : 0;
    const journal = mine.reduce((sum, { total }) => sum + Math.abs(total ?? 0), 0) + (inPlace ?? back);
    if (journal !== back)
      wrong.push(`of ${id} ${money(back)} were refunded, and ${money(journal)} stand as refunded`);
    else if (mark && back === 0) wrong.push(`${id} stands as refunded, and nothing of it was`);
  }
  const unlinked = whole.sessions.filter(
    ({ type, state }) => type === 'UnlinkedRefund' && textAt(state ?? undefined, 'status') === 'Captured',
  ).length;
  const others = entries.filter((entry) => !matched.has(entry));
  if (others.length !== unlinked)
    wrong.push(`${unlinked} unlinked refunds were made, and ${others.length} stand as refunded`);
  return wrong;
}

/** As many of these refunds, from the first on, as come to that amount; none where they don't. */
function summingTo(entries: readonly LedgerEntry[], amount: number): LedgerEntry[] {
  const taken: LedgerEntry[] = [];
  let left = amount;
  for (const entry of entries) {
    const total = Math.abs(entry.total ?? 0);
    if (total === 0 || total > left) continue;
    taken.push(entry);
    left -= total;
  }
  return left === 0 ? taken : [];
}

const lineNames = (params: { readonly [name: string]: unknown }): string[] =>
  (params.lines as { name: string }[]).map(({ name }) => name);

/** Whether the till shows what the API gave as the reason of its refusal. */
function showsRefusal(evidence: Evidence, onlyIfSent: boolean): Result {
  const action = evidence.lastAction('changeAmount');
  const last = evidence
    .requests('changeAmount')
    .findLast(({ at: time }) => action !== null && time >= action.at);
  if (!last && onlyIfSent) return passed('nothing was sent');
  if (!last || !action) {
    return {
      outcome: 'review',
      observed: 'the till sent nothing, so there was no error to show',
      evidence: [],
    };
  }
  const reason = refusalText(last);
  const said = shownSince(evidence, action.at).map(({ display }) => plain(display.text));
  const sentences = plain(reason)
    .split(/(?<=\.)\s+/)
    .filter((sentence) => sentence.length > 3);
  const shown = sentences.some((sentence) => said.some((text) => text.includes(sentence.trim())));
  return judged(shown, shown ? `shows ${quoted(reason)}` : `${quoted(reason)} is not shown`, [
    last.id,
    ...pictureAt(evidence),
  ]);
}

/** A prompt that the vocabulary does not know, its words apart: `TapPhone` is "tap phone". */
const apart = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** Prompts of a session that lasted at least that long, with when the till was told of each and of the next thing. */
function lasting(session: Session, least: number): { type: string; from: number; to: number }[] {
  const last = session.told.at(-1);
  if (!last) return [];
  const statuses = at(session.state ?? undefined, 'statusEvents');
  const ends = (Array.isArray(statuses) ? statuses : [])
    .filter(
      (event) =>
        isFinal(textAt(event, 'status') ?? '') || textAt(event, 'status') === 'SignatureVerificationRequired',
    )
    .map((event) => Date.parse(textAt(event, 'createdAt') ?? ''));
  return last.prompts.flatMap((prompt, index) => {
    const next = last.prompts[index + 1]?.createdAt ?? ends.find((time) => time >= prompt.createdAt);
    if (next === undefined || next - prompt.createdAt < least) return [];
    const told = session.told.find(({ prompts }) => prompts.length > index);
    const gone = session.told.find(({ prompts, status }) => prompts.length > index + 1 || isFinal(status));
    return told ? [{ type: prompt.type, from: told.exchange.until, to: (gone ?? last).exchange.until }] : [];
  });
}
