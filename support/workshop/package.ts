import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDigest } from '../run/kit-digest.ts';
import { bin } from './bin.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the kit reads while it runs and TypeScript does not build; wrong subjects and what only tests read stay behind. */
const assets = {
  patterns: [
    'features/**/*.feature',
    'support/**/*.{json,yaml,mjs}',
    'fixtures/**/*.{yaml,json,html,css,js,svg,py,md}',
    'LICENSE',
  ],
  without: /(^|\/)(mutants|testing|workshop|clients|__pycache__)\//,
};

/**
 * Builds the package in `dist`: the kit's layout as it is here, with plain JavaScript in place of TypeScript, because
 * Node strips no types below `node_modules`. Declarations and source maps lie beside it. The types
 * are not checked again. Throws an `Error` where the compiler ends with one.
 */
export function buildPackage(): void {
  const dist = join(root, 'dist');
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [bin('typescript-7', 'tsc'), '--project', join('support', 'workshop', 'tsconfig.package.json')],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  for (const path of globSync(assets.patterns, { cwd: root })) {
    if (assets.without.test(path)) continue;
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    copyFileSync(join(root, path), join(dist, path));
  }
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  writeFileSync(
    join(dist, 'package.json'),
    `${JSON.stringify({ name, version, type: 'module' }, null, 2)}\n`,
  );
  writeDigest(dist, root);
}
