import { usualChecklist } from '../checklist/index.ts';
import type { Cite } from '../report/index.ts';

/** Where the pages are that a summary or an issue leads to; `null` where one is not known. */
export interface Places {
  /** The page of the CI run. */
  readonly run: string | null;
  /** The certificate with its evidence, to download. */
  readonly certificate: string | null;
  /** The folder `docs` of the kit. */
  readonly docs: string | null;
}

/** Names a row and leads to how it is judged. */
export const citing =
  ({ docs }: Places, checklist: string): Cite =>
  ({ id, title }) =>
    docs ? `[${id}](${docs}/${page(checklist)}#${anchor(`${id}: ${title}`)})` : id;

const page = (checklist: string): string => `${checklist === usualChecklist ? 'rows' : checklist}.md`;

/** The anchor that GitHub gives a heading. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** A link, or its words alone where it leads nowhere. */
export const link = (words: string, to: string | null): string => (to ? `[${words}](${to})` : words);

/** The links that there are, in a line. */
export const links = ({ certificate, run }: Places): string =>
  [
    ...(certificate ? [link('certificate and evidence', certificate)] : []),
    ...(run ? [link('log of the run', run)] : []),
  ].join(' · ');
