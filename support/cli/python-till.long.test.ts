import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { CommandDriver } from '../drivers/settings.ts';
import type { Certificate, CertificateRow } from '../judging/index.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const folder = temporaryFolder();
const own = fileURLToPath(new URL('../../fixtures/pay-at-counter/profiles/python.yaml', import.meta.url));
const home = fileURLToPath(new URL('../../fixtures/pay-at-counter/python-till/', import.meta.url));
const declined = 'PAC-SALE-07';

let profiles = 0;
/** The Python till's profile with changes to it, in a file; without its ending, the name of a folder beside it. */
function profileOf(driver: { see?: undefined; command?: readonly string[] } = {}, more: object = {}): string {
  const name = join(folder, String(++profiles));
  const profile = parse(readFileSync(own, 'utf8')) as { driver: CommandDriver };
  const changes = { ...profile, ...more, driver: { ...profile.driver, cwd: home, ...driver } };
  writeFileSync(`${name}.yaml`, stringify(changes));
  return name;
}

/** What doctor says of a run on the Python till, with a profile changed so. */
const doctor = (...changes: Parameters<typeof profileOf>) =>
  called(certify, [
    ...['doctor', '--no-allure', '--profile', `${profileOf(...changes)}.yaml`, '--out', join(folder, 'none')],
  ]);

/** Runs rows on the Python till, with a profile changed so. */
async function run(rows: readonly string[], ...changes: Parameters<typeof profileOf>) {
  const name = profileOf(...changes);
  const { code, stdout, stderr } = await called(certify, [
    ...['--profile', `${name}.yaml`, '--rows', rows.join(','), '--fast', '--no-allure', '--out', name],
  ]);
  const certificate = JSON.parse(readFileSync(join(name, 'certification.json'), 'utf8')) as Certificate;
  return { code, certificate, row: certificate.rows[0]!, said: stdout + stderr };
}

const failing = ({ findings }: CertificateRow): string[] =>
  findings.flatMap(({ check, outcome }) => (outcome === 'failed' ? [check.split('/')[1]!] : [])).sort();

/** The Python till with a change to it: lines that are run before its driver starts. */
function changed(...lines: string[]): readonly string[] {
  const script = [
    'import sys',
    `sys.path.insert(0, ${JSON.stringify(home)})`,
    'import driver, page',
    ...lines,
  ];
  return ['python3', '-c', [...script, 'driver.main()'].join('\n')];
}

/** Its page says that a payment was taken which was declined; its driver tells the truth. */
const lyingPage = changed(
  'right = page.markup',
  'page.markup = lambda view: right(view).replace(">Declined<", ">Paid<")',
);

const withoutPage = changed(
  'from types import SimpleNamespace',
  'driver.Page = lambda port: SimpleNamespace(show=lambda view: None)',
);

suite('the display of a till that is a program', () => {
  test('is observed on its page, and rows that stand on it are passed', async () => {
    const { code, certificate, row, said } = await run([declined, 'PAC-ERR-02']);
    assert.equal(code, 0, said);
    assert.deepEqual(
      certificate.rows.map(({ verdict }) => verdict),
      ['passed', 'passed'],
    );
    assert.equal(certificate.subject.display, 'observed');
    assert.ok(!certificate.run.why.some((reason) => /display/.test(reason)));
    assert.ok(row.findings.every(({ reported: answered }) => !answered));
  });
  test('is reported without a page, and rows that stand on it wait for a reviewer', async () => {
    const { code, certificate, row, said } = await run(['PAC-ERR-02'], { see: undefined });
    assert.equal(code, 1, said);
    assert.deepEqual([row.verdict, failing(row)], ['review', []]);
    assert.equal(certificate.subject.display, 'reported');
    assert.match(certificate.run.why.join(), /reports its display itself/);
  });
  test('fails its row when its page says “Paid” of a payment that its driver tells as declined', async () => {
    const { code, row, said } = await run([declined], { command: lyingPage });
    assert.equal(code, 1, said);
    assert.equal(row.verdict, 'failed');
    assert.ok(failing(row).includes('shows-nothing-false'), failing(row).join());
  });
  test('a page that cannot be opened blocks the row, and is not held against the till', async () => {
    const { code, row, said } = await run([declined], { command: withoutPage });
    assert.equal(code, 3, said);
    assert.equal(row.verdict, 'blocked');
    assert.match(row.trouble[0]!.message, /page http:.* could not be opened/);
    const looked = await doctor({ command: withoutPage });
    assert.equal(looked.code, code, looked.stdout);
    assert.match(looked.stdout, /✘ driver .*http:\S+ can't be reached: .*`driver\.see\.page`/s);
  });
});

/** Beside the question about the signature, the till shows another dialogue. */
const besides = (text: string, ...options: string[]) =>
  changed(
    'right = page.screen.dialogues',
    `other = ${JSON.stringify({ text, options })}`,
    'page.screen.dialogues = lambda payment: right(payment) + [other] if right(payment) else []',
  );

suite('two dialogues at once', () => {
  const signature = 'PAC-SALE-05';
  test('of which one has nothing to do with the payment are a till’s own affair', async () => {
    const { code, row, said } = await run([signature], { command: besides('Paper is low.', 'OK') });
    assert.deepEqual([code, row.verdict], [0, 'passed'], said);
  });
  test('of which one says that the result cannot be confirmed, while the signature is asked for, fail', async () => {
    const unconfirmed = besides('The result cannot be confirmed.', 'Record by hand', 'Try again');
    const { code, row, said } = await run([signature], { command: unconfirmed });
    assert.deepEqual([code, row.verdict], [1, 'failed'], said);
    assert.deepEqual(failing(row), ['shows-nothing-false']);
  });
});

suite('a driver that says in hello that it is another till than the profile’s', () => {
  const others = { name: 'Another till', version: '9.9.9', apiVersion: '2024-02-05' };
  for (const [member, value] of Object.entries(others))
    test(`by its ${member}: a run and doctor end alike, and nothing is held against the till`, async () => {
      const more = { [member]: value, capabilities: [] };
      const { code, certificate, said } = await run(['PAC-SALE-01', 'PAC-SALE-02'], { see: undefined }, more);
      assert.equal(code, 3, said);
      const [one, other] = certificate.rows;
      assert.deepEqual([one!.verdict, one!.findings], ['blocked', []]);
      assert.match(one!.trouble[0]!.message, new RegExp(`its ${member} is ${value}, and the driver says`));
      // For want of a capability that the profile does not declare, without a look at the till.
      assert.deepEqual([other!.verdict, other!.findings], ['review', []]);
      const looked = await doctor({ see: undefined }, more);
      assert.equal(looked.code, code, looked.stdout);
      assert.match(looked.stdout, new RegExp(`✘ driver .*its ${member} is ${value}`));
    });
});
