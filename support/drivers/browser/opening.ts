import { Blocked } from '../../record/blocked.ts';

/** What a browser calls the things that keep it from a page, and what to do about each. */
const hindrances: readonly [code: RegExp, what: string, advice: string][] = [
  [
    /KIT_OTHER_CERTIFICATE/,
    'it shows another certificate than the one that the profile names',
    'Put the certificate that it shows now into the file of `driver.certificate`, once you know that it is its own.',
  ],
  [
    /ERR_INVALID_AUTH_CREDENTIALS/,
    'it refuses the name and the password of the environment',
    'Correct DOJO_TILL_USER and DOJO_TILL_PASSWORD.',
  ],
  [
    /ERR_CERT_|ERR_SSL_UNRECOGNIZED_NAME|SELF_SIGNED|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY|ALTNAME/,
    'it shows a certificate that this machine does not trust',
    'Name its certificate as `driver.certificate` in the profile, set `driver.anyCertificate: true`, or give the page a certificate that this machine trusts.',
  ],
  [
    /ERR_SSL_|ERR_EMPTY_RESPONSE|EPROTO|UND_ERR_SOCKET/,
    'what listens there does not speak the protocol that the address names',
    'Check `http` or `https` in `driver.url` of the profile.',
  ],
  [
    /ERR_CONNECTION_REFUSED|ECONNREFUSED/,
    'nothing listens there',
    'Start the till, and check `driver.url` in the profile.',
  ],
  [
    /ERR_NAME_NOT_RESOLVED|ENOTFOUND|EAI_AGAIN/,
    'this machine does not know the host of that name',
    'Check `driver.url` in the profile.',
  ],
  [
    /Timeout|ERR_TIMED_OUT|TIMEOUT/,
    'it has sent nothing within the time that a page may take',
    'See that the till answers, and check `driver.url` in the profile.',
  ],
];

/**
 * Why a page of the till could not be opened, in words that say what to do. What kept the kit's own browser from it
 * stays what it was: it is not the till's.
 */
export function unopened(url: string, error: unknown): Blocked {
  if (error instanceof Blocked) return error;
  const { message = '', code = '' } = error as { message?: string; code?: string };
  const [, what, advice] = hindrances.find(([sign]) => sign.test(`${code} ${message}`)) ?? [
    null,
    `the browser could not open it (${/\b(?:net::)?(ERR_\w+)/.exec(message)?.[1] ?? (code || message.split('\n')[0])})`,
    'Start the till, and check `driver.url` in the profile.',
  ];
  return new Blocked('KIT-TILL-001', `The till's page ${url} could not be opened: ${what}`, advice);
}
