import type { Page } from 'playwright';
import type { Picture } from '../../record/picture.ts';
import { own, within } from './answering.ts';
import { partAround } from './crop.ts';
import { devtoolsOf } from './devtools.ts';

interface Shot {
  readonly stirs: number;
  readonly picture: Picture;
}

/** How often a text of a page was made transparent for a moment: a picture of that moment is not given again. */
export const veilings = new WeakMap<Page, number>();

const last = new WeakMap<Page, Shot>();

/** As a JPEG of this quality, of 100, a text stays easy to read. */
const how = { format: 'jpeg', quality: 50 } as const;

/**
 * A picture of a page, as far as it is in view, and of the part around the texts of these selectors. The picture that was
 * taken last is given again where nothing in the page has stirred since: a picture costs twenty times what it costs to
 * ask for that.
 */
export async function pictureOf(page: Page, selectors: readonly string[]): Promise<Picture> {
  const stirs = await page.evaluate<number | null>('window.__stirs ? __stirs() : null');
  const known = last.get(page);
  if (stirs !== null && known?.stirs === stirs) return known.picture;
  const veiled = veilings.get(page);
  const devtools = await devtoolsOf(page);
  const taken = async (clip?: { x: number; y: number; width: number; height: number }) => {
    const asked = { ...how, ...(clip ? { clip: { ...clip, scale: 1 } } : {}) };
    return Buffer.from((await within(devtools.send('Page.captureScreenshot', asked), own)).data, 'base64');
  };
  // What fades is shown as it will be.
  const bytes =
    stirs === null
      ? await page.screenshot({
          type: 'jpeg',
          quality: how.quality,
          animations: 'disabled',
          caret: 'initial',
          timeout: own,
        })
      : await taken();
  const part = await partAround(page, selectors).catch(() => null);
  const crop = part && (await taken(part).catch(() => null));
  const picture = { bytes, ...(crop ? { crop } : {}) };
  if (stirs !== null && veilings.get(page) === veiled) last.set(page, { stirs, picture });
  return picture;
}
