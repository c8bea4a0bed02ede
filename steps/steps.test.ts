import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checklists, loadCatalogue, type Row } from '../support/checklist/index.ts';
import { readScenarios, type Scenario } from '../support/checklist/testing/scenarios.ts';

const catalogues = checklists.map((name) => loadCatalogue(name));
const { scenarios, patterns } = await readScenarios();

/** Stands for everything that a step may ask of the World, whatever it then does with it. */
const anything: unknown = new Proxy(() => {}, {
  get: (_, name) => {
    if (name === 'then') return undefined;
    return name === Symbol.toPrimitive ? () => 'anything' : anything;
  },
  apply: () => anything,
});

/** A World that does nothing and remembers which checks it was asked for, and that it was asked at all. */
function listeningWorld(): { world: unknown; asked: string[]; calls: string[] } {
  const asked: string[] = [];
  const calls: string[] = [];
  const listen = async (check: string) => {
    asked.push(check);
  };
  const world = new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === 'then') return undefined;
        calls.push(String(name));
        return name === 'expect' || name === 'expectDeclared' ? listen : anything;
      },
    },
  );
  return { world, asked, calls };
}

async function askedBy(scenario: Scenario): Promise<string[]> {
  const { world, asked } = listeningWorld();
  for (const step of scenario.steps) await step.act(world);
  return asked;
}

suite('each scenario asks for what its row is judged by', () => {
  for (const { row, applied } of catalogues.flatMap(({ rows, closing }) =>
    rows.map((row: Row) => ({ row, applied: new Set([...closing.everyRow, ...closing.everyPayment]) })),
  ))
    test(row.id, async () => {
      const scenario = scenarios.find(({ tags }) => tags.includes(`@${row.id}`));
      assert.ok(scenario, `${row.id} has no scenario`);
      const asked = await askedBy(scenario);
      const own = row.clauses
        .flatMap(({ checks }) => checks)
        .filter(({ id }) => asked.includes(id) || !applied.has(id));
      for (const { id, times = 1 } of own) {
        const count = asked.filter((one) => one === id).length;
        assert.ok(count >= times, `${id} is to be asked for ${times} times, and is ${count} times`);
      }
      const known = new Set(own.map(({ id }) => id));
      assert.deepEqual(
        asked.filter((id) => !known.has(id)),
        [],
        'is asked for, and would not count: the row does not name it',
      );
    });
});

suite('each step', () => {
  const steps = scenarios.flatMap(({ uri, steps: all }) => all.map((step) => ({ uri, ...step })));
  test('finds one step definition and no more', () => {
    for (const { uri, text, fitting } of steps) assert.equal(fitting, 1, `${uri}: ${text}`);
  });
  test('that says Then asks for a check', async () => {
    for (const { uri, text, isExpectation, act } of steps) {
      if (!isExpectation) continue;
      const { world, asked } = listeningWorld();
      await act(world);
      assert.ok(asked.length > 0, `${uri}: ${text}`);
    }
  });
  test('that says Given or When does something', async () => {
    for (const { uri, text, act } of steps) {
      const { world, calls } = listeningWorld();
      await act(world);
      assert.ok(calls.length > 0, `${uri}: ${text}`);
    }
  });
  test('is in the words of the till and the card machine, not of HTTP', () => {
    for (const { uri, text } of steps)
      assert.doesNotMatch(text, /https?:|\/|[{}]|\b(GET|POST|PUT|DELETE)\b/, `${uri}: ${text}`);
  });
});

test('no step definition is left that no scenario uses', () => {
  const used = new Set(scenarios.flatMap(({ steps }) => steps.map(({ pattern }) => pattern)));
  assert.deepEqual(
    patterns.filter((pattern) => !used.has(pattern)),
    [],
  );
});

suite('the amounts that scenarios enter', () => {
  const entered = (pattern: RegExp): number[] =>
    scenarios.flatMap(({ steps }) =>
      steps.flatMap(({ text, isExpectation }) =>
        isExpectation ? [] : [...text.matchAll(pattern)].map((found) => Number(found[1])),
      ),
    );
  const kinds: Readonly<Record<string, RegExp>> = {
    sale: /takes a sale of £([\d.]+)/g,
    'pre-authorization': /authorises £([\d.]+)/g,
    cashback: /cashback of £([\d.]+)/g,
    gratuity: /gratuity of £([\d.]+)/g,
    'changed amount': /is changed to £([\d.]+)/g,
    'part of a refund': /£([\d.]+) (?:more )?of the payment are refunded/g,
    'refund without a payment': /refunds £([\d.]+) without a payment/g,
  };
  for (const [kind, pattern] of Object.entries(kinds)) {
    test(`hold a ${kind} that is no multiple of five pence`, () => {
      const pence = entered(pattern).map((pounds) => Math.round(pounds * 100));
      assert.ok(pence.length > 0, 'no scenario enters one');
      assert.ok(
        pence.some((amount) => amount % 5 !== 0),
        `all are round: ${pence.join(', ')}`,
      );
    });
  }
  test('differ', () => {
    const sales = entered(kinds.sale!);
    assert.ok(new Set(sales).size > sales.length / 2, `${new Set(sales).size} of ${sales.length}`);
  });
});
