import {
  applyErrata,
  asBefore,
  type Content,
  type Errata,
  type Erratum,
  loadErrata,
  loadOpenApi,
  loadReleases,
  type OpenApi,
  type OpenApiDocument,
  type Operation,
  readOpenApi,
  releasesAfter,
  servedDescription,
} from '../../fixtures/openapi/index.ts';
import { faultOf } from '../record/parties.ts';
import type { Exchange, Run } from '../record/vocabulary.ts';
import type { Demand } from './alternatives.ts';
import { judgeCardNumbers } from './card-numbers.ts';
import { judgeKeyPlaces } from './key-places.ts';
import { headerOf, takesJson } from './messages.ts';
import { schemaOf } from './parameters.ts';
import { judgeRequest, type RequestRules } from './request.ts';
import { judgeResponse, type ResponseRules } from './response.ts';
import { type Router, router } from './router.ts';
import { judgeRpc, opensSocket } from './rpc.ts';
import { demandsOf, unruled } from './rule-places.ts';
import { judges } from './schemas.ts';
import { unjudgedBodies } from './unjudged.ts';
import type { Breach, Violation } from './violation.ts';
import { listed } from './wording.ts';

/** The operation that a request was addressed to. */
export interface OperationMatch {
  readonly operationId: string;
  readonly method: string;
  /** The path as a template: `/payment-intents/{paymentIntentId}`. */
  readonly path: string;
  readonly pathParams: { readonly [name: string]: string };
}

/** An API version's description, ready to judge by; exchanges of earlier versions by what the changelog tells of these. */
export interface Contract {
  /** The API version that it describes. */
  readonly version: string;
  readonly sha256: string;
  /** The file that it was read from. */
  readonly source: string;
  /** The description as it was read, before any erratum. */
  readonly description: OpenApi;
  /** What a reader of verdicts by this description has to know of it, as sentences. */
  readonly notes: readonly string[];
  /** Ids of the errata that were applied. */
  readonly errata: readonly string[];
  /** `target` is path and query as they were sent; a trailing slash does not matter. */
  operationOf(method: string, target: string): OperationMatch | undefined;
  /**
   * How an exchange breaks the contract; nothing when it does not. Without a response the request alone is
   * judged. Operations that the API has and the description leaves out on purpose are not judged.
   */
  violations(exchange: Exchange): Violation[];
  /** The bodies of an exchange that are not judged, for the description has no JSON there: each as what it is. */
  unjudged(exchange: Exchange): string[];
}

let own: Contract | null = null;

/**
 * Loads a contract from an OpenAPI file, the kit's own when none is named: that is made once, for what judges by it is
 * compiled as it is needed, and then kept. Throws as `loadOpenApi` does.
 */
export function loadContract(file?: string): Contract {
  if (file !== undefined) return contractOf(loadOpenApi(file), loadErrata());
  own ??= contractOf(loadOpenApi(), loadErrata());
  return own;
}

/** Loads the contract of an API that a subject serves itself, by the name of the kit's description of it. */
export function loadServed(name: string): Contract {
  return contractOf(loadOpenApi(servedDescription(name)), loadErrata(name));
}

/** Which description that is; `undefined` where a subject serves none. */
export function servedAs(name: string | undefined): NonNullable<Run['contract']['served']> | undefined {
  if (name === undefined) return undefined;
  const { version, sha256 } = loadOpenApi(servedDescription(name));
  return { name, version, sha256 };
}

/**
 * What judges all exchanges of a run: those that the subject answers by the API that it serves, all others by the one
 * that it calls.
 */
export function judgesOf(contract: Contract, served?: string): Pick<Contract, 'violations' | 'unjudged'> {
  if (served === undefined) return contract;
  const own = loadServed(served);
  const due = ({ to }: Exchange) => (to === 'subject' ? own : contract);
  const isSpoken = (exchange: Exchange) => exchange.channel === 'socket' || opensSocket(exchange);
  return {
    violations: (exchange) =>
      isSpoken(exchange)
        ? judgeRpc(exchange, own).map((breach) => ({ ...breach, fault: faultOf(exchange, breach.part) }))
        : due(exchange).violations(exchange),
    unjudged: (exchange) => (isSpoken(exchange) ? [] : due(exchange).unjudged(exchange)),
  };
}

/** Reads a contract from the text of an OpenAPI description. Throws as `readOpenApi` does. */
export function readContract(text: string, source: string, errata: Errata = loadErrata()): Contract {
  return contractOf(readOpenApi(text, source), errata);
}

function contractOf(description: OpenApi, register: Errata): Contract {
  const errata = register.version === description.version ? register.errata : [];
  const document = applyErrata(description.document, errata);
  const routes = router(document);
  const releases = loadReleases();
  /** What exchanges are judged by, by how many releases came only after their version. */
  const known = new Map<number, RulesOf>();
  const rulesAt = (version: string): RulesOf => {
    const later = releases.of === description.version ? releasesAfter(releases, version) : [];
    const rules = known.get(later.length) ?? rulesFor(asBefore(document, later), errata);
    known.set(later.length, rules);
    return rules;
  };

  const breaches = (exchange: Exchange): Breach[] => {
    const { method, target } = exchange.request;
    const misplaced = judgeKeyPlaces(exchange);
    const match = routes.route(method, target);
    if (!match) {
      const beyond = routes.isBeyond(method, target);
      return beyond ? misplaced : [...misplaced, unknownOperation(routes, method, target)];
    }
    const due = rulesAt(headerOf(exchange.request.headers, 'version') ?? '')(match.to);
    return [
      ...misplaced,
      ...judgeRequest(due, exchange, match.pathParams),
      ...judgeResponse(due, exchange),
      ...judgeCardNumbers(exchange),
    ];
  };

  return {
    version: description.version,
    sha256: description.sha256,
    source: description.source,
    description,
    get notes() {
      return notesOn(document);
    },
    errata: errata.map(({ id }) => id),
    operationOf: (method, target) => {
      const match = routes.route(method, target);
      if (!match) return undefined;
      const { method: verb, path, operationId } = match.to;
      return {
        operationId: operationId ?? `${verb} ${path}`,
        method: verb,
        path,
        pathParams: match.pathParams,
      };
    },
    unjudged: (exchange) => {
      const { method, target, headers } = exchange.request;
      const match = routes.route(method, target);
      return match ? unjudgedBodies(rulesAt(headerOf(headers, 'version') ?? '')(match.to), exchange) : [];
    },
    violations: (exchange) =>
      breaches(exchange).map((breach) => ({ ...breach, fault: faultOf(exchange, breach.part) })),
  };
}

function notesOn(document: OpenApiDocument): string[] {
  const left = unruled(document);
  return left.length === 0
    ? []
    : [
        `The kit's own rules are not applied to the answers of ${listed(left)}: the description has none in JSON there.`,
      ];
}

type RulesOf = (operation: Operation) => RequestRules & ResponseRules;

/** What each operation is judged by, with the schemas of this document; made when it is first asked for. */
function rulesFor(document: OpenApiDocument, errata: readonly Erratum[]): RulesOf {
  const judge = judges(document);
  const rulesOf: RulesOf = (operation) => {
    const { method, path, parameters, responses, security } = operation;
    const { required = false, content } = operation.requestBody ?? {};
    const media = jsonMediaOf(content);
    const described = Object.keys(content ?? {});
    return {
      document,
      errata,
      operation: `${method} ${path}`,
      authorized: security.length > 0 && security.every((one) => Object.keys(one).length > 0),
      parameters: parameters
        .filter(({ in: where, name }) => where !== 'header' || !ownHeaders.includes(name.toLowerCase()))
        .map((parameter) => ({ parameter, judge: judge(schemaOf(parameter), 'request') })),
      body: media && {
        required,
        schema: media.schema,
        judge: judge(
          media.schema,
          'request',
          dueOf(demandsOf(document, media.schema, [method, path, 'request'])),
        ),
        types: media.types,
        described,
      },
      statuses: new Map(
        Object.entries(responses).map(([key, { content }]) => {
          const due = jsonMediaOf(content);
          if (!due) return [key.toUpperCase(), null];
          const { schema, types } = due;
          const demands = memoized((status: string) => demandsOf(document, schema, [method, path, status]));
          const judgeOf = memoized((status: string) => judge(schema, 'response', dueOf(demands(status))));
          const unclear = memoized((status: string) =>
            demands(status).map(({ id, clear }) => ({ id, judge: judge({}, 'response', [clear]) })),
          );
          return [
            key.toUpperCase(),
            { judgeOf, unclear, schema, types, described: Object.keys(content ?? {}) },
          ];
        }),
      ),
    };
  };
  const known = new Map<Operation, RequestRules & ResponseRules>();
  return (operation) => {
    const found = known.get(operation) ?? rulesOf(operation);
    known.set(operation, found);
    return found;
  };
}

const dueOf = (demands: readonly Demand[]) => demands.map(({ due }) => due);

function memoized<T>(make: (status: string) => T): (status: string) => T {
  const made = new Map<string, T>();
  return (status) => {
    const found = made.get(status) ?? make(status);
    made.set(status, found);
    return found;
  };
}

/** Headers that OpenAPI judges in other ways than as parameters. */
const ownHeaders = ['accept', 'content-type', 'authorization'];

/** The schema of what is sent in JSON, that of the narrowest type where there are several, and these types. */
function jsonMediaOf(content: Content = {}) {
  const types = Object.keys(content)
    .filter((type) => takesJson(type) && content[type]?.schema)
    .sort((a, b) => a.split('*').length - b.split('*').length);
  const schema = content[types[0] ?? '']?.schema;
  return schema && { schema, types };
}

function unknownOperation(routes: Router, method: string, target: string): Breach {
  const taken = routes.methodsAt(target);
  const nearest = routes.nearest(method, target);
  return {
    part: 'operation',
    pointer: '',
    rule: taken.length > 0 ? 'known-method' : 'known-path',
    expected:
      taken.length > 0
        ? `this path takes ${taken.join(', ')}`
        : `a method and path that the API has${nearest ? `, such as \`${nearest}\`` : ''}`,
    observed: `\`${method} ${target.replace(/[?#].*/s, '')}\``,
    severity: 'must',
  };
}
