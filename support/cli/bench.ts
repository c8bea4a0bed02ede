import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { Command, CommanderError } from 'commander';
import { temporaryFolder } from '../record/disk/temporary.ts';
import { UsageError } from '../record/usage-error.ts';
import { type GatewayFigures, measureGateway } from '../workshop/bench/gateway.ts';
import { measureRows, type RowsFigures } from '../workshop/bench/rows.ts';
import { measureScale, type ScaleFigures } from '../workshop/bench/scale.ts';
import { fetchTools } from '../workshop/bench/tools.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

const parts = ['gateway', 'rows', 'scale'] as const;
type Part = (typeof parts)[number];

/** `reports/bench.json`: what was measured in one run on one machine. */
interface Figures {
  readonly cores: number;
  readonly gateway?: GatewayFigures;
  readonly rows?: RowsFigures;
  readonly scale?: readonly ScaleFigures[];
}

/** How often the checklist is run in one run, for the scale. */
const times = [1, 20];

/** `npm run bench`: measures the kit beside what is used instead. Returns 0; 1 when a part did not run; 2 usage. */
export async function main(args: readonly string[]): Promise<number> {
  const command = new Command('bench')
    .description('Measures the gateway beside Prism and newman, the checklist on both tills, and a long run')
    .option('--only <parts>', `only these of ${parts.join(', ')}, with commas between`, chosen, parts)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride();
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
    `Expected --only to name parts of the benchmark, but it has none called "${unknown}". They are ${parts.join(', ')}.`,
  );
}

async function measure(only: readonly Part[]): Promise<Figures> {
  const folder = temporaryFolder('bench');
  const say = (line: string) => console.log(line);
  try {
    const gateway = only.includes('gateway') ? await measureGateway(await fetchTools(say)) : null;
    const rows = only.includes('rows') ? await measureRows(folder, say) : null;
    if (only.includes('scale')) say(`Running the checklist ${times.join(' and ')} times over in one run …`);
    const scale = only.includes('scale') ? await measureScale(times) : null;
    return {
      cores: availableParallelism(),
      ...(gateway && { gateway }),
      ...(rows && { rows }),
      ...(scale && { scale }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One line a figure. */
function table({ gateway, rows, scale }: Figures): Record<string, { figure: string }> {
  const lines: [string, string][] = [
    ...((gateway
      ? [
          ['gateway, requests a second', String(gateway.requestsPerSecond)],
          ['Prism, requests a second', String(gateway.prismRequestsPerSecond)],
          ['gateway : Prism', `${gateway.ratio.toFixed(1)} : 1`],
          [
            'gateway adds (p50, p99), ms',
            `${gateway.addedLatencyMs.p50.toFixed(2)}, ${gateway.addedLatencyMs.p99.toFixed(2)}`,
          ],
          ['newman, requests a second', String(gateway.newmanRequestsPerSecond)],
        ]
      : []) as [string, string][]),
    ...((rows
      ? [
          [`${rows.count} rows, headless`, seconds(rows.headlessMs)],
          [`${rows.count} rows, browser, --fast`, seconds(rows.browserFastMs)],
          [`${rows.count} rows, browser, real time`, seconds(rows.browserMs)],
        ]
      : []) as [string, string][]),
    ...(scale ?? []).map((one): [string, string] => [
      `${one.rows} rows in one run`,
      `${seconds(one.ms)}, ${(one.ms / one.rows).toFixed(0)} ms a row, ${one.rssMb} MB, ${one.liveMb} MB of it in use (stream: ${one.streamMb} MB)`,
    ]),
  ];
  return Object.fromEntries(lines.map(([name, figure]) => [name, { figure }]));
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
