/**
 * What `verify` says of a bundle or a record, by its code. Exit code 1: it was edited, or contradicts itself; 3: this machine
 * cannot tell. A code means one thing for ever, as in `error-codes.ts`.
 */
export const verifyCodes = {
  'BUNDLE-NO-STATEMENT': { exit: 1, says: 'The signed statement is missing, or is none.' },
  'BUNDLE-SIGNATURE': { exit: 1, says: 'The key that the statement names did not sign it.' },
  'BUNDLE-FILE-CHANGED': { exit: 1, says: 'A file is not as it was sealed.' },
  'BUNDLE-FILE-MISSING': { exit: 1, says: 'A sealed file is missing.' },
  'BUNDLE-FILE-ADDED': { exit: 1, says: 'A file was added after sealing.' },
  'BUNDLE-RECORD': {
    exit: 1,
    says: 'Record, chain and certificate do not belong together (3 where another kit or contract judges otherwise).',
  },
  'BUNDLE-STATEMENT': {
    exit: 1,
    says: 'The statement and the record say different things (3 where another kit or contract judges otherwise).',
  },
  'BUNDLE-REQUESTS': {
    exit: 1,
    says: 'What the partner asks for is of another run, or not as `certify ask` writes it.',
  },
  'BUNDLE-KEY-UNKNOWN': {
    exit: 3,
    says: 'The reviewer has not pinned the key that signed, or it is not a partner’s.',
  },
  'BUNDLE-KEY-RETIRED': { exit: 3, says: 'Its owner had retired the key before the run ended.' },
  'BUNDLE-CONTRACT': { exit: 3, says: 'The run was judged by another contract.' },
  'BUNDLE-KIT-UNKNOWN': {
    exit: 3,
    says: 'The kit that made the run is not a known release, or was changed.',
  },
  'BUNDLE-OTHER-KIT': {
    exit: 3,
    says: 'A known kit of another version made the run, and this one judges it otherwise.',
  },
  'CHALLENGE-NONE': { exit: 1, says: 'A challenge was given, and the run was made for none.' },
  'CHALLENGE-OTHER': { exit: 1, says: 'The run was made for another challenge than the one given.' },
  'RECORD-AMOUNTS': {
    exit: 1,
    says: 'A row has amounts that the run’s seed or challenge does not give (3 where another kit made the run).',
  },
  'RECORD-ENDS-BEFORE-START': { exit: 1, says: 'The run ends before it begins.' },
  'RECORD-ROW-OUTSIDE-RUN': { exit: 1, says: 'A row was run before or after the run.' },
  'RECORD-RUN-ID': { exit: 1, says: 'The run’s id is of another time than its record.' },
  'RECORD-CLOCK-JUMP': {
    exit: 1,
    says: 'The wall clock jumped, and neither the monotonic nor the upstream’s clock did.',
  },
  'RECORD-DATE-HEADERS': {
    exit: 1,
    says: 'The upstream’s `Date` headers are of another time than their exchanges.',
  },
  'RECORD-EXCHANGE-TIMES': {
    exit: 1,
    says: 'An exchange ends before it begins, is in a row of another time, or is numbered out of order.',
  },
  'RECORD-CERTIFICATE-MISSING': {
    exit: 1,
    says: 'The upstream has an https address, and no certificate of it is there.',
  },
  'RECORD-CERTIFICATE-HOST': { exit: 1, says: 'The server’s certificate is for another host.' },
  'RECORD-CERTIFICATE-SELF-SIGNED': { exit: 1, says: 'The sandbox’s server signed its certificate itself.' },
  'RECORD-CERTIFICATE-DATES': { exit: 1, says: 'The server’s certificate was not valid during the run.' },
  'RECORD-SIMULATOR-TRACES': {
    exit: 1,
    says: 'The kit’s simulator answered where the record names an API.',
  },
  'RECORD-CLAIMS-QUALIFYING': {
    exit: 1,
    says: 'The record gives no reason for practice, and its facts do.',
  },
  'RECORD-COMMAND-LINE': {
    exit: 1,
    says: 'The command line asked for another run than the record describes.',
  },
  'RECORD-PROFILE': { exit: 1, says: 'The profile in the record is not that of the POS that it describes.' },
  'RECORD-KIT': {
    exit: 1,
    says: 'The record names this kit, and its checklist, thresholds or words are not this kit’s.',
  },
  'RECORD-SUBJECT': { exit: 1, says: 'Driver, display and subject do not fit each other.' },
  'RECORD-SELECTION': {
    exit: 1,
    says: 'A row is in the record that was not selected, or was selected twice.',
  },
  'RECORD-PARTS': { exit: 1, says: 'What was put together are not the shards of one run, each once.' },
  'RECORD-REPEATED-EXCHANGE': { exit: 1, says: 'One exchange is in the record twice.' },
} as const satisfies Record<`${'BUNDLE' | 'CHALLENGE' | 'RECORD'}-${string}`, { exit: 1 | 3; says: string }>;

type Code = keyof typeof verifyCodes;

/** What is wrong with a bundle. */
export type BundleCode = Extract<Code, `BUNDLE-${string}`>;

/** How the amounts in a record depart from what they were drawn from. */
export type AmountsCode = Extract<Code, `CHALLENGE-${string}`> | 'RECORD-AMOUNTS';

/** What in a record contradicts itself. */
export type CoherenceCode = Extract<Code, `RECORD-${string}`>;
