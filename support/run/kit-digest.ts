import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folders that hold what a verdict depends on: code, features, catalogues, profiles and the contract. */
const folders = ['features', 'fixtures', 'steps', 'support'];

/** Kinds of files that are sources. Whatever else lies beside them was generated, or is somebody's note. */
const sources = /\.(?:css|feature|html|java|js|json|mjs|py|sh|svg|ts|yaml)$/;

/** Kinds of files that run where the kit is installed as a package, in which TypeScript only describes types. */
const runs = /\.(?:css|feature|html|js|json|mjs|py|svg|yaml)$/;

/** The list of known kits names this digest, so it can't be part of it. */
const list = 'support/review/kits/known-kits.json';

/** What a package holds of the sources that it was built of: their digest, what they need, and that of what was built. */
interface Built {
  readonly sources: string;
  readonly packages: readonly string[];
  readonly files: string;
}

/** Lies in the folder of what was built. */
const builtFile = 'kit-digest.json';

/**
 * The digest of the kit in a folder, SHA-256 in hex: of its sources, by their paths and contents, and of the packages
 * that it names, by the versions that are installed. It is the same on each machine, for a clone and for an installed
 * package: no order of a locale, line end or place goes into it.
 */
export function digestOfKit(root: string): string {
  const { sources: own, packages } = builtIn(root) ?? sourcesOf(root);
  const digest = createHash('sha256').update(`${own}\n`);
  for (const name of packages) digest.update(`${name}@${installedVersion(root, name) ?? 'none'}\n`);
  return digest.digest('hex');
}

/** Writes to the folder of a package what it was built of. */
export function writeDigest(dist: string, root: string): void {
  const built: Built = { ...sourcesOf(root), files: digestOfFiles(dist, runs) };
  writeFileSync(join(dist, builtFile), `${JSON.stringify(built, null, 2)}\n`);
}

function sourcesOf(root: string): Omit<Built, 'files'> {
  const { dependencies = {} } = readJson(join(root, 'package.json')) as {
    dependencies?: Record<string, string>;
  };
  return { sources: digestOfFiles(root, sources), packages: Object.keys(dependencies).sort() };
}

/** What a package was built of; `null` in a clone. Where what was built has been changed, it was built of something else. */
function builtIn(root: string): Built | null {
  if (!existsSync(join(root, builtFile))) return null;
  const built = readJson(join(root, builtFile)) as Built;
  const files = digestOfFiles(root, runs);
  return files === built.files ? built : { ...built, sources: `changed: ${files}` };
}

function digestOfFiles(root: string, kinds: RegExp): string {
  const digest = createHash('sha256');
  const all = ['package.json', ...folders.flatMap((folder) => filesIn(root, folder, kinds))];
  for (const name of all.filter((one) => one !== list).sort()) {
    const content = createHash('sha256').update(unixLines(readFileSync(join(root, name))));
    digest.update(`${name}\n${content.digest('hex')}\n`);
  }
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
function filesIn(root: string, folder: string, kinds: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const { isFolder, isFile } = kindOf(join(root, name), entry);
    if (isFolder) return filesIn(root, name, kinds);
    return isFile && kinds.test(entry.name) ? [name] : [];
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
