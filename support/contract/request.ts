import type { Erratum, OpenApiDocument, ParameterObject } from '../../fixtures/openapi/index.ts';
import type { Exchange, Json, Severity } from '../vocabulary.ts';
import { authorizationExpected, judgeAuthorization } from './authorization.ts';
import { headerOf, isEmpty, isJsonType, jsonOf } from './messages.ts';
import type { Judge } from './schemas.ts';
import type { Part, Violation } from './violation.ts';
import { describe, listed, show } from './wording.ts';

/** What a request to one operation is judged by. */
export interface RequestRules {
  readonly document: OpenApiDocument;
  readonly errata: readonly Erratum[];
  readonly authorized: boolean;
  readonly parameters: readonly { readonly parameter: ParameterObject; readonly judge: Judge }[];
  readonly body: { readonly required: boolean; readonly judge: Judge } | undefined;
}

/**
 * The violations of a request, all of them the POS's. Names that the description does not know, or spells
 * otherwise, warn; where the API refused the request as not valid (400) they fail.
 */
export function judgeRequest(
  rules: RequestRules,
  { request, response }: Exchange,
  pathParams: { readonly [name: string]: string },
): Violation[] {
  const refused = response?.status === 400;
  return [
    ...(rules.authorized ? authorization(headerOf(request.headers, 'authorization')) : []),
    ...rules.parameters.flatMap((rule) => parameterViolations(rules, rule, request, pathParams)),
    ...unknownQuery(rules, request.target, refused),
    ...(rules.body ? bodyViolations(rules.body, request, refused) : []),
  ];
}

const violation = (
  part: Part,
  pointer: string,
  rule: string,
  expected: string,
  observed: string,
  severity: Severity = 'must',
): Violation => ({ part, pointer, rule, expected, observed, fault: 'pos', severity });

function authorization(value: string | undefined): Violation[] {
  const problem = judgeAuthorization(value);
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
): Violation[] {
  const { name, in: where, required = false, schema = {} } = parameter;
  if (where === 'cookie') return [];
  const given = {
    path: () => [pathParams[name] ?? ''],
    query: () => queryOf(request.target).getAll(name),
    header: () => [headerOf(request.headers, name) ?? []].flat(),
  }[where]();
  const pointer = `/${where === 'header' ? name.toLowerCase() : name}`;
  const thing = `the ${where === 'header' ? 'header' : `${where} parameter`} \`${name}\``;
  if (given.length === 0) {
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
    return [erratum ? { ...missing, erratum: erratum.id } : missing];
  }
  const [problem] = judge(read(schema.type, given));
  if (!problem) return [];
  const observed = `it is ${show(given.length === 1 ? (given[0] ?? '') : given)}`;
  return [
    violation(places[where], pointer, problem.rule, `${thing} is ${describe(document, schema)}`, observed),
  ];
}

/** A parameter's texts as what its schema takes; a text that does not read as such stays one, and fails. */
function read(type: string | undefined, given: readonly string[]): Json {
  const [text = ''] = given;
  if (type === 'array') return [...given];
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

const queryOf = (target: string) =>
  new URLSearchParams(target.replace(/#.*/s, '').split('?').slice(1).join('?'));

function unknownQuery({ parameters }: RequestRules, target: string, refused: boolean): Violation[] {
  const known = parameters.flatMap(({ parameter }) => (parameter.in === 'query' ? [parameter.name] : []));
  const expected = known.length === 0 ? 'no query parameters' : `no query parameters but ${listed(known)}`;
  return [...new Set(queryOf(target).keys())]
    .filter((name) => !known.includes(name))
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
  { required, judge }: NonNullable<RequestRules['body']>,
  { headers, body }: Exchange['request'],
  refused: boolean,
): Violation[] {
  if (isEmpty(body))
    return required
      ? [violation('request-body', '', 'body-required', 'a body in JSON', 'there is no body')]
      : [];
  const type = headerOf(headers, 'content-type');
  const typed =
    type !== undefined && isJsonType(type)
      ? []
      : [
          violation(
            'request-header',
            '/content-type',
            'json-content-type',
            'the header `content-type` is `application/json`',
            type === undefined ? 'it is not there' : `it is ${show(type)}`,
          ),
        ];
  const parsed = jsonOf(body);
  if (!parsed)
    return [...typed, violation('request-body', '', 'json-body', 'a body in JSON', 'it is not JSON')];
  return [
    ...typed,
    ...judge(parsed.json, true).map(({ pointer, rule, expected, observed, severity }) =>
      violation('request-body', pointer, rule, expected, observed, refused ? 'must' : severity),
    ),
  ];
}
