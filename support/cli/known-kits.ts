import { type Command, InvalidArgumentError } from 'commander';
import { KeyStore } from '../review/bundle/index.ts';
import { type KnownKits, readKits, releaseKeys, shippedKits } from '../review/kits/known-kits.ts';

/** The options by which a reviewer names kits that are newer than this one. */
export interface KitFlags {
  readonly kits: string[];
  readonly kit: string[];
}

/** Gives a command these options. */
export const withKits = (command: Command): Command =>
  command
    .option('--kits <file>', 'known-kits.json of a newer release; may be given more than once', listed, [])
    .option(
      '--kit <digest>',
      'the digest of a kit that you know by another way; may be given more than once',
      digest,
      [],
    );

/** The kits that came with this one, and those that the user gives. Throws a `UsageError` where a list is not signed. */
export function knownKits({ kits, kit: digests }: KitFlags): KnownKits {
  const trusted = [...releaseKeys(), ...(kits.length ? new KeyStore().pinned : [])];
  return shippedKits().with(
    kits.flatMap((file) => readKits(file, trusted).kits),
    digests,
  );
}

const listed = (file: string, before: readonly string[]): string[] => [...before, file];

function digest(text: string, before: readonly string[]): string[] {
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new InvalidArgumentError('Expected the 64 hexadecimal digits of a kit’s digest.');
  return [...before, text.toLowerCase()];
}
