import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  BeforeStep,
  type IWorldOptions,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setParallelCanAssign,
  setWorldConstructor,
} from '@cucumber/cucumber';
import { Blocked } from '../record/blocked.ts';
import { LeftOut } from '../record/left-out.ts';
import { rowOfTags } from '../record/row-id.ts';
import { Lane } from './lane.ts';
import { RowWorld, type RunParameters, worldOf } from './row-world.ts';
import { mayBegin, paceChannel, stopChannel } from './schedule.ts';

/** What a step waits for has limits of its own, and a person has none: the runner never cuts a step off. */
setDefaultTimeout(-1);
// Which checklist it is about is known once a scenario begins.
setWorldConstructor(function world(options: IWorldOptions<RunParameters>) {
  return new (worldOf(options.parameters.run.checklist.name))(options);
});

let lane: Promise<Lane> | null = null;

setParallelCanAssign((pickle, running) =>
  mayBegin(
    pickle ? (rowOfTags(pickle.tags) ?? '') : '',
    running.map(({ tags }) => rowOfTags(tags) ?? ''),
  ),
);

let stopped = '';
let channel: BroadcastChannel | null = null;
let pace: BroadcastChannel | null = null;

BeforeAll(() => {
  stopped = '';
  pace = new BroadcastChannel(paceChannel);
  channel = new BroadcastChannel(stopChannel);
  channel.onmessage = ({ data }: { data: string }) => {
    stopped = data;
  };
});

Before(async function (this: RowWorld, { pickle }) {
  const row = rowOfTags(pickle.tags) ?? '';
  try {
    if (stopped)
      throw new Blocked(
        'KIT-RUN-001',
        `The run was stopped before this row: ${stopped}`,
        'Mend what stopped it and run again.',
        false,
      );
    lane ??= Lane.open(this.parameters);
    await this.begin(row, await lane);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    this.recorder.trouble(error);
    return 'skipped';
  }
});

BeforeStep(function (this: RowWorld) {
  this.recorder.flush();
});

/** A failure that no step expected is an observation too, with its advice: a row never passes over it. */
setDefinitionFunctionWrapper(
  (definition: (...given: unknown[]) => unknown) =>
    async function (this: unknown, ...given: unknown[]): Promise<unknown> {
      try {
        return await definition.apply(this, given);
      } catch (error) {
        if (this instanceof RowWorld) {
          if (error instanceof LeftOut) this.note('left-by-person', { by: error.by, reason: error.message });
          else this.recorder.trouble(error);
        }
        throw error;
      }
    },
);

After(async function (this: RowWorld) {
  try {
    await this.end();
  } finally {
    this.recorder.flush();
    const open = await lane?.catch(() => null);
    const ms = this.pace?.roundTrip?.median;
    if (ms !== undefined) pace?.postMessage(ms);
    // What struck this row may lie with its lane: the next one begins with a fresh one.
    if (this.recorder.struck) await open?.renew();
    if (!open) lane = null;
  }
});

AfterAll(async () => {
  channel?.close();
  pace?.close();
  const open = lane;
  lane = null;
  await (await open?.catch(() => null))?.close();
});
