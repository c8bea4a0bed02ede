import { type Evidence, pathOf } from '../record/evidence.ts';
import type { Exchange, Observation } from '../record/vocabulary.ts';

/** What kept a row from being judged, when it came, and what to do about it. */
export type Trouble = Omit<Extract<Observation, { kind: 'trouble' }>, 'kind'>;

/**
 * An upstream that is out of order, overloaded or out of reach is no verdict on anybody, unless the scenario
 * itself had armed the fault.
 */
export function upstreamTrouble(whole: Evidence): Trouble[] {
  const all = [...whole.all('exchange'), ...whole.all('state')].map(({ exchange }) => exchange);
  return all.flatMap((exchange): Trouble[] => {
    // How the subject's own server answers is a fact about the subject, which its row judges.
    if (exchange.to !== 'dojo') return [];
    const status = exchange.response?.status ?? 0;
    // The kit reads with the key that it began the row with: nobody in the row can have made that wrong.
    if (exchange.from === 'kit' && status === 401) return [keyRefused(exchange)];
    const lost = exchange.trouble === 'upstream-unreachable' || exchange.trouble === 'upstream-dropped';
    if (exchange.armed || (status < 500 && status !== 429 && !lost)) return [];
    return [
      {
        at: exchange.at,
        fault: 'environment',
        message: `${exchange.request.method} ${pathOf(exchange)} ${lost ? 'met an upstream that is out of reach' : `was answered ${status}`}`,
        advice:
          status === 429
            ? 'The upstream was asked too often: run fewer rows side by side (--parallel 1), and see that nothing else uses the account.'
            : 'Look after the upstream, then run the row again.',
        infrastructure: true,
        code: 'KIT-UPSTREAM-014',
      },
    ];
  });
}

const keyRefused = (exchange: Exchange): Trouble => ({
  at: exchange.at,
  fault: 'environment',
  message: `${exchange.request.method} ${pathOf(exchange)} of the kit itself was answered 401`,
  advice: 'The API key is not taken any more: see whether it was revoked, or changed, and run again.',
  infrastructure: true,
  code: 'KIT-UPSTREAM-015',
});
