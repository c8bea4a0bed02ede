import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import type { Contract } from '../contract/index.ts';
import type { Certificate } from '../judging/index.ts';
import { written } from '../record/disk/disk.ts';
import { UsageError } from '../record/usage-error.ts';
import { KeyStore, openBundle } from '../review/bundle/index.ts';
import { runAt } from '../review/bundle/run-at.ts';
import { describing } from '../review/bundle/words.ts';
import { compare, comparisonLines } from '../review/compare.ts';
import { readSigned } from '../review/decisions/file.ts';
import type { KnownKits } from '../review/kits/known-kits.ts';
import { certificatePage, serveReview } from '../review/page/server.ts';
import { ReviewSession } from '../review/page/session.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';
import { type KitFlags, knownKits, withKits } from './known-kits.ts';

interface Flags extends KitFlags {
  readonly contract?: string;
  readonly port: number;
  readonly takeOver?: string;
  readonly before?: string;
}

/**
 * `npm run certify -- review BUNDLE`: serves a page on which a reviewer decides, until Ctrl-C. Returns the exit code: 0, or
 * 2 when it was called wrongly or the bundle was edited.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify review')
    .description('Opens a page of this machine on which a reviewer decides on a bundle and signs')
    .argument('<bundle>', 'what certify seal wrote')
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own')
    .option('--take-over <file>', 'a signed review of an earlier run: what rests on the same still counts')
    .option('--before <bundle or dir>', 'an earlier run: what has changed since is shown')
    .option('--port <n>', 'where to serve; any free port by default', port, 0);
  withKits(command);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const flags = command.opts<Flags>();
    const file = resolve(command.args[0]!);
    const shown = relative(process.cwd(), file) || file;
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(
        'KIT-REVIEW-008',
        `Expected a bundle at ${shown}, but there is no such file. Give the file that "npm run certify -- seal" wrote.`,
      );
    const keys = new KeyStore();
    const kits = knownKits(flags);
    const contract = contractFrom(flags.contract);
    const opened = openBundle(readFileSync(file), { shown, keys, contract, kit: kit(), kits });
    const contradictions = opened.coherence?.contradictions ?? [];
    const edits = [...opened.complaints.filter(({ means }) => means === 'edited'), ...contradictions];
    for (const { code, text } of edits) complain(`${code}: ${text}`);
    if (edits.length || !opened.again)
      throw new UsageError(
        'KIT-REVIEW-007',
        'Expected a bundle that is whole and coherent, but it is not, so nobody can decide on it. Ask the partner for it again; docs/trust.md explains each code.',
      );
    const { promise: interrupted, resolve: end } = Promise.withResolvers<void>();
    process.once('SIGINT', end).once('SIGTERM', end);
    const { takeOver, before } = flags;
    const session = new ReviewSession(file, opened.again, {
      requests: opened.requests,
      ...(takeOver === undefined ? {} : { review: readSigned(resolve(takeOver), keys).review }),
      ...(before === undefined
        ? {}
        : { since: sinceRun(before, opened.again.certificate, { contract, keys, kits }) }),
    });
    const served = await serveReview({
      session,
      verified: {
        facts: describing(opened),
        doubts: opened.complaints.map(({ code, text }) => `${code}: ${text}`),
      },
      signer: () => keys.signer('reviewer'),
      signed: (path) => {
        const page = `${file}.certificate.html`;
        written(page, () => writeFileSync(page, certificatePage(session)));
        say(
          `Signed: ${relative(process.cwd(), path)}; the certificate with your decisions: ${relative(process.cwd(), page)}`,
        );
      },
      port: flags.port,
    });
    say(`Decide here: ${served.url}`);
    say('Each word is saved beside the bundle as it is said. Ctrl-C ends this; the same command goes on.');
    await interrupted;
    await served.close();
    return 0;
  });
}

/** What is otherwise than in an earlier run, in a sentence each. */
function sinceRun(
  place: string,
  now: Certificate,
  how: { readonly contract: Contract; readonly keys: KeyStore; readonly kits: KnownKits },
) {
  const { certificate } = runAt(place, { ...how, kit: kit() });
  return { run: certificate.run.id, changes: comparisonLines(compare(certificate, now)) };
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('Expected a port, from 0 to 65535.');
  return value;
}
