import { existsSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { KeyStore } from '../review/bundle/index.ts';
import {
  nameOfKit,
  readKits,
  releaseKey,
  releaseKeys,
  shippedKits,
  shippedList,
  signedKits,
} from '../review/kits/known-kits.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run certify -- kits`: which kit this is, and whether it is a released one. `kits release` is for whoever releases
 * the kit: it adds this version to the signed list of known kits. Returns the exit code: 0, or 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify kits').description('Which versions of the kit are known');
  command
    .command('show', { isDefault: true })
    .description('says which kit this is, and whether it is a released one')
    .action(() => {
      const own = kit();
      const doubt = shippedKits().doubt(own);
      say(`This is the kit ${nameOfKit(own)}, with the digest ${own.digest}.`);
      say(
        doubt === null
          ? 'It is a released one.'
          : `It is not a released one: ${doubt}. Its runs are practice.`,
      );
    });
  command
    .command('release')
    .description('adds this kit to the list that ships with it, and signs that with your key for releases')
    .action(() => {
      const signer = new KeyStore().signer('release');
      const trusted = releaseKeys();
      if (trusted[0]?.id !== signer.identity.id)
        throw new UsageError(
          'KIT-KITS-004',
          `Expected your key for releases in ${relative(process.cwd(), releaseKey)}, which is a part of the kit, but ${trusted[0] ? `it holds that of ${trusted[0].name}` : 'there is none'}. ` +
            'Write it there and commit it: npm run certify -- keys export --role release --out FILE.',
        );
      const before = existsSync(shippedList) ? readKits(shippedList, trusted).kits : [];
      const { version, digest, lock } = kit();
      const released = { version, digest: digest!, lock: lock ?? null, releasedAt: new Date().toISOString() };
      written(shippedList, () => writeFileSync(shippedList, signedKits(before, released, signer)));
      say(
        `${relative(process.cwd(), shippedList)} now names ${version}, with the digest ${digest}. Commit it: it changes no digest.`,
      );
    });
  for (const one of command.commands) one.copyInheritedSettings(command);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  });
}
