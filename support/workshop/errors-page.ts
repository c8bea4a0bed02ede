import { blockedCodes } from '../record/blocked-codes.ts';
import { errorCodes } from '../record/error-codes.ts';
import { verifyCodes } from '../record/verify-codes.ts';

/** The page "Error messages": every code with what it means and what to do. Markdown. */
export const errorsPage = (): string =>
  [
    '# Error messages',
    '',
    'When you call or configure a command wrongly, it prints one message and ends with exit code 2. The message names the',
    'value and the fix, and ends with a code. A code means the same in every version of the kit.',
    '',
    'This page is made from `support/record/error-codes.ts`, and `blocked-codes.ts` and `verify-codes.ts` beside it (`npm run docs`).',
    '',
    '| code | what is wrong | what to do |',
    '|---|---|---|',
    ...Object.entries(errorCodes).map(([code, { says, mend }]) => `| ${code} | ${says} | ${mend} |`),
    '',
    '## What keeps the kit from judging',
    '',
    'None of this is the POS’s failing. A row is then blocked, and the certificate names the code; a command ends with exit',
    'code 3.',
    '',
    '| code | what is in the way | what to do |',
    '|---|---|---|',
    ...Object.entries(blockedCodes).map(([code, { says, mend }]) => `| ${code} | ${says} | ${mend} |`),
    '',
    '## What `verify` says',
    '',
    'Exit code 1: the run was edited, or its record contradicts itself; ask for it again. Exit code 3: this machine cannot tell.',
    '[What a result proves](trust.md) explains what helps.',
    '',
    '| code | what is wrong | exit code |',
    '|---|---|---|',
    ...Object.entries(verifyCodes).map(([code, { says, exit }]) => `| ${code} | ${says} | ${exit} |`),
    '',
  ].join('\n');
