import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { UsageError } from '../record/usage-error.ts';
import { loadProfile } from './index.ts';

const folder = temporaryFolder('reach');
after(() => rmSync(folder, { recursive: true }));

function loaded(reach: string, driver = 'kind: http, url: "http://127.0.0.1:8080/test"') {
  const file = join(folder, 'till.yaml');
  writeFileSync(
    file,
    `name: My till\nversion: 1.2.3\napiVersion: "2026-02-27"\ndriver: { ${driver} }\nreach: ${reach}\n`,
  );
  return loadProfile(file);
}

test('a POS that is started by the kit runs in a folder that is named from its profile', () => {
  const { reach } = loaded('{ configure: start, start: { command: [node, till.js], cwd: build } }');
  assert.equal(reach?.start?.cwd, join(folder, 'build'));
  assert.equal(loaded('{ configure: once, gatewayPort: 8700 }').reach?.gatewayPort, 8700);
});

const command = 'command: [node, till.js]';
for (const [what, reach, says] of [
  ['nothing in it', '{}', /`reach` to have something in it/],
  ['a way to set up that there is not', '{ configure: daily }', /per-row, once, start/],
  ['a port that is none', '{ gatewayPort: 70000 }', /`reach\.gatewayPort` to be <= 65535/],
  ['a start without a program', '{ configure: start }', /`reach\.start` besides/],
  ['a program that is not to be started', `{ start: { ${command} } }`, /to be start besides.*missing/],
  [
    'traffic past the kit, and a port of it',
    '{ traffic: none, gatewayPort: 1 }',
    /no `reach\.gatewayPort` besides/,
  ],
  ['a program beside once', `{ configure: once, start: { ${command} } }`, /but it is once/],
  [
    'a setting that there is not',
    `{ configure: start, start: { ${command}, env: { KEY: "{key}" } } }`,
    /\{apiKey\}.* but found `\{key\}`/,
  ],
] as const)
  test(`a profile with ${what} is refused in one line that names the place`, () => {
    assert.throws(
      () => loaded(reach),
      (error) => {
        assert.ok(error instanceof UsageError, String(error));
        assert.match(error.message, /till\.yaml:5:/);
        assert.match(error.message, says);
        assert.equal(error.message.split('\n').length, 1);
        return true;
      },
    );
  });

test('the kit’s own client has nothing to be reached by', () => {
  assert.throws(() => loaded('{ configure: once }', 'kind: headless'), /no `reach` with the driver headless/);
});
