import { failed, judged, noDisplay, notTestable, passed, type Result } from '../../../../checklist/check.ts';
import { jsonOf, listAt, refusalText, textAt } from '../../../../record/evidence.ts';
import { says } from '../../../../record/phrases.ts';
import type { Display, Run } from '../../../../record/vocabulary.ts';
import type { Check, Scene } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { machineRefused } from '../refused.ts';
import { line } from './journal.ts';
import {
  byWords,
  causes,
  pictureAt,
  plain,
  quoted,
  shownSince,
  spoken,
  stoodFor,
  utterances,
} from './shown.ts';
import { hasAmount } from './sums.ts';

/** What the till says somewhere, not before the action, and not of something else. */
function speaks(
  id: string,
  words: 'unavailable' | 'checkApiKey' | 'cannotCancel' | 'checkMachine',
  expected: string,
  advice: string,
  since: (evidence: PaymentEvidence) => number,
  /** Where it may stand. */
  where: (display: Display, evidence: PaymentEvidence) => string[] = utterances,
): Check {
  return {
    id,
    plane: 'display',
    // That advice goes with another message, of which a person need not say all.
    ...(words === 'checkMachine' ? {} : { attestable: true }),
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => expected,
    advice: byWords(advice, words),
    judge: ({ evidence, whole, run }) => {
      const start = since(evidence);
      const shown = shownSince(evidence, start);
      if (!evidence.all('display').length) return notTestable(noDisplay);
      const { vocabulary } = run.pos;
      const telling = (display: Display): string | undefined =>
        where(display, evidence).find((text) => says(text, vocabulary[words]));
      const before = evidence
        .all('display')
        .filter((one) => one.at < start)
        .at(-1);
      const saying = shown.flatMap(({ display }) => telling(display) ?? []);
      const stale =
        before !== undefined && telling(before.display) !== undefined && saying.length === shown.length;
      const heard = [...new Set(shown.map(({ display }) => spoken(display)).filter(Boolean))];
      const said = saying.at(-1) ?? null;
      const others = causes.filter((other) => other !== words && says(said, vocabulary[other]));
      // To look after the card machine is advice, and goes with any cause.
      const mixed = words !== 'checkMachine' && others.length > 0 && !stale;
      // One cause may be given as the reason of another; a choice of causes leaves it to the user.
      const choices = saying.slice(-1).flatMap((text) => text.split(/\bor\b/i));
      const catchAll =
        mixed &&
        choices.some(
          (one) =>
            says(one, vocabulary[words]) &&
            choices.some((two) => two !== one && others.some((other) => says(two, vocabulary[other]))),
        );
      if (mixed && !catchAll) {
        return {
          outcome: 'review',
          observed: `shows ${quoted(said)}, which names another cause as well`,
          evidence: pictureAt(evidence),
          advice: byWords('Look whether the till says the same of any error: then it fails.', words),
        };
      }
      const stated = shown.findLast(({ display }) => telling(display) !== undefined);
      const stood = stated ? stoodFor(whole, stated, ({ display }) => telling(display) !== undefined) : null;
      const flashed = stood !== null && stood < run.criteria['display.readable']!;
      return judged(
        said !== null && !stale && !catchAll && !flashed,
        stale
          ? `shows ${quoted(said ?? telling(before.display) ?? null)}, and did so before the action`
          : flashed
            ? `shows ${quoted(said)}; it was gone after ${Math.round(stood)} ms`
            : catchAll
              ? `shows ${quoted(said)}, which names another cause as well: it may be said of any error`
              : `shows ${said !== null ? quoted(said) : heard.length ? heard.map(quoted).join(', then ') : 'nothing about it'}`,
        pictureAt(evidence),
      );
    },
  };
}

export const errorChecks: Check[] = [
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
    (display, evidence) => [
      ...utterances(display),
      ...display.cardMachines.filter(() => evidence.requests('createSession').length === 0),
    ],
  ),
  {
    id: 'availability-as-answered',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the POS calls no card machine available once the API has reported that it is not',
    advice: byWords(
      'Show the `status` that GET /terminals gives: only Available can take a payment.',
      'available',
    ),
    judge: ({ evidence, run }) => {
      const shown = evidence.display;
      if (!shown) return notTestable(noDisplay);
      const { available } = run.pos.vocabulary;
      const taken = [...machinesAnswered(evidence)].flatMap(([tid, answered]) =>
        answered.status === 'Available' ? [] : [{ tid, ...answered }],
      );
      const entries = taken.flatMap(({ tid, status, by }) =>
        shown.cardMachines
          .filter((words) => words.includes(tid))
          .map((words) => ({ words, status, by, wrong: says(words, available) })),
      );
      const wrong = entries.find((entry) => entry.wrong);
      const seen = wrong ?? entries[0];
      return judged(
        !wrong,
        seen
          ? `shows ${quoted(seen.words)} of a card machine that is ${seen.status}`
          : taken.length
            ? `shows nothing of ${taken.map(({ tid, status }) => `${tid}, which is ${status}`).join(' and ')}`
            : 'the API reported no card machine that is not available',
        [...(seen ? [seen.by] : taken.map(({ by }) => by)), ...pictureAt(evidence)],
      );
    },
  },
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
    id: 'shows-refusal',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () =>
      "the till shows the error that the API's answer gives as its reason, unless it does not offer the change",
    advice: byWords("Show the `detail` of the API's answer, whichever casing its members have.", 'results'),
    ofJournal: true,
    judge: (scene) => showsRefusal(scene, false),
  },
  {
    id: 'shows-refusal-if-sent',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => "where the till sent the change, it shows the error that the API's answer gives",
    advice: byWords("Show the `detail` of the API's answer, whichever casing its members have.", 'results'),
    ofJournal: true,
    judge: (scene) => showsRefusal(scene, true),
  },
];

/**
 * What the till learned last of each card machine, by its TID: its status in GET /terminals, or that a session on it
 * was refused because it cannot take one.
 */
function machinesAnswered(evidence: PaymentEvidence): Map<string, { status: string; by: string }> {
  const answered = new Map<string, { status: string; by: string }>();
  const tids = new Map(
    evidence
      .all('action')
      .flatMap(({ action }) => (action.name === 'chooseTerminal' ? [[action.terminalId, action.tid]] : [])),
  );
  const lists = new Set(evidence.requests('listTerminals'));
  const sessions = new Set(evidence.requests('createSession'));
  for (const exchange of evidence.exchanges) {
    if (lists.has(exchange) && exchange.response?.status === 200)
      for (const machine of listAt(jsonOf(exchange.response))) {
        const tid = textAt(machine, 'properties', 'tid');
        const status = textAt(machine, 'status');
        if (tid) tids.set(textAt(machine, 'id') ?? '', tid);
        if (tid && status) answered.set(tid, { status, by: exchange.id });
      }
    const tid = tids.get(textAt(jsonOf(exchange.request), 'terminalId') ?? '');
    if (tid && sessions.has(exchange) && machineRefused(exchange))
      answered.set(tid, {
        status: `not available, by the answer ${exchange.response?.status}`,
        by: exchange.id,
      });
  }
  return answered;
}

/** Whether the till shows what the API gave as the reason of its refusal. */
function showsRefusal({ evidence, run }: Scene, onlyIfSent: boolean): Result {
  const action = evidence.lastAction('changeAmount');
  const last = evidence
    .requests('changeAmount')
    .findLast(({ at: time }) => action !== null && time >= action.at);
  const claimed = !last && action ? saidUnsent(evidence, action, run) : null;
  if (claimed) return claimed;
  if (!last && action?.answer.answer === 'notOffered')
    return passed(`there was no error to show: the till does not offer it, ${action.answer.reason}`);
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
    .split(/(?<=\.) /)
    .filter((sentence) => sentence.length > 3);
  const shown = sentences.some((sentence) => said.some((text) => text.includes(sentence)));
  return judged(shown, shown ? `shows ${quoted(reason)}` : `${quoted(reason)} is not shown`, [
    last.id,
    ...pictureAt(evidence),
  ]);
}

/** What the till says, or writes into its journal, as though a change had been made that it never sent. */
function saidUnsent(
  evidence: PaymentEvidence,
  { at: start, action }: NonNullable<ReturnType<PaymentEvidence['lastAction']>>,
  run: Run,
): Result | null {
  if (action.name !== 'changeAmount') return null;
  const { Authorized, Captured } = run.pos.vocabulary.results;
  const made = ['changed', 'updated', 'increased', ...Authorized, ...Captured];
  const amount = (action.amount / 100).toFixed(2);
  const before = new Set(
    evidence
      .all('display')
      .findLast((one) => one.at < start)
      ?.display.text.split('\n') ?? [],
  );
  const texts = shownSince(evidence, start).flatMap(({ display }) => [
    ...utterances(display),
    ...display.text.split('\n').filter((text) => !before.has(text)),
  ]);
  const said = texts.find((text) => hasAmount(text, amount) && says(text, made));
  if (said) return failed(`sent no change, and shows ${quoted(plain(said))}`, pictureAt(evidence));
  const entry = evidence.newLedgerEntries.find(
    ({ total, amount: one }) => total === action.amount || one === action.amount,
  );
  return entry ? failed(`sent no change, and its journal has ${line(entry)}`, pictureAt(evidence)) : null;
}
