import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { IRunEnvironment, ISupportCodeLibrary } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import type { RunParameters } from './lane.ts';
import { paceChannel, paced, schedule } from './schedule.ts';
import { withoutStacks } from './stacks.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** `ts` as the kit is written, `js` where it is installed as a package. */
const language = extname(import.meta.url).slice(1);

/** Step definitions once loaded are kept: the modules that hold them can be imported only once. */
let loaded: ISupportCodeLibrary | null = null;

/** A till waits more than it works: as many go side by side before it is known what the machine carries. */
const firstLanes = (): number => 3 * availableParallelism();

/** What Cucumber is asked to run. */
export interface RunnerOptions {
  readonly rows: readonly string[];
  /** The order in which they are run, where it is not that of their features. */
  readonly order?: readonly string[];
  readonly waiting: readonly string[];
  /** Rows that begin when all others have; this takes a worker. */
  readonly last: readonly string[];
  /** The ends of the TIDs that rows share, by row; empty where each row has card machines of its own. */
  readonly machines: ReadonlyMap<string, readonly string[]>;
  /** 0 runs all in this thread. */
  readonly workers: number;
  readonly parameters: RunParameters;
  readonly onMessage: (envelope: Envelope) => void;
  /** Feature files, by a pattern from the root. */
  readonly features: string;
  /** More step definitions and hooks, besides the kit's own. */
  readonly steps: readonly string[];
}

/**
 * Runs the scenarios of these rows. It carries no verdict: whatever the runner makes of a scenario stands in
 * the messages. Returns what it had to say on its error stream.
 */
export async function runScenarios({
  rows,
  order,
  waiting,
  last,
  machines,
  workers,
  parameters,
  onMessage,
  features,
  steps,
}: RunnerOptions): Promise<string> {
  // Without a tag Cucumber would run everything.
  if (!rows.length) return '';
  // It takes half a second to load, which what never comes to a run need not wait for.
  const { loadConfiguration, runCucumber } = await import('@cucumber/cucumber/api');
  const said: Buffer[] = [];
  const stderr = new PassThrough().on('data', (chunk: Buffer) => said.push(chunk));
  const stdout = new PassThrough().resume();
  const environment: IRunEnvironment = { cwd: root, stdout, stderr, env: process.env };
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: [features],
        ...(order
          ? { plugin: [`./support/run/row-order.${language}`], pluginOptions: { rowOrder: order } }
          : {}),
        import: [
          `support/checklists/worlds.${language}`,
          `support/run/hooks.${language}`,
          `steps/**/*.steps.${language}`,
          ...steps,
        ],
        tags: rows.map((id) => `@${id}`).join(' or '),
        parallel: workers,
        worldParameters: parameters as never,
      },
    },
    environment,
  );
  schedule({ waiting: workers > 0 ? waiting : [], last, rows, machines, most: workers, first: firstLanes() });
  const pace = new BroadcastChannel(paceChannel);
  const { stackTraceLimit } = Error;
  pace.onmessage = ({ data }: { data: number }) => paced(data);
  try {
    const { support } = await runCucumber(
      {
        ...runConfiguration,
        formats: { stdout: 'message', files: {}, publish: false, options: {} },
        ...(loaded ? { support: loaded } : {}),
      },
      environment,
      (envelope) => {
        // By now the steps are loaded, which Cucumber knows by the stack of their definition.
        if (envelope.testRunStarted) withoutStacks();
        onMessage(envelope);
        // Cucumber keeps all that was attached until the run is over, for formatters that the kit has not.
        if (envelope.attachment) Object.assign(envelope.attachment, { body: '', timestamp: undefined });
      },
    );
    loaded ??= support;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    pace.close();
  }
  return Buffer.concat(said).toString();
}
