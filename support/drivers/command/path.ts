import { existsSync } from 'node:fs';
import { delimiter, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/**
 * The folders in which programs are looked for, without those of the kit's own modules that npm puts before them: a
 * driver's `node` is the machine's, not the kit's. Where the machine has none, the kit's serves.
 */
export function withoutKit(path: string): string {
  const folders = path.split(delimiter);
  const others = folders.filter((folder) => relative(modules, resolve(folder)).startsWith('..'));
  const node = process.platform === 'win32' ? 'node.exe' : 'node';
  return others.some((folder) => existsSync(join(folder, node))) ? others.join(delimiter) : path;
}

/** The environment of a program that is the POS, or drives it: the kit's own keys are none of its business. */
export function programEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const inherited = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DOJO_'),
  );
  return Object.fromEntries(
    inherited.map(([name, value]) => [name, /^path$/i.test(name) ? withoutKit(value) : value]),
  );
}
