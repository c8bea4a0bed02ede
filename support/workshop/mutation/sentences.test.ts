import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentences } from './sentences.ts';

const text = (value: string) => ({ type: 'StringLiteral', value });
const template = (...raw: string[]) => ({
  type: 'TemplateLiteral',
  quasis: raw.map((one) => ({ value: { raw: one } })),
});
const member = (name: string) => ({ type: 'ObjectProperty', key: { name }, value: 'one' });
const asArgument = (callee: string, key: number) => ({
  parent: { type: 'CallExpression', callee: { name: callee } },
  listKey: 'arguments',
  key,
});

const isLeftOut = (node: object, place: object = { parent: { type: 'Program' }, key: 'body' }): boolean =>
  sentences.shouldIgnore({ node, ...place }) !== undefined;

suite('what is not mutated', () => {
  test('a text with a space in it, put together or not', () => {
    assert.ok(isLeftOut(text('the till sent nothing')));
    assert.ok(isLeftOut(template('', ' payment intents')));
  });
  test('what a check says beside its judgement', () => {
    for (const name of ['advice', 'expected', 'observed']) assert.ok(isLeftOut(member(name)), name);
  });
  test('what was observed, where a finding is made', () => {
    const condition = { type: 'ConditionalExpression' };
    for (const [callee, key] of [
      ['passed', 0],
      ['failed', 0],
      ['notTestable', 0],
      ['judged', 1],
      ['judgedBothSides', 2],
    ] as const)
      assert.ok(isLeftOut(condition, asArgument(callee, key)), callee);
  });
});

suite('what is mutated', () => {
  test('names, codes and paths', () => {
    for (const value of ['Captured', '/payment-intents', '']) assert.ok(!isLeftOut(text(value)), value);
    assert.ok(!isLeftOut(template('kit:', '')));
  });
  test('every other member, and every other argument', () => {
    for (const name of ['fault', 'plane', 'judge']) assert.ok(!isLeftOut(member(name)), name);
    const condition = { type: 'ConditionalExpression' };
    for (const [callee, key] of [
      ['judged', 0],
      ['judged', 2],
      ['failed', 1],
      ['at', 0],
    ] as const)
      assert.ok(!isLeftOut(condition, asArgument(callee, key)), `${callee} ${key}`);
  });
});
