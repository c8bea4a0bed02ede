import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import '../checklists/index.ts';
import { written } from '../record/disk/disk.ts';
import { csvOf } from '../report/export/index.ts';
import { KeyStore } from '../review/bundle/index.ts';
import { runAt } from '../review/bundle/run-at.ts';
import { compare, comparisonCells, comparisonText } from '../review/compare.ts';
import { comparisonPage } from '../review/compare-page.ts';
import { shippedKits } from '../review/kits/known-kits.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runCommand } from '../run/run-command.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run certify -- compare DIR DIR`: says what changed from one run to another, in which check, with what was observed
 * both times. Both records are judged by this kit. Returns the exit code: 0 when nothing changed, 1 when something did, 2
 * when it was called wrongly.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify compare')
    .description('Says what changed from one run to another')
    .argument('<before>', 'the folder or the bundle of the earlier run')
    .argument('<after>', 'the folder or the bundle of the later run')
    .option('--contract <file>', 'the description that both were judged by, if not the kit’s own')
    .option('--html <file>', 'writes them to a page too')
    .option('--csv <file>', 'writes the changes to a file for a spreadsheet too');
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const flags = command.opts<{ contract?: string; csv?: string; html?: string }>();
    const contract = contractFrom(flags.contract);
    const keys = new KeyStore();
    const [before, after] = command.args.map(
      (place) => runAt(place, { contract, keys, kit: kit(), kits: shippedKits() }).certificate,
    );
    const comparison = compare(before!, after!);
    say(comparisonText(comparison));
    const { csv, html } = flags;
    if (html !== undefined)
      written(resolve(html), () => writeFileSync(resolve(html), comparisonPage(comparison, before!, after!)));
    if (csv !== undefined)
      written(resolve(csv), () => writeFileSync(resolve(csv), csvOf(comparisonCells(comparison))));
    return comparison.rows.length || comparison.conditions.length ? 1 : 0;
  });
}
