import { runCommand } from '../run/run-command.ts';
import { drawChallenge } from '../run/seed.ts';
import { say } from '../run/terminal.ts';
import { kitCommand } from './command.ts';
import { refuseWhatNpmKept } from './kept-by-npm.ts';

/**
 * `npm run certify -- challenge`: makes a challenge for a reviewer to hand out, from which the partner's run draws its
 * amounts. Returns the exit code.
 */
export async function main(args: readonly string[]): Promise<number> {
  const command = kitCommand('certify challenge').description(
    'Makes a challenge, from which a run draws its amounts: a run that was there before cannot meet it',
  );
  return runCommand(async () => {
    refuseWhatNpmKept(command, args);
    command.parse([...args], { from: 'user' });
    const challenge = drawChallenge();
    say(challenge);
    say(`The partner runs: npm run certify -- --challenge ${challenge} …, and seals the run.`);
    say(`You verify: npm run certify -- verify BUNDLE --challenge ${challenge}`);
    return 0;
  });
}
