import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type Simulator, startSimulator } from '../../fixtures/simulator/index.ts';
import { loopbackAddress } from '../record/loopback.ts';
import { UsageError } from '../record/usage-error.ts';
import { runCommand } from '../run/run-command.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('Expected a port from 0 to 65535; 0 takes any free one.');
  return value;
}

/** `npm run simulator`: serves until SIGTERM or SIGINT. Returns 0, or 2 when it can't be started as asked. */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('simulator')
    .description('Simulates the Dojo API on loopback; fixtures/simulator/README.md describes its admin port')
    .option('--port <n>', 'port of the API', port, 4010)
    .option('--admin-port <n>', 'port of the admin interface', port, 4011)
    .option(
      '--tls <file>',
      'serve the API over https, and write the certificate to this file, for clients to trust',
    );
  const stop = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    const {
      port,
      adminPort,
      tls: file,
    } = command.parse([...args], { from: 'user' }).opts<{ port: number; adminPort: number; tls?: string }>();
    const simulator = await started({ port, adminPort, tls: file !== undefined });
    try {
      const { url, adminUrl, certificate } = simulator;
      const trust = file === undefined ? null : resolve(file);
      if (trust && certificate) write(trust, certificate);
      console.log(JSON.stringify({ ready: true, url, adminUrl, ...(trust ? { certificate: trust } : {}) }));
      await stop;
    } finally {
      await simulator.close();
    }
    return 0;
  });
}

/** Throws a `UsageError` when a port is in use. */
async function started(options: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
  try {
    return await startSimulator({ host: loopbackAddress(), ...options });
  } catch (error) {
    throw new UsageError('KIT-SIMULATOR-001', (error as Error).message);
  }
}

/** Throws a `UsageError` when the file can't be written. */
function write(file: string, certificate: string): void {
  try {
    writeFileSync(file, certificate);
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      'KIT-SIMULATOR-002',
      `Expected to write the certificate to ${file}, but ${message}. Name another file after --tls.`,
    );
  }
}
