import { failed, notTestable, passed, seconds } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { ids, jsonOf } from '../../../record/evidence.ts';
import type { Exchange, Fact } from '../../../record/vocabulary.ts';
import type { Check } from '../check.ts';
import { isDone } from '../epos-data.ts';
import { isUp, type TableEvidence } from '../evidence.ts';

type Lost = Extract<Fact, { name: 'socket-lost' }>;

const deeds: Readonly<Record<Lost['detail']['how'], string>> = {
  close: 'Dojo closed it',
  reset: 'it was reset',
  'fall silent': 'nothing more was heard of Dojo',
  'lost answer': 'it was reset while an answer was under way',
};

/** Each loss of the WebSocket, and the handshakes of the POS before the next. */
const losses = (evidence: TableEvidence) => {
  const all = evidence.facts('socket-lost');
  return all.map((lost, index) => {
    const until = all[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const tries = evidence.handshakes.filter(({ at }) => at > lost.at && at < until);
    return { lost, until, tries, back: tries.find(isUp) };
  });
};

const nothingLost = 'the POS has opened no WebSocket that could be lost';

/** So many attempts within so many ms are a loop without a pause. */
const hurry = { attempts: 5, within: 1000 };

const inHurry = (tries: readonly Exchange[]): readonly Exchange[] => {
  const first = tries.findIndex(
    ({ at }, index) => (tries[index + hurry.attempts]?.at ?? Number.POSITIVE_INFINITY) - at < hurry.within,
  );
  return first < 0 ? [] : tries.slice(first, first + hurry.attempts + 1);
};

const short = (exchange: Exchange): string => {
  const { body } = exchange.request;
  return JSON.stringify(jsonOf(exchange.request) ?? (body && 'text' in body ? body.text : 'bytes')).slice(
    0,
    80,
  );
};

export const socketChecks: Check[] = [
  {
    id: 'socket-kept-alive',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: (_, { criteria }) =>
      `the POS gives a sign of life within ${seconds(criteria['socket.idle'] ?? 0)} on a WebSocket that is idle, and answers Dojo's ping`,
    advice: 'Ping at least every 30 seconds while nothing else is sent, and answer each ping with a pong.',
    judge: ({ evidence, run }) => {
      const [idle] = evidence.facts('socket-idle');
      const { spoken } = evidence;
      if (!idle || !spoken.length) return notTestable('the POS has opened no WebSocket that could be idle');
      const signs = spoken.filter(({ from, at }) => from === 'subject' && at > idle.at);
      const pings = spoken.filter(
        ({ from, request, at }) => from === 'dojo' && request.method === 'ping' && at > idle.at,
      );
      const ponged = pings.filter(({ response }) => response !== null);
      const after = (signs[0]?.at ?? Number.POSITIVE_INFINITY) - idle.at;
      const inTime = after <= (run.criteria['socket.idle'] ?? 0);
      const shown = ids([...signs.slice(0, 3), ...pings]);
      const slow = { timed: true };
      if (pings.length && !ponged.length && !inTime)
        return failed("no sign of life, and no pong to Dojo's ping", shown, slow);
      if (pings.length && !ponged.length)
        return failed("Dojo's ping was not answered with a pong", shown, slow);
      if (!inTime) {
        const observed = `no sign of life of its own within ${seconds(run.criteria['socket.idle'] ?? 0)}`;
        return ponged.length
          ? {
              outcome: 'warning',
              observed: `${observed}; Dojo's ping was answered`,
              evidence: shown,
              ...slow,
            }
          : failed(observed, shown, slow);
      }
      const kinds = [...new Set(signs.map(({ request }) => request.method))];
      return kinds.every((kind) => kind === 'pong')
        ? {
            outcome: 'warning',
            observed: `only pongs that answer nothing, the first after ${seconds(after)}: they find no half-open connection`,
            evidence: shown,
          }
        : passed(`${kinds[0]} after ${seconds(after)}`, shown);
    },
  },
  {
    id: 'socket-opened-again',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: (_, { criteria }) =>
      `the POS opens its WebSocket again by itself, within ${seconds(criteria['socket.back'] ?? 0)}; within ${seconds(criteria['socket.noticed'] ?? 0)} where nothing but silence shows that it is lost`,
    advice:
      'Watch the connection by pings, and dial again after 1, 2, 4 and at most 30 seconds, until Dojo takes it.',
    judge: ({ evidence, run }) => {
      const all = losses(evidence);
      if (!all.length || !evidence.spoken.length) return notTestable(nothingLost);
      const unnoticed = all.filter(({ lost, back }) => !back && lost.detail.how === 'fall silent');
      const pongs = evidence.spoken.some(
        ({ from, request }) => from === 'subject' && request.method === 'pong',
      );
      const gone = all.filter((one) => !one.back && !(pongs && unnoticed.includes(one)));
      if (gone.length)
        return failed(
          `not opened again after ${gone.map(({ lost }) => deeds[lost.detail.how]).join('; nor after ')}`,
          ids(gone.flatMap(({ tries }) => tries.slice(0, 3))),
          { timed: true },
        );
      const hasty = all.flatMap(({ tries }) => inHurry(tries));
      if (hasty.length)
        return failed(
          `${counted(hasty.length, 'attempt')} within a second: Dojo was closed, and the POS left it no time`,
          ids(hasty),
        );
      if (unnoticed.length)
        return {
          outcome: 'warning',
          observed: 'a half-open one was not noticed: pongs that answer nothing do not find it',
          evidence: ids(all.flatMap(({ back }) => back ?? [])),
        };
      const took = all.map(({ lost, back }) => ({ how: lost.detail.how, ms: back!.at - lost.at }));
      const late = took.filter(({ ms }) => ms > (run.criteria['socket.back'] ?? 0));
      const words = (some: typeof took) =>
        some.map(({ how, ms }) => `${seconds(ms)} after ${deeds[how]}`).join('; ');
      const shown = ids(all.map(({ back }) => back!));
      return late.length
        ? { outcome: 'warning', observed: words(late), evidence: shown, timed: true }
        : passed(words(took), shown);
    },
  },
  {
    id: 'socket-served-again',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'the POS answers Dojo on each WebSocket that it has opened again',
    advice: 'Serve each new connection as the one before; what is registered with Dojo still stands.',
    judge: ({ evidence }) => {
      const all = losses(evidence).filter(({ back }) => back);
      if (!all.length) return notTestable('the POS has opened no WebSocket again');
      const calls = evidence.calls.filter(({ exchange }) => exchange.channel === 'socket');
      const unserved = all.filter(
        ({ back, until }) =>
          !calls.some((call) => isDone(call) && call.exchange.at > back!.at && call.exchange.at < until),
      );
      return unserved.length
        ? failed(
            `no call was answered with success once it was open again after ${unserved.map(({ lost }) => deeds[lost.detail.how]).join('; nor after ')}`,
            ids(unserved.map(({ back }) => back!)),
          )
        : passed(`after ${counted(all.length, 'loss', 'losses')}`);
    },
  },
  {
    id: 'lost-answer-repeated',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'a payment that was recorded, and whose answer was lost with the connection, is answered with success when Dojo asks again',
    advice: 'Know a payment again by its paymentIntentId: a refusal makes Dojo give the money back.',
    judge: ({ evidence }) => {
      const lost = evidence.facts('socket-lost').find(({ detail }) => detail.how === 'lost answer');
      if (!lost)
        return evidence.callsOf('RecordOrderPaymentById').some(({ exchange }) => exchange.channel === 'http')
          ? passed('payments are recorded over REST')
          : notTestable('no payment was recorded over a WebSocket');
      const paid = evidence
        .payments()
        .find(({ calls }) => calls.some(({ exchange }) => exchange.at > lost.at));
      const [first, again] = paid?.calls ?? [];
      if (!paid || !first || !isDone(first))
        return notTestable('the POS recorded no payment whose answer could be lost');
      if (!again) return notTestable('the POS came not back, so that Dojo could not ask again');
      const shown = ids([first.exchange, again.exchange]);
      if (isDone(again)) return passed(`${paid.paymentIntentId} was answered with success both times`, shown);
      const observed = `${paid.paymentIntentId} was recorded, and refused with ${again.status ?? 'no answer'} when Dojo asked again`;
      const last = evidence
        .readings(paid.orderId)
        .findLast(({ call }) => call.exchange.at > again.exchange.at);
      const kept = last?.payments?.some(({ paymentIntentId }) => paymentIntentId === paid.paymentIntentId);
      return again.status !== null && kept === false
        ? { outcome: 'warning', observed: `${observed}; it is no longer in the books`, evidence: shown }
        : failed(observed, shown);
    },
  },
  {
    id: 'socket-says-nothing-else',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'over the WebSocket the POS sends one answer to each call, and nothing else',
    advice:
      'Answer each call once, in one text message on its own connection, with its id; an EPOS asks Dojo over HTTP.',
    judge: ({ evidence }) => {
      const { spoken } = evidence;
      if (!spoken.length) return notTestable('the POS has opened no WebSocket');
      const strays = spoken.filter(
        ({ from, request }) => from === 'subject' && ['message', 'unreadable'].includes(request.method),
      );
      return strays.length
        ? failed(
            `${counted(strays.length, 'message')} that ${strays.length === 1 ? 'answers' : 'answer'} no call, the first ${short(strays[0]!)}`,
            ids(strays.slice(0, 5)),
          )
        : passed(
            counted(spoken.filter(({ from }) => from === 'dojo').length, 'call or ping', 'calls and pings'),
          );
    },
  },
];
