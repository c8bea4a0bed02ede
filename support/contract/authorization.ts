import type { Severity } from '../record/vocabulary.ts';

/** What is wrong with an `Authorization` header. The credential itself never stands in it. */
export interface AuthorizationProblem {
  readonly rule:
    | 'authorization-missing'
    | 'authorization-scheme'
    | 'authorization-encoded'
    | 'authorization-prefix';
  readonly observed: string;
  readonly severity: Severity;
}

export const authorizationExpected =
  'the header `Authorization` is `Basic`, a space, and the API key as it is (`sk_sandbox_…` or `sk_prod_…`), not in base64';

/**
 * Judges an `Authorization` header, as sent or as redacted at capture (`Basic sk_sandbox_…#<hash>`,
 * `Basic base64…#<hash>`, `Bearer …#<hash>`); `undefined` when it is as Dojo's introduction asks. A key
 * without the usual prefix is legal, but unlikely to be a key.
 */
export function judgeAuthorization(value: string | undefined): AuthorizationProblem | undefined {
  if (value === undefined)
    return { rule: 'authorization-missing', observed: 'there is no such header', severity: 'must' };
  const [, scheme = '', credential = ''] = /^([A-Za-z][\w-]*)\s+(\S.*)/.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic')
    return {
      rule: 'authorization-scheme',
      observed: scheme === '' ? 'it names no scheme' : `its scheme is \`${scheme}\``,
      severity: 'must',
    };
  if (isEncoded(credential))
    return { rule: 'authorization-encoded', observed: 'the key is sent in base64', severity: 'must' };
  if (!credential.startsWith('sk_'))
    return {
      rule: 'authorization-prefix',
      observed: 'what follows `Basic` does not begin with `sk_`',
      severity: 'should',
    };
  return undefined;
}

const isEncoded = (credential: string) =>
  credential.startsWith('base64…') ||
  /^:?sk_(sandbox|prod)_/.test(Buffer.from(credential, 'base64').toString('latin1'));
