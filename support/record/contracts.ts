import type { Run } from './vocabulary.ts';

/** A contract by which a run was judged: what it describes, in a word or two, and which it is. */
export interface Named {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** Each contract of a run: that of the API, and that of what the subject serves itself. */
export const contractsOf = ({ version, sha256, served }: Run['contract']): Named[] => [
  { name: 'contract', version, sha256 },
  ...(served ? [{ ...served, name: `contract/${served.name}` }] : []),
];

/** All of them in a line: `2026-02-27 (1a2b3c4d5e6f)`. */
export const contractWords = (contract: Run['contract']): string =>
  contractsOf(contract)
    .map(({ version, sha256 }, index) =>
      [...(index ? [contract.served!.name] : []), version, `(${sha256.slice(0, 12)})`].join(' '),
    )
    .join(', ');
