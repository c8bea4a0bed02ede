import type { Upstream } from '../lane.ts';
import { UsageError } from '../profile/index.ts';

/** Where the traffic of a run shall go, as the command line says. */
export interface UpstreamFlags {
  readonly upstream: string;
  readonly adminUrl?: string;
}

/** A simulator that the run starts itself, one that is there, or an API. */
export type NamedUpstream =
  | { readonly kind: 'embedded' }
  | Extract<Upstream, { kind: 'simulator' }>
  | { readonly kind: 'api'; readonly url: string };

/** The same, with the account that is given where no simulator makes one for each row. */
export type ChosenUpstream = { readonly kind: 'embedded' } | Upstream;

/** Settings of an account that exists already; .env.example explains each. */
type Setting = 'DOJO_API_KEY' | 'DOJO_SOFTWARE_HOUSE_ID' | 'DOJO_RESELLER_ID';

/** The upstream that the command line names. Throws a `UsageError` when it names none. */
export function namedUpstream({ upstream, adminUrl }: UpstreamFlags): NamedUpstream {
  if (upstream === 'simulator') {
    if (adminUrl)
      throw new UsageError(
        'Expected --admin-url together with --upstream URL, but the upstream is the embedded simulator. Give its URL, or leave --admin-url out.',
      );
    return { kind: 'embedded' };
  }
  const url = httpUrl('--upstream', upstream);
  return adminUrl
    ? { kind: 'simulator', url, adminUrl: httpUrl('--admin-url', adminUrl) }
    : { kind: 'api', url };
}

/** Puts the account of the environment to an API. Throws a `UsageError` when it lacks something or can't be used. */
export function withAccount(named: NamedUpstream): ChosenUpstream {
  if (named.kind !== 'api') return named;
  const [apiKey, softwareHouseId, resellerId] = given(named.url, [
    'DOJO_API_KEY',
    'DOJO_SOFTWARE_HOUSE_ID',
    'DOJO_RESELLER_ID',
  ]);
  const otherApiKey = process.env.DOJO_OTHER_API_KEY || null;
  return {
    ...named,
    apiKey: apiKey!,
    otherApiKey,
    softwareHouseId: softwareHouseId!,
    resellerId: resellerId!,
  };
}

/**
 * Settings of the account at an API, from the environment. Throws a `UsageError` that names all that are not set,
 * or when the key is a production key.
 */
export function given(url: string, names: readonly Setting[]): string[] {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length) {
    throw new UsageError(
      `Expected ${missing.join(', ')} in the environment or in .env for the upstream ${url}, but found none. Set them; .env.example explains each.`,
    );
  }
  const values = names.map((name) => process.env[name]!);
  if (names.includes('DOJO_API_KEY') && process.env.DOJO_API_KEY!.startsWith('sk_prod_')) {
    throw new UsageError(
      'Expected a sandbox key in DOJO_API_KEY, but it is a production key (sk_prod_…), with which real money would move. Use a key that starts with sk_sandbox_.',
    );
  }
  return values;
}

function httpUrl(flag: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href.replace(/\/$/, '');
  throw new UsageError(
    `Expected ${flag} to be "simulator" or a URL like http://127.0.0.1:4010, but it is "${text}". Correct it.`,
  );
}
