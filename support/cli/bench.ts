import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CommanderError } from 'commander';
import { UsageError } from '../record/usage-error.ts';
import { measure, type Part, parts, table } from '../workshop/bench/index.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/** `npm run bench`: measures the kit beside what is used instead. Returns 0; 1 when a part did not run; 2 usage. */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('bench')
    .description('Measures the gateway beside Prism, and how long the checklist takes on each POS of the kit')
    .option('--only <parts>', `only these of ${parts.join(', ')}, with commas between`, chosen, parts);
  try {
    refuseWhatNpmKept(command, args);
    const { only } = command.parse([...args], { from: 'user' }).opts<{ only: readonly Part[] }>();
    const figures = await measure(only);
    mkdirSync('reports', { recursive: true });
    const file = join('reports', 'bench.json');
    writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
    console.table(table(figures));
    console.log(`Figures: ${relative(process.cwd(), file)}`);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function chosen(text: string): readonly Part[] {
  const named = text.split(',').map((one) => one.trim());
  const unknown = named.find((one) => !parts.includes(one as Part));
  if (unknown === undefined) return named as Part[];
  throw new UsageError(
    'KIT-WORKSHOP-004',
    `Expected --only to name parts of the benchmark, but it has none called "${unknown}". They are ${parts.join(', ')}.`,
  );
}
