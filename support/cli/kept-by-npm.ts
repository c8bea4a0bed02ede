import type { Command, Option } from 'commander';
import { UsageError } from '../record/usage-error.ts';

/**
 * Refuses options that npm has kept for itself: of `npm run certify --profile=till.yaml`, without `--` before the
 * options, the command gets none, and would do something else than what was asked. npm passes what it kept on in the
 * environment (`npm_config_profile`); of an option that npm has too and takes no such value for (--only), it passes
 * nothing on, and warns the user itself.
 *
 * @param command the command as it is defined; of one with subcommands, the one that `args` begin with counts as well
 * @param args what the command was given
 * @param further options that the command takes for another one
 * @throws a `UsageError` with the words to type
 */
export function refuseWhatNpmKept(
  command: Command,
  args: readonly string[],
  further: readonly Option[] = [],
): void {
  const { npm_lifecycle_script: script = '', npm_lifecycle_event: event = '' } = process.env;
  const [name, ...before] = command.name().split(' ');
  // A command that another program started has an environment that is none of its own.
  if (!new RegExp(`(start\\.mjs["']?|dojo-conformance) ${name}\\b`).test(script)) return;
  const own = command.commands.find((one) => one.name() === args[0])?.options ?? [];
  const typed = new Set(args.map((word) => word.split('=')[0]));
  const known = new Map([...further, ...command.options, ...own].map((option) => [option.long, option]));
  const kept = [...known.values()].flatMap((option) => {
    const value = typed.has(option.long ?? '') ? undefined : keptValue(option);
    return value === undefined ? [] : [{ option, value }];
  });
  if (!kept.length) return;
  const named = kept.map(({ option }) => option.long).join(', ');
  const words = [...before, ...wordsOf(kept, args)].map(quoted).join(' ');
  throw new UsageError(
    'KIT-OPTION-002',
    `npm kept ${named} for itself, because no -- stands before the options. Type: npm run ${event} -- ${words}`,
  );
}

interface Kept {
  readonly option: Option;
  /** As npm passes it on: `true` where a blank stands between an option and its value. */
  readonly value: string;
}

function keptValue(option: Option): string | undefined {
  const name = option.attributeName().replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  // npm takes a name of ours for the beginning of one of its own: --head for --heading.
  const key = Object.keys(process.env).find((one) => new RegExp(`^npm_config_${name}[a-z]*$`, 'i').test(one));
  const value = key === undefined ? undefined : process.env[key];
  // What a setting of npm's switches off was not asked for, unless the option does just that.
  return option.negate === (value === '') ? value : undefined;
}

/** What is to be typed after `--`: in full, as far as it is known which word is the value of which option. */
function wordsOf(kept: readonly Kept[], args: readonly string[]): string[] {
  const apart = kept.filter(({ option, value }) => option.required && value === 'true').length;
  const [others, values] = apart ? [args.slice(0, -apart), args.slice(-apart)] : [args, []];
  const options = kept.map(({ option: { long, required, flags }, value }) => {
    if (!required) return long!;
    if (value !== 'true') return `${long}=${value}`;
    return apart === 1 && values[0] ? `${long}=${values[0]}` : flags.replace(' ', '=');
  });
  return [...others, ...options];
}

const quoted = (word: string): string =>
  /^[\w./:=,@+<>-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`;
