#!/usr/bin/env node
// The one command of the kit where it is installed as a package: `npx dojo-conformance certify …`. It is plain JavaScript
// and runs on Node 20; the kit itself runs on the Node that the package brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const commands = ['certify', 'report', 'simulator', 'row', 'nightly'];
/** These are the first word after `certify`, and can be typed without it. */
const ofCertify = [
  'doctor',
  'verify',
  'seal',
  'keys',
  'review',
  'export',
  'compare',
  'challenge',
  'kits',
  'init',
];

const [command, ...rest] = process.argv.slice(2);
const usage = `Usage: npx dojo-conformance <command> [options]

  certify     judges a point of sale, or the API itself, by a go-live checklist
  init        writes a profile to begin with, from a few questions
  doctor      says what stands in the way of a run, before the same options
  simulator   the simulated Dojo API alone
  row         runs one row on a point of sale of the kit's own
  report      makes the pages of a run again
  verify, seal, keys, review, export, compare, challenge, kits
              what is done with a run that is there
  kits        which version of the kit this is, and whether it is a released one

npx dojo-conformance <command> --help lists the options of each.`;

if (commands.includes(command)) start([command, ...rest]);
else if (ofCertify.includes(command)) start(['certify', command, ...rest]);
else if (command === undefined || command === '--help' || command === '-h') {
  console.log(usage);
  process.exitCode = command === undefined ? 2 : 0;
} else {
  console.error(`Expected a command of the kit, but "${command}" is none.\n\n${usage}`);
  process.exitCode = 2;
}

/** Runs a command of the kit in its own Node, with the same terminal, and ends as it ends. */
function start(args) {
  const entry = fileURLToPath(new URL('./start.mjs', import.meta.url));
  const child = spawn(node(), ['--max-semi-space-size=8', entry, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches both; what is sent to this process alone has to be passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`Expected to start ${child.spawnfile}, but ${error.message}. Install the kit anew.`);
    process.exitCode = 3;
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 3;
  });
}

/** The Node that the kit brings along; where its install scripts did not run, the one that runs now. */
function node() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(program)) return program;
  } catch {
    // It is not installed.
  }
  return process.execPath;
}
