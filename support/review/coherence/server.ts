import { attemptsOf, type Recording, type Rows } from '../../record/stream.ts';
import type { Headers, Run, ServerCertificate } from '../../record/vocabulary.ts';
import type { Incoherence } from './codes.ts';
import type { Moment } from './moments.ts';

/** The address of an upstream that is an API of its own; `null` for a simulator of the kit's. */
export const addressOf = (upstream: string): URL | null =>
  URL.canParse(upstream) && !/simulator/.test(upstream) ? new URL(upstream) : null;

/** The host of Dojo's sandbox: a run that names it, or claims to qualify, has its certificate. */
export const sandboxHost = 'api.dojo.tech';

export function certificateOf(run: Run, finishedAt: string | null): Incoherence[] {
  const address = addressOf(run.upstream);
  const certificate = run.serverCertificate;
  if (address?.protocol !== 'https:') return [];
  const host = address.hostname.toLowerCase();
  if (!certificate)
    return [
      {
        code: 'RECORD-CERTIFICATE-MISSING',
        text: `The run says that its upstream was ${run.upstream}, but holds no certificate of that server.`,
      },
    ];
  const found: Incoherence[] = [];
  if (!isOf(certificate, host))
    found.push({
      code: 'RECORD-CERTIFICATE-HOST',
      text: `The server's certificate is of ${oneLine(certificate.names ?? certificate.subject)}, and the upstream is ${host}.`,
    });
  // A server of the user's own may have signed for itself: such a run is practice, and says so.
  if (certificate.subject === certificate.issuer && (host === sandboxHost || !run.why.length))
    found.push({
      code: 'RECORD-CERTIFICATE-SELF-SIGNED',
      text: `The server of ${host} signed its certificate itself; Dojo's is signed by a certificate authority.`,
    });
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const [started, finished] = [Date.parse(run.startedAt), Date.parse(finishedAt ?? run.startedAt)];
  if (!(from <= started && finished <= to))
    found.push({
      code: 'RECORD-CERTIFICATE-DATES',
      text: `The server's certificate was valid from ${certificate.validFrom} to ${certificate.validTo}, and the run began at ${run.startedAt}.`,
    });
  return found;
}

/** Whether a certificate is for a host, with `*` for one label. Older records hold the common name alone, which may be another of the same domain. */
function isOf({ subject, names }: ServerCertificate, host: string): boolean {
  if (names === undefined) {
    const domain = host.split('.').slice(-2).join('.');
    return new RegExp(`(?:^|[\\s,=.*])${domain.replaceAll('.', '\\.')}(?:$|[\\s,])`, 'i').test(subject);
  }
  return names
    .split(/,\s*/)
    .map((name) => name.replace(/^(?:DNS|IP Address):/, '').toLowerCase())
    .some((name) =>
      name.startsWith('*.') ? host.slice(host.indexOf('.')) === name.slice(1) : name === host,
    );
}

/** What only the kit's own simulator sends, is asked with, or can be brought to do. */
export function tracesOf({ run, rows }: Recording, moments: readonly Moment[]): Incoherence[] {
  if (addressOf(run.upstream) === null) return [];
  const found = traceIn(moments) ?? factIn(rows);
  if (!found) return [];
  return [
    {
      code: 'RECORD-SIMULATOR-TRACES',
      text: `The run says that its upstream was ${run.upstream}, but in the row ${found.row} the kit's simulator answered (${found.trace}).`,
    },
  ];
}

interface Trace {
  readonly row: string;
  readonly trace: string;
}

function traceIn(moments: readonly Moment[]): Trace | null {
  for (const { row, exchange } of moments) {
    const { request, response, accountTime } = exchange;
    if (accountTime !== undefined || headerOf(response?.headers, 'x-account-time') !== undefined)
      return { row, trace: 'x-account-time' };
    // The kit makes an account for each row there, under an id of this form.
    if (/^reseller-[0-9a-f]{6}$/.test(headerOf(request.headers, 'reseller-id') ?? ''))
      return { row, trace: 'an account that the kit made' };
  }
  return null;
}

/** Nobody but a person can put a card machine of the sandbox offline, and nobody can read its screen. */
function factIn(rows: Rows): Trace | null {
  for (const [row, record] of rows)
    for (const { observations } of attemptsOf(record)) {
      const facts = observations.flatMap((one) => (one.kind === 'fact' ? [one.name] : []));
      const trace = facts.find(
        (name, place) =>
          name === ('card-machine-screen' as string) ||
          (name === ('card-machine-put' as string) && !facts.slice(0, place).includes('done-by-person')),
      );
      if (trace) return { row, trace };
    }
  return null;
}

const headerOf = (headers: Headers | undefined, wanted: string): string | undefined =>
  headers?.find(([name]) => name.toLowerCase() === wanted)?.[1];

const oneLine = (text: string): string => text.replaceAll('\n', ', ');
