import { Command } from 'commander';
import { coded } from '../record/error-codes.ts';

/** A command with what all of the kit's share: it says what was wrong, where help is, and throws where it would exit. */
export const kitCommand = (name: string): Command =>
  new Command(name)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`${coded('KIT-OPTION-001', text)}\n`) });
