import { failed, listed, notTestable, passed, seconds } from '../../../checklist/check.ts';
import { conformingAnswers } from '../../../judging/checks/contract.ts';
import { counted } from '../../../record/counted.ts';
import { ids } from '../../../record/evidence.ts';
import { isOnLoopback } from '../../../record/loopback.ts';
import { displayChecks } from '../../payments/checks/display/index.ts';
import { byWords } from '../../payments/checks/display/shown.ts';
import { keyChecks } from '../../payments/checks/keys.ts';
import type { Check } from '../check.ts';
import { type CapabilityName, capabilities, isDone, isRegistered } from '../epos-data.ts';
import type { TableEvidence } from '../evidence.ts';

const took = ({ exchange }: { exchange: { at: number; until: number } }): number =>
  exchange.until - exchange.at;

/** Without these nobody can pay at a table. */
const needed: readonly CapabilityName[] = ['SearchOrders', 'GetOrderById', 'RecordOrderPaymentById'];

/** Names that a POS must not go into production with. */
const preview: ReadonlySet<string> = new Set([
  'AddOrderItems',
  'CalculateOrder',
  'SubmitCalculatedOrder',
  'SearchMenus',
]);

const registered = (evidence: TableEvidence) => evidence.facts('capabilities-registered').at(-1)?.detail;

/** The requests of the POS by which it registered something, or asked what is registered. */
const integrationsBy = (evidence: TableEvidence, method: string) =>
  evidence.exchanges.filter(
    ({ request }) =>
      request.method === method && /^\/epos\/integrations(\/(rest|ws))?\/?$/.test(request.target),
  );

/** Whether two addresses of this machine are one place; where the POS is called at no path, any may lead there. */
function leadsTo(registered: string, called: string): boolean {
  const [one, other] = [new URL(registered), new URL(called)];
  const path = ({ pathname }: URL) => pathname.replace(/\/+$/, '');
  return one.port === other.port && ['', path(one)].includes(path(other));
}

/** Whether the POS is registered elsewhere, and has sent nothing since its settings were entered. */
function isSetUpElsewhere(evidence: TableEvidence): boolean {
  const since = evidence.lastAction('configure')?.at ?? 0;
  const asked = evidence.lastAction('registerCapabilities');
  return asked?.answer.answer === 'notOffered' && !evidence.exchanges.some(({ at }) => at >= since);
}

const keyShown = displayChecks.find(({ id }) => id === 'shows-check-key')!;

const keyRefused = keyChecks.find(({ id }) => id === 'wrong-key-refused')!;

export const callChecks: Check[] = [
  {
    ...conformingAnswers(
      'answers-conform',
      'What the POS answers Dojo departs from the API description; the path names the member.',
    ),
    deed: true,
  },
  {
    id: 'calls-answered',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: (_, { criteria }) =>
      `the POS answers each call of Dojo, within ${seconds(criteria['answer.within'] ?? 0)}`,
    advice:
      'Answer each call on its own connection, several at a time; a card machine and a guest wait for it.',
    judge: ({ whole, run }) => {
      if (!whole.calls.length) return notTestable('Dojo could not call the POS: it has registered nothing');
      const silent = whole.calls.filter(({ status }) => status === null);
      const shown = (calls: typeof silent) => ids(calls.map(({ exchange }) => exchange));
      if (silent.length)
        return failed(
          silent
            .map(({ name, exchange }) =>
              exchange.trouble === 'upstream-unreachable'
                ? `${name}: the POS could not be reached`
                : `${name}: no answer within ${seconds(took({ exchange }))}`,
            )
            .join('; '),
          shown(silent),
          silent.every(({ exchange }) => exchange.trouble === 'client-dropped') ? { timed: true } : {},
        );
      const slow = whole.calls.filter((call) => took(call) > (run.criteria['answer.prompt'] ?? 3000));
      if (slow.length)
        return {
          outcome: 'warning',
          observed: slow.map((call) => `${call.name} took ${seconds(took(call))}`).join('; '),
          evidence: shown(slow),
          timed: true,
        };
      return passed(`${counted(whole.calls.length, 'call')} answered`);
    },
  },
  {
    id: 'needed-capabilities-registered',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'what is needed to pay at a table is registered: SearchOrders, GetOrderById and RecordOrderPaymentById',
    advice:
      'Send all capabilities of an adapter in one PUT, each as `{name, version: "v1"}`: a PUT replaces the one before.',
    judge: ({ evidence }) => {
      const state = registered(evidence);
      const sent = ids(integrationsBy(evidence, 'PUT'));
      if (!state) return notTestable('nobody could read what is registered');
      const names = [...state.rest, ...state.socket];
      const missing = needed.filter((name) => !isRegistered(name, names));
      if (missing.length)
        return failed(`${listed(missing)} not registered; registered are ${listed(names)}`, sent);
      const locks = ['CreateOrderLock', 'DeleteOrderLock'] as const;
      const half = locks.filter((name) => isRegistered(name, names)).length === 1;
      if (half) return failed('of CreateOrderLock and DeleteOrderLock one alone is registered', sent);
      const unfit = names.filter((name) => preview.has(name));
      if (unfit.length) return failed(`${listed(unfit)} must not be used in production`, sent);
      const { versions = [] } = state;
      const unknown = versions.filter((version) => !['v1', '1.0.0'].includes(version));
      if (unknown.length)
        return failed(`the version ${listed(unknown)} is registered, which nobody has`, sent);
      const older = names.filter((name) =>
        Object.values(capabilities).some((one) => 'older' in one && one.older === name),
      );
      const noExtend = isRegistered('CreateOrderLock', names) && !isRegistered('ExtendOrderLock', names);
      const doubts = [
        ...(older.length ? [`${listed(older)} under the older name`] : []),
        ...(versions.includes('1.0.0') ? ['the version 1.0.0, where Dojo’s guide has v1'] : []),
        ...(noExtend ? ['locks without ExtendOrderLock'] : []),
      ];
      return doubts.length
        ? { outcome: 'warning', observed: doubts.join('; '), evidence: sent }
        : passed(listed(names), sent);
    },
  },
  {
    id: 'registered-capabilities-served',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'each capability that is registered is served when Dojo calls it',
    advice: 'Register what the POS serves, and nothing else.',
    judge: ({ evidence }) => {
      const state = registered(evidence);
      const registeredNames = [...(state?.rest ?? []), ...(state?.socket ?? [])];
      if (!registeredNames.length) return notTestable('the POS has registered nothing');
      const names = Object.keys(capabilities) as CapabilityName[];
      const due = names.filter((name) => isRegistered(name, registeredNames));
      const calls = due.map((name) => ({ name, made: evidence.callsOf(name) }));
      const unmade = calls.filter(({ made }) => !made.length).map(({ name }) => name);
      const place = state?.called === undefined ? '' : ` below ${state.called}`;
      const wrong = calls.filter(({ made }) => made.length && !made.some(isDone));
      const shown = ids(wrong.flatMap(({ made }) => made.map(({ exchange }) => exchange)));
      if (wrong.length)
        return failed(
          wrong
            .map(({ name, made }) => {
              const last = made.at(-1);
              const where = last?.exchange.channel === 'http' ? place : '';
              return `${name}${where}: ${last?.status ?? 'no answer'}`;
            })
            .join('; '),
          shown,
        );
      if (unmade.length) return notTestable(`Dojo did not call ${listed(unmade)}`);
      return passed(listed(due));
    },
  },
  {
    id: 'one-version-declared',
    plane: 'wire',
    fault: 'pos',
    expected: (_, run) =>
      `each version that the POS sends in the run is the declared one, ${run.pos.apiVersion}`,
    advice: 'Send one version with every request, and declare that one as `apiVersion` in the profile.',
    judge: ({ everyRow, run }) => {
      const sent = [...everyRow.values()].flatMap(({ versions }) => [...versions]);
      if (!sent.length) return notTestable('the run holds no request of the POS');
      const others = sent.filter(([version]) => version !== 'none' && version !== run.pos.apiVersion);
      const said = [...new Set(sent.map(([version]) => version))];
      return others.length
        ? failed(
            `on the wire: ${listed(said)}; declared: ${run.pos.apiVersion}`,
            others.flatMap(([, { exchanges }]) => exchanges.slice(0, 2)),
          )
        : passed(`on the wire: ${listed(said)}`);
    },
  },
  {
    id: 'version-hard-coded',
    plane: 'declared',
    fault: 'pos',
    expected: () => 'it is stated that nobody can change the version of the API at the POS',
    advice: 'State it in the profile as `declared.versionAtPos`; take the version out of the settings.',
    judge: ({ evidence }) => {
      const declared = evidence
        .all('declared')
        .findLast(({ question }) => question === 'versionAtPos')?.answer;
      if (!declared) return { ...failed('the profile declares nothing'), outcome: 'review' };
      return declared === 'hard-coded' ? passed(`declared: ${declared}`) : failed(`declared: ${declared}`);
    },
  },
  {
    id: 'registered-address-callable',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () =>
      'the address that is registered over REST is a base that Dojo can call: https, without a path of one operation',
    advice: 'Register the public https address of the POS; Dojo appends /v1/….',
    judge: ({ evidence, run }) => {
      const { url = null, called } = registered(evidence) ?? {};
      const sent = ids(integrationsBy(evidence, 'PUT'));
      if (url === null) return passed('nothing is registered over REST', sent);
      if (/[{}]|\/v1\/orders/i.test(url)) return failed(`${url} is the path of one operation`, sent);
      const practises = run.why.length > 0 && isOnLoopback(url);
      if (!/^https:/i.test(url) && !practises) return failed(`${url} is not https`, sent);
      // A public address may lead here by many ways; one of this machine leads to its own port and path alone.
      if (called !== undefined && isOnLoopback(url) && isOnLoopback(called) && !leadsTo(url, called))
        return failed(`${url} is registered, and the POS answers at ${called}`, sent);
      return passed(url, sent);
    },
  },
  {
    id: 'registrations-read',
    plane: 'wire',
    fault: 'pos',
    deed: true,
    expected: () => 'the POS can ask Dojo for all capabilities that are registered',
    advice:
      'Read them with GET /epos/integrations; a list that the POS keeps itself says nothing of what Dojo has.',
    judge: ({ evidence }) => {
      const asked = integrationsBy(evidence, 'GET');
      const offered = evidence.lastAction('listCapabilities')?.answer.answer !== 'notOffered';
      const well = asked.filter(({ response }) => response?.status === 200);
      if (well.length) return passed(`${well[0]!.request.method} ${well[0]!.request.target}`, ids(well));
      if (asked.length) return failed('the POS asked for them, and got no list', ids(asked));
      return offered
        ? failed('the POS never asked for them')
        : {
            outcome: 'review',
            observed: 'the POS offers nothing by which it asks for them, and never asked',
            evidence: [],
            advice: 'Look at the POS, or where it is set up: somebody has to be able to ask Dojo for them.',
          };
    },
  },
  {
    ...keyRefused,
    id: 'wrong-key-sent',
    fault: 'pos',
    deed: true,
    judge(scene, params) {
      const result = keyRefused.judge(scene, params);
      const asked = scene.evidence.lastAction('registerCapabilities');
      // Who is registered elsewhere need not send a key at all.
      return result.fault === 'pos' && asked?.answer.answer === 'notOffered'
        ? {
            outcome: 'review',
            observed: 'the POS does not register itself, and sent no request with the wrong key',
            evidence: [],
            advice: byWords(
              'Look at the place where the key is entered: a wrong one has to be called wrong there.',
              'checkApiKey',
            ),
          }
        : result;
    },
  },
  {
    ...keyShown,
    judge(scene, params) {
      const result = keyShown.judge(scene, params);
      return result.outcome === 'failed' && isSetUpElsewhere(scene.evidence)
        ? {
            outcome: 'review',
            observed: `the POS does not register itself, and has sent no key; ${result.observed}`,
            evidence: result.evidence,
            advice: byWords(
              'Look at the place where the key is entered: a wrong one has to be called wrong there.',
              'checkApiKey',
            ),
          }
        : result;
    },
  },
  {
    id: 'adapter-as-declared',
    plane: 'declared',
    fault: 'pos',
    expected: () =>
      'it is stated whether Dojo calls the POS over REST, WebSocket or both, and the POS registers so',
    advice: 'State it in the profile as `declared.eposAdapter`: REST, WebSocket or mixed.',
    judge: ({ evidence }) => {
      const declared = evidence
        .all('declared')
        .findLast(({ question }) => question === 'eposAdapter')?.answer;
      if (!declared) return { ...failed('the profile declares nothing'), outcome: 'review' };
      const state = registered(evidence);
      if (!state)
        return {
          ...failed(`declared: ${declared}; nobody could read what is registered`),
          outcome: 'review',
        };
      const used =
        state.rest.length && state.socket.length
          ? 'mixed'
          : state.socket.length
            ? 'WebSocket'
            : state.rest.length
              ? 'REST'
              : 'nothing';
      const sent = ids(integrationsBy(evidence, 'PUT'));
      return used === declared
        ? passed(`declared and registered: ${declared}`, sent)
        : failed(`declared: ${declared}; registered: ${used}`, sent);
    },
  },
];
