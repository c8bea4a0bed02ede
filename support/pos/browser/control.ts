import type { Tab } from './tab.ts';

/**
 * Why a control could not be used, as its page shows it; a list is quoted with its options. `null`, where the page
 * shows nothing against it: a slow machine has kept it, not the till.
 *
 * `wanted` is the option that was to be selected, if one was.
 */
export async function whyUnusable(
  tab: Tab,
  selector: string,
  wanted: string | null,
  error: unknown,
): Promise<string | null> {
  const found = await tab.ask((page) =>
    page.locator(selector).evaluateAll((elements) =>
      elements.map((element) => ({
        shown: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        disabled: element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null,
        options:
          element instanceof HTMLSelectElement
            ? [...element.options].map(({ label, value, disabled }) => ({ label, value, disabled }))
            : null,
      })),
    ),
  );
  if (!found.length) return `the till has no ${selector}`;
  const [control] = found.filter(({ shown }) => shown);
  if (!control) return `the till does not show ${selector}`;
  if (control.disabled) return `the till shows ${selector} disabled`;
  const covered = /(<.*>) intercepts pointer events/.exec(String(error))?.[1];
  if (covered) return `the till's ${selector} is covered by ${covered}`;
  if (!control.options || wanted === null) return null;
  const { options } = control;
  if (options.some(({ label, value, disabled }) => !disabled && (label === wanted || value === wanted)))
    return null;
  const offered = options.map(({ label, disabled }) => (disabled ? `${label} (disabled)` : label));
  return `the till's ${selector} offers ${offered.join(', ') || 'nothing'}`;
}
