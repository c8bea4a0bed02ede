import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { main as nightly } from '../../cli/nightly.ts';
import { called, temporaryFolder } from '../../workshop/testing/command.ts';

const folder = temporaryFolder();
const event = (name: string, head: string | null): string => {
  const path = join(folder, name);
  const repo = head && { full_name: head };
  const pull = { head: { repo }, base: { repo: { full_name: 'maker/till' } } };
  writeFileSync(path, JSON.stringify({ pull_request: pull }));
  return path;
};
const sandbox = ['--options', '--upstream http://127.0.0.1:9', '--', '--pos', 'headless'];

suite('a pull request to which GitHub gives no secrets', () => {
  for (const [what, head] of [
    ['from a fork', 'other/till'],
    ['from a fork that is gone', null],
  ] as const)
    test(`${what} is not judged, says so, and is not red`, async () => {
      const out = join(folder, what.replaceAll(' ', '-'));
      const page = `${out}.md`;
      const env = { GITHUB_EVENT_PATH: event(`${what}.json`, head), GITHUB_STEP_SUMMARY: page };
      const certified = await called(nightly, ['certify', '--out', out, ...sandbox], env);
      assert.equal(certified.code, 0, certified.stderr);
      assert.match(certified.stdout, /^::notice title=.*no DOJO_API_KEY/m);
      assert.ok(!existsSync(join(out, 'messages.ndjson')));
      assert.equal((await called(nightly, ['tell', out], env)).code, 0);
      assert.match(readFileSync(page, 'utf8'), /^## ➖ Not judged\n\nNot judged: .*fork/);
    });
  test('of the repository itself without a key says what it lacks, and is red', async () => {
    const env = { GITHUB_EVENT_PATH: event('own.json', 'maker/till') };
    const { code, stderr } = await called(
      nightly,
      ['certify', '--out', join(folder, 'own'), ...sandbox],
      env,
    );
    assert.equal(code, 2);
    assert.match(stderr, /DOJO_API_KEY/);
  });
});
