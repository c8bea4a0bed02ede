import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import type { Behaviour as UpstreamBehaviour } from '../../fixtures/simulator/index.ts';
import { machinesByRow } from '../actors/card-machine/machines-needed.ts';
import type { Catalogue, Checklist, Leftover, Row } from '../checklist/index.ts';
import { type Contract, judgesOf } from '../contract/index.ts';
import { type Certificate, certify, inScope, type Judgement, judgeRow } from '../judging/index.ts';
import { keepsSettings, type Profile } from '../profile/index.ts';
import { Blocked } from '../record/blocked.ts';
import { written } from '../record/disk/disk.ts';
import { StreamFile, type Write } from '../record/disk/stream-file.ts';
import { sweepTemporary } from '../record/disk/temporary.ts';
import { sectionOf } from '../record/row-id.ts';
import { StreamFold } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import type { Run } from '../record/vocabulary.ts';
import { writeReport } from '../report/disk/write-report.ts';
import { certificateOf } from '../traffic/gateway/index.ts';
import { leaveAccount, leftoverLines } from './account-end.ts';
import { approachFor } from './approach.ts';
import { Breaker } from './breaker.ts';
import { nameOfBrowser } from './browser.ts';
import { continuationOf, endBefore, type GoesOn, refuseAnother, takeBefore } from './going-on.ts';
import { Lanes } from './handover.ts';
import { awaitInterruption } from './interruption.ts';
import type { RunParameters } from './lane.ts';
import { openAccount, openBrowser, openTills, openUpstream, secretFor, settled } from './opening.ts';
import { apart } from './person.ts';
import { againLine, elsewhereLine, rowLine, settingsLine } from './progress.ts';
import { runRecord } from './run-record.ts';
import { runScenarios } from './runner.ts';
import { stopChannel } from './schedule.ts';
import { showWay } from './show-way.ts';
import type { ChosenUpstream } from './upstream.ts';

/** What a run is made of. */
export interface RunOptions {
  readonly profile: Profile;
  /** Runs the kit's own reference POS, as many as there are workers; else `driver.url` is used. */
  readonly ownTill: boolean;
  readonly upstream: ChosenUpstream;
  readonly rows: readonly Row[];
  readonly checklist: Checklist;
  readonly contract: Contract;
  readonly workers: number;
  readonly fast: boolean;
  /** What the amounts are drawn from; a seed is drawn at random where none is given. */
  readonly amounts?: { readonly seed: string } | { readonly challenge: string };
  /** At most so many pictures of the display are kept of a row; 4 by default. */
  readonly mostPictures?: number;
  readonly allure: boolean;
  /** Style and pictures of the certificate's page go into files beside it. */
  readonly beside?: boolean;
  /** The order in which the rows are run, where it is not the checklist's. */
  readonly order?: readonly string[];
  /** Folder of the run; made where it is not there. */
  readonly out: string;
  readonly id: string;
  /** The run that goes on in its folder; left out where one begins. */
  readonly goesOn?: GoesOn;
  /** Which part of a larger run it is; left out where it is none. */
  readonly shard?: Run['shard'];
  /** The words with which the run was asked for; none where no command was. */
  readonly commandLine?: readonly string[];
  readonly say: (line: string) => void;
  /** Called when a row is over, with its id and verdict. */
  readonly ended?: (line: string) => void;
  /** Comes when the person is there, for whom the rows wait in which a person does something. */
  readonly attended?: Promise<unknown>;
  /** The rows in which a person says that an answer was wrong since this was asked last: they are run once more. */
  readonly corrected?: () => readonly string[];
  /** Where a browser runs already; else one is started, where the till needs it. */
  readonly browserEndpoint?: string;
  /** How the embedded simulator and the kit's own till depart from what is right. */
  readonly wrong?: { readonly upstream?: Partial<UpstreamBehaviour>; readonly till?: object };
  readonly features?: string;
  readonly steps?: readonly string[];
  /** How the stream gets to the disk, where it is not by the system's own call. */
  readonly write?: Write;
}

/** A run that is over, and what it came to. */
export interface Finished {
  readonly certificate: Certificate;
  /** The signal that ended it before its time. Then the runner, which can't be stopped, may still be at it. */
  readonly interrupted: NodeJS.Signals | null;
  /** What the runner said on its error stream, and why it broke off; empty in a good run. */
  readonly said: string;
}

/**
 * Runs rows and writes their record and certificate. Whatever was started is closed again.
 * Throws a `UsageError` when there is no browser, and a `Blocked` when the upstream can't be reached or the disk
 * takes no more.
 */
export async function runRows(options: RunOptions): Promise<Finished> {
  const open: (() => Promise<unknown>)[] = [];
  const tillSecret = secretFor(options);
  try {
    sweepTemporary();
    written(options.out, () => mkdirSync(options.out, { recursive: true }));
    const { profile, upstream: chosen } = options;
    const approach = await approachFor(profile, chosen.kind === 'embedded' ? null : chosen.url);
    await showWay(options, approach, open);
    const upstream = await openUpstream(options, open);
    const certificate = await certificateOf(upstream.url);
    const [browser, tills] = await settled(openBrowser(options, open), openTills(options, open));
    const made = runRecord(options, upstream, certificate);
    if (options.goesOn) refuseAnother(options.goesOn, made);
    return await record(options, {
      run: options.goesOn?.recording.run ?? {
        ...made,
        ...(browser ? { browser: await nameOfBrowser(browser) } : {}),
      },
      profile: options.profile,
      upstream,
      account: await openAccount(options, upstream, open),
      approach,
      tills,
      browserEndpoint: browser,
      redactionSecret: randomBytes(32).toString('hex'),
      tillSecret,
      fast: options.fast,
      mostPictures: options.mostPictures ?? 4,
    });
  } finally {
    for (const close of open.reverse()) await close();
  }
}

/** Runs the scenarios, writing the stream as it comes, and makes the certificate of it. */
async function record(options: RunOptions, parameters: Omit<RunParameters, 'attempt'>): Promise<Finished> {
  const { rows, checklist, contract, out, say, workers, profile, goesOn } = options;
  const { violations, unjudged } = judgesOf(contract, checklist.serves);
  const before = goesOn?.stored.lines.map(({ bytes }) => bytes);
  const stream = new StreamFile(out, (envelope) => take(envelope), options.write, before);
  const fold = new StreamFold((first, last) => stream.readAgain(first, last));
  if (goesOn) takeBefore(goesOn, fold);
  const stop = new BroadcastChannel(stopChannel);
  let open: readonly Leftover[] | null = null;
  const interruption = awaitInterruption(() => {
    if (lanes && !open) say('What the run has left open was not known yet: look through the account.');
    for (const line of leftoverLines(open ?? [])) say(line);
    say(
      `Left at once. What was recorded is kept: npm run report -- ${relative(process.cwd(), out) || '.'} makes the certificate of it.`,
    );
  });
  const { run, upstream } = parameters;
  const lanes = upstream.kind === 'api' ? new Lanes(run.id) : null;
  const judged = new Map<string, Judgement>();
  let done = 0;
  const { apiVersion } = parameters.run.pos;
  const scope = inScope(rows, parameters.run);
  const toRun = goesOn ? scope.filter(({ id }) => goesOn.rows.has(id)) : scope;
  let toJudge = rows.length - scope.length + toRun.length;
  const breaker = new Breaker();
  const workerOf = new Map<string, string>();
  let runnerBroke: string | null = null;
  let stopped = false;
  const stopRun = (why: string): void => {
    stopped = true;
    stop.postMessage(why);
  };
  const follow = (envelope: Envelope): void => {
    runnerBroke ??= envelope.testRunFinished?.exception?.message ?? null;
    const row = fold.take(envelope);
    const { testCaseStarted, testCaseFinished } = envelope;
    if (testCaseStarted) workerOf.set(testCaseStarted.id, testCaseStarted.workerId ?? '');
    if (!row) return;
    const recording = fold.record(stream.head);
    const judgement = judgeRow(row, { recording, checklist, violations, unjudged });
    judged.set(row, judgement);
    say(rowLine(judgement, ++done, toJudge));
    options.ended?.(`${row} ${judgement.verdict}`);
    const lasting = judgement.trouble.find((one) => one.infrastructure);
    const worker = workerOf.get(testCaseFinished?.testCaseStartedId ?? '') ?? '';
    if (breaker.opens(worker, judgement.verdict === 'blocked' && lasting !== undefined))
      stopRun(lasting?.message ?? 'row after row was blocked');
  };
  const broken: unknown[] = [];
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      // Thrown from here, it would leave the runner with its servers open: the run is first brought to its end.
      broken.push(error);
      stopRun(error instanceof Blocked ? error.message : 'the kit itself broke');
    }
  };
  const take = (envelope: Envelope): void => {
    if (!broken.length) guarded(() => follow(envelope));
  };
  try {
    if (goesOn) stream.goOn(continuationOf(goesOn));
    else stream.start(run);
    if (goesOn && upstream.kind === 'api')
      for (const line of leftoverLines(await endBefore(goesOn, checklist, { ...upstream, apiVersion })))
        say(line);
    // A POS that keeps its settings is set up with other keys when nothing else is left to do with the usual one.
    const last = new Set(
      keepsSettings(profile) ? toRun.filter(({ reconfigures }) => reconfigures).map(({ id }) => id) : [],
    );
    const scenariosOf = (some: readonly Row[], side: number, attempt: RunParameters['attempt']) =>
      runScenarios({
        rows: some.map(({ id }) => id),
        ...(options.order ? { order: options.order } : {}),
        // Where rows share card machines it is these that decide what can run beside what.
        waiting: lanes ? [] : some.filter(({ id, waits }) => waits && !last.has(id)).map(({ id }) => id),
        last: some.map(({ id }) => id).filter((id) => last.has(id)),
        machines: lanes ? machinesByRow(some) : new Map(),
        workers: side,
        parameters: { ...parameters, attempt },
        onMessage: (envelope) => guarded(() => stream.write(envelope)),
        features: options.features ?? checklist.features ?? `features/${checklist.name}/**/*.feature`,
        steps: [...(checklist.steps ?? []), ...(options.steps ?? [])],
      });
    let interrupted: NodeJS.Signals | null = null;
    const byPerson = apart(toRun, profile, upstream.kind === 'api');
    const automatic = toRun.filter((row) => !byPerson.includes(row));
    const over = (): boolean => interrupted !== null || stopped || runnerBroke !== null;
    const all = async (): Promise<string> => {
      let said = await unattended();
      if (byPerson.length && !over()) {
        await options.attended;
        said += await scenariosOf(byPerson, 0, 'first');
      }
      for (;;) {
        const ids = options.corrected?.() ?? [];
        const anew = toRun.filter(({ id }) => ids.includes(id));
        if (!anew.length || over()) return said;
        guarded(() => stream.again(ids, 'corrected'));
        toJudge += anew.length;
        said += await scenariosOf(anew, 0, 'second');
      }
    };
    const unattended = async (): Promise<string> => {
      const said = await scenariosOf(automatic, workers, 'first');
      const slow = automatic.filter(({ id }) => judged.get(id)?.tooSlow);
      if (!slow.length || over()) return said;
      guarded(() => stream.again(slow.map(({ id }) => id)));
      say(againLine(slow.map(({ id }) => id)));
      toJudge += slow.length;
      return said + (await scenariosOf(slow, Math.min(workers, 1), 'second'));
    };
    const scenarios = all();
    let ended: Awaited<typeof scenarios> | { signal: NodeJS.Signals };
    try {
      ended = await Promise.race([scenarios, interruption.signal.then((signal) => ({ signal }))]);
      interrupted = typeof ended === 'object' ? ended.signal : null;
      // The record of the end says that the run came to it.
      if (interrupted || runnerBroke !== null) stream.close();
      else stream.finish();
    } finally {
      if (lanes && upstream.kind === 'api')
        await leaveAccount(lanes, checklist.leftovers, { ...upstream, apiVersion }, interrupted !== null, {
          say,
          known: (left) => {
            open = left;
          },
        });
    }
    if (broken.length) throw broken[0];
    const recording = fold.record(stream.head);
    for (const row of rows.filter((one) => !scope.includes(one)))
      say(rowLine(judgeRow(row.id, { recording, checklist, violations, unjudged }), ++done, toJudge));
    if (keepsSettings(profile)) say(settingsLine(recording));
    const elsewhere = elsewhereLine(recording);
    if (elsewhere) say(elsewhere);
    const certificate = certify({ recording, checklist, violations, unjudged }, judged);
    const { allure, beside = false } = options;
    await writeReport(out, certificate, recording, { allure: allure && !interrupted, beside, say });
    const said = [
      ...(typeof ended === 'string' ? [ended] : []),
      ...(runnerBroke === null
        ? []
        : [
            `The run was broken off: ${runnerBroke}. What was recorded is kept; run again for a whole certificate.`,
          ]),
    ];
    return { certificate, interrupted, said: said.join('\n') };
  } finally {
    interruption.ignore();
    lanes?.close();
    stop.close();
    stream.close();
  }
}

/** Rows by their ids or their section's code. Throws a `UsageError` when that selects none, or names one that is not there. */
export function selectRows(catalogue: Catalogue, ids: readonly string[], section: string | null): Row[] {
  const known = new Set(catalogue.rows.map(({ id }) => id));
  const wrong = ids.find((id) => !known.has(id));
  if (wrong) {
    throw new UsageError(
      'KIT-ROW-002',
      `Expected --rows to name rows of the checklist ${catalogue.name}, but it has no row "${wrong}". ` +
        `Rows are named like ${catalogue.rows[0]!.id}; the table in docs/rows.md lists them.`,
    );
  }
  const codes = [...new Set(catalogue.rows.map(({ id }) => sectionOf(id)).filter(Boolean))];
  if (section !== null && !codes.includes(section)) {
    throw new UsageError(
      'KIT-ROW-003',
      `Expected --section to be one of ${codes.join(', ')}, but it is "${section}". Choose one of them.`,
    );
  }
  return catalogue.rows.filter(
    ({ id }) => (!ids.length || ids.includes(id)) && (section === null || sectionOf(id) === section),
  );
}
