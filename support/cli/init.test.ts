import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, suite, test } from 'node:test';
import { read } from '../drivers/protocol.ts';
import { asked, languages, skeletonOf } from '../drivers/skeletons.ts';
import { loadProfile } from '../profile/index.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';
import { main as init, type Terminal } from './init.ts';

const folder = temporaryFolder();
const home = process.cwd();
before(() => process.chdir(folder));
after(() => process.chdir(home));

let files = 0;
/** A name that no file has. */
const fresh = (ending: string): string => `${++files}.${ending}`;
function answersOf(answers: object): string {
  const file = fresh('answers.yaml');
  writeFileSync(file, JSON.stringify(answers, null, 1));
  return file;
}
const initiated = async (answers: object, ...args: string[]) => {
  const out = fresh('till.yaml');
  const ended = await called(init, ['--out', out, '--answers', answersOf(answers), ...args]);
  return { ...ended, out };
};
const doctor = (profile: string, env: Record<string, string> = {}) =>
  called(certify, ['doctor', '--profile', profile, '--no-allure'], env);

suite('init writes a profile that doctor accepts', () => {
  test('of a web page, with what was seen on it', async (t) => {
    const page = `<label>Total <input name="total"></label><input name="note"><button>Menu</button><button>Take payment</button><p id="outcome"></p>`;
    const server = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answers = { name: 'Corner: "till"', url, capabilities: ['gratuity'], paid: ['All done'] };
    const { code, stdout, stderr, out } = await initiated(answers);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /answered 200/);
    const profile = loadProfile(out);
    assert.equal(profile.name, 'Corner: "till"');
    assert.deepEqual(profile.capabilities, ['gratuity']);
    assert.deepEqual(profile.vocabulary.results.Captured, ['All done']);
    assert.deepEqual(profile.driver.kind === 'browser' && profile.driver.actions.sale, [
      { fill: 'input[name="total"]', with: '{amount}' },
      { click: 'button:has-text("Take payment")' },
    ]);
    assert.equal(profile.driver.kind === 'browser' && profile.driver.display.outcome, '#outcome');
    assert.match(readFileSync(out, 'utf8'), /# {3}button button:has-text\("Menu"\)/);
    const examined = await doctor(out);
    assert.equal(examined.code, 0, examined.stdout);
  });
  test('of a test endpoint, and says which secret it wants', async () => {
    const { code, stdout, out } = await initiated({ reach: 'http', name: 'x', url: 'http://127.0.0.1:9/t' });
    assert.equal(code, 0);
    assert.match(stdout, /Set DOJO_TILL_SECRET/);
    assert.equal(loadProfile(out).driver.kind, 'http');
  });
  test('of a POS that a person drives, of which no address is asked', async () => {
    const { code, stdout, out } = await initiated({ reach: 'attended', name: 'x' });
    assert.equal(code, 0);
    assert.match(stdout, /a run prints the address of a console/);
    assert.equal(loadProfile(out).driver.kind, 'attended');
    assert.equal((await doctor(out)).code, 0);
  });
  test('from what a person types, who is asked again where that is no answer', async () => {
    const typed = [
      'command',
      'My till',
      '',
      '27.2.',
      '',
      'no-such-till',
      'gratuity, tips',
      'gratuity',
      '',
      '',
    ];
    const questions: string[] = [];
    const terminal: Terminal = {
      question: async (text: string) => {
        questions.push(text);
        return typed.shift() ?? '';
      },
      close: () => {},
    };
    const out = fresh('till.yaml');
    const { code, stdout } = await called((args) => init(args, () => terminal), ['--out', out]);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /expected a day such as .*found "27\.2\."/);
    assert.match(stdout, /expected one of .*found "tips"/);
    assert.match(stdout, /does not answer yet: .*there is no program no-such-till/);
    assert.deepEqual(typed, []);
    const { name, version, capabilities, driver } = loadProfile(out);
    assert.deepEqual([name, version, capabilities], ['My till', '1.0', ['gratuity']]);
    assert.deepEqual(driver.kind === 'command' && driver.command, ['no-such-till']);
  });
});

suite('init --driver begins a driver', () => {
  for (const language of ['node', 'python'] as const)
    test(`in ${language}, which says hello and fails honestly at the rest`, async (t) => {
      const name = `Till ${language} "é"`;
      const inFolder = join(folder, language);
      mkdirSync(inFolder);
      const out = join(inFolder, 'till.yaml');
      const ended = await called(init, [
        '--driver',
        language,
        '--out',
        out,
        '--answers',
        answersOf({ name }),
      ]);
      assert.equal(ended.code, 0, ended.stderr);
      assert.match(ended.stdout, /The POS: it said Till/);
      const examined = await doctor(out);
      assert.equal(examined.code, 0, examined.stdout);
      const { driver } = loadProfile(out);
      assert.ok(driver.kind === 'command');
      const [program, ...args] = driver.command;
      const child = spawn(program!, args, { cwd: inFolder, stdio: ['pipe', 'pipe', 'inherit'] });
      t.after(() => child.kill());
      const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const { calls, actions } = asked();
      const requests: { call: string; action?: { name: string } }[] = [
        ...calls
          .filter((one) => one.name !== 'act' && one.name !== 'close')
          .map((one) => ({ call: one.name })),
        ...[...actions.map((one) => one.name), 'unheardOf'].map((one) => ({
          call: 'act',
          action: { name: one },
        })),
        { call: 'close' },
      ];
      for (const [index, request] of requests.entries()) {
        const id = index + 1;
        child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
        const value = String((await replies.next()).value);
        const reading = read(value);
        assert.ok('message' in reading, `${value} ${JSON.stringify(reading)}`);
        const said = JSON.parse(value);
        assert.equal(said.id, id);
        const what = request.action?.name ?? request.call;
        if (what === 'hello') assert.equal(said.hello.name, name);
        else if (what === 'display') assert.match(said.display.text, /does not read the display yet/);
        else if (what === 'close') assert.equal(said.answer, 'done');
        else if (what === 'unheardOf') assert.equal(said.answer, 'notOffered');
        else assert.match(`${said.answer} ${said.reason}`, /^failed not yet/, what);
      }
      const code = await new Promise((resolve) => child.once('close', resolve));
      assert.equal(code, 0);
    });
  for (const language of languages)
    test(`in ${language}, with each call and action of the protocol once`, () => {
      const { text } = skeletonOf(language, { name: 'x', version: '1', apiVersion: '2026-02-27' });
      const key = (name: string) =>
        ({ node: `\n    ${name}: `, python: `\n    "${name}": `, csharp: `\n    ["${name}"] = ` })[language];
      const { calls, actions } = asked();
      for (const { name } of [...calls, ...actions]) assert.equal(text.split(key(name)).length, 2, name);
    });
});

suite('init says what is wrong, ends with 2, and writes nothing', () => {
  const refused: [what: string, answers: object, args: string[], says: RegExp][] = [
    [
      'no name',
      { url: 'http://127.0.0.1:9' },
      [],
      /answers\.yaml:1: expected an answer, but it is empty for `name`/,
    ],
    [
      'an answer that is misspelt',
      { name: 'x', capabilites: [] },
      [],
      /answers\.yaml:3: expected only known answers, but found `capabilites`.*Known are reach, name/,
    ],
    [
      'a way that there is not',
      { reach: 'magic', name: 'x' },
      [],
      /answers\.yaml:2: expected one of browser, command/,
    ],
    [
      'an address that is none',
      { name: 'x', url: 'till:80' },
      [],
      /answers\.yaml:3: expected an address such as/,
    ],
    [
      'a capability that there is not',
      { name: 'x', url: 'http://x', capabilities: ['tips'] },
      [],
      /found "tips"/,
    ],
    ['two names', { name: ['x', 'y'] }, [], /one answer, but found several/],
    ['a way besides --driver', { reach: 'command', name: 'x' }, ['--driver', 'node'], /--driver says how/],
    [
      'a language that there is not',
      { name: 'x' },
      ['--driver', 'cobol'],
      /Allowed choices are node, python, csharp/,
    ],
  ];
  for (const [what, answers, args, says] of refused)
    test(what, async () => {
      const { code, stderr, out } = await initiated(answers, ...args);
      assert.equal(code, 2);
      assert.match(stderr, says);
      assert.ok(!existsSync(out));
    });
  test('a file that is there already, be it the profile or the driver', async () => {
    for (const [args, file] of [
      [['--out', 'taken.yaml'], 'taken.yaml'],
      [['--out', 'new.yaml', '--driver', 'node'], 'driver.mjs'],
    ] as const) {
      writeFileSync(file, 'mine');
      const { code, stderr } = await called(init, [...args, '--answers', answersOf({ name: 'x' })]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`Expected nothing at ${file}.*KIT-INIT-001`));
      assert.equal(readFileSync(file, 'utf8'), 'mine');
    }
    assert.ok(!existsSync('new.yaml'));
  });
  test('nobody at a terminal, and answers that are not there', async () => {
    const without = await called((args) => init(args, () => null), ['--out', 'none.yaml']);
    assert.deepEqual([without.code, /Expected --answers, because nobody/.test(without.stderr)], [2, true]);
    const missing = await called(init, ['--out', 'none.yaml', '--answers', 'nowhere.yaml']);
    assert.deepEqual([missing.code, /no such file/.test(missing.stderr)], [2, true]);
  });
});
