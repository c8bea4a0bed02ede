import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyErrata } from '../../fixtures/openapi/index.ts';
import { compareContracts, loadContract, readContract } from './index.ts';

const ours = loadContract();
const own = ours.description.document;

/** Our description with one place of it changed. */
function changed(at: string, merge: object) {
  const change = {
    id: 'change',
    what: '',
    source: '',
    reading: '',
    samples: [],
    patches: [{ at: [at], merge }],
  };
  const document = applyErrata(own, [change]);
  assert.notDeepEqual(document, own);
  return readContract(JSON.stringify(document), 'changed');
}

const schema = (name: string) => `/components/schemas/${name}`;
const cancel = '/paths/~1terminal-sessions~1{terminalSessionId}~1cancel/put';
const status = { type: 'string', enum: ['Offline', 'InUse', 'Available'] };
const create = '/paths/~1payment-intents/post';

describe('comparing two descriptions', () => {
  test('finds nothing between one and itself', () => {
    assert.deepEqual(compareContracts(ours, loadContract()), []);
  });
  const harmless: [what: string, at: string, merge: object][] = [
    ['other words', create, { summary: 'otherwise', description: 'otherwise', tags: ['x'] }],
    ['other examples', schema('Money'), { example: { value: 1, currencyCode: 'GBP' } }],
    ['another order of what has none', schema('TerminalStatus'), status],
    ['nullable: false said aloud', schema('TerminalStatus'), { nullable: false }],
    ['a schema that no operation of ours uses', '/components/schemas', { Unused: { type: 'string' } }],
  ];
  for (const [what, at, merge] of harmless)
    test(`finds nothing in ${what}`, () => {
      assert.deepEqual(compareContracts(ours, changed(at, merge)), []);
    });

  const changes: [what: string, at: string, merge: object, where: string][] = [
    ['the version', '/info', { version: '2027-01-01' }, 'version'],
    ['an operation that is gone', '/paths/~1terminals', { get: null }, 'GET /terminals'],
    ['an operation that is new', '/paths/~1terminals', { put: { responses: {} } }, 'PUT /terminals'],
    ['an operation id', create, { operationId: 'Create' }, 'POST /payment-intents operationId'],
    [
      'an answer',
      `${cancel}/responses`,
      { 422: null },
      'PUT /terminal-sessions/{terminalSessionId}/cancel responses/422',
    ],
    ['a body', create, { requestBody: { required: false } }, 'POST /payment-intents requestBody/required'],
    [
      'a required header',
      '/components/parameters/SoftwareHouseId',
      { required: false },
      'GET /terminals parameters/header software-house-id/required',
    ],
    [
      'where a parameter goes',
      '/components/parameters/ResellerId',
      { in: 'query' },
      'GET /terminals parameters/query reseller-id',
    ],
    ['an enumeration', schema('TerminalStatus'), { enum: ['Offline'] }, 'TerminalStatus enum'],
    ['a limit', `${schema('Cursor')}/properties/limit`, { maximum: 99 }, 'Cursor properties/limit/maximum'],
    ['a format', `${schema('Money')}/properties/value`, { format: 'int32' }, 'Money properties/value/format'],
    ['a type', `${schema('Money')}/properties/value`, { type: 'number' }, 'Money properties/value/type'],
    [
      'what may be null',
      `${schema('Capture')}/properties/captureId`,
      { nullable: null },
      'Capture properties/captureId/nullable',
    ],
    ['what is required', schema('Money'), { required: ['value'] }, 'Money required'],
    ['a closed schema', schema('Money'), { additionalProperties: true }, 'Money additionalProperties'],
    [
      'a property called description',
      `${schema('PaymentIntent')}/properties`,
      { description: null },
      'PaymentIntent properties/description',
    ],
  ];
  for (const [what, at, merge, where] of changes)
    test(`finds a difference in ${what}, from either side`, () => {
      const other = changed(at, merge);
      const places = (a = ours, b = other) => compareContracts(a, b).map((difference) => difference.where);
      assert.ok(places(ours, other).includes(where), places(ours, other).join('\n'));
      assert.ok(places(other, ours).includes(where), places(other, ours).join('\n'));
    });

  test('finds an operation that ours leaves out and the other does not have', () => {
    const invented = changed('', { 'x-beyond': ['GET /nowhere'] });
    assert.ok(compareContracts(invented, ours).some(({ where }) => where === 'GET /nowhere'));
  });
});
