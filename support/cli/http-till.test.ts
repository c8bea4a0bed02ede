import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { mutants } from '../../fixtures/pay-at-counter/mutants/index.ts';
import { startReferencePos } from '../../fixtures/pay-at-counter/reference-pos/index.ts';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { loadContract } from '../contract/index.ts';
import type { Certificate } from '../judging/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { runRows, selectRows } from '../run/run.ts';
import { called, type Ended, freePort, temporaryFolder, within } from '../workshop/testing/command.ts';
import { main as certify } from './certify.ts';

const folder = temporaryFolder();
const secret = 'a-secret-of-the-test-build';

/** A profile of the reference POS as somebody else's, whose test endpoint is at this port. */
function profileAt(port: number): string {
  const file = join(folder, `${port}.yaml`);
  writeFileSync(
    file,
    `name: Reference POS\nversion: 1.0.0\napiVersion: "2026-02-27"\ndriver: { kind: http, url: "http://127.0.0.1:${port}/test" }\n`,
  );
  return file;
}
const run = (port: number, DOJO_TILL_SECRET: string, ...more: string[]): Promise<Ended> =>
  called(
    within(folder, certify),
    [...more, '--profile', profileAt(port), '--no-allure', '--rows', 'PAC-SALE-01'],
    { DOJO_TILL_SECRET },
  );

suite('a POS that somebody else has started, with a test endpoint', () => {
  let port = 0;
  let stop = async () => {};
  before(async () => {
    port = await freePort();
    const pos = await startReferencePos({
      dataDir: join(folder, 'pos'),
      port,
      testEndpoint: { path: '/test', secret },
    });
    stop = () => pos.close();
  });
  after(() => stop());

  test('is certified, and its secret is written nowhere', async () => {
    const { code, stdout, stderr } = await run(port, secret, '--fast', '--out', 'run');
    assert.equal(code, 0, stdout + stderr);
    const page = readFileSync(join(folder, 'run', 'certification.html'), 'utf8');
    assert.match(page, /The build that was tested has a test endpoint/);
    for (const name of readdirSync(join(folder, 'run'), { recursive: true, withFileTypes: true }))
      if (name.isFile())
        assert.ok(!readFileSync(join(name.parentPath, name.name), 'latin1').includes(secret), name.name);
  });
  test('is found by doctor', async () => {
    const { code, stdout } = await run(port, secret, 'doctor');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /✔ test endpoint *it said Reference POS 1\.0\.0/);
  });
  test('that refuses the secret ends a run with 3, and one message', async () => {
    const { code, stdout } = await run(port, 'another', 'doctor');
    assert.equal(code, 3, stdout);
    assert.match(stdout, /refuses the kit's secret: it answered 401\. Put the secret/);
  });
  test('is not asked for anything without a secret', async () => {
    const { code, stderr } = await run(port, '', '--out', 'none');
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^Expected DOJO_TILL_SECRET to hold the secret.*\(KIT-SECRET-001\)$/m);
  });
});

test('where nothing listens, a run ends with 3 and says so', async () => {
  const { code, stdout } = await run(await freePort(), secret, 'doctor');
  assert.equal(code, 3, stdout);
  assert.match(
    stdout,
    /did not answer hello: nothing listens at 127\.0\.0\.1:\d+\. Start the POS in its test build/,
  );
});

suite('a till that is wrong fails the same row, by the same checks, whatever drives it', () => {
  const wrong = mutants.find(({ id }) => id === 'paid-before-captured')!.till!;
  async function failing(pos: keyof typeof builtIn): Promise<string[]> {
    const checklist = loadChecklist('pay-at-counter');
    const { certificate }: { certificate: Certificate } = await runRows({
      profile: loadProfile(builtIn[pos]),
      ownTill: true,
      upstream: { kind: 'embedded' },
      rows: selectRows(checklist, ['PAC-SALE-01'], null),
      checklist,
      contract: loadContract(),
      workers: 0,
      fast: true,
      allure: false,
      out: join(folder, pos),
      id: pos,
      say: () => {},
      wrong: { till: wrong },
    });
    return certificate.rows.flatMap(({ findings }) =>
      findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check),
    );
  }
  test('by its test endpoint as in the browser', async () => {
    const overHttp = await failing('reference-http');
    assert.deepEqual(overHttp, ['PAC-SALE-01/shows-nothing-false']);
    assert.deepEqual(await failing('reference'), overHttp);
  });
});
