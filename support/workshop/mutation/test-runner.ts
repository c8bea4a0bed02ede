import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { MutantCoverage, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type Collection, collect } from './node-test.ts';

/** Where instrumented code looks for the mutant that is active, and tells what it came by. */
interface Instrumented {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

const instrumented: Instrumented = {};
Object.assign(globalThis, { __stryker__: instrumented });

/**
 * Runs tests of `node:test` in this process, so that one process can judge thousands of mutants. Files are loaded
 * once. For a mutant of what happens while a file is loaded, that file is loaded anew with all that rest on it.
 */
export class NodeTestRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #testFiles: readonly string[];
  /** Files that keep what they made once, by their addresses: they are loaded anew for each mutant. */
  readonly #keeping: ReadonlySet<string>;
  readonly #files: LoadedFiles;
  /** What each test file says, by the file's address. */
  readonly #collections = new Map<string, Collection>();
  /** How long each test takes, in ms: the quick ones are asked first. */
  readonly #times = new Map<string, number>();
  /** The files that were loaded while a mutant was active in them. */
  #tainted: ReadonlySet<string> = new Set();

  constructor(options: StrykerOptions) {
    const { files, keeping = [] } = options.nodeTest as {
      readonly files: string[];
      readonly keeping?: string[];
    };
    const addresses = (patterns: string[]) => globSync(patterns).map((file) => pathToFileURL(file).href);
    this.#testFiles = addresses(files);
    this.#keeping = new Set(addresses(keeping));
    this.#files = new LoadedFiles(pathToFileURL(`${process.cwd()}/`).href);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    instrumented.mutantCoverage = { static: {}, perTest: {} };
    await this.#load(this.#testFiles);
    const result = await this.#run(this.#collections.values(), disableBail);
    return { ...result, mutantCoverage: instrumented.mutantCoverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, sandboxFileName, testFilter } = options;
    instrumented.activeMutant = undefined;
    if (!this.#collections.size) await this.#load(this.#testFiles);
    const file = inSandbox(sandboxFileName);
    const isStatic = mutantActivation === 'static' || this.#keeping.has(file);
    const affected = isStatic ? this.#files.restingOn(file) : new Set<string>();
    if (isStatic && !this.#testFiles.some((file) => affected.has(file)))
      throw new Error(`No test file was seen to load ${sandboxFileName}, which a mutant is in`);
    const stale = new Set([...this.#tainted, ...affected]);
    this.#tainted = affected;
    instrumented.hitCount = hitLimit === undefined ? undefined : 0;
    instrumented.hitLimit = hitLimit;
    const result = await this.#reload(stale, affected, isStatic ? activeMutant.id : undefined);
    if (result) return toMutantRunResult(determineHitLimitReached(instrumented.hitCount, hitLimit) ?? result);
    instrumented.activeMutant = activeMutant.id;
    const collections = [...this.#collections].flatMap(([testFile, one]) =>
      !isStatic || affected.has(testFile) ? [one] : [],
    );
    const ran = await this.#run(collections, disableBail, isStatic ? undefined : testFilter);
    return toMutantRunResult(determineHitLimitReached(instrumented.hitCount, hitLimit) ?? ran);
  }

  async dispose(): Promise<void> {
    instrumented.activeMutant = undefined;
    for (const { afters } of this.#collections.values()) for (const tidy of afters) await tidy();
  }

  /** Loads anew what is stale, with the mutant active only in what it affects; a result where that fails. */
  async #reload(
    stale: ReadonlySet<string>,
    affected: ReadonlySet<string>,
    mutant: string | undefined,
  ): Promise<CompleteDryRunResult | null> {
    if (!stale.size) return null;
    this.#files.renew(stale);
    const tests = this.#testFiles.filter((file) => stale.has(file));
    await this.#load(tests.filter((file) => !affected.has(file)));
    instrumented.activeMutant = mutant;
    try {
      await this.#load(tests.filter((file) => affected.has(file)));
      return null;
    } catch (error) {
      const id = 'the test files can be loaded';
      const failed = {
        id,
        name: id,
        timeSpentMs: 0,
        status: TestStatus.Failed,
        failureMessage: String(error),
      };
      return { status: DryRunStatus.Complete, tests: [failed] } as CompleteDryRunResult;
    }
  }

  async #load(testFiles: readonly string[]): Promise<void> {
    for (const file of testFiles) {
      for (const tidy of this.#collections.get(file)?.afters ?? []) await tidy();
      this.#collections.set(file, await collect(() => import(file)));
    }
  }

  async #run(
    collections: Iterable<Collection>,
    all: boolean | undefined,
    wanted?: readonly string[],
  ): Promise<CompleteDryRunResult> {
    const only = wanted && new Set(wanted);
    const due = [...collections]
      .flatMap(({ tests }) => [...tests])
      .filter(([name]) => !only || only.has(name))
      .sort(([one], [other]) => (this.#times.get(one) ?? 0) - (this.#times.get(other) ?? 0));
    const tests: TestResult[] = [];
    for (const [name, body] of due) {
      const result = await answered(name, body);
      tests.push(result);
      if (result.status === TestStatus.Success) this.#times.set(name, result.timeSpentMs);
      else if (!all) break;
    }
    return { status: DryRunStatus.Complete, tests };
  }
}

/** The kit's own files as this process has loaded them, and which of them rest on which. */
class LoadedFiles {
  readonly #users = new Map<string, Set<string>>();
  readonly #loadings = new Map<string, number>();

  constructor(root: string) {
    const standIn = new URL('node-test.ts', import.meta.url).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === 'node:test') return { url: standIn, shortCircuit: true };
        const found = next(specifier, context);
        if (!found.url.startsWith(root) || found.url.includes('/node_modules/')) return found;
        const file = plain(found.url);
        const user = plain(context.parentURL ?? '');
        this.#users.set(file, (this.#users.get(file) ?? new Set()).add(user));
        // Another address is another module: libraries are loaded once, the kit's own files as often as they must.
        return { ...found, url: `${file}?loading=${this.#loadings.get(file) ?? 0}` };
      },
    });
  }

  /** A file, and all that import it, themselves or by others. */
  restingOn(file: string, known = new Set<string>()): Set<string> {
    if (known.has(file)) return known;
    known.add(file);
    for (const user of this.#users.get(file) ?? []) this.restingOn(user, known);
    return known;
  }

  /** From now on, these are loaded anew. */
  renew(files: ReadonlySet<string>): void {
    for (const file of files) this.#loadings.set(file, (this.#loadings.get(file) ?? 0) + 1);
  }
}

/** The address of a file in the sandbox, which is named as seen from the folder in which Stryker was started. */
function inSandbox(fileName: string): string {
  const sandbox = `/${basename(process.cwd())}/`;
  const [, own = fileName] = fileName.split(sandbox);
  return pathToFileURL(own).href;
}

const plain = (url: string): string => url.split('?')[0] ?? url;

/** Runs a test, and tells how it went. */
async function answered(name: string, body: () => unknown): Promise<TestResult> {
  const start = performance.now();
  instrumented.currentTestId = name;
  const failureMessage = await Promise.resolve()
    .then(body)
    .then(
      () => null,
      (error: unknown) => String(error),
    );
  instrumented.currentTestId = undefined;
  const result = { id: name, name, timeSpentMs: performance.now() - start };
  return failureMessage === null
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage };
}
