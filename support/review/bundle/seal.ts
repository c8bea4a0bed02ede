import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Contract } from '../../contract/index.ts';
import { certificateFile } from '../../record/disk/run-folder.ts';
import { readStream } from '../../record/disk/stored-stream.ts';
import { files as recordFiles } from '../../record/disk/stream-file.ts';
import { UsageError } from '../../record/usage-error.ts';
import type { Run } from '../../record/vocabulary.ts';
import { judgeAgain } from '../judge-again.ts';
import { requestsFile, requestsOf } from '../requests.ts';
import { examine } from '../verify.ts';
import { type Files, zipOf } from './archive.ts';
import { payloads, signed } from './envelope.ts';
import type { Signer } from './keys.ts';
import { type Alarm, alarmsIn } from './search.ts';
import { digestsOf, type Settled, statementOf } from './statement.ts';

/** The member of a bundle that holds its signed statement: a Sigstore bundle. */
export const statementFile = 'statement.sigstore.json';

/** The member that holds whose key signed: a stranger's signature can be checked by it, and is still a stranger's. */
export const signerFile = 'signer.json';

/** The folder of a bundle in which the record of one part of the run is; a run that was not sharded has one. */
export const recordFolder = (part: number): string => `record/${part}`;

export interface SealOptions {
  /** The folders of the run, or of its shards. */
  readonly folders: readonly string[];
  /** Where the certificate is. */
  readonly out: string;
  readonly contract: Contract;
  /** The kit that seals. */
  readonly kit: Run['kit'];
  readonly signer: Signer;
  /** Keys and canaries of this machine, which must be nowhere in the bundle. */
  readonly known: readonly string[];
  /** The alarms that a person calls false. */
  readonly settled: readonly Settled[];
}

/** What sealing came to: the bundle, or the alarms that keep it from being made. */
export type Sealed =
  | { readonly bundle: Uint8Array; readonly name: string; readonly heads: readonly string[] }
  | { readonly alarms: readonly Alarm[] };

/**
 * Packs a run into one zip: record, certificate and contract, each once, and a signed statement over their digests.
 * Throws a `UsageError` when the run was edited, or an alarm is settled that was not given.
 */
export function seal({ folders, out, contract, kit, signer, known, settled }: SealOptions): Sealed {
  const { edits } = examine(folders, { heads: [], contract, out, kit });
  if (edits.length)
    throw new UsageError(
      'KIT-SEAL-001',
      `Expected a run as it was recorded, but it was edited: ${edits[0]} Seal the files that the run left behind, or run again.`,
    );
  const streams = folders.map(readStream);
  const { recording, certificate } = judgeAgain(streams, contract);
  const files: Files = new Map([
    ...folders.flatMap((folder, index) =>
      [recordFiles.messages, recordFiles.chain].map((name): [string, Uint8Array] => [
        `${recordFolder(index + 1)}/${name}`,
        readFileSync(join(folder, name)),
      ]),
    ),
    [certificateFile, readFileSync(join(out, certificateFile))],
    ...(requestsOf(out, certificate).length
      ? [[requestsFile, readFileSync(join(out, requestsFile))] as const]
      : []),
    [`contract/${basename(contract.source)}`, readFileSync(contract.source)],
    [signerFile, Buffer.from(`${JSON.stringify(signer.identity, null, 2)}\n`)],
  ]);
  const alarms = alarmsIn(files, known);
  const open = alarms.filter(({ code }) => !settled.some(({ alarm }) => alarm === code));
  if (open.length) return { alarms: open };
  const stray = settled.find(({ alarm }) => !alarms.some(({ code }) => code === alarm));
  if (stray)
    throw new UsageError(
      'KIT-SEAL-002',
      `Expected --settle to name an alarm of this run, but there is none with the code ${stray.alarm}. Leave it out.`,
    );
  const statement = statementOf(digestsOf(files), certificate, recording, settled);
  const envelope = signed(Buffer.from(JSON.stringify(statement)), payloads.statement, signer);
  const bundle = zipOf(
    new Map([...files, [statementFile, Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`)]]),
  );
  return {
    bundle,
    name: `${certificate.run.id}.dojo.zip`,
    heads: statement.predicate.dojoConformance.heads,
  };
}
