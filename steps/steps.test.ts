import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../support/checklists/index.ts';
import { checklists, loadCatalogue, loadChecklist, type Row } from '../support/checklist/index.ts';
import { readScenarios, type Scenario } from '../support/checklist/testing/scenarios.ts';
import { lettersIn } from '../support/record/amounts.ts';
import { rowOfTags } from '../support/record/row-id.ts';

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
        return ['expect', 'expectNow', 'expectDeclared'].includes(String(name)) ? listen : anything;
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
    rows
      .filter(({ unbuilt }) => !unbuilt)
      .map((row: Row) => ({ row, applied: new Set([...closing.everyRow, ...closing.everyPayment]) })),
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

suite('the amounts of each scenario', () => {
  const ofRow = new Map(
    checklists.flatMap((name) => Object.entries(loadChecklist(name).amounts?.rules ?? {})),
  );
  for (const { name, tags, text } of scenarios)
    test(`are drawn, each for some step: ${name}`, () => {
      const row = tags.map((tag) => tag.slice(1)).find((tag) => ofRow.has(tag)) ?? '';
      // L is of no step: the World has a use of its own for it.
      const drawn = Object.keys(ofRow.get(row) ?? {}).filter((letter) => letter !== 'L');
      assert.deepEqual([...new Set(lettersIn(text))].sort(), drawn.sort());
      assert.doesNotMatch(text, /[£€]\d|\d\.\d\d/, 'a figure, which a till could be made to fit');
    });
});

test('a row is said to have the POS set up anew exactly where its scenario enters another key, or makes its key invalid', async () => {
  const anew = /^(?:another|an) API key .*is entered|^the API key of the POS is revoked/;
  const rows = catalogues.flatMap((catalogue) => catalogue.rows);
  const said = rows.filter(({ reconfigures }) => reconfigures).map(({ id }) => id);
  const does = scenarios
    .filter(({ steps }) => steps.some(({ text }) => anew.test(text)))
    .map(({ tags }) => rowOfTags(tags.map((name) => ({ name }))));
  assert.deepEqual(does.sort(), said.sort());
});
