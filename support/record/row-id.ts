/**
 * A row's id: its checklist's code, its section's code where the checklist has sections, and a number, as in
 * `PAC-SALE-05` or `LNK-01`. A check's name is the row's id and the check's own: `PAC-SALE-05/decision-sent`.
 */
const form = /[A-Z]+(?:-[A-Z]+)*-\d+/;

/** The same as a part of other expressions. */
export const rowIdForm = form.source;

const tagged = new RegExp(`^@(${rowIdForm})$`);

/** The row that a scenario is about, by the tag that has the form of an id; `null` where none has. */
export const rowOfTags = (tags: readonly { readonly name: string }[]): string | null =>
  tags.map(({ name }) => tagged.exec(name)?.[1]).find((id) => id !== undefined) ?? null;

/** The code of a row's section, `SALE` in `PAC-SALE-05`; empty where its checklist has no sections. */
export const sectionOf = (id: string): string => id.split('-').slice(1, -1).join('-');

/** The check's own id in the name that a certificate gives it. */
export const checkIn = (name: string): string => name.slice(name.indexOf('/') + 1);
