import { getCACertificates } from 'node:tls';

/** Where Dojo's sandbox is: on the host of production, which the key tells apart (Dojo's documentation, API keys). */
export const sandboxUrl = 'https://api.dojo.tech';

/**
 * Why a run against an API does not qualify, as far as the API goes: it is not the sandbox's own, or who answers
 * under its name can't be relied on.
 */
export function whyNotTheSandbox(url: string, production: boolean): string[] {
  return [
    ...(url === sandboxUrl ? [] : ["the upstream is not the sandbox's own host"]),
    ...(production ? ['it was run with a production key'] : []),
    ...(verifiesNone()
      ? ['certificates of servers were not verified (NODE_TLS_REJECT_UNAUTHORIZED is 0)']
      : []),
    ...(trustsOthers()
      ? [
          "certificate authorities besides Node's own were trusted (NODE_EXTRA_CA_CERTS, or the system's own store)",
        ]
      : []),
  ];
}

/** Whether any server is taken for genuine. */
export const verifiesNone = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.NODE_TLS_REJECT_UNAUTHORIZED === '0';

/** Whether a server could be taken for genuine on the word of an authority that Node does not come with. */
export function trustsOthers(): boolean {
  // The store of OpenSSL can't be listed: that it is used at all is enough.
  if (/--use-openssl-ca\b/.test([...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' '))) return true;
  const own = new Set(getCACertificates('bundled'));
  return getCACertificates('default').some((authority) => !own.has(authority));
}
