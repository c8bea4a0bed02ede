import type { Page } from 'playwright';

/** What of a till's page its profile begins with, each by its selector. */
export interface PageParts {
  readonly amount: string;
  readonly charge: string;
  readonly outcome: string;
  readonly prompt: string;
  readonly notice: string;
  readonly dialogue: string;
  /** All that a person can use on it, each as a line. */
  readonly controls: readonly string[];
}

/** What stands for a page that nobody has looked at. */
export const usualParts: PageParts = {
  amount: '#amount',
  charge: '#charge',
  outcome: '#result',
  prompt: '#prompt',
  notice: '[role=alert]',
  dialogue: '[role=dialog], [role=alertdialog], dialog',
  controls: [],
};

/** How a control or a part of a page may be called in the languages whose words the kit has. */
const called = {
  amount: /amount|total|price|sum|betrag|preis|montant|importe|bedrag|importo|valor/i,
  charge: /charge|pay|sale|take|bezahl|zahl|payer|encaiss|cobrar|pagar|betaal|incassa|paga/i,
  outcome: /result|outcome|ergebnis|r[eé]sultat|resultado|esito/i,
  prompt: /prompt|terminal|machine|reader|device/i,
};

/** Guesses the parts of a page that is open. A person has to look whether they are right. */
export async function partsOf(page: Page): Promise<PageParts> {
  const found = await page.evaluate(controlsAndParts);
  const named = (kind: keyof typeof called, among: readonly Named[]) =>
    among.find(({ selector, name }) => called[kind].test(`${selector} ${name}`))?.selector;
  const fields = found.controls.filter(({ kind }) => kind === 'field');
  const buttons = found.controls.filter(({ kind }) => kind === 'button');
  return {
    ...usualParts,
    amount: named('amount', fields) ?? fields[0]?.selector ?? usualParts.amount,
    charge: named('charge', buttons) ?? buttons[0]?.selector ?? usualParts.charge,
    outcome: named('outcome', found.parts) ?? usualParts.outcome,
    prompt: named('prompt', found.parts) ?? usualParts.prompt,
    controls: found.controls.map(({ kind, selector, name }) => `${kind} ${selector}${name && ` (${name})`}`),
  };
}

interface Named {
  readonly selector: string;
  readonly name: string;
}

/** Runs in the page. */
function controlsAndParts(): { controls: (Named & { kind: string })[]; parts: Named[] } {
  const nameOf = (element: Element): string =>
    (
      element.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement
        ? element.labels?.[0]?.textContent || element.placeholder
        : null) ??
      element.textContent ??
      ''
    )
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 60);
  const selectorOf = (element: Element): string | null => {
    const [id, test, name] = ['id', 'data-testid', 'name'].map((one) => element.getAttribute(one));
    const tag = element.localName;
    if (id) return `#${CSS.escape(id)}`;
    if (test) return `[data-testid=${JSON.stringify(test)}]`;
    if (name) return `${tag}[name=${JSON.stringify(name)}]`;
    const text = tag === 'button' ? nameOf(element) : '';
    return text && !/["\\]/.test(text) ? `button:has-text("${text}")` : null;
  };
  const all = (selectors: string, kind: string) =>
    [...document.querySelectorAll(selectors)].flatMap((element) => {
      const selector = element.checkVisibility() ? selectorOf(element) : null;
      return selector === null ? [] : [{ kind, selector, name: nameOf(element) }];
    });
  const fields =
    'input:not([type=checkbox], [type=radio], [type=submit], [type=button], [type=hidden]), textarea';
  const parts = [...document.querySelectorAll('[id]:not(input, button, select, a, script, style)')];
  return {
    controls: [
      ...all(fields, 'field'),
      ...all('button, [role=button], input[type=submit], input[type=button]', 'button'),
      ...all('select', 'list'),
      ...all('input[type=checkbox], input[type=radio]', 'box'),
    ].slice(0, 40),
    parts: parts.map((element) => ({ selector: `#${CSS.escape(element.id)}`, name: '' })),
  };
}
