import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { loadConfiguration, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** One scenario of the feature files, with the step definition that each of its steps finds. */
export interface Scenario {
  readonly name: string;
  readonly uri: string;
  readonly tags: readonly string[];
  readonly steps: readonly {
    readonly text: string;
    /** How many step definitions fit: one, where all is well. */
    readonly fitting: number;
    /** Does what the step does to a World. */
    readonly act: (world: unknown) => Promise<void>;
  }[];
}

type Definition = Awaited<ReturnType<typeof runCucumber>>['support']['stepDefinitions'][number];

/** Every scenario of the kit, read by the runner itself without running any. */
export async function readScenarios(): Promise<Scenario[]> {
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
        import: ['support/hooks.ts', 'steps/**/*.steps.ts'],
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
  return messages.flatMap(({ pickle }) =>
    pickle
      ? [
          {
            name: pickle.name,
            uri: pickle.uri,
            tags: pickle.tags.map(({ name }) => name),
            steps: pickle.steps.map((step) => {
              const fitting = support.stepDefinitions.filter((one) => one.matchesStepName(step.text));
              return { text: step.text, fitting: fitting.length, act: actOf(fitting[0], step) };
            }),
          },
        ]
      : [],
  );
}

const actOf =
  (definition: Definition | undefined, step: Parameters<Definition['getInvocationParameters']>[0]['step']) =>
  async (world: unknown): Promise<void> => {
    if (!definition) return;
    const { parameters } = await definition.getInvocationParameters({ step, world } as never);
    await definition.code.apply(world, parameters);
  };
