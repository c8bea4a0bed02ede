import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { visibleOnTerminal } from '../record/visible.ts';

/** Whether the kit is a package of another project; else it is a clone with scripts of its own. */
const installed = fileURLToPath(import.meta.url).includes(`${sep}node_modules${sep}`);

/** A text with the kit's commands as its user types them: by npm's scripts in a clone, by npx where it is installed. */
export const asTyped = (text: string, byNpx = installed): string =>
  byNpx
    ? text.replace(
        /npm run (certify|report|simulator|row|nightly)\b(?: --(?= ))?/g,
        'npx dojo-conformance $1',
      )
    : text;

/** Tells the user something on stdout. What outsiders said in it neither acts on the terminal nor commands a runner. */
export const say = (text: string): void => console.log(visibleOnTerminal(asTyped(text)));

/** The same on stderr, of what went wrong. */
export const complain = (text: string): void => console.error(visibleOnTerminal(asTyped(text)));
