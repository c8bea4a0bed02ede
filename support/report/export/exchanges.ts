import type { CertificateRow } from '../../judging/index.ts';
import { attemptsOf, type RowRecord } from '../../record/stream.ts';
import { visible } from '../../record/visible.ts';
import type { Body, Exchange, Headers, Run } from '../../record/vocabulary.ts';

/** All exchanges of a row, of each attempt, in the order in which they began. */
const exchangesOf = (record: RowRecord | undefined): Exchange[] =>
  attemptsOf(record)
    .flatMap(({ observations }) => observations)
    .flatMap((one) => (one.kind === 'exchange' || one.kind === 'state' ? [one.exchange] : []))
    .sort((one, other) => one.at - other.at);

const textOf = (body: Body | null): string =>
  body === null ? '' : 'json' in body ? JSON.stringify(body.json) : 'text' in body ? body.text : body.base64;

const typeOf = (headers: Headers): string =>
  headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

/** The exchanges of a row as an HTTP Archive (HAR 1.2), which a browser's developer tools open. Secrets stay redacted. */
export function renderHar(record: RowRecord | undefined, run: Run): string {
  const named = (headers: Headers) => headers.map(([name, value]) => ({ name, value }));
  const entries = exchangesOf(record).map(
    ({ request, response, startedAt, at, until, from, id, trouble }) => {
      const url = new URL(request.target, /^https?:/.test(run.upstream) ? run.upstream : 'http://simulator');
      const base64 = response?.body && 'base64' in response.body ? { encoding: 'base64' } : {};
      return {
        startedDateTime: startedAt,
        time: until - at,
        request: {
          method: request.method,
          url: url.href,
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: named(request.headers),
          queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
          ...(request.body
            ? { postData: { mimeType: typeOf(request.headers), text: textOf(request.body) } }
            : {}),
          headersSize: -1,
          bodySize: Buffer.byteLength(textOf(request.body)),
        },
        response: {
          status: response?.status ?? 0,
          statusText: '',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: named(response?.headers ?? []),
          content: {
            size: Buffer.byteLength(textOf(response?.body ?? null)),
            mimeType: typeOf(response?.headers ?? []),
            text: textOf(response?.body ?? null),
            ...base64,
          },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { send: 0, wait: until - at, receive: 0 },
        comment: [id, `from the ${from}`, ...(trouble ? [trouble] : [])].join(', '),
      };
    },
  );
  const creator = { name: run.kit.name, version: run.kit.version };
  return `${JSON.stringify({ log: { version: '1.2', creator, entries } }, null, 2)}\n`;
}

/**
 * A `curl` line for each exchange that shows what failed in a row. Secrets are variables of the shell; `DOJO_BASE_URL` is where
 * the API is.
 */
export function renderCurl(row: CertificateRow, record: RowRecord | undefined): string {
  const shows = new Set(
    row.findings.filter(({ outcome }) => outcome === 'failed').flatMap(({ evidence }) => evidence),
  );
  const lines = exchangesOf(record)
    .filter(({ id }) => shows.has(id))
    .map(({ id, request, response }) => {
      const headers = request.headers
        .filter(
          ([name]) => !/^(host|connection|content-length|transfer-encoding|accept-encoding)$/i.test(name),
        )
        .flatMap(([name, value]) => ['-H', header(name, value)]);
      const body = request.body ? ['--data-binary', quoted(textOf(request.body))] : [];
      return `# ${id}: answered ${response?.status ?? 'not at all'}\ncurl -i -X ${quoted(request.method)} "$DOJO_BASE_URL"${quoted(request.target)} ${[...headers, ...body].join(' ')}\n`;
    });
  return lines.length
    ? lines.join('\n')
    : `# ${row.id} is ${row.verdict}; no exchange shows a failed check.\n`;
}

/** What the record holds in the place of a secret, such as `sk_sandbox_…#1f0c22ab9d3e`. */
const masked = /\S*…#[0-9a-f]{12}/;

function header(name: string, value: string): string {
  if (!masked.test(value)) return quoted(`${name}: ${value}`);
  const variable = /^authorization$/i.test(name)
    ? 'DOJO_API_KEY'
    : `SECRET_${name.toUpperCase().replace(/\W/g, '_')}`;
  const [before, after] = value.split(masked);
  return `${quoted(`${name}: ${before}`)}"$${variable}"${after ? quoted(after) : ''}`;
}

/** One word of a POSIX shell. */
const quoted = (text: string): string => `'${visible(text).replaceAll("'", `'\\''`)}'`;
