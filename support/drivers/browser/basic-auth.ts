import type { Mistake } from '../kind.ts';
import type { BrowserDriver } from '../settings.ts';

/** The variables of the environment that hold what a till's page asks for before it is shown. */
const variables = ['DOJO_TILL_USER', 'DOJO_TILL_PASSWORD'] as const;

/** Who the page is opened as. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Who a page is opened as that asks for a name and a password; `null` where it does not. */
export function credentialsFor({ basicAuth }: Pick<BrowserDriver, 'basicAuth'>): Credentials | null {
  if (!basicAuth) return null;
  const [username = '', password = ''] = variables.map((name) => process.env[name]);
  return { username, password };
}

/** What the environment lacks of it. */
export function mistakeInCredentials({ basicAuth }: Pick<BrowserDriver, 'basicAuth'>): Mistake | null {
  const missing = basicAuth ? variables.filter((name) => !process.env[name]) : [];
  if (!missing.length) return null;
  return {
    path: ['driver', 'basicAuth'],
    says: `expected ${missing.join(' and ')} in the environment besides \`driver.basicAuth\`, but it is not set. Set it there or in .env, and not in the profile.`,
  };
}

/** The same as a header of a request. */
export const headerOf = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
