import type { Page } from 'playwright';
import { devtoolsOf } from './devtools.ts';
import { own, within } from './tab.ts';

interface Shot {
  readonly stirs: number;
  readonly png: Uint8Array;
}

/** How often a text of a page was made transparent for a moment: a picture of that moment is not given again. */
export const veilings = new WeakMap<Page, number>();

const last = new WeakMap<Page, Shot>();

/**
 * A picture of a page, as far as it is in view. The picture that was taken last is given again where nothing in the page
 * has stirred since: a picture costs twenty times what it costs to ask for that.
 */
export async function pictureOf(page: Page): Promise<Uint8Array> {
  const stirs = await page.evaluate<number | null>('window.__stirs ? __stirs() : null');
  const known = last.get(page);
  if (stirs !== null && known?.stirs === stirs) return known.png;
  // What fades is shown as it will be.
  if (stirs === null) return page.screenshot({ animations: 'disabled', caret: 'initial', timeout: own });
  const veiled = veilings.get(page);
  const devtools = await devtoolsOf(page);
  const { data } = await within(devtools.send('Page.captureScreenshot', { format: 'png' }), own);
  const png = Buffer.from(data, 'base64');
  if (veilings.get(page) === veiled) last.set(page, { stirs, png });
  return png;
}
