import { readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import '../checklists/index.ts';
import { UsageError } from '../record/usage-error.ts';
import { KeyStore, openBundle } from '../review/bundle/index.ts';
import { describing } from '../review/bundle/words.ts';
import { shippedKits } from '../review/kits/known-kits.ts';
import { serveReview } from '../review/page/server.ts';
import { ReviewSession } from '../review/page/session.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { complain, say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run certify -- review BUNDLE`: serves a page on which a reviewer decides, until Ctrl-C. Returns the exit code: 0, or
 * 2 when it was called wrongly or the bundle was edited.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify review')
    .description('Opens a page of this machine on which a reviewer decides on a bundle and signs')
    .argument('<bundle>', 'what certify seal wrote')
    .option('--contract <file>', 'the description that the run was judged by, if not the kit’s own')
    .option('--port <n>', 'where to serve; any free port by default', port, 0);
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const flags = command.opts<{ contract?: string; port: number }>();
    const file = resolve(command.args[0]!);
    const shown = relative(process.cwd(), file) || file;
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(
        'KIT-REVIEW-008',
        `Expected a bundle at ${shown}, but there is no such file. Give the file that "npm run certify -- seal" wrote.`,
      );
    const keys = new KeyStore();
    const contract = contractFrom(flags.contract);
    const opened = openBundle(readFileSync(file), { shown, keys, contract, kit: kit(), kits: shippedKits() });
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
    const served = await serveReview({
      session: new ReviewSession(file, opened.again),
      verified: {
        facts: describing(opened),
        doubts: opened.complaints.map(({ code, text }) => `${code}: ${text}`),
      },
      signer: () => keys.signer('reviewer'),
      signed: (path) => say(`Signed: ${relative(process.cwd(), path)}`),
      port: flags.port,
    });
    say(`Decide here: ${served.url}`);
    say('Each word is saved beside the bundle as it is said. Ctrl-C ends this; the same command goes on.');
    await interrupted;
    await served.close();
    return 0;
  });
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('Expected a port, from 0 to 65535.');
  return value;
}
