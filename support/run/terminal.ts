import { visibleOnTerminal } from '../record/visible.ts';

/** Tells the user something on stdout. What outsiders said in it neither acts on the terminal nor commands a runner. */
export const say = (text: string): void => console.log(visibleOnTerminal(text));

/** The same on stderr, of what went wrong. */
export const complain = (text: string): void => console.error(visibleOnTerminal(text));
