import { UsageError } from '../record/usage-error.ts';
import type { Upstream } from './lane.ts';
import { sandboxUrl } from './sandbox.ts';

/** Where the traffic of a run shall go, as the command line says. */
export interface UpstreamFlags {
  readonly upstream: string;
  readonly adminUrl?: string;
  /** Takes a production key, with which real money moves. */
  readonly allowProduction?: boolean;
  readonly rows?: readonly string[];
}

/** A simulator that the run starts itself, one that is there, or an API. */
export type NamedUpstream =
  | { readonly kind: 'embedded' }
  | Extract<Upstream, { kind: 'simulator' }>
  | { readonly kind: 'api'; readonly url: string; readonly allowProduction: boolean };

/** The same, with the account that is given where no simulator makes one for each row. */
export type ChosenUpstream = { readonly kind: 'embedded' } | Upstream;

/** Settings of an account that exists already; .env.example explains each. */
type Setting = 'DOJO_API_KEY' | 'DOJO_SOFTWARE_HOUSE_ID' | 'DOJO_RESELLER_ID';

/** The upstream that the command line names. Throws a `UsageError` when it names none. */
export function namedUpstream({ upstream, adminUrl, allowProduction, rows }: UpstreamFlags): NamedUpstream {
  if (allowProduction && !rows?.length)
    throw new UsageError(
      'KIT-UPSTREAM-001',
      'Expected --allow-production together with --rows, so that real money moves only for rows that you name, but --rows was left out. Name them.',
    );
  const named = upstream === 'simulator' || upstream === 'sandbox';
  if (named && adminUrl)
    throw new UsageError(
      'KIT-UPSTREAM-002',
      `Expected --admin-url together with --upstream URL, but the upstream is ${upstream === 'sandbox' ? 'the sandbox' : 'the embedded simulator'}. Give its URL, or leave --admin-url out.`,
    );
  if (upstream === 'simulator') return { kind: 'embedded' };
  const url =
    upstream === 'sandbox'
      ? httpUrl('DOJO_SANDBOX_URL', setting('DOJO_SANDBOX_URL') ?? sandboxUrl)
      : httpUrl('--upstream', upstream);
  return adminUrl
    ? { kind: 'simulator', url, adminUrl: httpUrl('--admin-url', adminUrl) }
    : { kind: 'api', url, allowProduction: allowProduction === true };
}

/** Puts the account of the environment to an API. Throws a `UsageError` when it lacks something or can't be used. */
export function withAccount(named: NamedUpstream): ChosenUpstream {
  if (named.kind !== 'api') return named;
  const [apiKey, softwareHouseId, resellerId] = given(named, [
    'DOJO_API_KEY',
    'DOJO_SOFTWARE_HOUSE_ID',
    'DOJO_RESELLER_ID',
  ]);
  const tids = (setting('DOJO_CARD_MACHINES') ?? '').split(/[\s,]+/).filter(Boolean);
  return {
    kind: 'api',
    url: named.url,
    apiKey: apiKey!,
    otherApiKey: setting('DOJO_OTHER_API_KEY'),
    softwareHouseId: softwareHouseId!,
    resellerId: resellerId!,
    tids: tids.length ? tids : null,
  };
}

/**
 * Settings of the account at an API, from the environment. Throws a `UsageError` that names all that are not set,
 * or when a key is a production key that was not allowed.
 */
export function given(
  { url, allowProduction }: Extract<NamedUpstream, { kind: 'api' }>,
  names: readonly Setting[],
): string[] {
  const missing = names.filter((name) => setting(name) === null);
  if (missing.length) {
    throw new UsageError(
      'KIT-UPSTREAM-003',
      `Expected ${missing.join(', ')} in the environment or in .env for the upstream ${url}, but found none. Set them; .env.example explains each.`,
    );
  }
  if (names.includes('DOJO_API_KEY') && !allowProduction) {
    const production = ['DOJO_API_KEY', 'DOJO_OTHER_API_KEY'].find((name) =>
      isProductionKey(setting(name) ?? ''),
    );
    if (production)
      throw new UsageError(
        'KIT-UPSTREAM-004',
        `Expected a sandbox key in ${production}, but it is a production key (sk_prod_…), with which real money would move. ` +
          'Use a key that starts with sk_sandbox_, or give --allow-production and name the rows with --rows.',
      );
  }
  const unfit = [...names, 'DOJO_OTHER_API_KEY'].find((name) => !/^[\x21-\x7e]*$/.test(setting(name) ?? ''));
  if (unfit)
    throw new UsageError(
      'KIT-UPSTREAM-005',
      `Expected ${unfit} to be as the developer portal shows it, but it holds blanks or signs that no HTTP header can carry. Copy it again.`,
    );
  return names.map((name) => setting(name)!);
}

/** A setting of the environment, without the blanks and line feeds that copying leaves around it; `null` when it is empty. */
const setting = (name: string): string | null => process.env[name]?.trim() || null;

/** True for a key with which real money moves. */
export const isProductionKey = (key: string): boolean => /^sk_prod_/i.test(key);

function httpUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  // What stands beside the host would be lost on one way or another, or be shown to everybody.
  const more = url && url.href !== `${url.origin}/`;
  if (url && !more && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin;
  if (more && url.origin !== 'null')
    throw new UsageError(
      'KIT-UPSTREAM-006',
      `Expected ${name} to be a host alone, like ${url.origin}, but it has a path, a query or credentials too. Leave them out; the key is taken from DOJO_API_KEY.`,
    );
  throw new UsageError(
    'KIT-UPSTREAM-007',
    `Expected ${name} to be ${name === '--upstream' ? '"simulator", "sandbox" or ' : ''}a URL like http://127.0.0.1:4010, but it is "${text.replace(/[^/\s]*@/g, '…@')}". Correct it.`,
  );
}
