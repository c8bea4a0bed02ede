/**
 * Stands in for `node:test` while the kit's judgement is mutated: it only collects what a test file says, so that
 * the tests of one process can be run again for each mutant.
 */

type Body = () => unknown;

/** What a test file says: its tests by their names, suites and all, and what tidies up after them. */
export interface Collection {
  readonly tests: Map<string, Body>;
  readonly afters: Body[];
}

let current: Collection = { tests: new Map(), afters: [] };
const suites: string[] = [];

/** Gives what a test file says while it is loaded. */
export async function collect(load: () => Promise<unknown>): Promise<Collection> {
  current = { tests: new Map(), afters: [] };
  const collected = current;
  await load();
  return collected;
}

/** A suite is run at once: it only says which tests there are. */
export function suite(name: string, body: Body): void {
  suites.push(name);
  try {
    body();
  } finally {
    suites.pop();
  }
}

export const describe = suite;

export function test(name: string, body: Body): void {
  const full = [...suites, name].join(' > ');
  if (current.tests.has(full)) throw new Error(`Two tests are called "${full}": give one another name`);
  current.tests.set(full, body);
}

/** What tidies up after all tests of a file. */
export function after(body: Body): void {
  current.afters.push(body);
}
