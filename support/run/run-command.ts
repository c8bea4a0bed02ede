import { CommanderError } from 'commander';
import { Refused } from '../actors/card-machine/index.ts';
import { Blocked } from '../record/blocked.ts';
import { coded } from '../record/error-codes.ts';
import { StreamError } from '../record/stream.ts';
import { UsageError } from '../record/usage-error.ts';
import { complain } from './terminal.ts';

/**
 * Runs a command, and tells the user what kept it from its result, where that is not the kit's own doing. Returns
 * its exit code, or 2 when it was called or configured wrongly and 3 when something stood in its way. Throws what
 * else it throws.
 */
export async function runCommand(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    // Commander has informed the user itself; --help is an error to it, with the code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      complain(error.message);
      return 2;
    }
    if (error instanceof StreamError) {
      complain(coded('KIT-RECORD-004', error.message));
      return 2;
    }
    if (error instanceof Blocked) {
      complain(error.text);
      return error instanceof Refused ? 2 : 3;
    }
    throw error;
  }
}
