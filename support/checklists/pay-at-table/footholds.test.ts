import assert from 'node:assert/strict';
import { test } from 'node:test';
import { footholds } from './footholds.ts';

const epos = { capabilities: ['websocket'], declared: { eposAdapter: 'mixed' }, called: [], simulated: true };
const at = ['http://127.0.0.1:8080'];

/** What is said of an EPOS that departs so from one over both ways which nobody can call over REST. */
const said = (change: Partial<Parameters<typeof footholds>[0]>) =>
  footholds({ ...epos, ...change }).map(({ name, ok, found }) => `${name} ${ok}: ${found}`);

test('doctor says whether Dojo finds the POS, and what is missing for the WebSocket that it opens', () => {
  assert.match(said({})[0]!, /^calls no: the profile names none/);
  assert.match(said({ called: at })[0]!, /^calls yes: at http:\/\/127/);
  assert.match(said({ called: at })[1]!, /^WebSocket yes: GET \/epos below/);
  assert.match(said({ capabilities: [] })[1]!, /^WebSocket note: `websocket` is not among/);
  assert.match(said({ declared: {} })[1]!, /^WebSocket note: `declared.eposAdapter` is not there/);
  assert.match(
    said({ declared: { eposAdapter: 'REST' }, simulated: false })[1]!,
    /eposAdapter` is REST; the upstream is not a simulator/,
  );
  // Each way that it does not use is not spoken of.
  assert.deepEqual(
    said({ declared: { eposAdapter: 'WebSocket' } }).map((line) => line.split(' ')[0]),
    ['WebSocket'],
  );
  assert.deepEqual(
    said({ declared: { eposAdapter: 'REST' }, capabilities: [], called: at }).map(
      (line) => line.split(' ')[0],
    ),
    ['calls'],
  );
});
