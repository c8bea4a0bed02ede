import { Command, type ParseOptions } from 'commander';
import { coded } from '../record/error-codes.ts';

/** Of an option whose value is empty, as a variable that is not set leaves it, nobody knows what was meant. */
class KitCommand extends Command {
  override parse(words: readonly string[], options?: ParseOptions): this {
    const empty = words.findIndex((word) => word === '' || /^--[^=]+=$/.test(word));
    // A workflow hands on to `nightly` what it was given, and nothing is a value there.
    if (empty >= 0 && this.name() !== 'nightly') {
      const option = words[empty]?.replace(/=$/, '') || words[empty - 1];
      this.error(
        `error: expected a value for ${option ?? 'each word'}, but it is empty. Give one, or leave it out.`,
      );
    }
    return super.parse(words, options);
  }
}

/** A command with what all of the kit's share: it says what was wrong, where help is, and throws where it would exit. */
export const kitCommand = (name: string): Command =>
  new KitCommand(name)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${coded('KIT-OPTION-001', text)}\n`) });
