/**
 * What a till, an API or a profile says is shown as it is and can do nothing: it begins no line, moves no cursor,
 * turns no text around, gives a workflow no command, and hides nothing.
 */

/** Characters that nobody sees, or that act: controls, marks of direction, of no width, or of no character at all. */
const HIDDEN =
  /(?<!\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?![\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;
/** The same, but for the ends of lines and tabs. */
const HIDDEN_IN_LINES = new RegExp(`(?!\\r?\\n|\\t)(?:${HIDDEN.source})`, 'gu');

const HIDDEN_BUT_COLOURS = new RegExp(`(?!\\u001b\\[[\\d;]*m)${HIDDEN_IN_LINES.source}`, 'gu');

/** What a runner takes for its command: `::error::` first in a line, `##[error]` and `##vso[…]` anywhere. */
const COMMAND = /^(\s*):(?=:)|#(?=#[a-z]*\[)/gim;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return NAMED[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}

/** Text from outside on one line, for people: whatever hides or acts in it stands there as an escape, `\u001b`. */
export const visible = (text: string): string => harmless(text.replace(HIDDEN, escaped));

/** Text from outside that may have several lines; each keeps its end and its tabs. */
export const visibleLines = (text: string): string => harmless(text.replace(HIDDEN_IN_LINES, escaped));

/** Lines of the kit for a terminal, whoever is quoted in them: colours stay. */
export const visibleOnTerminal = (text: string): string =>
  harmless(text.replace(HIDDEN_BUT_COLOURS, escaped));

/** The same for a page, where no line is a command. */
export const visibleOnPage = (text: string): string => text.replace(HIDDEN_IN_LINES, escaped);

const harmless = (text: string): string =>
  text.replace(COMMAND, (_, before: string | undefined) =>
    before === undefined ? '\\u0023' : `${before}\\u003a`,
  );
