import { UsageError } from '../record/usage-error.ts';

/**
 * The words of a line of options, as a shell would part them: blanks part, quotes of both kinds hold together. Nothing in
 * it is expanded: `*` and `$` are themselves. Throws a `UsageError` when a quote is not closed.
 */
export function optionWords(line: string): string[] {
  const words = [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word);
  if (/["']/.test(line.replace(/"[^"]*"|'[^']*'/g, '')))
    throw new UsageError(
      'KIT-OPTION-003',
      `Expected each quote in the options to be closed, but in ${line.trim()} one is not.`,
    );
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}
