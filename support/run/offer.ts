import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inUrl } from '../record/loopback.ts';
import { fingerprintOf } from './approach.ts';
import type { Approach } from './doors.ts';
import { OneTimeLink } from './one-time-link.ts';

/** A page on which the authority of the kit is offered to another machine. */
export interface Offer {
  close(): Promise<void>;
}

/**
 * Offers the certificate of the authority to a POS on another machine, where it is to trust that. Whoever opens the page by
 * its link has it from then on, and the link is used up: `announce` is called with the first, and with another each
 * time one was used. Without a link, or with a used one, there is nothing to be had, not even an answer.
 */
export async function offerAuthority(
  { host, identity }: Pick<Approach, 'host' | 'identity'>,
  announce: (link: string) => void,
): Promise<Offer> {
  const { key, cert, authority } = identity!;
  let at = '';
  let link: OneTimeLink | null = null;
  const server = createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', at);
    if (request.method !== 'GET' || !link?.admits(request, response)) {
      request.socket.destroy();
      return;
    }
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    response.setHeader('referrer-policy', 'no-referrer');
    if (url.pathname === '/ca.crt')
      response
        .setHeader('content-type', 'application/x-x509-ca-cert')
        .setHeader('content-disposition', 'attachment; filename="dojo-conformance-kit.crt"')
        .end(authority.cert);
    else if (url.searchParams.has('token')) response.writeHead(303, { location: '/' }).end();
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(page(authority.cert));
  });
  server.on('tlsClientError', (_error, client) => client.destroy());
  server.listen(0, host);
  await once(server, 'listening');
  at = `https://${inUrl(host)}:${(server.address() as AddressInfo).port}`;
  link = new OneTimeLink((path) => announce(`${at}${path}`));
  return {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const page = (cert: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Authority of the conformance kit</title>
<main>
<h1>Authority of the conformance kit</h1>
<p>Compare this digest (SHA-256) with the one that the kit shows on its own machine, before you trust anything:</p>
<p><code>${fingerprintOf(cert)}</code></p>
<p><a href="/ca.crt">Download the certificate</a></p>
<h2>Let this machine trust it</h2>
<ul>
<li>Windows: open the file, Install Certificate, Current User, Trusted Root Certification Authorities.</li>
<li>macOS: open the file, add it to the login keychain, and set it to Always Trust for SSL.</li>
<li>Android: Settings, Security, Encryption &amp; credentials, Install a certificate, CA certificate.</li>
<li>iOS: open the file, install the profile in Settings, then switch it on in General, About, Certificate Trust Settings.</li>
</ul>
<h2>Remove it after the tests</h2>
<p>Delete it in the same place. It is valid for 30 days, and only for the names and addresses that it was made for.</p>
</main>
</html>
`;
