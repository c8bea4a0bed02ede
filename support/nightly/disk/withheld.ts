import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../../run/terminal.ts';
import { writeWhole } from './part.ts';

const withheldFile = 'withheld.txt';

const words =
  'Not judged: this run has no DOJO_API_KEY, for GitHub gives no secrets to a pull request from a fork or of Dependabot. ' +
  'Nothing is wrong with it: a run on a branch of the repository judges it.';

/**
 * Whether a run wants secrets that GitHub keeps from it: it goes to an API elsewhere without a key, for a pull request that
 * comes from another repository, or from Dependabot.
 */
export function secretsWithheld(options: readonly string[]): boolean {
  const { DOJO_API_KEY, GITHUB_EVENT_PATH: path, GITHUB_ACTOR } = process.env;
  if (DOJO_API_KEY || !path || !existsSync(path) || !goesElsewhere(options)) return false;
  const { pull_request: request } = JSON.parse(readFileSync(path, 'utf8')) as {
    pull_request?: {
      head?: { repo?: { full_name?: string } | null };
      base?: { repo?: { full_name?: string } };
    };
  };
  if (!request) return false;
  return (
    GITHUB_ACTOR === 'dependabot[bot]' || request.head?.repo?.full_name !== request.base?.repo?.full_name
  );
}

/** Keeps in the folder of a run that it was not made, and says why on the page of the job. Throws a `Blocked`. */
export function keepWithheld(folder: string): void {
  writeWhole(join(folder, withheldFile), words);
  say(words);
  // A command to the runner: it shows the words beside the job.
  console.log(`::notice title=Dojo conformance::${words}`);
}

/** What is said of a run that was not made for want of secrets; `null` where it was made. */
export function withheldSummary(folder: string): string | null {
  return existsSync(join(folder, withheldFile)) ? `## ➖ Not judged\n\n${words}\n` : null;
}

function goesElsewhere(options: readonly string[]): boolean {
  if (options.some((word) => word.startsWith('--admin-url'))) return false;
  const at = options.findLastIndex((word) => /^--upstream(=|$)/.test(word));
  const upstream = at < 0 ? 'simulator' : (options[at]!.split('=')[1] ?? options[at + 1]);
  return upstream !== 'simulator';
}
