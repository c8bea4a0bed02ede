import type { Aside } from '../../record/vocabulary.ts';
import type { Piece, Sight } from './sight.ts';

/** What there is to know of a page before its other texts are read. */
export interface Surroundings {
  /** What the words have to match that are read: a regular expression, without regard to case. */
  readonly words: string;
  /** What is read otherwise, or is not to be read: it is left out with all that is in it. */
  readonly taken: ReadonlySet<Element>;
  /** The document and its open shadow roots. */
  readonly roots: readonly (Document | ShadowRoot)[];
  /** The children of an element as they are drawn. */
  readonly childrenOf: (element: Element) => Iterable<Node>;
}

/**
 * Reads what a page says with certain words beside all that its profile selects, as far as a person can make it out.
 * Controls, labels, the heads of tables, and the entries of lists and tables are no statements about the payment in
 * hand. It costs next to nothing as long as no text has such words.
 *
 * This runs in the page, so it must not refer to anything outside of itself.
 */
export function readBeside({ words, taken, roots, childrenOf }: Surroundings, look: Sight): Aside[] {
  const says = new RegExp(words, 'iu');
  const mute = new Set(
    'SCRIPT STYLE TEMPLATE NOSCRIPT HEAD CANVAS VIDEO AUDIO OBJECT IFRAME DATALIST BUTTON A SUMMARY SELECT TEXTAREA INPUT LABEL LEGEND TH THEAD CAPTION DT NAV MENU'.split(
      ' ',
    ),
  );
  const silent = new Set(
    'button link tab tablist menu menubar menuitem option listbox radio radiogroup checkbox switch columnheader rowheader navigation row cell gridcell listitem progressbar tooltip'.split(
      ' ',
    ),
  );
  const headings = new Set('H1 H2 H3 H4 H5 H6'.split(' '));
  const isHeading = (element: Element): boolean =>
    headings.has(element.tagName) || element.getAttribute('role') === 'heading';
  const parentOf = (node: Node): Element | null =>
    (node as Element | Text).assignedSlot ??
    node.parentElement ??
    (node.parentNode instanceof ShadowRoot ? node.parentNode.host : null);
  const plain = (text: string): string =>
    text
      .normalize('NFC')
      .replace(/\p{Cf}/gu, '')
      .replace(/\s+/g, ' ')
      .trim();

  if (!roots.some((root) => says.test(plain(root.textContent ?? (root as Document).body?.textContent ?? ''))))
    return [];

  /** Texts that may be statements, in the order in which they are drawn. */
  const texts: Text[] = [];
  const visit = (element: Element): void => {
    if (taken.has(element) || mute.has(element.tagName)) return;
    const role = element.getAttribute('role');
    if (role && silent.has(role)) return;
    for (const child of childrenOf(element)) {
      if (child.nodeType === Node.ELEMENT_NODE) visit(child as Element);
      else if (child.nodeType === Node.TEXT_NODE && (child as Text).data.trim()) texts.push(child as Text);
    }
  };
  if (document.body) visit(document.body);

  /** All that an element says, with a space between its parts. */
  const allOf = (element: Element): string => {
    let all = '';
    const add = (node: Element): void => {
      for (const child of childrenOf(node)) {
        if (child.nodeType === Node.TEXT_NODE) all += (child as Text).data;
        else if (child.nodeType === Node.ELEMENT_NODE && !mute.has((child as Element).tagName)) {
          all += ' ';
          add(child as Element);
          all += ' ';
        } else if (child.nodeType === Node.ELEMENT_NODE && (child as Element).textContent) all += ' ';
      }
    };
    add(element);
    return plain(all);
  };
  const holdsTaken = (element: Element): boolean => {
    for (const one of taken) {
      for (let at: Element | null = one; at; at = parentOf(at)) if (at === element) return true;
    }
    return false;
  };
  /** One of several alike that stand side by side: the entries of a list, the steps of a progress. */
  const oneOfMany = (element: Element): boolean => {
    if (element.id) return false;
    const parent = parentOf(element);
    const [first = ''] = element.classList;
    const siblings = [...(parent?.children ?? [])].filter((other) => other.textContent?.trim());
    const alike = siblings.filter(
      (other) =>
        other.tagName === element.tagName &&
        !other.id &&
        (first ? other.classList.contains(first) : !other.classList.length),
    );
    if (/^(?:LI|TR)$/.test(element.tagName)) return alike.length > 1;
    return alike.length > 2 && alike.length === siblings.length;
  };
  const headed = (element: Element): boolean =>
    [...(parentOf(element)?.querySelectorAll('table, ul, ol, dl, [role=table], [role=list]') ?? [])].some(
      (one) => element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
    );

  // Words may be divided between several texts of one line.
  const short = (element: Element | null): boolean =>
    element !== null && (element.textContent?.length ?? 0) < 300;
  const speaks = new Map<Element, boolean>();
  const speaking = (element: Element | null): boolean => {
    if (!element || !short(element)) return false;
    const before = speaks.get(element);
    if (before !== undefined) return before;
    const now = says.test(plain(element.textContent ?? ''));
    speaks.set(element, now);
    return now;
  };
  const lines = new Map<Element, Text[]>();
  for (const text of texts) {
    const parent = parentOf(text);
    if (!parent || !(says.test(plain(text.data)) || speaking(parent) || speaking(parentOf(parent)))) continue;
    if (!parent.checkVisibility({ visibilityProperty: true } as CheckVisibilityOptions)) continue;
    let block: Element = parent;
    for (let at: Element | null = parent; at; at = parentOf(at)) {
      block = at;
      if (!/^(?:inline|contents|ruby)/.test(getComputedStyle(at).display)) break;
    }
    lines.set(block, [...(lines.get(block) ?? []), text]);
  }

  const statements: { block: Element; pieces: Text[]; heading: boolean }[] = [];
  for (const [block, pieces] of lines) {
    if (!says.test(plain(pieces.map(({ data }) => data).join('')))) continue;
    let heading = false;
    let counts = true;
    for (let at: Element | null = block, up = 0; at && at !== document.body && counts; at = parentOf(at)) {
      if (isHeading(at)) {
        heading = true;
        counts = !headed(at);
      }
      if (/^(?:TD|TR)$/.test(at.tagName)) counts = (at.closest('table')?.rows.length ?? 0) < 2;
      if (up < 4 && oneOfMany(at)) counts = false;
      up += 1;
    }
    if (counts) statements.push({ block, pieces, heading });
  }
  if (!statements.length) return [];
  const unseen: ReadonlyMap<Piece, string> = look(
    statements.flatMap(({ pieces }) => pieces),
    roots,
  );
  return statements.flatMap(({ block, pieces, heading }): Aside[] => {
    const text = plain(
      pieces
        .filter((piece) => !unseen.has(piece))
        .map(({ data }) => data)
        .join(''),
    );
    if (!says.test(text)) return [];
    const near: string[] = [];
    let all = '';
    for (let at: Element | null = block, up = 0; at && at !== document.body && up < 5; at = parentOf(at)) {
      if (at !== block && (holdsTaken(at) || (at.textContent?.length ?? 0) > 600)) break;
      up += 1;
      const label = at.getAttribute('aria-label');
      if (label) near.push(plain(label));
      const here = allOf(at);
      if (here.length > text.length && here.length <= 200) all = here;
      else if (here.length > 200)
        near.push(...[...at.children].filter(isHeading).map((one) => plain(one.textContent ?? '')));
    }
    if (all) near.unshift(all);
    return [{ text, near: near.join(' · '), ...(heading ? { heading } : {}) }];
  });
}
