/** Clients in other languages, written for the real API, against the simulator behind TLS. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { command, temporaryFolder } from '../workshop/testing/command.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const clients = join(import.meta.dirname, '..', '..', 'fixtures', 'clients');

/** What a machine lacks to run a client; `false` when it has all. */
function lacks(...programs: string[]): string | false {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).status !== 0);
  return missing.length ? `this machine has no ${missing.join(' and no ')}` : false;
}

suite('a client in another language', { concurrency: true }, () => {
  let simulator: ReturnType<typeof command>;
  let settings: NodeJS.ProcessEnv;
  let certificate = '';
  before(async () => {
    certificate = join(folder, 'simulator.pem');
    simulator = command(['simulator', '--port', '0', '--admin-port', '0', '--tls', certificate], {
      cwd: folder,
    });
    const line = JSON.parse(await simulator.printed(/\n/));
    assert.match(line.url, /^https:/);
    settings = { ...process.env, DOJO_BASE_URL: line.url, DOJO_API_KEY: 'sk_sandbox_simulator' };
  });
  after(async () => {
    simulator.child.kill('SIGTERM');
    assert.equal((await simulator.ended).code, 0);
  });

  const said = async (program: string, client: string, trust: string): Promise<unknown> => {
    const env = { ...settings, [trust]: certificate };
    const { stdout } = await run(program, [join(clients, client)], { env });
    return JSON.parse(stdout);
  };

  test('bash and curl: a sale is captured', { skip: lacks('bash', 'curl', 'jq') }, async () => {
    assert.deepEqual(await said('bash', 'sale.sh', 'CURL_CA_BUNDLE'), { status: 'Captured', total: 1000 });
  });

  test('Python: a signature is accepted and part refunded', { skip: lacks('python3') }, async () => {
    assert.deepEqual(await said('python3', 'signature.py', 'SSL_CERT_FILE'), {
      status: 'Captured',
      signed: true,
      refunded: 250,
    });
  });

  test('Java: a declined sale is cancelled', { skip: lacks('java') }, async () => {
    assert.deepEqual(await said('java', 'Declined.java', 'DOJO_CA'), {
      session: 'Declined',
      status: 'Canceled',
    });
  });

  test('that does not trust the certificate gets no further', { skip: lacks('curl') }, async () => {
    await assert.rejects(run('curl', ['-q', '--noproxy', '*', `${settings.DOJO_BASE_URL}/terminals`]), {
      code: 60,
    });
  });
});
