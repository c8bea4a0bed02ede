import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../record/usage-error.ts';

const run = promisify(execFile);

/** What is fetched for the benchmark alone: nothing else of the kit needs it. */
const packages = { '@stoplight/prism-cli': '5.16.0', autocannon: '9.0.0' } as const;

const folder = join(tmpdir(), 'dojo-conformance-bench', Object.values(packages).join('-'));

/** Where the tools are, once they are. */
export interface Tools {
  /** A program to start with Node. */
  readonly prism: string;
  /** `autocannon` as a library. */
  readonly autocannon: Autocannon;
}

/** The part of autocannon that is used: runs a load and tells what came of it. */
export type Autocannon = (options: {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  /** Seconds. */
  readonly duration: number;
}) => Promise<{
  readonly requests: { readonly average: number; readonly total: number };
  readonly non2xx: number;
  readonly errors: number;
}>;

/** Fetches the tools, unless an earlier benchmark has. Throws a `UsageError` when the registry can't be reached. */
export async function fetchTools(say: (line: string) => void): Promise<Tools> {
  const required = createRequire(join(folder, 'package.json'));
  if (
    !Object.keys(packages).every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')))
  ) {
    say(`Fetching ${Object.keys(packages).join(', ')} for the benchmark …`);
    await mkdir(folder, { recursive: true });
    const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
    const npm = process.env.npm_execpath;
    const [file, args] = npm ? [process.execPath, [npm]] : ['npm', []];
    try {
      await run(file, [...args, 'install', '--no-audit', '--no-fund', '--prefix', folder, ...wanted], {
        timeout: 300_000,
      });
    } catch (error) {
      throw new UsageError(
        'KIT-WORKSHOP-005',
        `Expected npm to fetch ${wanted.join(', ')}, but it did not: ${String(error).trim().split('\n').at(-1)} ` +
          'The benchmark compares with them: run it where the package registry can be reached, or leave them out with --only rows.',
      );
    }
  }
  return {
    prism: join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
    autocannon: required('autocannon') as Autocannon,
  };
}
