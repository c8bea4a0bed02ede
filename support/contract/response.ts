import type { OpenApiDocument, SchemaObject } from '../../fixtures/openapi/index.ts';
import { counted } from '../record/counted.ts';
import type { Exchange } from '../record/vocabulary.ts';
import { fractionsIn } from './fractions.ts';
import {
  describedOtherwise,
  isEmpty,
  isJsonAmong,
  isTrouble,
  jsonOf,
  timesSent,
  valuesOf,
} from './messages.ts';
import { odditiesIn } from './oddities.ts';
import type { Judge } from './schemas.ts';
import type { Breach, Part } from './violation.ts';
import { listed, show } from './wording.ts';

/** What the responses of one operation are judged by. */
export interface ResponseRules {
  readonly document: OpenApiDocument;
  /** The operation, as `METHOD /path`. */
  readonly operation: string;
  /** By status, by class (`4XX`) or `default`; `null` where no body in JSON is due. */
  readonly statuses: ReadonlyMap<
    string,
    {
      readonly judgeOf: (status: string) => Judge;
      /** The kit's own rules, each with what finds fault with an answer of which nobody can say whether it is due. */
      readonly unclear: (status: string) => readonly { readonly id: string; readonly judge: Judge }[];
      readonly schema: SchemaObject;
      readonly types: readonly string[];
      /** All media types of the description, those in JSON among them. */
      readonly described: readonly string[];
    } | null
  >;
}

/**
 * The violations of a response, all of them the answerer's. What tells of the environment (`isTrouble`) has none;
 * neither has a 401, which every operation may answer.
 */
export function judgeResponse(
  { document, operation, statuses }: ResponseRules,
  exchange: Exchange,
): Breach[] {
  const { response } = exchange;
  if (response === null || isTrouble(exchange)) return [];
  const status = String(response.status);
  const due = dueAt(statuses, status);
  if (due === undefined) {
    if (response.status === 401) return [];
    const listing = listed(
      [...statuses.keys()].map((one) => (one === 'DEFAULT' ? 'default' : one)),
      'or',
    );
    return [
      violation(
        'response-status',
        '',
        'status-listed',
        `\`${operation}\` answers ${listing}`,
        `it answered ${status}`,
      ),
    ];
  }
  if (due === null) return [];

  const types = valuesOf(response.headers, 'content-type');
  const [type] = types;
  if (describedOtherwise(types, due.described) !== undefined) return [];
  const parsed = isEmpty(response.body) ? undefined : jsonOf(response.body);
  if (!parsed || response.body === null) {
    const seen = isEmpty(response.body)
      ? 'there is no body'
      : `it is ${type ?? 'something that names no type'}`;
    return [violation('response-body', '', 'json-body', `the body of a ${status} is JSON`, seen)];
  }
  const other = types.find((one) => !isJsonAmong(one, due.types));
  const times = timesSent(response.headers, 'content-type');
  const ofType = (rule: string, expected: string, observed: string) =>
    violation('response-header', '/content-type', rule, expected, observed);
  const typed =
    types.length > 0 && other === undefined
      ? []
      : [
          ofType(
            'json-content-type',
            'the header `content-type` is `application/json`',
            other === undefined ? 'it is not there' : `it is ${show(other)}`,
          ),
        ];
  const twice =
    times < 2
      ? []
      : [
          ofType(
            'header-once',
            'the header `content-type` is sent once',
            `it is there ${counted(times, 'time')}`,
          ),
        ];
  return [
    ...twice,
    ...typed,
    ...[
      ...odditiesIn(response.body, 'should'),
      ...fractionsIn(document, due.schema, response.body),
      ...due.judgeOf(status)(parsed.json),
    ].map((problem) => ({
      ...violation('response-body', problem.pointer, problem.rule, problem.expected, problem.observed),
      severity: problem.severity,
    })),
  ];
}

/** What is due with a status: by itself, by its class, or as the default. */
export const dueAt = (statuses: ResponseRules['statuses'], status: string) =>
  [status, `${status[0]}XX`, 'DEFAULT'].map((key) => statuses.get(key)).find((one) => one !== undefined);

const violation = (
  part: Part,
  pointer: string,
  rule: string,
  expected: string,
  observed: string,
): Breach => ({
  part,
  pointer,
  rule,
  expected,
  observed,
  severity: 'must',
});
