import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { filled, parametersOf, unusedBy } from './parameters.ts';

const sale = { amount: 1050, tip: 5, currency: 'GBP' } as const;
const line = { name: 'Tea', quantity: 2, amountTotal: 500, modifiers: [] };

suite('amounts are typed as the till wants them', () => {
  for (const [amounts, amount, tip] of [
    [undefined, '10.50', '0.05'],
    ['pounds', '10.50', '0.05'],
    ['pence', '1050', '5'],
    ['comma', '10,50', '0,05'],
  ] as const)
    test(`${amounts ?? 'by default'}: ${amount}`, () => {
      const { parameters } = parametersOf({ name: 'sale', sale }, amounts);
      assert.deepEqual(parameters, { amount, tip, currency: 'GBP' });
      assert.equal(parametersOf({ name: 'capture', amount: 1050 }, amounts).parameters.amount, amount);
    });
  test('prices of lines too', () => {
    const { parameters } = parametersOf({ name: 'sale', sale: { ...sale, lines: [line] } }, 'comma');
    assert.deepEqual(parameters.lines, [{ name: 'Tea', quantity: '2', price: '2,50', modifiers: [] }]);
  });
});

suite('a part of an action is used by steps', () => {
  const { parameters } = parametersOf({ name: 'sale', sale: { ...sale, lines: [line] } });
  test('that are done when it is given, or for each of it', () => {
    assert.equal(unusedBy([{ when: 'tip' }, { each: 'lines', do: [] }], parameters), undefined);
    assert.equal(unusedBy([{ when: 'tip' }], parameters), 'lines');
    assert.equal(unusedBy([{ each: 'lines', do: [] }], parameters), 'tip');
  });
  test('that enter it, within others too', () => {
    const enter = { fill: '#tip', with: '{tip}' };
    assert.equal(
      unusedBy([enter, { ifSeen: '#add', do: [{ each: 'lines', do: [] }] }], parameters),
      undefined,
    );
    assert.equal(
      unusedBy(
        [
          { unless: 'tip', click: 'x' },
          { each: 'lines', do: [] },
        ],
        parameters,
      ),
      'tip',
    );
  });
  test('and leaves nothing behind where it is not given', () => {
    assert.equal(filled('{amount} {tip}', parameters), '10.50 0.05');
    assert.equal(filled('{amount}{cashback}', parameters), '10.50');
    assert.equal(filled('{"a":1}{elsewhere}', parameters), '{"a":1}{elsewhere}');
  });
});
