import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../record/usage-error.ts';
import type { Kit } from '../../record/vocabulary.ts';
import { isSignedBy, payloads, readEnvelope, signed } from '../bundle/envelope.ts';
import { type Identity, readIdentity, type Signer, shortId } from '../bundle/keys.ts';

/** A released version of the kit. */
export interface KnownKit {
  readonly version: string;
  /** SHA-256 in hex, as the kit finds it of itself. */
  readonly digest: string;
  /** The same of the file that locks its packages; `null` where it has none. */
  readonly lock: string | null;
  /** ISO 8601. */
  readonly releasedAt: string;
}

/** The released versions of the kit, the newest last; whoever releases one signs the list. */
export interface KitList {
  readonly schema: 1;
  readonly kits: readonly KnownKit[];
}

/** The list that ships with the kit. It is no part of the kit's digest, which it names. */
export const shippedList = fileURLToPath(new URL('./known-kits.json', import.meta.url));

/** The public key that signs the lists, as a part of the kit; there is none before the first release. */
export const releaseKey = fileURLToPath(new URL('./release-key.json', import.meta.url));

/** Which kits a reviewer relies on. */
export class KnownKits {
  readonly #kits: readonly KnownKit[];
  readonly #digests: ReadonlySet<string>;

  /** `digests` are taken as known on the word of whoever gives them. */
  constructor(kits: readonly KnownKit[], digests: readonly string[] = []) {
    this.#kits = kits;
    this.#digests = new Set(digests);
  }

  /** The same, and more. */
  with(kits: readonly KnownKit[], digests: readonly string[] = []): KnownKits {
    return new KnownKits([...this.#kits, ...kits], [...this.#digests, ...digests]);
  }

  /** Why a kit does not count as a released one; `null` when it does. The end of a sentence that names the kit. */
  doubt({ version, digest, lock }: Kit): string | null {
    if (digest === undefined) return 'it recorded no digest of itself';
    if (this.#digests.has(digest)) return null;
    const released = this.#kits.filter((one) => one.digest === digest);
    if (!released.length) {
      const [same] = this.#kits.filter((one) => one.version === version);
      return same
        ? `it was changed: its digest is ${digest}, and that of the released version ${version} is ${same.digest}`
        : `its digest ${digest} is in no list of released kits`;
    }
    if (lock === undefined || released.some((one) => one.lock === null || one.lock === lock)) return null;
    return `the file that locks its packages was changed: its digest is ${lock}`;
  }
}

/** The kits that ship with this one as known: none before the first release. */
export function shippedKits(list = shippedList, key = releaseKey): KnownKits {
  if (!existsSync(list) || !existsSync(key)) return new KnownKits([]);
  return new KnownKits(readKits(list, [readIdentity(key)]).kits);
}

/** The key that the kit comes with to check lists by; none before the first release. */
export const releaseKeys = (key = releaseKey): Identity[] => (existsSync(key) ? [readIdentity(key)] : []);

/**
 * The kits of a signed list. Throws a `UsageError` when the file holds none, was changed, or is signed by a key that is
 * not among the trusted ones.
 */
export function readKits(file: string, trusted: readonly Identity[]): KitList {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(
      'KIT-KITS-001',
      `Expected a list of known kits in ${file}, but it cannot be read. Check the path.`,
    );
  }
  const envelope = readEnvelope(text, payloads.kits);
  const list = envelope && listIn(envelope.payload.toString());
  if (!envelope || !list)
    throw new UsageError(
      'KIT-KITS-002',
      `Expected ${file} to be a signed list of known kits, but it is none. Give the file known-kits.json of a release.`,
    );
  const by = trusted.find(({ id, role }) => id === envelope.keyId && role === 'release');
  if (!by || !isSignedBy(envelope.bundle, by.publicKey))
    throw new UsageError(
      'KIT-KITS-003',
      `Expected ${file} to be signed by whoever releases the kit, but ${by ? `it is not as ${by.name} signed it` : `the key ${shortId(envelope.keyId)} is unknown`}. ` +
        'Take the list from a release, or pin the key that signs releases: npm run certify -- keys pin FILE.',
    );
  return list;
}

/** A list with one version more, signed. What was known before stays; a digest is in it once. */
export function signedKits(before: readonly KnownKit[], kit: KnownKit, signer: Signer): string {
  const kits = [...before.filter(({ digest }) => digest !== kit.digest), kit];
  const list: KitList = { schema: 1, kits };
  return `${JSON.stringify(signed(Buffer.from(JSON.stringify(list)), payloads.kits, signer), null, 2)}\n`;
}

function listIn(text: string): KitList | null {
  try {
    const list = JSON.parse(text) as KitList;
    const whole = ({ version, digest, lock, releasedAt }: KnownKit) =>
      [version, digest, releasedAt].every((one) => typeof one === 'string') &&
      (lock === null || typeof lock === 'string');
    return list.schema === 1 && list.kits.every(whole) ? list : null;
  } catch {
    return null;
  }
}

/** Whether two are the same version of the kit: by their digests; both without one, as older kits named themselves. */
export const sameKit = (one: Kit, other: Kit): boolean =>
  one.digest === other.digest && (one.digest !== undefined || nameOfKit(one) === nameOfKit(other));

/** A kit as people tell it from others. */
export const nameOfKit = ({ version, commit }: Kit): string => `${version} (${commit})`;
