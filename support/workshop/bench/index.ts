import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { counted } from '../../record/counted.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { type GatewayFigures, measureGateway } from './gateway.ts';
import { measureRows, type RowsFigures } from './rows.ts';
import { fetchTools } from './tools.ts';

export const parts = ['gateway', 'rows'] as const;
export type Part = (typeof parts)[number];

/** `reports/bench.json`: what was measured in one run on one machine. */
export interface Figures {
  readonly cores: number;
  readonly gateway?: GatewayFigures;
  readonly rows?: RowsFigures;
}

/** Measures these parts, one after another. Throws an `Error` when a figure would say nothing. */
export async function measure(only: readonly Part[]): Promise<Figures> {
  const folder = temporaryFolder('bench');
  const say = (line: string) => console.log(line);
  try {
    const gateway = only.includes('gateway') ? await measureGateway(await fetchTools(say)) : null;
    const rows = only.includes('rows') ? await measureRows(folder, say) : null;
    return {
      cores: availableParallelism(),
      ...(gateway && { gateway }),
      ...(rows && { rows }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One line a figure. */
export function table({ gateway, rows }: Figures): Record<string, { figure: string }> {
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
        ]
      : []) as [string, string][]),
    ...((rows
      ? [
          [`${counted(rows.count, 'row')}, headless`, seconds(rows.headlessMs)],
          [`${counted(rows.count, 'row')}, browser, --fast`, seconds(rows.browserFastMs)],
          [`${counted(rows.count, 'row')}, browser, real time`, seconds(rows.browserMs)],
        ]
      : []) as [string, string][]),
  ];
  return Object.fromEntries(lines.map(([name, figure]) => [name, { figure }]));
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
