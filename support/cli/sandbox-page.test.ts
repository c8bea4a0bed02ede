import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cardholder, playing } from '../actors/card-machine/index.ts';
import { loadCatalogue } from '../checklist/index.ts';
import { readScenarios, type Scenario } from '../checklist/testing/scenarios.ts';
import { builtIn } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { rowOfTags } from '../record/row-id.ts';
import { command } from '../workshop/testing/command.ts';
import { resolve, sandboxRig } from '../workshop/testing/sandbox.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/sandbox.md');

const machines = ['SIP0', 'SIS0', 'DIP0', 'TIP0', 'SCN0', 'SCP0', 'CIP0', 'SIP1'].map((code) => ({
  tid: `VCMTEST${code}`,
  terminalId: code,
}));

const done = async () => ({ answer: 'done' });

/** Whatever is asked of it besides what it is made of is done at once. */
const obliging = (own: Readonly<Record<string, unknown>>): unknown =>
  new Proxy(done, { get: (_, name) => own[String(name)] ?? obliging({}) });

const meets = async (suffix: string, cardholder: Cardholder | null) => playing(machines, suffix, cardholder);

/** A World that only looks for what no virtual machine can be brought to. */
const foreseeing = obliging({
  machine: obliging({
    serve: meets,
    place: meets,
    put: async () => {
      throw new Blocked('KIT-CARDS-001', 'put', '', false);
    },
  }),
  upstream: obliging({
    revokeKey: async () => {
      throw new Blocked('KIT-CARDS-001', 'revoked', '', false);
    },
  }),
  // The account has a second key.
  account: { anotherKey: async () => 'sk_sandbox_another' },
});

async function isBlocked({ steps }: Scenario): Promise<boolean> {
  for (const { act, isExpectation } of steps) {
    if (isExpectation) continue;
    try {
      await act(foreseeing);
    } catch (error) {
      if (error instanceof Blocked) return true;
      throw error;
    }
  }
  return false;
}

const rowOf = ({ tags }: Scenario): string => rowOfTags(tags.map((name) => ({ name })))!;

test('the page names the rows that no virtual machine can reach, each and no other', async () => {
  const { scenarios } = await readScenarios();
  const blocked: string[] = [];
  // No virtual machine has a menu of tables: of Pay at Table no row can be played there at all.
  const atCounter = scenarios.filter(({ uri }) => !uri.includes('pay-at-table'));
  for (const scenario of atCounter) if (await isBlocked(scenario)) blocked.push(rowOf(scenario));
  const named = [...page.matchAll(/^\| `((?:PAC|KIT)-[A-Z]+-\d+)` /gm)].map(([, id]) => id!);
  assert.deepEqual(named.sort(), blocked.sort());
});

test('the page says of each whether a person can do it, as the rows do', () => {
  const { rows } = loadCatalogue();
  const said = [...page.matchAll(/^\| `(PAC-[A-Z]+-\d+)` .*\| yes +\|$/gm)].map(([, id]) => id!);
  assert.deepEqual(said.sort(), rows.flatMap(({ id, byPerson }) => (byPerson ? [id] : [])).sort());
});

test('the page and .env.example know the same settings', () => {
  const settings = [...read('.env.example').matchAll(/^(DOJO_\w+)=/gm)].map(([, name]) => name!);
  const readers = ['support/run/upstream.ts', 'support/drivers/http/secret.ts'];
  const used = readers.flatMap((file) => [...read(file).matchAll(/DOJO_\w+/g)].map(([name]) => name));
  assert.deepEqual([...new Set(settings)].sort(), [...new Set(used)].sort());
  for (const name of page.match(/DOJO_\w+/g)!) assert.ok(settings.includes(name), name);
});

test('every command of the page runs', async () => {
  const commands = [...page.matchAll(/^ {4}npm run certify -- (.+)$/gm)].map(([, args]) => args!);
  assert.equal(commands.length, 3);
  const { folder, env } = await sandboxRig();
  copyFileSync(builtIn.headless, join(folder, 'my-till.yaml'));
  for (const [place, args] of commands.entries()) {
    const more = args.startsWith('doctor') ? [] : ['--no-allure', '--out', join(folder, String(place))];
    const { code, stdout, stderr } = await command(['certify', ...args.split(' '), ...more], {
      cwd: folder,
      env,
      preload: resolve,
    }).ended;
    assert.equal(code, 0, `${args}: ${stdout}${stderr}`);
  }
});
