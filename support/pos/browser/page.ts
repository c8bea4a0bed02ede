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
 * Reads the display as its user sees it: also in open shadow roots, in the values of fields that cannot be
 * written in, and the chosen option of a list; a control without words goes by its label. What is typed into a
 * field is not the till's word, and is left out. `found` is given each open shadow root.
 *
 * A selector is looked for in the document and in each shadow root by itself; it does not reach from one into
 * the other. This runs in the page, so it must not refer to anything outside of itself.
 */
export function readDisplay(selectors: BrowserDisplay, found?: (root: ShadowRoot) => void): RawDisplay {
  const controls =
    'button, summary, [role=button], input:is([type=button], [type=submit], [type=reset], [type=image])';
  const fields = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
  /** What these contain is never drawn as text. */
  const mute = new Set('SCRIPT STYLE TEMPLATE NOSCRIPT CANVAS VIDEO AUDIO OBJECT IFRAME DATALIST'.split(' '));

  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (!element.shadowRoot) continue;
      roots.push(element.shadowRoot);
      found?.(element.shadowRoot);
    }
  }
  const every = (selector: string): Element[] =>
    roots.flatMap((root) => [...root.querySelectorAll(selector)]);

  /** The children as they are drawn: a host's are those of its shadow root, a slot's are those put into it. */
  const childrenOf = (element: Element): Iterable<Node> => {
    if (element.shadowRoot) return element.shadowRoot.childNodes;
    if (element.tagName === 'DETAILS' && !(element as HTMLDetailsElement).open)
      return [...element.children].filter(({ tagName }) => tagName === 'SUMMARY').slice(0, 1);
    if (element.tagName === 'SLOT') {
      const assigned = (element as HTMLSlotElement).assignedNodes();
      if (assigned.length) return assigned;
    }
    return element.childNodes;
  };
  const parentOf = (element: Element): Element | null =>
    element.assignedSlot ??
    element.parentElement ??
    (element.parentNode instanceof ShadowRoot ? element.parentNode.host : null);
  const visible = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true } as CheckVisibilityOptions);
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

  /** What a field or a list says; `null` where the element is none. */
  const fieldText = (element: Element): string | null => {
    if (element instanceof HTMLInputElement) {
      if (element.matches(controls)) {
        const usual = { submit: 'Submit', reset: 'Reset' }[element.type as 'submit'] ?? '';
        return element.type === 'image' ? element.alt : element.value || usual;
      }
      const silent = ['hidden', 'password', 'checkbox', 'radio', 'range', 'color', 'file'].includes(
        element.type,
      );
      return !silent && (element.readOnly || element.matches(':disabled')) ? element.value : '';
    }
    if (element instanceof HTMLTextAreaElement)
      return element.readOnly || element.matches(':disabled') ? element.value : '';
    if (element instanceof HTMLSelectElement) {
      const all = element.multiple || element.size > 1;
      return [...(all ? element.options : element.selectedOptions)].map(({ label }) => label).join('\n');
    }
    return null;
  };
  /** A test of tag and role: to match a selector takes too long for each element. */
  const worded = ({ tagName, role }: Element): boolean =>
    tagName === 'BUTTON' || tagName === 'SUMMARY' || tagName === 'INPUT' || role === 'button';
  const labelOf = (element: Element): string => {
    const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const root = element.getRootNode() as Document | ShadowRoot;
    return (
      by.map((id) => root.getElementById(id)?.textContent ?? '').join(' ') ||
      element.getAttribute('aria-label') ||
      element.getAttribute('title') ||
      element.querySelector('img[alt]')?.getAttribute('alt') ||
      ''
    );
  };

  /** The text of an element with its line breaks; `seen`: only what is visible of it. `without` is left out. */
  const textOf = (element: Element, seen: boolean, without: readonly Element[] = []): string => {
    let text = '';
    const add = (node: Element, hidden: boolean): void => {
      if (mute.has(node.tagName) || (without.length && without.includes(node))) return;
      let gap = '';
      let dark = hidden;
      if (seen) {
        const style = getComputedStyle(node);
        const { display } = style;
        if (display === 'none' || style.opacity === '0') return;
        if (display !== 'contents' && !node.checkVisibility()) return;
        dark = style.visibility !== 'visible';
        gap =
          display === 'inline' || display === 'contents'
            ? ''
            : /^inline|^table-cell/.test(display)
              ? ' '
              : '\n';
      } else if (node.tagName !== 'SPAN') gap = ' ';
      if (node.tagName === 'BR') gap = '\n';
      text += gap;
      const start = text.length;
      const field = fields.has(node.tagName) ? fieldText(node) : null;
      if (field !== null) {
        if (!dark) text += ` ${field} `;
      } else {
        for (const child of childrenOf(node)) {
          if (child.nodeType === Node.ELEMENT_NODE) add(child as Element, dark);
          else if (child.nodeType === Node.TEXT_NODE && !dark)
            text += (child as Text).data.replace(/\s+/g, ' ');
        }
      }
      // A control that shows a picture or a sign instead of words.
      if (!dark && worded(node) && !/[\p{L}\p{N}]/u.test(text.slice(start))) {
        const label = labelOf(node);
        if (label) text = `${text.slice(0, start)} ${label} `;
      }
      text += gap;
    };
    add(element, false);
    return text;
  };
  const words = (element: Element): string => (visible(element) ? oneLine(textOf(element, true)) : '');
  const raw = (element: Element): string => oneLine(textOf(element, false));
  const all = (selector: string): string | null =>
    every(selector).map(words).filter(Boolean).join(' · ') || null;

  /** Elements within another, through shadow roots and slots, in the order in which they are drawn. */
  const inside = (element: Element, selector: string, without: readonly Element[] = []): Element[] => {
    const matches: Element[] = [];
    const go = (node: Element): void => {
      for (const child of childrenOf(node)) {
        if (child.nodeType !== Node.ELEMENT_NODE || without.includes(child as Element)) continue;
        if ((child as Element).matches(selector)) matches.push(child as Element);
        else go(child as Element);
      }
    };
    go(element);
    return matches;
  };
  const usable = (element: Element): boolean =>
    visible(element) && !element.matches(':disabled') && !element.closest('[aria-disabled=true]');

  const open = every(selectors.dialogue).filter(visible);
  const holds = (outer: Element, inner: Element): boolean => {
    for (let at = parentOf(inner); at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const dialogues = open
    .map((dialogue) => {
      // What belongs to a dialogue within it is not said, or offered, twice.
      const inner = open.filter((other) => other !== dialogue && holds(dialogue, other));
      return {
        text: oneLine(textOf(dialogue, true, inner)),
        options: inside(dialogue, selectors.options ?? controls, inner)
          .filter(usable)
          .map(words),
        empty: inner.length > 0,
      };
    })
    .filter(({ text, options, empty }) => !empty || text || options.length)
    .map(({ text, options }) => ({ text, options }));

  const { ledger } = selectors;
  const cellOf = (row: Element, selector: string): Element | null =>
    row.matches(selector)
      ? row
      : (row.querySelector(selector) ?? (roots.length > 1 ? inside(row, selector)[0] : null) ?? null);
  return {
    text: document.body
      ? textOf(document.body, true)
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n[ \n]*/g, '\n')
          .trim()
      : '',
    outcome: all(selectors.outcome),
    prompt: all(selectors.prompt),
    notice: all(selectors.notice),
    dialogues,
    cardMachines: selectors.cardMachines
      ? every(selectors.cardMachines).map((machine) => raw(machine) || labelOf(machine))
      : [],
    ledger: ledger
      ? every(ledger.rows).map((row) =>
          Object.fromEntries(
            Object.entries(ledger)
              .filter(([name]) => name !== 'rows')
              .map(([name, selector]) => {
                const cell = cellOf(row, selector);
                if (name === 'manual') return [name, cell ? 'yes' : null];
                return [name, cell ? raw(cell) : null];
              }),
          ),
        )
      : [],
  };
}

/**
 * Tells each change of the display to `__displayChanged`, as soon as the page has made it. It runs in the
 * page, before the page's own scripts; it reads by a copy of `readDisplay`.
 */
export function watchDisplay({ read, selectors }: { read: string; selectors: BrowserDisplay }): void {
  // The till's display is the page, not a frame within it.
  if (window.parent !== window) return;
  const reader = new Function(`return ${read}`)() as typeof readDisplay;
  const watched = new WeakSet<Node>();
  let roots = 0;
  let last = '';
  let resting = false;
  let missed = false;
  const tell = (): void => {
    if (!document.body) return;
    missed = resting;
    if (resting) return;
    const started = performance.now();
    const display = reader(selectors, watch);
    const text = JSON.stringify(display);
    // A large page is read less often, so that the till has most of its time for itself.
    const took = performance.now() - started;
    resting = took > 4;
    if (resting)
      setTimeout(() => {
        resting = false;
        if (missed) tell();
      }, 4 * took);
    if (text === last) return;
    last = text;
    (window as unknown as { __displayChanged(display: unknown): void }).__displayChanged(display);
  };
  const observer = new MutationObserver(tell);
  const watch = (root: Node): void => {
    if (watched.has(root)) return;
    watched.add(root);
    roots += 1;
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  watch(document);
  document.addEventListener('DOMContentLoaded', tell);
  // What a mutation does not tell: the end of a fading, a choice, and the value of a field that the page itself sets.
  for (const event of ['transitionend', 'animationend', 'change'])
    document.addEventListener(event, tell, true);
  const shown = ':is(input, textarea):is([readonly], :disabled)';
  setInterval(() => {
    if (roots > 1 || document.querySelector(shown)) tell();
  }, 500);
}
