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
