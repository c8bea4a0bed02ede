import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { written } from '../../record/disk/disk.ts';
import { UsageError } from '../../record/usage-error.ts';

/** Who signs: the partner who ran the kit, the reviewer who decides, or whoever releases the kit. */
export type Role = 'partner' | 'reviewer' | 'release';

export const roles: readonly Role[] = ['partner', 'reviewer', 'release'];

/** What others may know of a key. It is the file that `certify keys export` writes and `certify keys pin` reads. */
export interface Identity {
  readonly schema: 1;
  readonly role: Role;
  /** Whose key it is, as its owner wrote it. */
  readonly name: string;
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), in hex. */
  readonly id: string;
  /** Ed25519 (RFC 8032), as PEM. */
  readonly publicKey: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** When its owner replaced it; left out while it is in use. ISO 8601. */
  readonly retiredAt?: string;
}

/** A key to sign with. */
export interface Signer {
  readonly identity: Identity;
  readonly privateKey: KeyObject;
}

/** SHA-256 of a public key, in hex. Throws where the PEM holds none. */
export function idOf(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** Where the keys of this user are: DOJO_KEYS, else a folder of the user's settings. */
export function usualFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.DOJO_KEYS) return env.DOJO_KEYS;
  const settings = process.platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME;
  return join(settings || join(homedir(), '.config'), 'dojo-conformance', 'keys');
}

/**
 * The user's own keys, and those of others that the user has pinned. A private key is a file that only the user can
 * read; it never leaves its folder.
 */
export class KeyStore {
  readonly #folder: string;

  constructor(folder = usualFolder()) {
    this.#folder = folder;
  }

  /** All own keys, the newest first. Throws a `UsageError` when a file of theirs can't be read. */
  get own(): Identity[] {
    return this.#read('own').sort((one, other) => other.madeAt.localeCompare(one.madeAt));
  }

  /** The keys of others that are pinned. Throws as `own` does. */
  get pinned(): Identity[] {
    return this.#read('pinned');
  }

  /** Makes a key. Throws a `UsageError` when there is one in use for this role: `rotate` replaces it. */
  make(name: string, role: Role): Identity {
    const inUse = this.#inUse(role);
    if (inUse)
      throw new UsageError(
        'KIT-KEY-002',
        `Expected no key for the ${role} yet, but there is ${shortId(inUse.id)} of ${inUse.name}. ` +
          'Sign with it, or replace it: npm run certify -- keys rotate.',
      );
    return this.#made(name, role);
  }

  /** Replaces the key in use: the old private key is removed, and its public key is kept as retired. */
  rotate(role: Role): { readonly old: Identity; readonly now: Identity } {
    const old = this.#inUse(role);
    if (!old) throw this.#none(role);
    this.#write('own', { ...old, retiredAt: new Date().toISOString() });
    rmSync(this.#file('own', `${old.id}.pem`), { force: true });
    return { old, now: this.#made(old.name, role) };
  }

  /** The key in use to sign with. Throws a `UsageError` when there is none. */
  signer(role: Role): Signer {
    const identity = this.#inUse(role);
    if (!identity) throw this.#none(role);
    const file = this.#file('own', `${identity.id}.pem`);
    try {
      return { identity, privateKey: createPrivateKey(readFileSync(file)) };
    } catch {
      throw new UsageError(
        'KIT-KEY-003',
        `Expected the private key of ${identity.name} in ${file}, but no key can be read there. Restore it, or replace it: npm run certify -- keys rotate.`,
      );
    }
  }

  /** Takes the other side's key as known from now on. Throws a `UsageError` when the file holds no key. */
  pin(file: string): Identity {
    const identity = readIdentity(file);
    this.#write('pinned', identity);
    return identity;
  }

  /** Whose key this is: an own one, or a pinned one; `null` when the user knows no such key. */
  known(id: string): Identity | null {
    return [...this.own, ...this.pinned].find((one) => one.id === id) ?? null;
  }

  #none(role: Role): UsageError {
    return new UsageError(
      'KIT-KEY-001',
      `Expected a key to sign with as ${role}, but there is none in ${this.#folder}. ` +
        `Make one: npm run certify -- keys make --role ${role} --name "Your company".`,
    );
  }

  #inUse(role: Role): Identity | undefined {
    return this.own.find((one) => one.role === role && !one.retiredAt);
  }

  #made(name: string, role: Role): Identity {
    const pair = generateKeyPairSync('ed25519');
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const identity: Identity = {
      schema: 1,
      role,
      name,
      id: idOf(publicKey),
      publicKey,
      madeAt: new Date().toISOString(),
    };
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
    const file = this.#file('own', `${identity.id}.pem`);
    written(file, () => writeFileSync(file, pem, { mode: 0o600, flag: 'wx' }));
    this.#write('own', identity);
    return identity;
  }

  #file(kind: 'own' | 'pinned', name: string): string {
    const folder = join(this.#folder, kind);
    written(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
    return join(folder, name);
  }

  #write(kind: 'own' | 'pinned', identity: Identity): void {
    const file = this.#file(kind, `${identity.id}.json`);
    written(file, () => writeFileSync(file, `${JSON.stringify(identity, null, 2)}\n`));
  }

  #read(kind: 'own' | 'pinned'): Identity[] {
    const folder = join(this.#folder, kind);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readIdentity(join(folder, name)));
  }
}

/** The key of a file that `certify keys export` wrote. Throws a `UsageError` when it holds none, or another than it says. */
export function readIdentity(file: string): Identity {
  const bad = (why: string) =>
    new UsageError(
      'KIT-KEY-004',
      `Expected a public key of the kit in ${file}, but ${why}. Ask its owner for the file that "npm run certify -- keys export" writes.`,
    );
  let found: Partial<Identity>;
  try {
    found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Identity>;
  } catch (error) {
    throw bad(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it is not JSON',
    );
  }
  const { role, name, id, publicKey, madeAt } = found ?? {};
  if (typeof publicKey !== 'string' || typeof name !== 'string' || typeof madeAt !== 'string')
    throw bad('it lacks publicKey, name or madeAt');
  if (!roles.includes(role as Role)) throw bad(`its role is ${JSON.stringify(role ?? null)}`);
  let own: string;
  try {
    own = idOf(publicKey);
  } catch {
    throw bad('its publicKey is not one');
  }
  if (createPublicKey(publicKey).asymmetricKeyType !== 'ed25519') throw bad('its key is not an Ed25519 key');
  if (own !== id) throw bad('its id is not that of its publicKey');
  return found as Identity;
}

/** The first digits of a key's id, by which people tell keys apart. */
export const shortId = (id: string): string => id.slice(0, 16);
