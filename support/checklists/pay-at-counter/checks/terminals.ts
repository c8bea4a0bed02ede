import { answered, failed, judged, listed, passed } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, jsonOf, listAt, refusalText, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { machineRefused } from '../../payments/checks/refused.ts';
import type { PaymentEvidence } from '../../payments/evidence.ts';

/** Machines that were chosen on the till, by id, in turn. */
const chosen = (evidence: PaymentEvidence): string[] =>
  evidence
    .all('action')
    .flatMap(({ action }) => (action.name === 'chooseTerminal' ? [action.terminalId] : []));

export const terminalChecks: Check[] = [
  {
    id: 'terminals-listed',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the till asks GET /terminals and is answered with the card machines of the account',
    advice: 'Fill the chooser from GET /terminals; the page calls it the preferred way.',
    judge: ({ evidence }, params) => {
      const lists = evidence.requests('listTerminals');
      const good = lists.filter(({ response }) => response?.status === 200);
      const short = good.flatMap((list) => {
        const answered = listAt(jsonOf(list.response)).map(
          (machine) => `${textAt(machine, 'properties', 'tid')} (${textAt(machine, 'id')})`,
        );
        const asked = new URLSearchParams(list.request.target.split('?')[1]);
        const missing = (params.machines as string[]).filter((id) => !answered.includes(id));
        // A filter may leave some out; the whole list holds each of them.
        return missing.length && ![...asked.keys()].length ? [{ list, missing }] : [];
      });
      if (short[0]) {
        return failed(
          `GET /terminals was answered without ${listed(short[0].missing)}`,
          ids(short.map(({ list }) => list)),
          { fault: 'api', advice: 'The API has to list each card machine of the account.' },
        );
      }
      if (good.length)
        return passed(`GET /terminals answered 200 ${counted(good.length, 'time')}`, ids(good));
      const last = lists.at(-1);
      return last
        ? failed(`GET /terminals answered ${answered(last)}`, ids(lists))
        : { outcome: 'warning', observed: 'the till never asked GET /terminals', evidence: [] };
    },
  },
  {
    id: 'chosen-terminals-used',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'each session is created on the card machine that was chosen for it',
    advice: 'Send the `terminalId` of the card machine that the user chose.',
    judge: ({ evidence }) => {
      const wanted = chosen(evidence);
      const used = evidence
        .requests('createSession')
        .map((exchange) => textAt(jsonOf(exchange.request), 'terminalId') ?? 'none');
      const passedOver = evidence
        .all('action')
        .some(
          ({ action, answer }) => action.name === 'chooseTerminal' && answer.answer === 'done' && answer.idle,
        );
      const result = judged(
        wanted.length > 1 && JSON.stringify(wanted) === JSON.stringify(used),
        `chosen: ${listed(wanted)}; used: ${listed(used)}`,
        ids(evidence.requests('createSession')),
      );
      // What the profile passed over says nothing of the till.
      return result.outcome === 'failed' && passedOver ? { ...result, outcome: 'review' } : result;
    },
  },
  {
    id: 'refused-as-unavailable',
    plane: 'wire',
    fault: 'api',
    expected: () =>
      'POST /terminal-sessions is refused because the card machine is busy; or the till saw so in GET /terminals',
    advice: 'The API has to answer 404 (409 is known too) for a card machine in its menu.',
    judge: ({ evidence }, params) => {
      const tries = evidence
        .requests('createSession')
        .filter(({ at: time }) => time >= evidence.paymentStart);
      const last = tries.at(-1);
      if (!last) {
        const list = evidence.requests('listTerminals').at(-1);
        const machine = listAt(jsonOf(list?.response ?? null)).find(
          (entry) => textAt(entry, 'id') === params.terminalId,
        );
        const status = textAt(machine, 'status');
        return status && status !== 'Available'
          ? passed(`the till saw that the card machine is ${status} and sent no session`, ids([list!]))
          : failed(
              'the till created no session, and no answer reported that the card machine is busy',
              list ? [list.id] : [],
              {
                fault: 'pos',
                advice: 'Try the session, or look at the status in GET /terminals.',
              },
            );
      }
      const asked = textAt(jsonOf(last.request), 'terminalId');
      if (asked !== params.terminalId) {
        return failed(
          `the session was asked for on ${asked ?? 'none'}, the card machine is ${params.terminalId}`,
          ids(tries),
          { fault: 'pos', advice: 'Send the `terminalId` of the card machine that the user chose.' },
        );
      }
      return judged(
        machineRefused(last),
        `POST /terminal-sessions was answered ${answered(last)}: ${refusalText(last) || 'no reason'}`,
        ids(tries),
      );
    },
  },
];
