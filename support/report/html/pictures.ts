import { createHash } from 'node:crypto';
import { endingOf } from '../../record/picture.ts';
import type { Screenshot } from '../../record/stream.ts';

/** The folder of the pictures that lie beside a page. */
export const evidenceFolder = 'evidence';

/** Where a reader finds a picture: at an address, or at an earlier place of the page that shows the same one. */
export type Shown = { readonly src: string; readonly part: boolean } | { readonly same: string };

/** The pictures of a page: each is in it once, whatever refers to it. */
export interface Pictures {
  /** Whether there is room for each picture, and for all of each. */
  readonly roomy: boolean;
  /** `whole`: all of the picture, where of others the part that says what it says is enough. */
  show(screenshot: Screenshot, place: { readonly id: string; readonly whole: boolean }): Shown;
}

/** Pictures within the page itself. */
export class PicturesWithin implements Pictures {
  readonly roomy = false;
  readonly #places = new Map<string, string>();

  show({ type, base64, crop }: Screenshot, { id, whole }: { id: string; whole: boolean }): Shown {
    const shown = whole ? base64 : (crop ?? base64);
    const digest = createHash('sha256').update(shown).digest('base64');
    const same = this.#places.get(digest);
    if (same !== undefined) return { same };
    this.#places.set(digest, id);
    return { src: `data:${type};base64,${shown}`, part: shown !== base64 };
  }
}

/** Pictures that lie beside the page, where there is room for all of each. */
export const picturesBeside: Pictures = {
  roomy: true,
  show: (screenshot) => ({ src: pictureFile(screenshot), part: false }),
};

/** What the file of a picture beside the page is called. */
export function pictureFile({ type, base64 }: Screenshot): string {
  const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
  return `${evidenceFolder}/${digest.slice(0, 32)}.${endingOf(type)}`;
}
