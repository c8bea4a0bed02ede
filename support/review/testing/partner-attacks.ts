import type { BundleCode, CoherenceCode } from '../../record/verify-codes.ts';
import type { Exchange, Json, Run } from '../../record/vocabulary.ts';
import { type Files, zipOf } from '../bundle/archive.ts';
import {
  type Lines,
  madeUp,
  people,
  profileOf,
  type Sealing,
  sealed,
  withClockMoved,
  withDateMoved,
  withExchanges,
  withFiles,
  withFinish,
  withObservations,
  withRun,
} from './forge.ts';

/** Something that is done to a bundle, and what `verify` says of it. */
export interface Attack {
  readonly name: string;
  readonly zip: () => Uint8Array;
  /** The code that names it; others may stand beside it. */
  readonly code: BundleCode | CoherenceCode;
  readonly exit: 1 | 3;
}

/** What a run left behind: its lines, and its bundle as it was sealed. */
export interface Base {
  readonly lines: Lines;
  readonly files: Files;
}

const month = 30 * 86_400_000;
const hour = 3_600_000;

/** What a partner can do who has the kit's sources and a key: the record is chained, judged and signed again each time. */
export function partnerAttacks({ lines, files }: Base): Attack[] {
  const plain = madeUp(lines);
  const zip = (parts: readonly Lines[], sealing?: Sealing) => () => zipOf(sealed(parts, sealing));
  const run = (change: Parameters<typeof withRun>[1], of: Lines = plain) => zip([withRun(of, change)]);
  const exchanges = (change: (one: Exchange, place: number, row: number) => Exchange[]) =>
    zip([withExchanges(plain, change)]);
  const server = (change: Partial<NonNullable<Run['serverCertificate']>>) =>
    run(({ serverCertificate }) => ({ serverCertificate: { ...serverCertificate!, ...change } }));
  const profile = (change: { readonly [name: string]: Json }) =>
    run((own) => ({
      profile: profileOf({ ...(own.profile!.content as { [name: string]: Json }), ...change }),
    }));
  const command = (...words: string[]) =>
    run(({ environment }) => ({ environment: { ...environment!, commandLine: ['certify', ...words] } }));
  const moved = (time: string, ms: number) => new Date(Date.parse(time) + ms).toISOString();
  /** One of two parts, with the row at this place. */
  const part = (index: number, place: number, of = 2) => {
    const others = withRun(plain, ({ selection }) => ({
      shard: { index, of },
      selection: [selection[place]!],
    }));
    return ofRow(others, place);
  };
  const whole = (index: number) => withRun(plain, ({ id }) => ({ id: `${id}-${index}` }));
  const edited = { digest: 'f'.repeat(64), commit: '0123456789ab-changed' };

  const attacks: [name: string, code: Attack['code'], zip: Attack['zip'], exit?: 3][] = [
    [
      'the upstream rewritten to the sandbox',
      'RECORD-SIMULATOR-TRACES',
      run(() => ({ upstream: 'https://api.dojo.tech', why: [] }), lines),
    ],
    ['the reasons for practice taken out', 'RECORD-CLAIMS-QUALIFYING', run(() => ({ why: [] }), lines)],
    [
      'a simulator behind another address',
      'RECORD-CLAIMS-QUALIFYING',
      run(() => ({ upstream: 'http://192.0.2.7:4010' })),
    ],
    [
      'a certificate that the host signed itself',
      'RECORD-CERTIFICATE-SELF-SIGNED',
      server({ issuer: 'CN=dojo.tech' }),
    ],
    ['the certificate of another host', 'RECORD-CERTIFICATE-HOST', server({ names: 'DNS:pay.test' })],
    [
      'a certificate that had ended',
      'RECORD-CERTIFICATE-DATES',
      server({ validTo: '2020-01-01T00:00:00.000Z' }),
    ],
    ['no certificate', 'RECORD-CERTIFICATE-MISSING', run(() => ({ serverCertificate: undefined as never }))],
    [
      'one answer of the simulator left in',
      'RECORD-SIMULATOR-TRACES',
      exchanges((one, place) => [place === 7 ? { ...one, accountTime: 1 } : one]),
    ],
    [
      'servers that were not verified',
      'RECORD-CLAIMS-QUALIFYING',
      run(({ environment }) => ({ environment: { ...environment!, unverifiedServers: true } })),
    ],
    [
      'an authority of the partner’s own',
      'RECORD-CLAIMS-QUALIFYING',
      run(({ environment }) => ({ environment: { ...environment!, extraAuthorities: true } })),
    ],
    ['an edited kit', 'BUNDLE-KIT-UNKNOWN', run(({ kit }) => ({ kit: { ...kit, ...edited } })), 3],
    ['a kit without a digest', 'BUNDLE-KIT-UNKNOWN', run(({ kit: { digest: _, ...kit } }) => ({ kit })), 3],
    [
      'a kit of a version that is none',
      'BUNDLE-KIT-UNKNOWN',
      run(({ kit }) => ({ kit: { ...kit, version: '9.9.9', digest: '9'.repeat(64) } })),
      3,
    ],
    [
      'this kit’s digest under another version',
      'RECORD-KIT',
      run(({ kit }) => ({ kit: { ...kit, version: '9.9.9' } })),
    ],
    [
      'looser thresholds',
      'RECORD-KIT',
      run(({ criteria }) => ({ criteria: { ...criteria, 'polling.gap': 600_000 } })),
    ],
    [
      'another checklist',
      'RECORD-KIT',
      run(({ checklist }) => ({ checklist: { ...checklist, sha256: '0'.repeat(64) } })),
    ],
    [
      'more words for a paid sale',
      'RECORD-KIT',
      run(({ pos: { vocabulary } }) => ({
        pos: { vocabulary: { ...vocabulary, results: { ...vocabulary.results, Captured: ['ok', 'no'] } } },
      })),
    ],
    [
      'another contract, as if it were the kit’s',
      'RECORD-CLAIMS-QUALIFYING',
      run(({ contract }) => ({ contract: { ...contract, sha256: '1'.repeat(64) } })),
    ],
    [
      'another contract',
      'BUNDLE-CONTRACT',
      run(({ contract }) => ({
        contract: { ...contract, sha256: '1'.repeat(64) },
        why: ['the contract is not the kit’s own'],
      })),
      3,
    ],
    [
      'the best of several runs put together',
      'RECORD-PARTS',
      zip(
        [ofRow(whole(1), 0), ofRow(whole(2), 1)].map((one, index) =>
          withRun(one, ({ selection }) => ({ selection: [selection[index]!] })),
        ),
      ),
    ],
    ['one part twice, each with its best row', 'RECORD-PARTS', zip([part(1, 0), part(1, 1)])],
    ['parts of runs that were parted otherwise', 'RECORD-PARTS', zip([part(1, 0), part(2, 1, 3)])],
    ['parts with rows that were picked', 'RECORD-PARTS', zip([part(2, 0), part(1, 1)])],
    ['a row in two parts', 'BUNDLE-RECORD', zip([part(1, 0), part(2, 0)])],
    ['a clock set back within the run', 'RECORD-CLOCK-JUMP', zip([withClockMoved(plain, -hour)])],
    ['a clock set forward within the run', 'RECORD-CLOCK-JUMP', zip([withClockMoved(plain, hour)])],
    ['answers of another day', 'RECORD-DATE-HEADERS', zip([withDateMoved(plain, -24 * hour, 1)])],
    [
      'an end before the start',
      'RECORD-ENDS-BEFORE-START',
      zip([withFinish(plain, (time) => moved(time, -month))]),
    ],
    [
      'a row after the end',
      'RECORD-ROW-OUTSIDE-RUN',
      zip([withFinish(withClockMoved(plain, hour), (time) => moved(time, -hour))]),
    ],
    ['the id of an earlier run', 'RECORD-RUN-ID', run(() => ({ id: '20250101-090000' }))],
    [
      'the start of an earlier run',
      'RECORD-RUN-ID',
      run(({ startedAt }) => ({ startedAt: moved(startedAt, -hour) })),
    ],
    [
      'an exchange twice',
      'RECORD-REPEATED-EXCHANGE',
      exchanges((one, place) => (place === 5 ? [one, one] : [one])),
    ],
    [
      'an exchange copied under the id of another',
      'RECORD-REPEATED-EXCHANGE',
      exchanges((one, place) =>
        place === 5 ? [{ ...one, at: one.at + 1, until: one.until + 1 }, one] : [one],
      ),
    ],
    [
      'an exchange that ends before it begins',
      'RECORD-EXCHANGE-TIMES',
      exchanges((one, place) => [place === 5 ? { ...one, until: one.at - 1 } : one]),
    ],
    [
      'exchanges of another day in a row',
      'RECORD-EXCHANGE-TIMES',
      exchanges((one, _, row) => [row === 1 ? { ...one, startedAt: moved(one.startedAt, -month) } : one]),
    ],
    [
      'a row that was not selected',
      'RECORD-SELECTION',
      run(({ selection }) => ({ selection: selection.slice(1) })),
    ],
    [
      'a row selected twice',
      'RECORD-SELECTION',
      run(({ selection }) => ({ selection: [...selection, selection[0]!] })),
    ],
    ['another version than the profile’s', 'RECORD-PROFILE', run(() => ({ pos: { version: '9.0' } }))],
    ['another build than the profile’s', 'RECORD-PROFILE', run(() => ({ pos: { build: 'sha256:1' } }))],
    ['the profile of another POS', 'RECORD-PROFILE', profile({ name: 'Another Till' })],
    [
      'a capability that the profile has, hidden',
      'RECORD-PROFILE',
      run(({ pos }) => ({
        pos: { capabilities: pos.capabilities.slice(1), undeclared: [pos.capabilities[0]!] },
      })),
    ],
    [
      'a capability called undeclared',
      'RECORD-PROFILE',
      run(({ pos }) => ({ pos: { undeclared: [pos.capabilities[0]!] } })),
    ],
    [
      'a profile that was edited',
      'RECORD-PROFILE',
      run(({ profile: own }) => ({
        profile: { ...own!, content: { ...(own!.content as object), note: 'x' } },
      })),
    ],
    ['the kit’s own client sold as a POS', 'RECORD-PROFILE', profile({ driver: { kind: 'headless' } })],
    [
      'a display that the POS described, sold as observed',
      'RECORD-SUBJECT',
      zip([withObservations(plain, (one) => [one.kind === 'display' ? { ...one, reported: true } : one])]),
    ],
    ['a display that no browser showed', 'RECORD-SUBJECT', run(() => ({ browser: undefined as never }))],
    [
      'a display that its own driver served, sold as another',
      'RECORD-SUBJECT',
      run(({ environment }) => ({
        environment: { ...environment!, display: { servedBy: 'command', page: 'http://127.0.0.1/' } },
      })),
    ],
    [
      'a quick run sold as one in real time',
      'RECORD-COMMAND-LINE',
      command('--profile', 'acme.yaml', '--upstream', 'sandbox', '--fast'),
    ],
    [
      'a run against the simulator sold as one against the sandbox',
      'RECORD-COMMAND-LINE',
      command('--profile', 'acme.yaml'),
    ],
    [
      'the reference POS sold as the partner’s',
      'RECORD-COMMAND-LINE',
      command('--pos', 'reference', '--upstream', 'sandbox'),
    ],
    [
      'a certificate with a better verdict',
      'BUNDLE-RECORD',
      zip([plain], {
        certificate: (json) => json.replace(/"verdict": "(?!passed)[a-z-]+"/, '"verdict": "passed"'),
      }),
    ],
    [
      'a certificate that says that all is well',
      'BUNDLE-RECORD',
      zip([plain], { certificate: (json) => json.replace('"certified": false', '"certified": true') }),
    ],
    [
      'a certificate that says a thing twice',
      'BUNDLE-RECORD',
      zip([plain], {
        certificate: (json) =>
          json.replace('"certified": false', '"certified": true,\n    "certified": false'),
      }),
    ],
    [
      'a run record that says a thing twice',
      'BUNDLE-RECORD',
      zip([
        plain.map((line) =>
          line.replace('\\"schema\\":2,', '\\"schema\\":2,\\"upstream\\":\\"embedded simulator\\",'),
        ),
      ]),
    ],
    [
      'a statement of a run that qualifies',
      'BUNDLE-STATEMENT',
      zip([lines], {
        statement: ({ predicate }) => Object.assign(predicate.dojoConformance, { kind: 'qualifying' }),
      }),
    ],
    [
      'a statement that names a row as passed',
      'BUNDLE-STATEMENT',
      zip([plain], {
        statement: ({ predicate }) => Object.assign(predicate, { passedTests: ['PAC-REF-01'] }),
      }),
    ],
    [
      'a statement without the payments',
      'BUNDLE-STATEMENT',
      zip([plain], { statement: ({ predicate }) => Object.assign(predicate.dojoConformance, { made: [] }) }),
    ],
    [
      'the statement of another bundle',
      'BUNDLE-FILE-CHANGED',
      () => withFiles(files, { 'statement.sigstore.json': sealed([plain]).get('statement.sigstore.json')! }),
    ],
    [
      'the key of a reviewer',
      'BUNDLE-KEY-UNKNOWN',
      zip([plain], { key: { of: people.partner, role: 'reviewer' } }),
      3,
    ],
  ];
  return attacks.map(([name, code, make, exit]) => ({ name, code, zip: make, exit: exit ?? 1 }));
}

/** The record with nothing of the other of its two rows. */
function ofRow(lines: Lines, place: number): string[] {
  let row = -1;
  return lines.filter((line) => {
    if (line.startsWith('{"testCaseStarted"')) row++;
    return (
      row < 0 ||
      row === place ||
      !/^\{"(?:testCase(?:Started|Finished)|testStep|attachment)/.test(line) ||
      line.includes('finished+json')
    );
  });
}
