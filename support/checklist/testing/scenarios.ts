import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope, PickleStep } from '@cucumber/messages';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** One scenario of the feature files, with the step definition that each of its steps finds. */
export interface Scenario {
  readonly name: string;
  readonly uri: string;
  readonly tags: readonly string[];
  /** All that its steps say, with their tables. */
  readonly text: string;
  readonly steps: readonly {
    readonly text: string;
    /** It states what is expected (Then), and does nothing else. */
    readonly isExpectation: boolean;
    /** How many step definitions fit: one, where all is well. */
    readonly fitting: number;
    /** The pattern of the one that is found. */
    readonly pattern: string | null;
    /** Does what the step does to a World. */
    readonly act: (world: unknown) => Promise<void>;
  }[];
}

/** What the runner's own library has of a step definition, beyond what its types tell. */
interface Definition {
  readonly pattern: string | RegExp;
  readonly code: (...parameters: unknown[]) => unknown;
  matchesStepName(text: string): boolean;
  getInvocationParameters(request: { step: PickleStep; world: unknown }): Promise<{ parameters: unknown[] }>;
}

/** Every scenario of the kit and the patterns of its steps, read by the runner itself without running any. */
export async function readScenarios(): Promise<{ scenarios: Scenario[]; patterns: string[] }> {
  const messages: Envelope[] = [];
  const environment = {
    cwd: root,
    stdout: new PassThrough().resume(),
    stderr: new PassThrough().resume(),
    env: {},
  };
  const { runConfiguration } = await loadConfiguration(
    {
      file: false,
      provided: {
        paths: ['features/**/*.feature'],
        import: ['support/checklists/worlds.ts', 'support/run/hooks.ts', 'steps/**/*.steps.ts'],
        dryRun: true,
      },
    },
    environment,
  );
  const { support } = await runCucumber(
    { ...runConfiguration, formats: { stdout: 'message', files: {}, publish: false, options: {} } },
    environment,
    (message) => messages.push(message),
  );
  const { stepDefinitions } = support as unknown as { stepDefinitions: readonly Definition[] };
  const scenarios = messages.flatMap(({ pickle }) =>
    pickle
      ? [
          {
            name: pickle.name,
            uri: pickle.uri,
            tags: pickle.tags.map(({ name }) => name),
            text: pickle.steps.map((step) => `${step.text} ${cellsOf(step)}`).join('\n'),
            steps: pickle.steps.map((step) => {
              const fitting = stepDefinitions.filter((one) => one.matchesStepName(step.text));
              return {
                text: step.text,
                isExpectation: step.type === 'Outcome',
                fitting: fitting.length,
                pattern: fitting[0] ? String(fitting[0].pattern) : null,
                act: actOf(fitting[0], step),
              };
            }),
          },
        ]
      : [],
  );
  return { scenarios, patterns: stepDefinitions.map(({ pattern }) => String(pattern)) };
}

const cellsOf = ({ argument }: PickleStep): string =>
  (argument?.dataTable?.rows ?? []).flatMap(({ cells }) => cells.map(({ value }) => value)).join(' ');

const actOf =
  (definition: Definition | undefined, step: PickleStep) =>
  async (world: unknown): Promise<void> => {
    if (!definition) return;
    const { parameters } = await definition.getInvocationParameters({ step, world });
    await definition.code.apply(world, parameters);
  };
