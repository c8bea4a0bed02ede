import type { Page } from 'playwright';

/**
 * What stands in the fields of a page, its frames included: a picture shows it, and it is no text of the page. Parts of
 * one number that stand in fields side by side are parted by blanks.
 */
export async function typedIn(page: Page): Promise<string> {
  const typed = page.frames().map((frame) => frame.evaluate(valuesOfFields).catch(() => []));
  return (await Promise.all(typed)).flat().join(' ');
}

/** Runs in the page. */
function valuesOfFields(): string[] {
  const within = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? within(element.shadowRoot) : []),
    ]);
  return within(document).flatMap((element) => {
    // What is typed into a password's field shows as dots.
    if (element instanceof HTMLInputElement && element.type !== 'password')
      return [element.value, element.placeholder];
    if (element instanceof HTMLTextAreaElement) return [element.value, element.placeholder];
    return element instanceof HTMLSelectElement ? [...element.options].map(({ text }) => text) : [];
  });
}
