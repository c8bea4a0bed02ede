import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import '../checklists/index.ts';
import { rowIdForm } from '../record/row-id.ts';
import {
  checklists,
  expectedChecks,
  loadCatalogue,
  loadChecklist,
  type Row,
  usualChecklist,
} from './index.ts';
import { readScenarios, type Scenario } from './testing/scenarios.ts';

const catalogues = checklists.map((name) => loadCatalogue(name));
const everyRow = catalogues.flatMap(({ rows }) => rows);
const { scenarios: all } = await readScenarios();

const levels = new Set(['@mandatory', '@optional', '@extra']);
const rowTag = new RegExp(`^@${rowIdForm}$`);
const rowTags = ({ tags }: Scenario): string[] => tags.filter((tag) => rowTag.test(tag));
const entriesOf = (row: Row) => row.clauses.flatMap((clause) => clause.checks);

/** The folder below `features` that a scenario stands in. */
const checklistOf = (uri: string): string => uri.split(/[\\/]/)[1] ?? '';

const repeated = (names: readonly string[]): string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);

test('no row id stands twice, in one checklist or in two', () => {
  assert.deepEqual(repeated(everyRow.map(({ id }) => id)), []);
});

test('every check is used by some row: the others are dead', () => {
  const used = new Set(everyRow.flatMap((row) => entriesOf(row).map(({ id }) => id)));
  assert.deepEqual(
    checklists.flatMap((name) => [...loadChecklist(name).checks.keys()]).filter((id) => !used.has(id)),
    [],
  );
});

test('no scenario belongs to a checklist that is not there', () => {
  for (const { uri } of all) assert.ok(checklists.includes(checklistOf(uri)), uri);
});

/** Checks that the API itself is judged by in some row. */
const saidOfTheApi = new Set(
  everyRow
    .filter(({ api }) => api !== false)
    .flatMap((row) => expectedChecks(row, 'api').map(({ id }) => id)),
);

for (const name of checklists) {
  const { name: called, title, source, rows, rules, closing } = loadCatalogue(name);
  const { checks } = loadChecklist(name);
  const scenarios = all.filter(({ uri }) => checklistOf(uri) === name);

  suite(`the catalogue ${name} is whole`, () => {
    test('it is found by its own name', () => {
      assert.equal(called, name);
      assert.ok(title && source);
    });
    test('every row has clauses, unless it is not built yet, and every clause has a check', () => {
      for (const { id, clauses, unbuilt } of rows) {
        if (unbuilt) {
          assert.deepEqual(clauses, [], `${id} is not built, and has clauses`);
          continue;
        }
        assert.ok(clauses.length > 0, id);
        for (const { clause, checks: entries } of clauses) assert.ok(entries.length > 0, `${id}: ${clause}`);
      }
    });
    test('no row names a check twice: its second severity or number would be lost', () => {
      for (const row of rows) assert.deepEqual(repeated(entriesOf(row).map(({ id }) => id)), [], row.id);
    });
    test('every check that it names is there, and looks where it says', () => {
      for (const row of rows)
        for (const { id, plane } of entriesOf(row)) {
          const check = checks.get(id);
          assert.ok(check, `${row.id} names ${id}, which is not there`);
          assert.equal(plane, check.plane, `${row.id}/${id}`);
        }
    });
    test('every row has a section, a title and a level', () => {
      for (const { id, section, title, level } of rows) {
        assert.match(id, new RegExp(`^${rowIdForm}$`));
        assert.ok(section && title, id);
        assert.ok(levels.has(`@${level}`), `${id}: ${level}`);
      }
    });
    test('every rule rests on rows that are there', () => {
      const known = new Set(rows.map(({ id }) => id));
      for (const { id, anyOf } of rules) {
        assert.ok(anyOf.length > 0, id);
        assert.deepEqual(
          anyOf.filter((row) => !known.has(row)),
          [],
          id,
        );
      }
    });
    test('every refusal that a row provokes names method, path, status and cause', () => {
      for (const { id, provokes = [] } of rows)
        for (const { request, status, because } of provokes) {
          assert.match(request, /^(GET|POST|PUT|DELETE) \/[\w/{}-]+$/, id);
          assert.ok(status >= 400 && status < 500, id);
          assert.ok(because, id);
        }
    });
  });

  suite(`the subject api, in ${name}`, () => {
    const common = new Set([...closing.everyRow, ...closing.everyPayment]);
    for (const row of rows.filter(({ unbuilt }) => !unbuilt))
      test(`${row.id} says something about the API, or that it does not`, () => {
        const own = expectedChecks(row, 'api').filter(({ id }) => !common.has(id));
        if (row.api === false) {
          const unsaid = own.filter(({ id }) => checks.get(id)!.fault === 'api' && !saidOfTheApi.has(id));
          assert.deepEqual(
            unsaid.map(({ id }) => id),
            [],
            `${row.id} is \`api: false\`, and no other row says this of the API`,
          );
          assert.ok(row.notes, `${row.id} says nothing about the API, and its notes do not say why`);
        } else {
          assert.ok(own.length > 0, `${row.id} has no check on wire, state or contract of its own`);
        }
      });
    test('is judged by nothing that its own client shows or declares', () => {
      for (const row of rows)
        for (const { plane, id } of expectedChecks(row, 'api'))
          assert.ok(['wire', 'state', 'contract'].includes(plane), `${row.id}/${id}`);
    });
  });

  suite(`scenarios and rows of ${name} are each other’s`, () => {
    const built = rows.filter(({ unbuilt }) => !unbuilt);
    for (const { id, level } of built)
      test(`${id} has one scenario, at its level`, () => {
        const mine = scenarios.filter((scenario) => rowTags(scenario).includes(`@${id}`));
        assert.equal(mine.length, 1);
        assert.deepEqual(
          mine[0]!.tags.filter((tag) => levels.has(tag)),
          [`@${level}`],
        );
      });
    test('no scenario is about several rows, or about none, or about one that is not there', () => {
      const known = new Set(built.map(({ id }) => `@${id}`));
      for (const scenario of scenarios) {
        const tags = rowTags(scenario);
        assert.equal(tags.length, 1, `${scenario.uri}: ${scenario.name}`);
        assert.ok(known.has(tags[0]!), `${scenario.uri}: ${scenario.name}`);
      }
    });
    test('a scenario has the title of its row', () => {
      for (const { id, title } of built) {
        const scenario = scenarios.find((one) => one.tags.includes(`@${id}`));
        assert.equal(scenario?.name, title, id);
      }
    });
    test('a row that waits is known by its tag, and no other is', () => {
      for (const { id, waits = false } of built) {
        const scenario = scenarios.find((one) => one.tags.includes(`@${id}`));
        assert.equal(scenario?.tags.includes('@waits'), waits, id);
      }
    });
    test('a feature file holds one section, in the order of the checklist', () => {
      const files = [...new Set(scenarios.map(({ uri }) => uri))].sort();
      const order = files.flatMap((file) =>
        scenarios.filter(({ uri }) => uri === file).flatMap((scenario) => rowTags(scenario)),
      );
      const sections = new Map(rows.map(({ id, section }) => [`@${id}`, section]));
      for (const file of files) {
        const held = scenarios.filter(({ uri }) => uri === file).map((one) => sections.get(rowTags(one)[0]!));
        assert.equal(new Set(held).size, 1, file);
      }
      assert.deepEqual(
        order,
        built.map(({ id }) => `@${id}`),
      );
    });
  });
}

for (const name of [usualChecklist, 'pay-at-table'])
  test(`titles, sections and levels of ${name} are those of the official checklist`, (context) => {
    const file = fileURLToPath(new URL(`../../../shared/checklists/${name}.json`, import.meta.url));
    if (!existsSync(file)) {
      context.diagnostic('The official checklist is not beside the repository: nothing was compared.');
      return;
    }
    const official = JSON.parse(readFileSync(file, 'utf8')) as {
      rows: { id: string; section: string; title: string; level: string }[];
      rule?: { id: string };
    };
    const { rows, rules } = loadCatalogue(name);
    const answered = ({ id, section, title, level }: (typeof official.rows)[number]) => ({
      id,
      section,
      title,
      level,
    });
    const asked = rows.filter(({ level }) => level !== 'extra');
    assert.deepEqual(asked.map(answered), official.rows.map(answered));
    assert.deepEqual(
      rules.map(({ id }) => id),
      official.rule ? [official.rule.id] : [],
    );
  });
