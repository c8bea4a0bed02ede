import { createHash } from 'node:crypto';
import type { Certificate } from '../../judging/index.ts';
import { contractsOf } from '../../record/contracts.ts';
import { pathOf } from '../../record/evidence.ts';
import { attemptsOf, type Recording } from '../../record/stream.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import { written } from '../../record/written.ts';
import type { Files } from './archive.ts';

/** The in-toto predicate that a statement holds. */
const predicateType = 'https://in-toto.io/attestation/test-result/v0.1';

/** Something that the run made on the account: Dojo can look it up in its own logs. */
export interface Made {
  readonly row: string;
  /** The last part of the path that made it: `payment-intents`, `terminal-sessions`, … */
  readonly resource: string;
  readonly id: string;
  /** The payment intent that a terminal session is of; left out where it is of none. */
  readonly paymentIntent?: string;
  /** Minor units, as they were asked for; of a session, those of its payment intent. Left out where it has none. */
  readonly amount?: number;
  readonly currency?: string;
  /** When the request that made it came in, ISO 8601. */
  readonly at: string;
}

/** A false alarm of the search for secrets that a person has settled. */
export interface Settled {
  /** The code that sealing named it by. */
  readonly alarm: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What the signature of a bundle stands for: which files, and what they come to. */
export interface Statement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  /** Each file of the bundle but the statement itself, by its SHA-256 in hex. */
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: typeof predicateType;
  readonly predicate: {
    readonly result: 'PASSED' | 'WARNED' | 'FAILED';
    /** What the run was judged by. */
    readonly configuration: readonly {
      readonly name: string;
      readonly digest?: { readonly sha256: string };
      readonly annotations?: { readonly [name: string]: Json };
    }[];
    readonly passedTests: readonly string[];
    readonly warnedTests: readonly string[];
    readonly failedTests: readonly string[];
    /** What the predicate has no members for. */
    readonly dojoConformance: {
      readonly schema: 1;
      readonly run: string;
      readonly pos: { readonly name: string; readonly version: string };
      readonly kind: Certificate['run']['kind'];
      readonly certified: boolean;
      readonly startedAt: string;
      readonly finishedAt: string | null;
      readonly heads: readonly string[];
      /** What the amounts were drawn from, and for which challenge; left out of runs of older kits. */
      readonly amounts?: Certificate['run']['amounts'];
      readonly made: readonly Made[];
      readonly settled: readonly Settled[];
    };
  };
}

/** SHA-256 in hex, by name. */
export const digestsOf = (files: Files): Map<string, string> =>
  new Map([...files].map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]));

/** The statement of a bundle with files of these digests, of which the certificate is one. */
export function statementOf(
  digests: ReadonlyMap<string, string>,
  certificate: Certificate,
  recording: Recording,
  settled: readonly Settled[],
): Statement {
  const { run, subject: tested, summary, kit } = certificate;
  const rows = (...verdicts: readonly string[]) =>
    certificate.rows.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
  const heads = 'head' in run.stream ? [run.stream] : run.stream;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...digests].map(([name, digest]) => ({ name, digest: { sha256: digest } })),
    predicateType,
    predicate: {
      result: summary.failed ? 'FAILED' : summary.certified && !summary.warning ? 'PASSED' : 'WARNED',
      configuration: [
        { name: 'kit', annotations: { name: kit.name, version: kit.version, commit: kit.commit } },
        { name: `checklist/${run.checklist.name}`, digest: { sha256: run.checklist.sha256 } },
        ...contractsOf(run.contract).map(({ name, version, sha256 }) => ({
          name,
          digest: { sha256 },
          annotations: { version },
        })),
      ],
      passedTests: rows('passed'),
      warnedTests: rows('warning', 'review', 'incomplete', 'blocked'),
      failedTests: rows('failed'),
      dojoConformance: {
        schema: 1,
        run: run.id,
        pos: { name: tested.name, version: tested.version },
        kind: run.kind,
        certified: summary.certified,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
        heads: heads.map(({ head }) => head),
        ...(run.amounts ? { amounts: run.amounts } : {}),
        made: madeIn(recording),
        settled,
      },
    },
  };
}

/** What the run's requests made: each `POST` of a collection that was answered with an id. */
export function madeIn({ rows }: Recording): Made[] {
  return [...rows].flatMap(([row, record]) => {
    const made = attemptsOf(record)
      .flatMap(({ observations }) => observations)
      .flatMap((one) => (one.kind === 'exchange' ? madeBy(row, one.exchange) : []));
    return made.map((one) => {
      const intent = made.find(({ id }) => id === one.paymentIntent);
      return one.amount === undefined && intent ? { ...one, ...worthOf(intent) } : one;
    });
  });
}

const worthOf = ({ amount, currency }: Made): Pick<Made, 'amount' | 'currency'> => ({
  ...(amount === undefined ? {} : { amount }),
  ...(currency === undefined ? {} : { currency }),
});

function madeBy(row: string, exchange: Exchange): Made[] {
  const { request, response } = exchange;
  if (request.method !== 'POST' || !response || response.status >= 300) return [];
  const resource = pathOf(exchange).split('/').filter(Boolean).at(-1) ?? '';
  const read = response.body && written(response.body);
  const body = membersOf(read && 'json' in read ? read.json : undefined);
  const id = body.id;
  // An operation on a resource that is there answers with the same id, and makes nothing.
  if (typeof id !== 'string' || pathOf(exchange).includes(id)) return [];
  // A session has what it is about one level deeper: `details.sale`, `details.matchedRefund`, …
  const about = Object.values(membersOf(body.details)).map(membersOf);
  const paymentIntent = about.map((one) => one.paymentIntentId).find((one) => typeof one === 'string');
  const { value, currencyCode } = membersOf(body.amount ?? about.find((one) => one.amount)?.amount);
  return [
    {
      row,
      resource,
      id,
      ...(typeof paymentIntent === 'string' ? { paymentIntent } : {}),
      ...(typeof value === 'number' ? { amount: value } : {}),
      ...(typeof currencyCode === 'string' ? { currency: currencyCode } : {}),
      at: exchange.startedAt,
    },
  ];
}

const membersOf = (value: Json | null | undefined): { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
