// The entry of every command. It is plain JavaScript, so that an old Node still reads it and can say so.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import http from 'node:http';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import v8 from 'node:v8';

const [, , command, ...rest] = process.argv;
const major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    `Expected Node 24 or later, but this is Node ${process.versions.node}. ` +
      'Run `npm ci` (it brings Node 24 along; its install scripts must be allowed), then use the npm scripts.',
  );
  process.exitCode = 2;
} else if (process.env.NODE_OPTIONS?.trim()) {
  startAnew();
} else {
  leaveLoopbackUnproxied();
  // A run leaves much behind it, of which little is kept: it is cleared away before the memory has doubled.
  v8.setFlagsFromString('--heap-growing-percent=15');
  // Each worker of a run reads all of the kit: what was compiled once is kept, for them and for the next run.
  const { directory } = module.enableCompileCache();
  if (directory) process.env.NODE_COMPILE_CACHE ??= dirname(directory);
  try {
    const { main } = await source(`./${command}`);
    process.exitCode = await main(rest);
  } catch (error) {
    const { complain } = await source('../run/terminal');
    const detail = process.env.DOJO_DEBUG ? error.stack : error?.message;
    complain(
      `The kit itself broke: ${detail}\nWhat was recorded is kept. Please report this; DOJO_DEBUG=1 shows where it happened.`,
    );
    // Whatever is still at work can't be waited for.
    process.exit(3);
  }
}

/** A module of the kit: TypeScript as it is written, or what was built of it where the kit is installed as a package. */
function source(path) {
  const written = new URL(`${path}.ts`, import.meta.url);
  return import(existsSync(written) ? written.href : new URL(`${path}.js`, import.meta.url).href);
}

/**
 * NODE_OPTIONS can change what Node does, and so what the kit sees: the kit runs in a Node without it, and the record of
 * a run says so. A proxy is still used, by the variable that Node has for it.
 */
function startAnew() {
  const { NODE_OPTIONS: options, ...env } = process.env;
  console.error(`Note: NODE_OPTIONS is set (${options.trim()}). The kit starts its own Node without it.`);
  env.DOJO_NODE_OPTIONS_CLEARED = '1';
  if (options.includes('--use-env-proxy')) env.NODE_USE_ENV_PROXY ??= '1';
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env,
    stdio: 'inherit',
  });
  // A signal to this process is meant for the one that does the work; the terminal sends it to both.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`The kit itself broke: Node could not be started again: ${error.message}`);
    process.exitCode = 3;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

/**
 * A proxy that the environment names (NODE_USE_ENV_PROXY, --use-env-proxy) reaches no simulator, gateway or till of this
 * machine.
 */
function leaveLoopbackUnproxied() {
  const flags = [...process.execArgv, process.env.NODE_OPTIONS].join(' ');
  if (!process.env.NODE_USE_ENV_PROXY && !flags.includes('--use-env-proxy')) return;
  const given = process.env.no_proxy ?? process.env.NO_PROXY;
  const hosts = [given, 'localhost', '127.0.0.1', '[::1]', '::1'].filter(Boolean).join(',');
  process.env.no_proxy = hosts;
  process.env.NO_PROXY = hosts;
  // Node has read the environment for this one already.
  http.globalAgent = new http.Agent({ keepAlive: true, timeout: 5000, proxyEnv: process.env });
}
