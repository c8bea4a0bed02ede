import { existsSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { type Identity, KeyStore, type Role, roles, shortId, usualKeys } from '../review/bundle/index.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

const role = () => new Option('--role <role>', 'whose key').choices(roles).default('partner');

/**
 * `npm run certify -- keys …`: makes, shows, exports and replaces the keys that sign bundles and decisions, and pins
 * those of the other side. Returns the exit code: 0, or 2 when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const keys = new KeyStore();
  const command = kitCommand('certify keys')
    .description('The keys that sign bundles and decisions')
    .addHelpText('after', `\nKeys are kept in ${usualKeys()}; DOJO_KEYS names another folder.`);
  command
    .command('make')
    .description('makes a key')
    .requiredOption('--name <name>', 'whose key it is: your company, or you')
    .addOption(role())
    .action(({ name, role }: { name: string; role: Role }) => {
      if (!name.trim())
        throw new UsageError('KIT-KEY-005', 'Expected --name to say whose key it is, but it is empty.');
      const made = keys.make(name.trim(), role);
      say(`Made: ${line(made)}`);
      say('Give the other side your public key: npm run certify -- keys export --out FILE');
    });
  command
    .command('show', { isDefault: true })
    .description('lists your keys, and those that you have pinned')
    .action(() => {
      const [own, pinned] = [keys.own, keys.pinned];
      if (!own.length) say('You have no key yet: npm run certify -- keys make --name "Your company".');
      for (const one of own) say(`Your own: ${line(one)}`);
      for (const one of pinned) say(`Pinned: ${line(one)}`);
    });
  command
    .command('export')
    .description('writes your public key to a file for the other side')
    .requiredOption('--out <file>', 'the file')
    .addOption(role())
    .action(({ out, role }: { out: string; role: Role }) => {
      const file = resolve(out);
      if (existsSync(file))
        throw new UsageError(
          'KIT-KEY-006',
          `Expected --out to name a new file, but ${out} is there. Give another name.`,
        );
      const { identity } = keys.signer(role);
      written(file, () => writeFileSync(file, `${JSON.stringify(identity, null, 2)}\n`));
      say(`Wrote ${relative(process.cwd(), file)}: ${line(identity)}`);
      say(
        'Tell the other side the whole id by another way, such as the phone: it proves that the file is yours.',
      );
      say(identity.id);
    });
  command
    .command('rotate')
    .description('replaces your key; what the old one signed before stays valid')
    .addOption(role())
    .action(({ role }: { role: Role }) => {
      const { old, now } = keys.rotate(role);
      say(`Retired: ${line(old)}`);
      say(`Made: ${line(now)}`);
      say('Export it again: the other side has pinned the old one.');
    });
  command
    .command('pin')
    .description("takes the other side's public key as known from now on")
    .argument('<file>', 'what "keys export" wrote')
    .action((file: string) => {
      say(`Pinned: ${line(keys.pin(resolve(file)))}`);
    });
  for (const one of command.commands) one.copyInheritedSettings(command);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    await command.parseAsync([...args], { from: 'user' });
    return 0;
  });
}

const line = ({ id, role, name, madeAt, retiredAt }: Identity): string =>
  `${shortId(id)} of ${name} (${role}), made on ${madeAt.slice(0, 10)}${retiredAt ? `, retired on ${retiredAt.slice(0, 10)}` : ''}`;
