import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Path of a package's command, so that no shell and no PATH is needed. Throws an `Error` where the package is not installed. */
export function bin(name: string, command = name): string {
  const file = findManifest(name);
  const { bin: entry } = JSON.parse(readFileSync(file, 'utf8')) as { bin: string | Record<string, string> };
  return join(dirname(file), typeof entry === 'string' ? entry : entry[command]!);
}

function findManifest(name: string): string {
  const { paths } = createRequire(import.meta.url).resolve as unknown as { paths(request: string): string[] };
  for (const folder of paths(name)) {
    const file = join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {}
  }
  throw new Error(`${name} is not installed; run npm ci`);
}
