import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import { startSimulator } from '../../fixtures/simulator/index.ts';
import { called, command, type Ended, temporaryFolder, within } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const secrets = [
  'sk_sandbox_canaryCANARY0123456789',
  'sk_live_canaryCANARY0123456789',
  'whsec_canaryCANARY0123456789',
  '4111111111111111',
  '378282246310005',
];
const codings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`: ${text}`).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  (text) => Buffer.from(text, 'utf16le').toString('base64'),
  (text) => gzipSync(text).toString('base64'),
];
const named = [
  'password=canaryPASSWORD',
  'Bearer canary.TOKEN.one',
  'https://till:canaryPASSWORD@a.example/',
];
const planted = secrets.flatMap((secret) => codings.map((code) => code(secret)));
const canaries = [...planted, 'canaryPASSWORD', 'canary.TOKEN.one'];

/** An API that says secrets with each answer, in headers, and in a body that nobody can parse. */
async function talkativeApi(): Promise<{ url: string; adminUrl: string }> {
  const simulator = await startSimulator();
  const server = http.createServer((request, response) => {
    const onward = http.request(
      new URL(request.url ?? '/', simulator.url),
      { method: request.method, headers: request.headers },
      (answer) => {
        const said = [...planted, ...named].flatMap((canary, index) => [`X-Note-${index}`, `said ${canary}`]);
        response.writeHead(answer.statusCode!, [...answer.rawHeaders, ...said]);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(async () => {
    server.closeAllConnections();
    server.close();
    await simulator.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, adminUrl: simulator.adminUrl };
}

for (const end of ['by itself', 'SIGINT', 'SIGKILL'] as const) {
  test(`a run that ends (${end}) leaves no canary in any of its files`, async () => {
    const folder = temporaryFolder();
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const { url, adminUrl } = await talkativeApi();
    const rows = end === 'by itself' ? 'PAC-SALE-01' : 'PAC-SALE-01,PAC-SALE-02,PAC-SALE-05,PAC-SALE-12';
    const args = ['--pos', 'headless', '--no-allure', '--rows', rows, '--out', join(folder, 'run')];
    const asked = [...args, '--upstream', url, '--admin-url', adminUrl];
    const env = { TMPDIR: temporary, CANARY: secrets.join(), TILL_PASSWORD: 'canaryPASSWORD' };
    const killed = async (signal: NodeJS.Signals): Promise<Ended> => {
      const run = command(['certify', ...asked], { cwd: folder, env });
      await run.printed(/PAC-SALE-01 /);
      run.child.kill(signal);
      return run.ended;
    };
    const ended = end === 'by itself' ? await called(within(folder, certify), asked, env) : await killed(end);
    const stream = readFileSync(join(folder, 'run', 'messages.ndjson'), 'utf8');
    assert.match(stream, /X-Note-1/, 'what was said was recorded');
    holdsNoCanary(folder, ended);
  });
}

/** Looks through all files below a folder, those that a till keeps its settings in too, and what was printed. */
function holdsNoCanary(folder: string, { stdout, stderr }: Ended): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== ownProfile,
  );
  const texts = files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')]);
  for (const [name, text] of [...texts, ['stdout', stdout], ['stderr', stderr]] as [string, string][])
    for (const canary of canaries) {
      const at = text.indexOf(canary);
      assert.ok(at < 0, `${name}: ${text.slice(Math.max(0, at - 120), at + 160)}`);
    }
}

const fixtures = fileURLToPath(new URL('../../fixtures/pay-at-counter/', import.meta.url));
const ownProfile = 'talkative.yaml';

/**
 * The Python till, whose driver writes secrets on stdout and stderr and dies with its third sale, and whose page shows them:
 * in a field, then a card number in four of them, then as text.
 */
const talkativeTill = `
import sys
sys.path.insert(0, ${JSON.stringify(join(fixtures, 'python-till'))})
import driver, page
said = ${JSON.stringify([...planted, ...named].join(' '))}
print(said, flush=True)
print(said, file=sys.stderr, flush=True)
right, act, sales = page.markup, driver.Driver._act, []
def markup(view):
    fields = "".join(f"<input value={part}>" for part in ("4111", "1111", "1111", "1111"))
    insides = [f'<input value="{said}">', fields, f"<p id=notice>{said}</p>"]
    return right(view) + insides[max(0, min(len(sales), 3) - 1)]
def acts(self, action):
    if action["name"] == "sale":
        sales.append(action)
    act(self, action)
    if len(sales) > 2:
        print(said, flush=True)
        print(said, file=sys.stderr, flush=True)
        sys.exit(3)
page.markup, driver.Driver._act = markup, acts
driver.main()
`;

test('secrets that a till writes on stdout, stderr and its page are in no file of a run, Allure’s and pictures included', async () => {
  const folder = temporaryFolder();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const profile = parse(readFileSync(join(fixtures, 'profiles', 'python.yaml'), 'utf8')) as object;
  const { driver } = profile as { driver: object };
  const changed = { ...driver, command: ['python3', '-c', talkativeTill], cwd: folder, instances: 1 };
  writeFileSync(join(folder, ownProfile), stringify({ ...profile, driver: changed }));
  const out = join(folder, 'run');
  const rows = ['--rows', 'PAC-SALE-01,PAC-SALE-07,PAC-SALE-02', '--parallel', '1', '--fast'];
  const args = ['--profile', join(folder, ownProfile), ...rows, '--out', out];
  const ended = await called(within(folder, certify), args, {
    TMPDIR: temporary,
    CANARY: secrets.join(),
    TILL_PASSWORD: 'canaryPASSWORD',
  });
  const stream = readFileSync(join(out, 'messages.ndjson'), 'utf8');
  assert.match(stream, /The end of its stderr/, ended.stdout + ended.stderr);
  assert.ok(readdirSync(join(out, 'allure-results')).length > 3, 'there are Allure results');
  holdsNoCanary(folder, ended);
  // What is typed into a field is seen on a picture, as text is. Those of the page without its till show nothing else.
  const pictured = stream.match(/\{\\"kind\\":\\"display\\"[^\n]*?\\"screenshot\\"/g) ?? [];
  assert.deepEqual(
    pictured.filter((display) => !display.includes('\\"text\\":\\"\\"')),
    [],
  );
  assert.match(stream, /picture-withheld/);
});
