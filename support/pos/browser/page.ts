import type { BrowserDisplay } from '../../profile/index.ts';

/** What is read off the page, as text; `null` where there is no such element or it is not visible. */
export interface RawDisplay {
  readonly text: string;
  readonly outcome: string | null;
  readonly prompt: string | null;
  readonly notice: string | null;
  readonly dialogues: { readonly text: string; readonly options: string[] }[];
  readonly cardMachines: string[];
  readonly ledger: Record<string, string | null>[];
}

/**
 * Reads the display. It runs in the page, so it must not refer to anything outside of itself.
 */
export function readDisplay(selectors: BrowserDisplay): RawDisplay {
  const visible = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true } as CheckVisibilityOptions);
  const words = (element: Element | null): string | null => {
    if (!element || !visible(element)) return null;
    const text = (element as HTMLElement).innerText.replace(/\s+/g, ' ').trim();
    return text || null;
  };
  const all = (selector: string): string | null => {
    const texts = [...document.querySelectorAll(selector)].map(words).filter(Boolean);
    return texts.length ? texts.join(' · ') : null;
  };
  const ledger = selectors.ledger;
  return {
    text: document.body
      ? document.body.innerText
          .replace(/[ \t]+/g, ' ')
          .replace(/\n\s*\n/g, '\n')
          .trim()
      : '',
    outcome: all(selectors.outcome),
    prompt: all(selectors.prompt),
    notice: all(selectors.notice),
    dialogues: [...document.querySelectorAll(selectors.dialogue)].filter(visible).map((dialogue) => ({
      text: words(dialogue) ?? '',
      options: [...dialogue.querySelectorAll(selectors.options ?? 'button')]
        .filter((option) => visible(option) && !(option as HTMLButtonElement).disabled)
        .map((option) => words(option) ?? ''),
    })),
    cardMachines: selectors.cardMachines
      ? [...document.querySelectorAll(selectors.cardMachines)].map((option) =>
          (option.textContent ?? '').replace(/\s+/g, ' ').trim(),
        )
      : [],
    ledger: ledger
      ? [...document.querySelectorAll(ledger.rows)].map((row) =>
          Object.fromEntries(
            Object.entries(ledger)
              .filter(([name]) => name !== 'rows')
              .map(([name, selector]) => {
                const cell = row.matches(selector) ? row : row.querySelector(selector);
                if (name === 'manual') return [name, cell ? 'yes' : null];
                const text = (cell?.textContent ?? '').replace(/\s+/g, ' ').trim();
                return [name, cell ? text : null];
              }),
          ),
        )
      : [],
  };
}

/**
 * Tells each change of the display to `__displayChanged`, as soon as the page has made it. It runs in the
 * page, before the page's own scripts; it reads by a copy of `readDisplay`, which it finds on `window`.
 */
export function watchDisplay({ read, selectors }: { read: string; selectors: BrowserDisplay }): void {
  const reader = new Function(`return ${read}`)() as (selectors: BrowserDisplay) => unknown;
  let last = '';
  const tell = (): void => {
    if (!document.body) return;
    const display = reader(selectors);
    const text = JSON.stringify(display);
    if (text === last) return;
    last = text;
    (window as unknown as { __displayChanged(display: unknown): void }).__displayChanged(display);
  };
  new MutationObserver(tell).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  document.addEventListener('DOMContentLoaded', tell);
}
