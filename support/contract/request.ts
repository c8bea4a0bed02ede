import type {
  Erratum,
  OpenApiDocument,
  ParameterObject,
  SchemaObject,
} from '../../fixtures/openapi/index.ts';
import { counted } from '../record/counted.ts';
import type { Exchange, Headers, Severity } from '../record/vocabulary.ts';
import { authorizationExpected, judgeAuthorization } from './authorization.ts';
import { fractionsIn } from './fractions.ts';
import { describedOtherwise, isEmpty, isJsonAmong, jsonOf, timesSent, valuesOf } from './messages.ts';
import { miscased } from './names.ts';
import { marked, odditiesIn } from './oddities.ts';
import { isList, namesOf, type Query, readParameter, schemaOf } from './parameters.ts';
import type { Judge } from './schemas.ts';
import type { Breach, Part } from './violation.ts';
import { describe, listed, show } from './wording.ts';

/** What a request to one operation is judged by. */
export interface RequestRules {
  readonly document: OpenApiDocument;
  readonly errata: readonly Erratum[];
  readonly authorized: boolean;
  readonly parameters: readonly { readonly parameter: ParameterObject; readonly judge: Judge }[];
  readonly body:
    | {
        readonly required: boolean;
        readonly schema: SchemaObject;
        readonly judge: Judge;
        readonly types: readonly string[];
        /** All media types of the description, those in JSON among them. */
        readonly described: readonly string[];
      }
    | undefined;
}

/**
 * The violations of a request, all of them the caller's. Names that the description does not know warn; where the API
 * refused the request as not valid (400) they fail. Names in another case warn: the API reads them alike.
 */
export function judgeRequest(
  rules: RequestRules,
  { request, response }: Exchange,
  pathParams: { readonly [name: string]: string },
): Breach[] {
  const refused = response?.status === 400;
  return [
    ...sentTwice(rules, request.headers),
    ...(rules.authorized ? judgeAuthorizations(request.headers) : []),
    ...rules.parameters.flatMap((rule) => parameterViolations(rules, rule, request, pathParams)),
    ...emptyIds(rules, pathParams),
    ...unsaidLength(rules, request, response?.status),
    ...unknownQuery(rules, request.target, refused),
    ...(rules.body ? bodyViolations(rules.document, rules.body, request, refused) : []),
  ];
}

const violation = (
  part: Part,
  pointer: string,
  rule: string,
  expected: string,
  observed: string,
  severity: Severity = 'must',
): Breach => ({ part, pointer, rule, expected, observed, severity });

/** Headers of HTTP itself that may stand in a request once, declared or not. */
const onlyOnce = ['host', 'authorization', 'content-type'];

/**
 * Headers that stand there more than once and may not (RFC 9110, section 5.3), even where their values are alike: one
 * server refuses them, another takes the first, a third the last.
 */
function sentTwice({ document, parameters }: RequestRules, headers: Headers): Breach[] {
  const declared = parameters.flatMap(({ parameter }) =>
    parameter.in === 'header' && !isList(document, parameter) ? [parameter.name] : [],
  );
  return [...onlyOnce, ...declared].flatMap((name) => {
    const times = timesSent(headers, name);
    return times < 2
      ? []
      : [
          violation(
            'request-header',
            `/${name.toLowerCase()}`,
            'header-once',
            `the header \`${name}\` is sent once`,
            `it is there ${counted(times, 'time')}`,
          ),
        ];
  });
}

/** What languages write where a variable held no id, and a template that nobody filled in. */
const noId = /^(?:null|undefined|none|nil|nan|\[object Object\]|.*[{}].*)$/i;

/** A path that names nothing, since whoever sent it had no id: the answer to the request before was not looked at. */
function emptyIds({ parameters }: RequestRules, pathParams: { readonly [name: string]: string }): Breach[] {
  return parameters.flatMap(({ parameter: { name, in: where } }) => {
    const sent = pathParams[name] ?? '';
    if (where !== 'path' || !noId.test(sent)) return [];
    const expected = `the path parameter \`${name}\` is an id that the API has given`;
    return [violation('request-path', `/${name}`, 'id-given', expected, `it is ${show(sent)}`)];
  });
}

const from = ({ id, advice }: Erratum) => ({ erratum: id, ...(advice === undefined ? {} : { advice }) });

/** What stands in front of the API refuses a PUT or DELETE that does not say how long its body is, be it empty. */
function unsaidLength(
  { errata }: RequestRules,
  { method, headers }: Exchange['request'],
  status: number | undefined,
): Breach[] {
  const erratum = errata.find(({ id }) => id === 'bodyless-411');
  const isSaid = ['content-length', 'transfer-encoding'].some((name) => timesSent(headers, name) > 0);
  if (!erratum || isSaid || !['PUT', 'DELETE'].includes(method)) return [];
  const unsaid = violation(
    'request-header',
    '/content-length',
    'length-said',
    `the header \`content-length\` is sent with each ${method}, \`0\` where there is no body`,
    'it is not there',
    status === 411 ? 'must' : 'should',
  );
  return [{ ...unsaid, ...from(erratum) }];
}

/** The breach in what a request says of who sends it, be it a call or a handshake. */
export function judgeAuthorizations(headers: Headers): Breach[] {
  const values = valuesOf(headers, 'authorization');
  const problems = (values.length > 0 ? values : [undefined]).map(judgeAuthorization);
  const problem = problems.find((one) => one?.severity === 'must') ?? problems.find((one) => one);
  if (!problem) return [];
  const { rule, observed, severity } = problem;
  return [violation('request-header', '/authorization', rule, authorizationExpected, observed, severity)];
}

const places = { path: 'request-path', query: 'request-query', header: 'request-header' } as const;

function parameterViolations(
  { document, errata }: RequestRules,
  { parameter, judge }: RequestRules['parameters'][number],
  request: Exchange['request'],
  pathParams: { readonly [name: string]: string },
): Breach[] {
  const { name, in: where, required = false } = parameter;
  if (where === 'cookie') return [];
  const schema = schemaOf(parameter);
  const query = where === 'query' ? queryOf(request.target) : [];
  const texts = {
    path: () => [pathParams[name] ?? ''],
    query: () => query.flatMap(([key, text]) => (key === name || key === `${name}[]` ? [text] : [])),
    header: () => valuesOf(request.headers, name),
  }[where]();
  // Each value of a header that is no list is judged: a server may take any of them.
  const each = where === 'header' && texts.length > 1 && !isList(document, parameter);
  const values = (each ? texts.map((text) => [text]) : [texts]).map((read) => ({
    read,
    given: readParameter(document, parameter, read, query),
  }));
  const pointer = `/${where === 'header' ? name.toLowerCase() : name}`;
  const thing = `the ${where === 'header' ? 'header' : `${where} parameter`} \`${name}\``;
  if (values.every(({ given }) => given === undefined)) {
    if (!required) return [];
    const erratum = errata.find(({ id }) => id === parameter['x-erratum']);
    const conflict = erratum ? ` (${erratum.what})` : '';
    const missing = violation(
      places[where],
      pointer,
      'required',
      `${thing} is sent${conflict}`,
      'it is not there',
    );
    return [erratum ? { ...missing, ...from(erratum) } : missing];
  }
  for (const { read, given } of values) {
    if (given === undefined) continue;
    const problem = judge(given).find(({ severity }) => severity === 'must');
    if (!problem) continue;
    const observed = `it is ${show(read.length === 1 ? (read[0] ?? '') : given)}`;
    const expected = `${thing} is ${describe(document, schema)}`;
    return [violation(places[where], pointer, problem.rule, expected, observed)];
  }
  return [];
}

const queryOf = (target: string): Query => [
  ...new URLSearchParams(target.replace(/#.*/s, '').split('?').slice(1).join('?')),
];

function unknownQuery({ document, parameters }: RequestRules, target: string, refused: boolean): Breach[] {
  const query = queryOf(target);
  const own = parameters.flatMap(({ parameter }) => (parameter.in === 'query' ? [parameter] : []));
  const known = own.map(({ name }) => name);
  const read = new Set(own.flatMap((parameter) => namesOf(document, parameter, query)));
  const expected = known.length === 0 ? 'no query parameters' : `no query parameters but ${listed(known)}`;
  return [...new Set(query.map(([name]) => name))]
    .filter((name) => !read.has(name))
    .map((name) =>
      violation(
        'request-query',
        `/${name}`,
        'undeclared-parameter',
        expected,
        `\`${name}\` is sent`,
        refused ? 'must' : 'should',
      ),
    );
}

function bodyViolations(
  document: OpenApiDocument,
  { required, schema, judge, types, described }: NonNullable<RequestRules['body']>,
  { headers, body }: Exchange['request'],
  refused: boolean,
): Breach[] {
  if (isEmpty(body))
    return required
      ? [violation('request-body', '', 'body-required', 'a body in JSON', 'there is no body')]
      : [];
  const sent = valuesOf(headers, 'content-type');
  if (describedOtherwise(sent, described) !== undefined) return [];
  const other = sent.find((type) => !isJsonAmong(type, types));
  const typed =
    sent.length > 0 && other === undefined
      ? []
      : [
          violation(
            'request-header',
            '/content-type',
            'json-content-type',
            'the header `content-type` is `application/json`',
            other === undefined ? 'it is not there' : `it is ${show(other)}`,
          ),
        ];
  const parsed = jsonOf(body);
  if (!parsed)
    return [...typed, violation('request-body', '', 'json-body', 'a body in JSON', 'it is not JSON')];
  return [
    ...typed,
    ...[...odditiesIn(body, 'must'), ...fractionsIn(document, schema, body), ...judge(parsed.json, true)].map(
      ({ pointer, rule, expected, observed, severity }) =>
        violation(
          'request-body',
          pointer,
          rule,
          expected,
          observed,
          refused && rule !== miscased && rule !== marked ? 'must' : severity,
        ),
    ),
  ];
}
