import type { Ignorer } from '@stryker-mutator/api/ignore';

/** The parts of a syntax tree that are looked at here; the plugin's own type names none. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly key?: { readonly name?: string };
  readonly callee?: { readonly name?: string };
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
}

interface Path {
  readonly node: Node;
  readonly parent: Node;
  readonly listKey?: string;
  readonly key: string | number;
}

/** What a check says beside its judgement. */
const said: ReadonlySet<string | undefined> = new Set(['advice', 'expected', 'observed']);

/** Which argument of these says what was observed. */
const observed: ReadonlyMap<string | undefined, number> = new Map([
  ['passed', 0],
  ['failed', 0],
  ['notTestable', 0],
  ['judged', 1],
  ['judgedBothSides', 2],
]);

/**
 * Keeps from being mutated what is only said to people and what no verdict rests on: a text with a space in it,
 * and whatever tells what was expected, what was observed and what to do next.
 */
export const sentences: Ignorer = {
  shouldIgnore(path) {
    const { node, parent, listKey, key } = path as unknown as Path;
    if (node.type === 'ObjectProperty' && said.has(node.key?.name)) return 'what a check says';
    if (listKey === 'arguments' && observed.get(parent.callee?.name) === key) return 'what was observed';
    const text =
      node.type === 'StringLiteral'
        ? String(node.value)
        : (node.quasis ?? []).map(({ value }) => value.raw).join('');
    return text.includes(' ') ? 'a sentence' : undefined;
  },
};
