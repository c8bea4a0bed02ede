import type { Tab } from './tab.ts';

/** Why a control could not be used, as its page shows it; a list is quoted with its options. */
export async function whyUnusable(tab: Tab, selector: string, error: unknown): Promise<string> {
  const found = await tab.ask((page) =>
    page.locator(selector).evaluateAll((elements) =>
      elements.map((element) => ({
        shown: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        disabled: element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null,
        options:
          element instanceof HTMLSelectElement
            ? [...element.options].map(({ label, disabled }) => (disabled ? `${label} (disabled)` : label))
            : null,
      })),
    ),
  );
  if (!found.length) return `the till has no ${selector}`;
  const [control] = found.filter(({ shown }) => shown);
  if (!control) return `the till does not show ${selector}`;
  if (control.disabled) return `the till shows ${selector} disabled`;
  if (control.options) return `the till's ${selector} offers ${control.options.join(', ') || 'nothing'}`;
  const covered = /(<.*>) intercepts pointer events/.exec(String(error))?.[1];
  return `the till's ${selector} ${covered ? `is covered by ${covered}` : 'cannot be used'}`;
}
