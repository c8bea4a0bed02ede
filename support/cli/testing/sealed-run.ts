import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { loadChecklist } from '../../checklist/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { Chain, linkLine } from '../../record/chain.ts';
import { type Files, zipOf } from '../../review/bundle/archive.ts';
import { payloads, signed } from '../../review/bundle/envelope.ts';
import { KeyStore, type Opened, openBundle } from '../../review/bundle/index.ts';
import type { Statement } from '../../review/bundle/statement.ts';
import { KnownKits } from '../../review/kits/known-kits.ts';
import { contractFrom } from '../../run/contract.ts';
import { kit } from '../../run/kit.ts';
import { runRows, selectRows } from '../../run/run.ts';
import { called, temporaryFolder } from '../../workshop/testing/command.ts';
import { main as keysMain } from '../keys.ts';
import { main as sealMain } from '../seal.ts';
import '../../checklists/index.ts';

/** Where the tests write all their files. */
export const folder = temporaryFolder();
/** What the run is judged by. */
export const contract = contractFrom(undefined);
/** The keys of the partner, who seals. */
export const partner = new KeyStore(join(folder, 'partner'));
/** The keys of the reviewer, who verifies. */
export const reviewer = new KeyStore(join(folder, 'reviewer'));
/** Keys that nobody has pinned. */
export const stranger = new KeyStore(join(folder, 'stranger'));
/** The run that is sealed. */
export const run = join(folder, 'run');
/** The bundle into which the partner seals it. */
export const bundle = join(folder, 'bundle.zip');

/** The challenge that the run was made for. */
export const challenge = 'K7QM-2XRD-9TWB';

/** A secret of this machine. */
export const canary = 'canary-7f3e9c1b2a';

/** A command, as the user with these keys calls it. */
export const as = (keys: 'partner' | 'reviewer' | 'nobody', main: typeof sealMain, ...args: string[]) =>
  called(main, args, { DOJO_KEYS: join(folder, keys), DOJO_CANARY: canary });

await runRows({
  profile: loadProfile(builtIn.headless),
  ownTill: false,
  upstream: { kind: 'embedded' },
  rows: selectRows(loadChecklist(), ['PAC-SALE-01'], null),
  checklist: loadChecklist(),
  contract,
  workers: 0,
  fast: false,
  allure: false,
  out: run,
  id: 'sealed',
  amounts: { challenge },
  say: () => {},
});
const made = await as('partner', keysMain, 'make', '--name', 'Acme Tills');
assert.equal(made.code, 0, made.stderr);
const exported = await as('partner', keysMain, 'export', '--out', join(folder, 'acme.json'));
assert.equal(exported.code, 0, exported.stderr);
const pinned = await as('reviewer', keysMain, 'pin', join(folder, 'acme.json'));
assert.equal(pinned.code, 0, pinned.stderr);
const sealed = await as('partner', sealMain, run, '--out', bundle);
assert.equal(sealed.code, 0, sealed.stderr);
/** The files of the bundle. */
export const files: Files = new Map(Object.entries(unzipSync(readFileSync(bundle))));

/** Opens a bundle as the reviewer does, or as the owner of other keys. */
export const open = (zip: Uint8Array, keys = reviewer): Opened =>
  openBundle(zip, { shown: 'bundle.zip', keys, contract, kit: kit(), kits: new KnownKits([]) });
/** The codes of what is wrong with a bundle. */
export const codes = (opened: Opened) => opened.complaints.map(({ code }) => code);

/** The bundle with other files; `null` takes one out. */
export function changed(others: Record<string, Uint8Array | null>): Uint8Array {
  const all = new Map(files);
  for (const [name, bytes] of Object.entries(others)) {
    if (bytes) all.set(name, bytes);
    else all.delete(name);
  }
  return zipOf(all);
}

/** The text of one of its files. */
export const text = (name: string): string => Buffer.from(files.get(name)!).toString();

/** Its statement, changed and signed by a key. */
export function resigned(change: (statement: Statement) => unknown, keys = partner): Uint8Array {
  const { dsseEnvelope } = JSON.parse(text('statement.sigstore.json'));
  const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  change(statement);
  const envelope = signed(Buffer.from(JSON.stringify(statement)), payloads.statement, keys.signer('partner'));
  return changed({ 'statement.sigstore.json': Buffer.from(JSON.stringify(envelope)) });
}

/** Its record with each of one text replaced by another, chained again. */
export function rechained(one: string, other: string): Uint8Array {
  const stream = text('record/1/messages.ndjson').replaceAll(one, other);
  const chain = new Chain();
  const links = stream
    .split('\n')
    .slice(0, -1)
    .map((line) => linkLine(chain.take(Buffer.from(`${line}\n`))));
  return changed({
    'record/1/messages.ndjson': Buffer.from(stream),
    'record/1/messages.chain': Buffer.from(links.join('')),
  });
}
