import { type Check, failed, passed, type Result, type Scene } from '../../checklist/check.ts';
import { counted } from '../../record/counted.ts';
import { jsonOf, pathOf, textAt } from '../../record/evidence.ts';
import { isOnLoopback } from '../../record/loopback.ts';
import type { Exchange, Fault, Violation } from '../../record/vocabulary.ts';

const reported = 3;

/**
 * A receiver of events that is addressed by http and is on this machine, as a till asks for it or as the API answers: the
 * API takes https alone, and a till that practises has no certificate for its own machine.
 */
function isReceiverHere({ request, response }: Exchange, { part, pointer, rule }: Violation): boolean {
  const found = /^(?:\/(\d+))?\/url$/i.exec(pointer);
  if (rule !== 'pattern' || !found || !/^\/webhooks\b/.test(request.target)) return false;
  const body =
    part === 'request-body'
      ? jsonOf(request)
      : part === 'response-body' && response
        ? jsonOf(response)
        : null;
  const subscription = Array.isArray(body) ? body[Number(found[1])] : body;
  const url = textAt(subscription ?? null, 'url') ?? '';
  return /^http:/i.test(url) && isOnLoopback(url);
}

/** All violations of one side in the row, as one finding. */
function conform(
  scene: Scene,
  fault: Fault,
  exchanges: readonly Exchange[],
  usual: string,
  counts: (violation: Violation) => boolean = () => true,
): Result {
  const seen: { exchange: Exchange; violation: Violation }[] = exchanges.flatMap((exchange) =>
    scene
      .violations(exchange)
      .filter((violation) => violation.fault === fault && counts(violation))
      .filter((violation) => !(scene.run.why.length && isReceiverHere(exchange, violation)))
      .map((violation) => ({ exchange, violation })),
  );
  if (!exchanges.length) return passed('nothing was exchanged');
  if (!seen.length) return passed(`${counted(exchanges.length, 'exchange')}, no departure`);
  const kinds = new Map<string, { count: number; first: { exchange: Exchange; violation: Violation } }>();
  for (const one of seen) {
    const { part, pointer, rule } = one.violation;
    // Who writes names in another case does so in all of them: it is reported once.
    const key = rule === 'property-casing' ? `${part} ${rule}` : `${part} ${pointer} ${rule}`;
    const kind = kinds.get(key);
    if (kind) kind.count += 1;
    else kinds.set(key, { count: 1, first: one });
  }
  const ranked = [...kinds.values()].sort(
    (one, other) =>
      Number(other.first.violation.severity === 'must') - Number(one.first.violation.severity === 'must'),
  );
  const words = ranked.slice(0, reported).map(({ count, first: { exchange, violation } }) => {
    const path = pathOf(exchange);
    return `${exchange.request.method} ${path}: expected ${violation.expected}, observed ${violation.observed}${count > 1 ? ` (${counted(count, 'time')})` : ''}`;
  });
  if (ranked.length > reported) words.push(`and ${ranked.length - reported} more`);
  const evidence = [...new Set(ranked.map(({ first }) => first.exchange.id))];
  const special = [...new Set(ranked.flatMap(({ first }) => first.violation.advice ?? []))];
  const more = special.length > 0 ? { advice: [usual, ...special].join(' ') } : {};
  const must = seen.some(({ violation }) => violation.severity === 'must');
  return must
    ? failed(words.join('; '), evidence, more)
    : { outcome: 'warning', observed: words.join('; '), evidence, ...more };
}

const correct = 'Correct the request; the path names the member that departs from the API description.';
const report = "The API departs from its description: report it to Dojo; it is not the till's doing.";

/** A member that the description does not name, and does not forbid either: who asks for an answer leaves it unread. */
const isExtra = ({ rule, severity }: Violation): boolean =>
  rule === 'undeclared-property' && severity === 'should';

/** What a subject answers where Dojo calls it, as a check under that name. */
export const conformingAnswers = (id: string, advice: string): Check => ({
  id,
  plane: 'contract',
  fault: 'pos',
  expected: () => 'every answer of the POS is valid by the contract',
  advice,
  judge: (scene) =>
    conform(scene, 'pos', scene.whole.between('dojo', 'subject'), advice, (one) => !isExtra(one)),
});

export const contractChecks: Check[] = [
  {
    id: 'requests-conform',
    decisive: true,
    plane: 'contract',
    fault: 'pos',
    expected: () =>
      "every request is valid by the API's contract, and by what the live API is known to ask for",
    advice: correct,
    judge: (scene) => conform(scene, 'pos', scene.whole.exchanges, correct),
  },
  {
    id: 'responses-conform',
    plane: 'contract',
    fault: 'api',
    expected: () => 'every answer of the API is valid by its contract',
    advice: report,
    judge: (scene) => {
      const read = scene.whole.all('state').map(({ exchange }) => exchange);
      return conform(scene, 'api', [...scene.whole.exchanges, ...read], report);
    },
  },
];
