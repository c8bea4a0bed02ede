import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  X509Certificate as Certificate,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { written } from '../record/disk/disk.ts';

/** What a server shows to its clients (PEM), and what they have to trust to believe it. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate, and the file that holds it. */
  readonly authority: { readonly cert: string; readonly file: string };
}

const day = 86_400_000;
/** An authority is made for so long, and made anew when this much of it is left (ms). */
const lasts = 30 * day;
const leftAtLeast = day;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * An identity for servers under these names and addresses, vouched for by an authority that is made once for them, and
 * can vouch for nothing else. Its key lies below `folder`, in a file that the user alone can read. `whose` says in its
 * name what it is for. Throws a `Blocked` when the disk takes no more.
 */
export async function identityFor(
  folder: string,
  whose: string,
  names: readonly string[],
): Promise<Identity> {
  const authority =
    (await readAuthority(folder, whose, names)) ?? (await makeAuthority(folder, whose, names));
  const { publicKey, privateKey } = await newKeys();
  const leaf = await X509CertificateGenerator.create({
    serialNumber: randomBytes(16).toString('hex'),
    // A name that no host has: what looks like one would be held against the names that are permitted.
    subject: 'CN=Gateway of the conformance kit',
    issuer: authority.certificate.subject,
    notBefore: authority.certificate.notBefore,
    notAfter: authority.certificate.notAfter,
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: authority.key,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  });
  const cert = authority.certificate.toString('pem');
  return {
    key: await pemOf(privateKey),
    cert: `${leaf.toString('pem')}\n${cert}\n`,
    authority: { cert, file: authority.file },
  };
}

interface Authority {
  readonly certificate: Certificate;
  readonly key: CryptoKey;
  readonly file: string;
}

const serverAuth = '1.3.6.1.5.5.7.3.1';

/** Where the authority for these names is: one that vouches for others is another. */
function placeOf(folder: string, whose: string, names: readonly string[]): { cert: string; key: string } {
  const digest = createHash('sha256')
    .update(JSON.stringify([whose, ...names.toSorted()]))
    .digest('hex');
  const place = join(folder, digest.slice(0, 12));
  return { cert: join(place, 'ca.pem'), key: join(place, 'ca.key') };
}

/** The one that was made before, where it will do for a day yet. */
async function readAuthority(
  folder: string,
  whose: string,
  names: readonly string[],
): Promise<Authority | null> {
  const place = placeOf(folder, whose, names);
  try {
    const pem = readFileSync(place.cert, 'utf8');
    const certificate = new Certificate(pem);
    if (certificate.notAfter.getTime() - Date.now() < leftAtLeast) return null;
    const [der] = PemConverter.decode(readFileSync(place.key, 'utf8'));
    const key = await crypto.subtle.importKey('pkcs8', der!, algorithm, false, ['sign']);
    return { certificate, key, file: place.cert };
  } catch {
    return null;
  }
}

async function makeAuthority(folder: string, whose: string, names: readonly string[]): Promise<Authority> {
  const keys = await newKeys();
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: [{ CN: [`Dojo conformance kit, for tests of ${whose}`] }],
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + lasts),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      new ExtendedKeyUsageExtension([serverAuth]),
      new Extension('2.5.29.30', true, nameConstraints(names)),
    ],
  });
  const place = placeOf(folder, whose, names);
  const key = await pemOf(keys.privateKey);
  written(place.key, () => {
    mkdirSync(join(place.key, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(place.key, key, { mode: 0o600 });
    // A file that was there keeps its mode.
    chmodSync(place.key, 0o600);
    writeFileSync(place.cert, certificate.toString('pem'), { mode: 0o644 });
  });
  return { certificate, key: keys.privateKey, file: place.cert };
}

/**
 * The names that an authority may vouch for (RFC 5280, section 4.2.1.10). A kind of name of which none is permitted would
 * be free: it is excluded as a whole.
 */
function nameConstraints(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const hosts = names.filter((name) => !isIP(name));
  const addresses = names.filter((name) => isIP(name));
  const permitted = [
    ...hosts.map((name) => der(0x82, Buffer.from(name))),
    ...addresses.map((address) => der(0x87, octetsOf(address), Buffer.alloc(octetsOf(address).length, 255))),
  ];
  const excluded = [
    ...(hosts.length ? [] : [der(0x82)]),
    ...(addresses.length ? [] : [der(0x87, Buffer.alloc(8)), der(0x87, Buffer.alloc(32))]),
  ];
  const subtrees = (tag: number, bases: readonly Buffer[]): Buffer[] =>
    bases.length ? [der(tag, ...bases.map((base) => der(0x30, base)))] : [];
  return new Uint8Array(der(0x30, ...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)));
}

/** The bytes of an address. */
function octetsOf(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [before = '', after] = address.split('%')[0]!.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [first, last] = [groups(before), groups(after)];
  const between = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return Buffer.from([...first, ...between, ...last].flatMap((group) => octets(Number.parseInt(group, 16))));
}

const octets = (group: number): number[] => [group >> 8, group & 255];

/** One value of the Distinguished Encoding Rules (ITU-T X.690): tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const { length } = bytes;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, ...octets(length)];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const pemOf = async (key: CryptoKey): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
