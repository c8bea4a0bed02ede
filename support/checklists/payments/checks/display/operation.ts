import { judged, listed, money } from '../../../../checklist/check.ts';
import { knownActions } from '../../../../checklist/index.ts';
import { counted } from '../../../../record/counted.ts';
import { jsonOf, textAt } from '../../../../record/evidence.ts';
import type { Exchange } from '../../../../record/vocabulary.ts';
import type { Check } from '../../check.ts';
import type { PaymentEvidence } from '../../evidence.ts';
import { pictureAt, seenToAct } from './shown.ts';
import { hasDeduction } from './sums.ts';

/** The name of an action that was passed over step by step, unless the till has done by itself what it is for. */
function passedOverIn(whole: PaymentEvidence): string | undefined {
  const actions = whole.all('action');
  return actions.find(({ action, answer, at, mayBeRefused }, index) => {
    if (answer.answer !== 'done' || !answer.idle || mayBeRefused) return false;
    const next = actions.slice(index + 1);
    if (action.name === 'chooseTerminal') {
      const until = next.find((one) => one.action.name === 'chooseTerminal')?.at ?? whole.end;
      const used = whole.requests('createSession').filter((one) => one.at >= at && one.at <= until);
      return used.some(({ request }) => textAt(jsonOf(request), 'terminalId') !== action.terminalId);
    }
    const sends = knownActions().get(action.name)?.sends ?? [];
    const sent = whole.exchanges.filter((one) => one.at >= at && one.at <= (next[0]?.at ?? whole.end));
    return !sent.some((one) => sends.some((route) => isTo(one, route)));
  })?.action.name;
}

/** True of a request to a route such as "PUT /terminal-sessions/{id}/cancel". */
const isTo = ({ request }: Exchange, route: string): boolean =>
  new RegExp(`^${route.replace(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`).test(`${request.method} ${request.target}`);

export const operationChecks: Check[] = [
  {
    id: 'driven',
    reportedFirst: true,
    deed: true,
    plane: 'display',
    attestable: true,
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
      const passedOver = first ? undefined : passedOverIn(whole);
      if (passedOver)
        return {
          outcome: 'review',
          observed: `${passedOver}: no step of it in the profile applied, for each has a condition and none held`,
          evidence: pictureAt(whole),
          advice: `Give \`driver.actions.${passedOver}\` of the profile a step for what the till shows then. Where the till lacks what the steps look for, that is for its makers to mend.`,
        };
      return {
        ...judged(
          !first,
          first && first.answer.answer !== 'done'
            ? `${first.action.name}: ${first.answer.answer === 'notOffered' ? 'not offered' : first.answer.answer}, ${first.answer.reason}`
            : `${counted(whole.all('action').length, 'action')} taken`,
          pictureAt(whole),
        ),
        // A till that was lost is at fault whatever the API did before.
        ...(first ? { at: first.answer.answer === 'crashed' ? 0 : first.at } : {}),
      };
    },
  },
  {
    id: 'key-changeable',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    expected: () => "two different keys are entered in turn in the till's own settings",
    advice: 'Let the API key be entered in the settings, a file or the back office.',
    judge: ({ evidence, run }) => {
      const entered = evidence
        .all('action')
        .flatMap(({ action, answer }) =>
          action.name === 'configure' && answer.answer === 'done' ? [action.settings.apiKey] : [],
        );
      const distinct = new Set(entered).size;
      if (distinct > 1 && run.environment?.reach?.configured === 'start')
        return {
          outcome: 'review',
          observed: `the kit gave ${distinct} different keys to the POS as it started`,
          evidence: pictureAt(evidence),
          advice: 'Look where a merchant or an installer enters the key, without the kit.',
        };
      return judged(distinct > 1, `${distinct} different keys were entered`, pictureAt(evidence));
    },
  },
  {
    id: 'terminals-offered',
    plane: 'display',
    fault: 'pos',
    followsApi: true,
    expected: () => 'the till lets its user choose each card machine of the account, or enter its TID',
    advice:
      'List what GET /terminals answers, or take a TID by hand. Where the till lists them, name that list in `driver.display.cardMachines` of the profile.',
    judge: ({ evidence, run }, params) => {
      const offered = evidence.display?.cardMachines ?? [];
      const tids = params.tids as string[];
      const missing = tids.filter((tid) => !offered.some((words) => words.includes(tid)));
      const takes = evidence
        .all('action')
        .flatMap(({ action, answer }) =>
          action.name === 'chooseTerminal' && answer.answer === 'done' ? [answer] : [],
        );
      const taken = takes.filter(({ idle }) => !idle);
      const unread = run.pos.driver === 'browser' && !offered.length;
      const result = judged(
        missing.length === 0 || taken.length >= 2,
        offered.length
          ? `offers ${listed(offered)}`
          : `${counted(taken.length, 'card machine')} could be chosen${unread ? ', and nothing was read of a list: `display.cardMachines` of the profile says where it stands' : ''}`,
        pictureAt(evidence),
      );
      // What the profile passed over says nothing of the till.
      return result.outcome === 'failed' && takes.length > taken.length
        ? { ...result, outcome: 'review' }
        : result;
    },
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
];

const lineNames = (params: { readonly [name: string]: unknown }): string[] =>
  (params.lines as { name: string }[]).map(({ name }) => name);
