import { parse, stringify } from 'yaml';
import { ContractError } from '../../../fixtures/openapi/index.ts';
import { readContract } from '../../contract/index.ts';
import type { Exchange, Json } from '../../record/vocabulary.ts';
import type { Dice, Target } from './target.ts';

const description = `openapi: 3.0.3
info: { title: payments, version: "1" }
servers: [{ url: "https://api.example/v1" }]
security: [{}, { key: [] }]
x-errors: &errors { "4XX": { description: refused, content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } } }
paths:
  /payment-intents/{id}:
    parameters: [{ $ref: "#/components/parameters/Id" }]
    get:
      parameters:
        - { name: filter, in: query, style: deepObject, explode: true, schema: { type: object, properties: { limit: { type: integer } } } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer, minimum: 1 } } }
      responses: { <<: *errors, "200": { description: ok, content: { "*/*": { schema: { $ref: "#/components/schemas/Intent" } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Intent" } } } }
      responses: { <<: *errors, default: { $ref: "#/components/responses/Made" } }
components:
  parameters: { Id: { name: id, in: path, required: true, schema: { type: string, pattern: '^[a-z-]+$' } } }
  responses: { Made: { description: made, content: { application/json: { schema: { $ref: "#/components/schemas/Intent" } } } } }
  securitySchemes: { key: { type: http, scheme: basic } }
  schemas:
    Problem: { type: object, required: [title], properties: { title: { type: string } } }
    Money: { type: object, additionalProperties: false, properties: { value: { type: integer, multipleOf: 1, minimum: 0, exclusiveMinimum: true }, currencyCode: { type: string, enum: [GBP, EUR] } } }
    Intent:
      type: object
      required: [id, amount]
      properties: { id: { type: string, readOnly: true }, amount: { $ref: "#/components/schemas/Money" }, createdAt: { type: string, format: date-time, nullable: true }, inner: { $ref: "#/components/schemas/Intent" } }
      oneOf: [{ $ref: "#/components/schemas/Sale" }, { properties: { refund: { not: { type: string } } }, required: [refund] }]
    Sale: { allOf: [{ properties: { sale: { type: string } } }, { required: [sale] }] }
`;

/** Values of the wrong kind, and references to where nothing, or too much, is. */
const strange: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => 0,
  () => -1.5,
  () => '',
  () => [],
  () => ({}),
  () => 'null',
  () => ['null', 'string'],
  () => ({ $ref: '#' }),
  () => ({ $ref: '#/components/schemas/Intent' }),
  () => ({ $ref: '#/paths/~1payment-intents~1%7Bid%7D/get/responses/200' }),
  () => ({ $ref: 'other.yaml#/a' }),
  () => ({ $ref: '#/components/parameters/Id' }),
  () => ({ type: ['object', 'null'], unevaluatedProperties: false }),
  () => ({ allOf: [{ $ref: '#/components/schemas/Sale' }], minProperties: 1 }),
  () => '(?i)[a',
  () => '__proto__',
];
const names = [
  '$ref',
  '$id',
  '$anchor',
  '$defs',
  'allOf',
  'type',
  'items',
  'pattern',
  'required',
  'content',
  'schema',
  'const',
  'if',
  'then',
  'style',
  '__proto__',
  'nullable',
  'discriminator',
  'constructor',
];
const bodies: readonly Json[] = [
  {},
  null,
  [],
  'text',
  { id: 'p', amount: { value: 1, currencyCode: 'GBP' }, sale: 's' },
  { Id: 'p', Amount: { Value: 1.5 }, inner: { inner: {} } },
  { amount: [], constructor: 1, refund: {} },
];

/** Descriptions that are changed in their values or their bytes, and exchanges that are judged by what could be read. */
export async function contractTarget(): Promise<Target> {
  return {
    what: 'changed descriptions of an API',
    try: async (dice) => {
      const text = changed(dice);
      let contract: ReturnType<typeof readContract>;
      try {
        contract = readContract(text, 'description');
      } catch (error) {
        if (error instanceof ContractError && error.message.includes('description')) return;
        throw new Error(`${(error as Error).stack}\n${text}`);
      }
      try {
        for (let n = 0; n < 4; n += 1) contract.violations(exchangeOf(dice));
      } catch (error) {
        throw new Error(`${(error as Error).stack}\n${text}`);
      }
    },
    end: async () => {},
  };
}

function changed(dice: Dice): string {
  if (dice.once(4)) return inBytes(dice);
  const document = parse(dice.once(3) ? description.replace('3.0.3', '3.1.0') : description, { merge: true });
  for (let n = 1 + dice.below(3); n > 0; n -= 1) inValues(document, dice);
  return dice.once(2)
    ? JSON.stringify(document)
    : stringify(document, { aliasDuplicateObjects: dice.once(2) });
}

function inValues(document: object, dice: Dice): void {
  const owners: Record<string, unknown>[] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object' || seen.has(value)) return;
    seen.add(value);
    owners.push(value as Record<string, unknown>);
    Object.values(value).forEach(visit);
  };
  visit(document);
  const owner = dice.pick(owners);
  const keys = Object.keys(owner);
  const name = keys.length === 0 || dice.once(3) ? dice.pick(names) : dice.pick(keys);
  const what = dice.below(4);
  if (what === 0) delete owner[name];
  else
    Object.defineProperty(owner, name, {
      value: what === 1 ? structuredClone(dice.pick(owners)) : dice.pick(strange)(),
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function inBytes(dice: Dice): string {
  let text = description;
  for (let n = 1 + dice.below(4); n > 0; n -= 1) {
    const at = dice.below(text.length);
    const length = dice.below(6);
    text =
      text.slice(0, at) +
      dice.pick(['', '*', '&a ', '<<', '{', ']', '\n', '\t', '"', ': ', '%', '\u0000', '!!x ']) +
      text.slice(at + length);
  }
  return text;
}

function exchangeOf(dice: Dice): Exchange {
  const body = dice.pick(bodies);
  const headers = [
    ['content-type', dice.pick(['application/json', 'text/plain', 'application/problem+json'])],
  ] as const;
  const target = dice.pick([
    '/payment-intents/a',
    '/v1/payment-intents/a?filter[limit]=1&ids=1,2',
    '/payment-intents/%?filter[constructor][x]=1&__proto__=2',
  ]);
  return {
    id: 'x',
    from: 'subject',
    to: 'dojo',
    channel: 'http',
    at: 0,
    until: 1,
    startedAt: '1970-01-01T00:00:00Z',
    request: { method: dice.pick(['GET', 'POST']), target, headers, body: { json: body } },
    response: { status: dice.pick([200, 404, 201]), headers, body: { json: dice.pick(bodies) } },
  } as unknown as Exchange;
}
