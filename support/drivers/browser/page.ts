import type { Unseen } from '../../record/vocabulary.ts';
import type { BrowserDisplay } from '../settings.ts';
import type { readBeside } from './beside.ts';
import type { Found, RawDisplay } from './raw.ts';
import type { Piece, Sight, Styled } from './sight.ts';

/**
 * Reads the display as its user sees it: also in open shadow roots, in the values of fields that cannot be
 * written in, and the chosen option of a list; a control without words goes by its label. What is typed into a
 * field is not the till's word, and is left out. `found` is given each open shadow root; `look` tells which pieces
 * of a result, prompt, notice or dialogue nobody can make out, and of a journal entry where no `found` is given;
 * these are left out.
 *
 * A selector is looked for in the document and in each shadow root by itself; it does not reach from one into
 * the other. This runs in the page, so it must not refer to anything outside of itself.
 */
export function readDisplay(
  selectors: BrowserDisplay,
  look: Sight,
  rest: typeof readBeside,
  found?: (root: ShadowRoot) => void,
): RawDisplay {
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
  /** What the kit has found by selectors that a page does not understand. */
  const given = (by: string): Element[] | undefined =>
    (window as Window & Found).__kitFound?.get(by)?.filter(({ isConnected }) => isConnected);
  const every = (selector: string): Element[] =>
    given(selector) ?? roots.flatMap((root) => [...root.querySelectorAll(selector)]);

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
    getComputedStyle(element).display === 'contents'
      ? visible(parentOf(element) ?? document.documentElement)
      : element.checkVisibility({ visibilityProperty: true } as CheckVisibilityOptions);
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

  /** The pieces of which the text of an element is made up, as far as they are drawn. */
  const piecesOf = (element: Element): Piece[] => {
    const pieces: Piece[] = [];
    const add = (node: Element, dark: boolean): void => {
      if (mute.has(node.tagName)) return;
      const { display, visibility } = getComputedStyle(node);
      if (display === 'none' || (display !== 'contents' && !node.checkVisibility())) return;
      dark = visibility !== 'visible';
      if (fields.has(node.tagName)) {
        if (!dark && fieldText(node)) pieces.push(node);
        return;
      }
      if (!dark) pieces.push(...styledOf(node));
      for (const child of childrenOf(node)) {
        if (child.nodeType === Node.ELEMENT_NODE) add(child as Element, dark);
        else if (child.nodeType === Node.TEXT_NODE && !dark && (child as Text).data.trim())
          pieces.push(child as Text);
      }
    };
    add(element, false);
    return pieces;
  };
  /** Why pieces cannot be made out. */
  let unseen: ReadonlyMap<Piece, string> = new Map();
  /** What can be read of a text, where there is no room for all of it. */
  const cut = new Map<Piece, string>();

  /** The words that a style sheet puts before or after what an element holds, as pieces. */
  const styled = new Map<Element, readonly Styled[]>();
  const styledOf = (element: Element): readonly Styled[] => {
    const known = styled.get(element);
    if (known) return known;
    const both = (['::before', '::after'] as const).flatMap((pseudo) => {
      const words = look.styledIn(element, pseudo);
      return words.trim() ? [{ element, pseudo, words }] : [];
    });
    styled.set(element, both);
    return both;
  };
  const styledIn = (element: Element, at: Styled['pseudo']): string =>
    styledOf(element).find((one) => one.pseudo === at && !unseen.has(one))?.words ?? '';
  /** One of several letters of a word that stand by themselves, each in a box of its own. */
  const isLetter = (node: Element | null): boolean => /^\p{L}$/u.test(node?.textContent?.trim() ?? '');
  const lettered = (node: Element): boolean =>
    isLetter(node) &&
    node.tagName !== 'BUTTON' &&
    (isLetter(node.previousElementSibling) || isLetter(node.nextElementSibling)) &&
    [...(node.parentNode?.childNodes ?? [])].every((one) => one.nodeType !== Node.TEXT_NODE);
  /**
   * The text of an element with its line breaks; `seen`: only what is visible of it. `without` is left out. Where it is
   * `close`, what a style sheet adds is read too, which takes long for a whole page.
   */
  const textOf = (
    element: Element,
    seen: boolean,
    without: readonly Element[] = [],
    close = false,
  ): string => {
    let text = '';
    const add = (node: Element, hidden: boolean): void => {
      if (mute.has(node.tagName) || (without.length && without.includes(node))) return;
      let gap = '';
      let dark = hidden;
      if (seen) {
        const style = getComputedStyle(node);
        const { display } = style;
        if (display === 'none' || (style.opacity === '0' && !node.getAnimations().length)) return;
        if (display !== 'contents' && !node.checkVisibility()) return;
        dark = style.visibility !== 'visible';
        gap =
          display === 'inline' || display === 'contents'
            ? ''
            : /^inline|^table-cell/.test(display)
              ? lettered(node)
                ? ''
                : ' '
              : '\n';
      } else if (node.tagName !== 'SPAN') gap = ' ';
      if (node.tagName === 'BR') gap = '\n';
      text += gap;
      const start = text.length;
      const field = fields.has(node.tagName) ? fieldText(node) : null;
      if (close && !dark) text += styledIn(node, '::before');
      if (field !== null) {
        if (!dark && !(seen && unseen.has(node))) text += ` ${field} `;
      } else {
        for (const child of childrenOf(node)) {
          if (child.nodeType === Node.ELEMENT_NODE) add(child as Element, dark);
          else if (child.nodeType === Node.TEXT_NODE && !dark && !(seen && unseen.has(child as Text)))
            text += ((seen && cut.get(child as Text)) || (child as Text).data).replace(/\s+/g, ' ');
        }
      }
      if (close && !dark) text += styledIn(node, '::after');
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
  const words = (element: Element): string =>
    visible(element) ? oneLine(textOf(element, true, [], true)) : '';
  const raw = (element: Element): string => oneLine(textOf(element, false));
  const all = (selector: string): string | null =>
    every(selector).map(words).filter(Boolean).join(' · ') || null;

  /** Elements within another, through shadow roots and slots, in the order in which they are drawn. */
  const inside = (element: Element, selector: string, without: readonly Element[] = []): Element[] => {
    const matches: Element[] = [];
    const go = (node: Element): void => {
      for (const child of childrenOf(node)) {
        if (child.nodeType !== Node.ELEMENT_NODE || without.includes(child as Element)) continue;
        if (given(selector)?.includes(child as Element) ?? (child as Element).matches(selector))
          matches.push(child as Element);
        else go(child as Element);
      }
    };
    go(element);
    return matches;
  };
  const usable = (element: Element): boolean =>
    visible(element) &&
    element.checkVisibility({ opacityProperty: true } as CheckVisibilityOptions) &&
    !element.matches(':disabled') &&
    !element.closest('[aria-disabled=true]');

  const open = every(selectors.dialogue).filter(visible);
  const holds = (outer: Element, inner: Element): boolean => {
    for (let at = parentOf(inner); at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const { ledger } = selectors;
  const rows = ledger ? every(ledger.rows) : [];
  const cellOf = (row: Element, selector: string): Element | null =>
    given(selector)
      ? (given(selector)!.find((cell) => holds(row, cell)) ?? null)
      : row.matches(selector)
        ? row
        : (row.querySelector(selector) ?? (roots.length > 1 ? inside(row, selector)[0] : null) ?? null);

  // What stands where a result, a prompt or the like is shown, and can be made out.
  const parts: [part: Unseen['part'], element: Element][] = [
    ...(['outcome', 'prompt', 'notice'] as const).flatMap((part) =>
      every(selectors[part])
        .filter(visible)
        .map((element): [Unseen['part'], Element] => [part, element]),
    ),
    ...open.map((element): [Unseen['part'], Element] => ['dialogue', element]),
    // A long journal takes long to look at: not at each change of the page.
    ...(found ? [] : rows).flatMap((row) =>
      [ledger!.words, ledger!.total].flatMap((selector): [Unseen['part'], Element][] => {
        const cell = cellOf(row, selector);
        return cell ? [['journal', cell]] : [];
      }),
    ),
  ];
  const pieces = parts.map(([part, element]) => ({ part, pieces: piecesOf(element), element }));
  const faint = new Map<Piece, number>();
  unseen = look(
    pieces.flatMap(({ pieces: some }) => some),
    roots,
    faint,
    cut,
  );
  const stated = pieces.flatMap(({ part, pieces: some }) => (part === 'outcome' ? some : []));
  const contrasts = stated.flatMap((piece) => faint.get(piece) ?? []);
  const left = new Map<string, Unseen>();
  for (const { part, pieces: some, element } of pieces) {
    const short = some.find((piece) => cut.has(piece));
    const noRoom = 'there is no room for all of it';
    if (short) left.set(`${part} ${noRoom}`, { part, text: oneLine((short as Text).data), reason: noRoom });
    const lost = some.filter((piece) => unseen.has(piece));
    const said = oneLine(
      lost.map((one) => ('words' in one ? one.words : 'data' in one ? one.data : fieldText(one))).join(' '),
    );
    const reason = lost[0] ? unseen.get(lost[0])! : 'it is not displayed';
    if (lost.length || (part === 'journal' && !some.length && raw(element)))
      left.set(`${part} ${reason}`, { part, text: said || raw(element), reason });
  }
  // What comes and goes is hidden though it is there at times.
  const gone = every(selectors.outcome).filter((element) => !visible(element) && element.checkVisibility());
  const blinks =
    gone.length && roots.some((root) => root.getAnimations().length) ? look(gone, roots) : new Map();
  for (const [element, reason] of blinks as ReadonlyMap<Element, string>)
    if (/ in turns of /.test(reason) && raw(element))
      left.set(`outcome ${reason}`, { part: 'outcome', text: raw(element), reason });
  /** An entry of the journal says what its words and its total say. */
  const entered = (row: Element): boolean =>
    [ledger!.words, ledger!.total].every((selector) => {
      const cell = cellOf(row, selector);
      return !cell || !raw(cell) || oneLine(textOf(cell, true)) !== '';
    });

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
        // Of one that nobody can make out, nothing is left.
        dark: piecesOf(dialogue).length > 0 && piecesOf(dialogue).every((piece) => unseen.has(piece)),
      };
    })
    .filter(({ text, options, empty, dark }) => !dark && (!empty || text || options.length))
    .map(({ text, options }) => ({ text, options }));

  // A result may be a sign: one that the profile names states it, another is for a person to read.
  const drawn = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width >= 6 && height >= 6 && visible(element) && !look([element], roots).size;
  };
  const signs = (selectors.symbols ?? []).flatMap(({ selector, words: stands = '' }) =>
    every(selector).some(drawn) ? [stands] : [],
  );
  const outcome = [all(selectors.outcome) ?? [], ...signs].flat().join(' · ') || null;
  const pictures = 'img, svg, canvas, picture, video, object, embed, [role=img]';
  const depicted = outcome
    ? []
    : every(selectors.outcome)
        .flatMap((element) => [element, ...inside(element, pictures)])
        .filter(
          (element) =>
            (element.matches(pictures) || getComputedStyle(element).backgroundImage.includes('url(')) &&
            drawn(element),
        )
        .map(
          (element) =>
            element.getAttribute('alt') ||
            labelOf(element) ||
            oneLine(element.querySelector('title')?.textContent ?? '') ||
            `<${element.tagName.toLowerCase()}>`,
        );
  const { reading, regions = [] } = selectors;
  const beside = reading?.claims
    ? rest(
        {
          words: reading.claims,
          taken: new Set([
            ...open,
            ...rows,
            ...[
              selectors.outcome,
              selectors.prompt,
              selectors.notice,
              selectors.cardMachines ?? [],
              selectors.basket ?? [],
              regions.map(({ selector }) => selector),
            ]
              .flat()
              .flatMap(every),
          ]),
          roots,
          childrenOf,
        },
        look,
      )
    : [];

  return {
    text: document.body
      ? textOf(document.body, true)
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n[ \n]*/g, '\n')
          .trim()
      : '',
    outcome,
    depicted: [...new Set(depicted)].join(' · ') || null,
    faint: contrasts.length ? Math.min(...contrasts) : null,
    prompt: all(selectors.prompt),
    notice: all(selectors.notice),
    ...(selectors.total ? { total: all(selectors.total) } : {}),
    dialogues,
    cardMachines: selectors.cardMachines
      ? every(selectors.cardMachines).map((machine) => raw(machine) || labelOf(machine))
      : [],
    unseen: [...left.values()],
    ...('__veil' in window ? { veiled: true as const } : {}),
    beside,
    ledger: ledger
      ? rows
          .filter((row) => found || entered(row))
          .map((row) =>
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
