import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import type { Mistake } from './kind.ts';

/** How a profile says which certificate its POS shows. */
interface Pinned {
  readonly url: string;
  /** Path of the certificate, in PEM. */
  readonly certificate?: string;
  readonly anyCertificate?: boolean;
}

/** The digest of a certificate's key (SHA-256 in base64), by which browsers know it too. */
const keyOf = (certificate: X509Certificate): string =>
  createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

/** The digest of the key of the one certificate that the POS may show. */
export const pinOf = (file: string): string => keyOf(new X509Certificate(readFileSync(file)));

/** The settings with the certificate's path from the folder of their profile. */
export const placedCertificate = <Settings extends Pinned>(settings: Settings, folder: string): Settings =>
  settings.certificate === undefined
    ? settings
    : { ...settings, certificate: resolve(folder, settings.certificate) };

/** A POS that shows another certificate than the one that its profile names. */
class OtherCertificate extends Error {
  readonly code = 'KIT_OTHER_CERTIFICATE';
}

/** How a connection to the POS is opened: to whatever shows that certificate, and to nothing else. */
export function connectorTo(certificate: string): buildConnector.connector {
  const pin = pinOf(certificate);
  const connect = buildConnector({ rejectUnauthorized: false });
  return (options, done) =>
    connect(options, (...[error, socket]) => {
      if (error || !(socket instanceof TLSSocket)) return error ? done(error, null) : done(null, socket!);
      const shown = socket.getPeerX509Certificate();
      if (shown && keyOf(shown) === pin) return done(null, socket);
      socket.destroy();
      return done(
        new OtherCertificate('it shows another certificate than the one that the profile names'),
        null,
      );
    });
}

/** What is wrong with the certificate that a profile in `folder` names, or `null`. */
export function mistakeInCertificate(
  { url, certificate, anyCertificate }: Pinned,
  folder: string,
): Mistake | null {
  if (certificate === undefined) return null;
  const wrong = (says: string): Mistake => ({ path: ['driver', 'certificate'], says });
  if (anyCertificate)
    return wrong(
      'expected `driver.certificate` or `driver.anyCertificate`, but found both. Remove one of them.',
    );
  if (url.split(',').some((one) => !one.trim().startsWith('https:')))
    return wrong(
      'expected `driver.url` to begin with https: besides `driver.certificate`, but it does not. Correct it, or remove the certificate.',
    );
  try {
    pinOf(resolve(folder, certificate));
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : 'it holds none that can be read';
    return wrong(
      `expected \`driver.certificate\` to name a file with the certificate of the POS in PEM, but ${why}: ${certificate}. Correct the path.`,
    );
  }
}
