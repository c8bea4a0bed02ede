import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folders that hold what a verdict depends on: code, features, catalogues, profiles and the contract. */
const folders = ['features', 'fixtures', 'steps', 'support'];

/** Kinds of files that are sources. Whatever else lies beside them was generated, or is somebody's note. */
const sources = /\.(?:css|feature|html|java|js|json|mjs|py|sh|svg|ts|yaml)$/;

/** The list of known kits names this digest, so it can't be part of it. */
const list = 'support/review/kits/known-kits.json';

/**
 * The digest of the kit in a folder, SHA-256 in hex: of its sources, by their paths and contents, and of the packages
 * that it names, by the versions that are installed. It is the same on each machine, for a clone and for an installed
 * package: no order of a locale, line end or place goes into it.
 */
export function digestOfKit(root: string): string {
  const digest = createHash('sha256');
  const all = ['package.json', ...folders.flatMap((folder) => sourcesIn(root, folder))];
  for (const name of all.filter((one) => one !== list).sort()) {
    const content = createHash('sha256').update(unixLines(readFileSync(join(root, name))));
    digest.update(`${name}\n${content.digest('hex')}\n`);
  }
  const { dependencies = {} } = readJson(join(root, 'package.json')) as {
    dependencies?: Record<string, string>;
  };
  for (const name of Object.keys(dependencies).sort())
    digest.update(`${name}@${installedVersion(root, name) ?? 'none'}\n`);
  return digest.digest('hex');
}

/** The digest of the file that locks the versions of all packages; `null` where there is none, as in an installed package. */
export function digestOfLock(root: string): string | null {
  const file = join(root, 'package-lock.json');
  if (!existsSync(file)) return null;
  return createHash('sha256')
    .update(unixLines(readFileSync(file)))
    .digest('hex');
}

/** Paths from the root, with slashes. */
function sourcesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const { isFolder, isFile } = kindOf(join(root, name), entry);
    if (isFolder) return sourcesIn(root, name);
    return isFile && sources.test(entry.name) ? [name] : [];
  });
}

/** A link counts as what it leads to: it is loaded as that. */
function kindOf(
  path: string,
  entry: { isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean },
): { isFolder: boolean; isFile: boolean } {
  const found = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
  return { isFolder: found?.isDirectory() ?? false, isFile: found?.isFile() ?? false };
}

/** Git, editors and archives may write CRLF where the kit has LF. */
function unixLines(bytes: Buffer): Buffer {
  return bytes.includes('\r\n')
    ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : bytes;
}

/** The version of a package that Node finds from here: in the kit's own `node_modules`, or in one above it. */
function installedVersion(root: string, name: string): string | null {
  for (let folder = root; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) return (readJson(file) as { version: string }).version;
    if (dirname(folder) === folder) return null;
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
