import { readFileSync } from 'node:fs';
import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { ErrorCode } from '../record/error-codes.ts';
import { UsageError } from '../record/usage-error.ts';

/** A profile's file as it was read: what stands in it, and where. */
export class Source {
  readonly #shown: string;
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  /**
   * Reads a file of YAML, or JSON. `shown` is what messages call it.
   * Throws a `UsageError` with the line where it is not UTF-8, not YAML, or uses what profiles must not.
   */
  constructor(file: string, shown: string) {
    this.#shown = shown;
    this.#text = this.#decoded(file);
    const document = parseDocument(this.#text, { lineCounter: this.#lines });
    this.#document = document;
    const broken = document.errors[0] ?? document.warnings[0];
    if (broken) {
      const { line } = this.#lines.linePos(broken.pos[0]);
      throw this.mistake(
        'KIT-PROFILE-004',
        broken.pos[0],
        `expected YAML, but ${saidOf(broken.code)}. ${broken.code === 'DUPLICATE_KEY' ? 'Remove one of them.' : this.#remedy(line)}`,
      );
    }
    this.#refuseReferences();
  }

  /** What stands in it, as plain values. */
  get value(): unknown {
    return this.#document.toJS({ maxAliasCount: -1 });
  }

  /** Where the node at this path begins; of a member of it, where its key does. */
  placeOf(path: readonly (string | number)[], member?: string): number {
    const node = path.length ? this.#document.getIn(path, true) : this.#document.contents;
    const key = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === member)?.key
      : null;
    return ((key ?? node) as Node | null)?.range?.[0] ?? 0;
  }

  /** Where a text that fits stands for the last time. */
  placeOfText(fits: (text: string) => boolean): number {
    let place = 0;
    visit(this.#document, {
      Scalar: (_, { value, range }) => {
        if (fits(String(value))) place = range?.[0] ?? place;
      },
    });
    return place;
  }

  /** How the value at this path is written, on its own line; with the comment where the value is one by mistake. */
  written(path: readonly (string | number)[]): string {
    const node = this.#document.getIn(path, true) as Node | null | undefined;
    const place = node?.range?.[0] ?? 0;
    const rest = this.#text.slice(place, this.#text.indexOf('\n', place) >>> 0);
    const own = this.#text.slice(place, node?.range?.[1] ?? place).split('\n')[0]!;
    return (own || rest).trim();
  }

  /** The message for something wrong at an offset into the file. */
  mistake(code: ErrorCode, offset: number, says: string): UsageError {
    return new UsageError(code, `${this.#shown}:${this.#lines.linePos(offset).line || 1}: ${says}`);
  }

  #decoded(file: string): string {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch (error) {
      throw new UsageError(
        'KIT-PROFILE-001',
        `Expected a profile at ${this.#shown}, but it can't be read (${(error as NodeJS.ErrnoException).code}). ` +
          'Check the path; fixtures/pay-at-counter/profiles holds examples.',
      );
    }
    if (
      (bytes[0] === 0xff && bytes[1] === 0xfe) ||
      (bytes[0] === 0xfe && bytes[1] === 0xff) ||
      bytes.includes(0)
    ) {
      throw new UsageError(
        'KIT-PROFILE-002',
        `${this.#shown}:1: expected UTF-8, but the file is UTF-16. Save it as UTF-8; in PowerShell, \`Out-File -Encoding utf8\` writes that.`,
      );
    }
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      const lines = bytes.toString('utf8').split('\n');
      const line = lines.findIndex((text) => text.includes('\ufffd')) + 1;
      throw new UsageError(
        'KIT-PROFILE-003',
        `${this.#shown}:${line}: expected UTF-8, but a letter of this line is coded another way, such as Latin-1. Save the file as UTF-8.`,
      );
    }
  }

  /** What to mend in a line that is not YAML. */
  #remedy(line: number): string {
    const text = this.#text.split('\n')[line - 1] ?? '';
    const comment = /(?:[:,{[]|^\s*-)\s+(#[^\s,}"']+)/.exec(text)?.[1];
    if (comment) return `A # after a space begins a comment: write ${quotedText(comment)} in quotes.`;
    const odd = /:\s+([*&!@`%|>{[][^,}\s]*)/.exec(text)?.[1];
    if (odd) return `Write ${quotedText(odd)} in quotes, if it is a text.`;
    return 'Correct this line; a text with any of : # { } [ ] * & ! in it stands in quotes.';
  }

  /** An alias needs its anchor, and none within what has an anchor itself; merge keys are not YAML 1.2. */
  #refuseReferences(): void {
    const anchors = new Set<string>();
    visit(this.#document, {
      Node: (_, node) => {
        if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
      },
      Pair: (_, { key }) => {
        if (!isScalar(key) || key.value !== '<<') return;
        throw this.mistake(
          'KIT-PROFILE-005',
          key.range?.[0] ?? 0,
          'expected no merge key `<<`, which YAML 1.2 does not have. Write the members out here.',
        );
      },
      Alias: (_, { source, range }, path) => {
        const place = range?.[0] ?? 0;
        if (!anchors.has(source)) {
          throw this.mistake(
            'KIT-PROFILE-006',
            place,
            `expected an anchor \`&${source}\` for the alias \`*${source}\`, but there is none before it. Write ${quotedText(`*${source}`)} in quotes, if it is a text.`,
          );
        }
        if (path.some((node) => !isPair(node) && 'anchor' in node && typeof node.anchor === 'string')) {
          throw this.mistake(
            'KIT-PROFILE-007',
            place,
            `expected no alias within what has an anchor, but \`*${source}\` is one. Write out what it stands for.`,
          );
        }
      },
    });
  }
}

/** A text as YAML takes it for one. */
export const quotedText = (text: string): string =>
  text.includes('"') || text.includes('\\') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;

/** What a parser's code of an error means. */
function saidOf(code: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'this line is indented with a tab, where YAML takes spaces only';
    case 'DUPLICATE_KEY':
      return 'the same key stands here a second time';
    case 'BAD_INDENT':
      return 'the indent of this line fits none above it';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here';
    case 'BAD_ALIAS':
      return 'an alias (`*`) here has no name';
    case 'TAG_RESOLVE_FAILED':
      return 'a `!` here begins a tag that YAML does not know';
    case 'MISSING_CHAR':
      return 'a quote, bracket, colon or comma is missing here';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second colon stands on this line';
    case 'BAD_SCALAR_START':
      return 'a text cannot begin with this character outside of quotes';
    case 'BAD_DQ_ESCAPE':
      return 'a backslash within double quotes stands before a character that it cannot stand before';
    default:
      return 'this line is not written as YAML is';
  }
}
