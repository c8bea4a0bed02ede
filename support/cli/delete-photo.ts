import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import '../checklists/index.ts';
import { config } from 'dotenv';
import type { Contract } from '../contract/index.ts';
import { written } from '../record/disk/disk.ts';
import type { Deletion } from '../record/picture-line.ts';
import { UsageError } from '../record/usage-error.ts';
import { writeReport } from '../report/disk/write-report.ts';
import { styleFile } from '../report/index.ts';
import { alarmLine, KeyStore, openBundle, seal, shortId } from '../review/bundle/index.ts';
import { deletePhoto } from '../review/delete-photo.ts';
import { shippedKits } from '../review/kits/known-kits.ts';
import { contractFrom } from '../run/contract.ts';
import { secretsOf } from '../run/environment.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

interface Flags {
  photo: string;
  by: string;
  reason: string;
  contract?: string;
  out?: string;
}

/** A photo, and who deletes it. */
interface Asked {
  readonly photo: string;
  readonly deletion: Deletion;
  readonly contract: Contract;
}

/**
 * `npm run certify -- delete-photo PATH… --photo NAME`: deletes one photo that a person gave from a run, or from a bundle of
 * it; its digest stays, and so do chain, head and decisions. Returns the exit code: 0, or 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify delete-photo')
    .description('Deletes one photo that a person gave; its digest stays in the record')
    .argument('<path...>', 'the folder of the run, those of its shards, or a bundle that you sealed')
    .requiredOption('--photo <name>', 'the photo, as the certificate names it: PAC-SALE-05-1.jpg')
    .requiredOption('--by <name>', 'who deletes it; recorded in its place')
    .requiredOption('--reason <text>', 'why; recorded in its place')
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own')
    .option('--out <dir>', 'the folder of the certificate, if not the first one');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    config({ quiet: true });
    const { photo, by, reason, contract, out } = command.opts<Flags>();
    if (!by.trim() || !reason.trim())
      throw new UsageError(
        'KIT-PHOTO-004',
        'Expected --by and --reason to say who deletes the photo and why, but one is empty: they stand in its place.',
      );
    const deletion = { by: by.trim(), at: new Date().toISOString(), reason: reason.trim() };
    const asked = { photo, deletion, contract: contractFrom(contract) };
    const paths = command.args.map((path) => resolve(path));
    const bundle = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    if (bundle !== undefined && paths.length === 1) return fromBundle(bundle, asked);
    await fromFolders(paths, resolve(out ?? paths[0]!), asked);
    return 0;
  });
}

async function fromFolders(folders: readonly string[], out: string, asked: Asked): Promise<void> {
  const { photo, deletion, contract } = asked;
  const { certificate, recording } = deletePhoto(photo, deletion, { folders, out, contract, kit: kit() });
  const allure = existsSync(join(out, 'allure-results'));
  await writeReport(out, certificate, recording, { allure, beside: existsSync(join(out, styleFile)), say });
  say(`Deleted: ${photo}. Its digest stays in the record, and the head is the one that was printed.`);
  const bundles = [...new Set([...folders, out])].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.dojo.zip'))
      .map((name) => relative(process.cwd(), join(folder, name))),
  );
  if (bundles.length)
    say(`It is still in what was sealed before; delete it there too, or remove it: ${bundles.join(', ')}`);
}

/** Deletes a photo from a bundle, and seals that again with the key that had sealed it. */
async function fromBundle(file: string, { photo, deletion, contract }: Asked): Promise<number> {
  const shown = relative(process.cwd(), file) || file;
  const keys = new KeyStore();
  const signer = keys.signer('partner');
  const opened = openBundle(readFileSync(file), { shown, keys, contract, kit: kit(), kits: shippedKits() });
  const wrong = opened.complaints.find(({ means }) => means === 'edited');
  if (wrong || !opened.statement)
    throw new UsageError(
      'KIT-PHOTO-005',
      `Expected ${shown} as it was sealed, to delete a photo of it, but found otherwise: ${wrong?.text ?? 'it has no statement.'} Take it again from where it came from.`,
    );
  if (opened.signer?.identity.id !== signer.identity.id)
    throw new UsageError(
      'KIT-PHOTO-003',
      `Expected ${shown} to be sealed with your own key, ${shortId(signer.identity.id)}, but ${opened.signer?.identity.name} sealed it. Ask them to delete the photo.`,
    );
  const { folder: out, folders } = opened;
  const again = deletePhoto(photo, deletion, { folders, out, contract, kit: kit(), page: false });
  await writeReport(out, again.certificate, again.recording, { allure: false, say });
  const { settled } = opened.statement.predicate.dojoConformance;
  const known = secretsOf(process.env);
  const sealed = seal({ folders, out, contract, kit: kit(), signer, known, settled });
  if ('alarms' in sealed) {
    for (const alarm of sealed.alarms) complain(alarmLine(alarm));
    complain(
      'The bundle was left as it is, because what you give as --by or --reason seems to hold a secret.',
    );
    return 1;
  }
  written(file, () => {
    writeFileSync(`${file}.part`, sealed.bundle);
    renameSync(`${file}.part`, file);
  });
  say(
    `Deleted: ${photo}. Its digest stays in ${shown}, which is sealed again with your key; head and decisions hold. Send it in place of the one before.`,
  );
  return 0;
}
