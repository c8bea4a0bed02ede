import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Contract, servedAs } from '../../contract/index.ts';
import { written } from '../../record/disk/disk.ts';
import { certificateFile } from '../../record/disk/run-folder.ts';
import { files as recordFiles } from '../../record/disk/stream-file.ts';
import { folderUntilExit } from '../../record/disk/temporary.ts';
import { UsageError } from '../../record/usage-error.ts';
import type { AmountsCode, BundleCode } from '../../record/verify-codes.ts';
import type { Run } from '../../record/vocabulary.ts';
import { amountsComplaints, challengeComplaints } from '../challenge.ts';
import type { Coherence } from '../coherence/index.ts';
import type { Again } from '../judge-again.ts';
import { type KnownKits, nameOfKit, sameKit } from '../kits/known-kits.ts';
import { type Request, requestsFile, requestsIn } from '../requests.ts';
import { examine } from '../verify.ts';
import { ArchiveError, unpack } from './archive.ts';
import { isSignedBy, payloads, readEnvelope } from './envelope.ts';
import { type Identity, idOf, type KeyStore, shortId } from './keys.ts';
import { recordFolder, signerFile, statementFile } from './seal.ts';
import { type Statement, statementOf } from './statement.ts';

export interface Complaint {
  readonly code: BundleCode | AmountsCode;
  /** A sentence for a person. */
  readonly text: string;
  /** `edited`: it is not what was sealed, or contradicts itself. `unchecked`: this machine cannot tell. */
  readonly means: 'edited' | 'unchecked';
}

/** What a look at a bundle came to. */
export interface Opened {
  /** Where record, certificate and statement lie until this process ends, and those of its parts. */
  readonly folder: string;
  readonly folders: readonly string[];
  readonly complaints: readonly Complaint[];
  /** What in the record contradicts itself; `null` when no certificate can be made of it. */
  readonly coherence: Coherence | null;
  readonly notes: readonly string[];
  /** What the partner has said about rows before the run was sealed. */
  readonly requests: readonly Request[];
  /** What the reviewer's own kit makes of the record; `null` when no certificate can be made of it. */
  readonly again: Again | null;
  readonly statement: Statement | null;
  /** Whose key signed it, where the signature holds. */
  readonly signer: { readonly identity: Identity; readonly known: boolean } | null;
}

export interface OpenOptions {
  /** How the bundle is named to the user. */
  readonly shown: string;
  readonly keys: KeyStore;
  readonly contract: Contract;
  /** The heads that the run printed, where the reviewer has them. */
  readonly heads?: readonly string[];
  /** What the reviewer gave for the run's seed; left out where nobody asks. */
  readonly challenge?: string;
  /** The kit that verifies. */
  readonly kit: Run['kit'];
  /** The kits that the reviewer relies on, besides that one. */
  readonly kits: KnownKits;
}

/**
 * Verifies a bundle: its signature, the digest of each file, the chain of its record, and
 * what the record comes to. Needs no network. Throws a `UsageError` when it is no bundle.
 */
export function openBundle(
  zip: Uint8Array,
  { shown, keys, contract, heads = [], challenge, kit, kits }: OpenOptions,
): Opened {
  // The record is read from there as long as somebody looks at it.
  const folder = folderUntilExit('bundle');
  const digests = laid(zip, folder, shown);
  const parts = partsOf(digests);
  if (!parts.length)
    throw new UsageError(
      'KIT-VERIFY-003',
      `Expected ${shown} to be a bundle of the kit, but it holds no record. Give the file that "npm run certify -- seal" wrote.`,
    );
  const signature = signatureOf(folder, keys);
  const complaints = [...signature.complaints];
  if (signature.statement) complaints.push(...digestComplaints(digests, signature.statement));
  const folders = parts.map((part) => join(folder, part));
  const { edits, unchecked, notes, again, coherence } = examine(folders, {
    heads,
    contract,
    out: folder,
    kit,
    page: false,
  });
  const inBundle = (text: string) => text.replaceAll(`${relative(process.cwd(), folder)}/`, '');
  const record = (means: Complaint['means'], texts: readonly string[]) =>
    texts.map((text): Complaint => ({ code: 'BUNDLE-RECORD', text: inBundle(text), means }));
  complaints.push(...record('edited', edits), ...record('unchecked', unchecked));
  if (again) {
    const ofStatement = signature.statement ? statementComplaints(digests, signature.statement, again) : [];
    // Another kit or contract may judge an honest record otherwise: only what its chain shows is then known to be edited.
    const otherwise = ofStatement.length + unchecked.length > 0;
    const served = servedAs(again.checklist.serves);
    const others = kitComplaints(again.recording.run, { contract, served, kit, kits, otherwise });
    const means: Complaint['means'] = others.length && !edits.length ? 'unchecked' : 'edited';
    // Another kit may draw other amounts from a seed, but not write another challenge down.
    const drawn = amountsComplaints(again.recording, again.checklist);
    const asked = challenge === undefined ? [] : challengeComplaints(again.recording, challenge);
    complaints.push(
      ...[...ofStatement, ...drawn].map((one) => ({ ...one, means })),
      ...asked.map((one) => ({ ...one, means: 'edited' as const })),
      ...others,
    );
  }
  const asked = fileIn(folder, requestsFile);
  const requests = asked === null || !again ? [] : requestsIn(asked, again.certificate);
  if (!requests)
    complaints.push({
      code: 'BUNDLE-REQUESTS',
      text: `${requestsFile} is of another run, or not as the kit writes it.`,
      // Another kit may judge otherwise, and so that a row failed for which a waiver is asked.
      means: complaints.some(({ means }) => means === 'unchecked') ? 'unchecked' : 'edited',
    });
  return {
    folder,
    folders,
    complaints,
    coherence,
    notes: notes.map(inBundle),
    requests: requests ?? [],
    again,
    statement: signature.statement,
    signer: signature.signer,
  };
}

/** What of a bundle is read; of anything else only its digest is asked. */
const isRead = new RegExp(
  `^(?:record/[1-9]\\d{0,4}/(?:${recordFiles.messages}|${recordFiles.chain})|${certificateFile}|${requestsFile}|${statementFile}|${signerFile})$`,
);

/** Lays what is read of a bundle into a folder. Returns the digest of each of its files. */
function laid(zip: Uint8Array, folder: string, shown: string): Map<string, string> {
  const digests = new Map<string, string>();
  try {
    unpack(zip, (name, bytes) => {
      digests.set(name, hash('sha256', bytes));
      if (isRead.test(name)) lay(join(folder, name), bytes);
    });
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new UsageError(
      'KIT-VERIFY-002',
      `Expected ${shown} to be a bundle of the kit, but ${error.message}. Take it again from where it came from.`,
    );
  }
  return digests;
}

const lay = (path: string, bytes: Uint8Array): void =>
  written(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes, { flag: 'wx' });
  });

/** A file of the bundle that was laid; `null` where it holds none. */
const fileIn = (folder: string, name: string): string | null =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null;

/** The folders of its records: `record/1`, `record/2`, … */
function partsOf(digests: ReadonlyMap<string, string>): string[] {
  const parts: string[] = [];
  for (let part = 1; digests.has(`${recordFolder(part)}/${recordFiles.messages}`); part++)
    parts.push(recordFolder(part));
  return parts;
}

interface Signature {
  readonly complaints: readonly Complaint[];
  readonly statement: Statement | null;
  readonly signer: Opened['signer'];
}

const edited = (code: BundleCode, text: string): Complaint => ({ code, text, means: 'edited' });

function signatureOf(folder: string, keys: KeyStore): Signature {
  const stored = fileIn(folder, statementFile);
  const envelope = stored === null ? null : readEnvelope(stored, payloads.statement);
  if (!envelope)
    return {
      complaints: [
        edited(
          'BUNDLE-NO-STATEMENT',
          `${statementFile} ${stored === null ? 'is missing' : 'is not a signed statement'}: nobody vouches for the files.`,
        ),
      ],
      statement: null,
      signer: null,
    };
  // Who reviews, or releases the kit, vouches for no run.
  const found = keys.known(envelope.keyId);
  const known = found?.role === 'partner' ? found : null;
  const identity = known ?? enclosed(folder);
  if (!identity || !isSignedBy(envelope.bundle, identity.publicKey))
    return {
      complaints: [
        edited(
          'BUNDLE-SIGNATURE',
          `The signature of ${statementFile} is not of the key that it names, ${shortId(envelope.keyId)}: the statement was changed, or the key was exchanged.`,
        ),
      ],
      statement: statementIn(envelope.payload),
      signer: null,
    };
  const statement = statementIn(envelope.payload);
  const unknown: Complaint = {
    code: 'BUNDLE-KEY-UNKNOWN',
    text: `The key ${shortId(identity.id)} signed it and calls itself ${identity.name}, but you have not pinned it: anybody can make such a key. Ask ${identity.name} for its id by another way, then: npm run certify -- keys pin FILE.`,
    means: 'unchecked',
  };
  const retired: Complaint = {
    code: 'BUNDLE-KEY-RETIRED',
    text: `The key ${shortId(identity.id)} of ${identity.name} was retired on ${identity.retiredAt}, before the run ended.`,
    means: 'unchecked',
  };
  const finishedAt = statement?.predicate.dojoConformance?.finishedAt;
  const late = known?.retiredAt !== undefined && (finishedAt ?? '') > known.retiredAt;
  return {
    complaints: [
      ...(statement ? [] : [edited('BUNDLE-STATEMENT', `${statementFile} holds no statement of the kit's.`)]),
      ...(known ? [] : [unknown]),
      ...(late ? [retired] : []),
    ],
    statement,
    signer: { identity, known: known !== null },
  };
}

/** Whose key the bundle itself says that it is; `null` where it holds none that is whole. */
function enclosed(folder: string): Identity | null {
  try {
    const identity = JSON.parse(fileIn(folder, signerFile) ?? '') as Identity;
    return idOf(identity.publicKey) === identity.id ? identity : null;
  } catch {
    return null;
  }
}

function statementIn(payload: Buffer): Statement | null {
  try {
    const statement = JSON.parse(payload.toString()) as Statement;
    return Array.isArray(statement.subject) && statement.predicate?.dojoConformance ? statement : null;
  } catch {
    return null;
  }
}

/** Each file that the statement names is there and as it was; no other is. */
function digestComplaints(digests: ReadonlyMap<string, string>, { subject }: Statement): Complaint[] {
  const sealed = new Map(subject.map(({ name, digest }) => [name, digest?.sha256]));
  const there = [...digests.keys()].filter((name) => name !== statementFile);
  return [
    ...[...sealed].flatMap(([name, digest]) => {
      const found = digests.get(name);
      if (found === undefined) return [edited('BUNDLE-FILE-MISSING', `${name} was sealed and is missing.`)];
      if (found === digest) return [];
      return [edited('BUNDLE-FILE-CHANGED', `${name} is not as it was sealed.`)];
    }),
    ...there.flatMap((name) =>
      sealed.has(name) ? [] : [edited('BUNDLE-FILE-ADDED', `${name} was not sealed: it was added.`)],
    ),
  ];
}

/** What the statement says of the run is what its record comes to. */
function statementComplaints(
  digests: ReadonlyMap<string, string>,
  statement: Statement,
  again: Again,
): Complaint[] {
  const { settled } = statement.predicate.dojoConformance;
  const made = statementOf(digests, again.certificate, again.recording, settled ?? []);
  const differs = (Object.keys(made.predicate) as (keyof Statement['predicate'])[]).filter(
    (name) => JSON.stringify(made.predicate[name]) !== JSON.stringify(statement.predicate[name]),
  );
  return differs.map((name) =>
    edited('BUNDLE-STATEMENT', `The statement's ${name} is not what the record results in.`),
  );
}

/** Where the verdicts of this machine are not those of the kit and contract that made the run. */
function kitComplaints(
  run: Run,
  {
    contract,
    served,
    kit,
    kits,
    otherwise,
  }: Pick<OpenOptions, 'contract' | 'kit' | 'kits'> & {
    readonly served: Run['contract']['served'];
    readonly otherwise: boolean;
  },
): Complaint[] {
  const unchecked = (code: BundleCode, text: string): Complaint => ({ code, text, means: 'unchecked' });
  const same = sameKit(run.kit, kit);
  const doubt = same ? null : kits.doubt(run.kit);
  return [
    ...(run.contract.sha256 === contract.sha256
      ? []
      : [
          unchecked(
            'BUNDLE-CONTRACT',
            `The run was judged by another contract (${run.contract.source}) than this kit's. Give it as --contract, after a look at where it departs.`,
          ),
        ]),
    ...(run.contract.served?.sha256 === served?.sha256
      ? []
      : [
          unchecked(
            'BUNDLE-CONTRACT',
            `What the POS serves was judged by another contract than this kit's ${served?.name ?? 'checklist has'}.`,
          ),
        ]),
    ...(doubt === null
      ? []
      : [
          unchecked(
            'BUNDLE-KIT-UNKNOWN',
            `The kit ${nameOfKit(run.kit)} made the run, and you do not know it: ${doubt}. If it is a newer release, give its list of known kits: --kits FILE; if you know its digest by another way: --kit DIGEST.`,
          ),
        ]),
    ...(!same && otherwise
      ? [
          unchecked(
            'BUNDLE-OTHER-KIT',
            `The kit ${nameOfKit(run.kit)} made the run, and this is ${nameOfKit(kit)}, which judges it otherwise. Verify it with the kit that made the run.`,
          ),
        ]
      : []),
  ];
}
