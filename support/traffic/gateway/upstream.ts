import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Blocked } from '../../record/blocked.ts';
import type { ServerCertificate } from '../../record/vocabulary.ts';
import { lookUp } from '../finding.ts';

/** Certificate authorities (PEM) to trust besides none of the usual ones: for an upstream with its own. */
export type Authorities = string | Buffer | (string | Buffer)[];

/** The one place where traffic goes. */
export interface Upstream {
  /** The certificate that it last showed, once a connection was made; null over plain http. */
  readonly certificate: ServerCertificate | null;
  /** Opens a connection; `reached` is called once requests can be carried. */
  connect(reached: () => void): Socket;
  /** The bytes of a request's head as this upstream must get them. */
  address(head: string): string;
}

/**
 * Reads an upstream's base URL (http or https, with a path or without). Certificates are always
 * verified, whatever the environment says. Throws a TypeError when it is no such URL.
 */
export function upstreamAt(baseUrl: string, ca?: Authorities): Upstream {
  const url = new URL(baseUrl);
  const secure = url.protocol === 'https:';
  if (!secure && url.protocol !== 'http:')
    throw new TypeError(`Expected an upstream that begins with http:// or https://, got ${url.protocol}//`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const endpoint = {
    host,
    port: Number(url.port || (secure ? 443 : 80)),
    noDelay: true,
    lookup: lookUp,
    // Node gives each address of a name 250 ms, too little on a slow line.
    autoSelectFamilyAttemptTimeout: 2_000,
  };
  const prefix = url.pathname.replace(/\/$/, '');
  let certificate: ServerCertificate | null = null;

  return {
    get certificate() {
      return certificate;
    },
    connect(reached) {
      if (!secure) return connectTcp(endpoint, reached);
      const socket: TLSSocket = connectTls(
        {
          ...endpoint,
          ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
          ...(ca === undefined ? {} : { ca }),
          ALPNProtocols: ['http/1.1'],
          rejectUnauthorized: true,
        },
        () => {
          certificate = shownBy(socket) ?? certificate;
          reached();
        },
      );
      return socket;
    },
    address: (head) => addressed(head, url.host, prefix),
  };
}

/** What is said of a certificate for which no known authority vouches. */
const unknown = /SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|UNTRUSTED/;

/** How long a server may take to show its certificate, in ms. */
const patience = 15_000;

/**
 * The certificate that an upstream shows to the gateway; `null` over plain http.
 * Throws a `Blocked` when it can't be reached, or its certificate can't be verified.
 */
export async function certificateOf(baseUrl: string, ca?: Authorities): Promise<ServerCertificate | null> {
  if (!baseUrl.startsWith('https:')) return null;
  const upstream = upstreamAt(baseUrl, ca);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = upstream.connect(resolve);
  socket.on('error', reject);
  socket.setTimeout(patience, () => reject(new Error(`it did not answer within ${patience / 1000} s`)));
  try {
    await promise;
    return upstream.certificate;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Blocked(
      'KIT-UPSTREAM-011',
      `The upstream ${baseUrl} can't be reached over verified TLS: ${message || code}`,
      unknown.test(code ?? '')
        ? `Somebody nobody knows vouches for its certificate: a proxy of this network opens TLS, or the name leads elsewhere. Ask for ${new URL(baseUrl).host} to be left alone, or use another network. NODE_EXTRA_CA_CERTS takes an authority of your own; such a run is practice.`
        : 'Check the address and the network. A certificate of an authority of your own is taken with NODE_EXTRA_CA_CERTS; such a run is practice.',
    );
  } finally {
    socket.destroy();
  }
}

/**
 * A request line may name another host (absolute form), and so may Host; both are turned to the upstream,
 * in place. All other bytes of the head stay as they are.
 */
function addressed(head: string, authority: string, prefix: string): string {
  const lineEnd = head.indexOf('\n');
  const line = head.slice(0, lineEnd).replace(/^(\S+) (\S+)/, (_, method: string, target: string) => {
    const origin = originForm(target);
    return `${method} ${origin.startsWith('/') ? prefix + origin : origin}`;
  });
  return line + head.slice(lineEnd).replace(/^(host[ \t]*:[ \t]*)[^\r\n]*/gim, `$1${authority}`);
}

/** Path and query of a request target, whichever form it came in. */
export function originForm(target: string): string {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(target);
  if (!absolute) return target;
  const path = absolute[1]!;
  return path.startsWith('/') ? path : `/${path}`;
}

function shownBy(socket: TLSSocket): ServerCertificate | null {
  const shown = socket.getPeerX509Certificate();
  return shown
    ? {
        subject: shown.subject,
        issuer: shown.issuer,
        validFrom: new Date(shown.validFrom).toISOString(),
        validTo: new Date(shown.validTo).toISOString(),
        fingerprint256: shown.fingerprint256,
        ...(shown.subjectAltName ? { names: shown.subjectAltName } : {}),
      }
    : null;
}
