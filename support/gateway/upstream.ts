import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** Certificate authorities (PEM) to trust besides none of the usual ones: for an upstream with its own. */
export type Authorities = string | Buffer | (string | Buffer)[];

/** The certificate that an https upstream showed. */
export interface UpstreamCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
  readonly fingerprint256: string;
}

/** The one place where traffic goes. */
export interface Upstream {
  /** The certificate that it last showed, once a connection was made; null over plain http. */
  readonly certificate: UpstreamCertificate | null;
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
    // Node gives each address of a name 250 ms, too little on a slow line.
    autoSelectFamilyAttemptTimeout: 2_000,
  };
  const prefix = url.pathname.replace(/\/$/, '');
  let certificate: UpstreamCertificate | null = null;

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

function shownBy(socket: TLSSocket): UpstreamCertificate | null {
  const shown = socket.getPeerX509Certificate();
  return shown
    ? {
        subject: shown.subject,
        issuer: shown.issuer,
        validTo: new Date(shown.validTo).toISOString(),
        fingerprint256: shown.fingerprint256,
      }
    : null;
}
