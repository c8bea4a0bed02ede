/** What `${{ }}` can refer to: `github`, `inputs`, `matrix`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** Whether the steps before failed, and whether the run was cancelled. */
export interface JobStatus {
  readonly failed: boolean;
}

/** Puts the values of the expressions in a text in their places. Throws an `Error` on what it does not know. */
export const substituted = (text: string, contexts: Contexts, status: JobStatus): string =>
  text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    shown(evaluated(expression, contexts, status)),
  );

/** Whether an `if:` lets a step or job run; without one it runs when nothing before failed. */
export function condition(text: string | undefined, contexts: Contexts, status: JobStatus): boolean {
  const expression = (text ?? 'success()').replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1');
  const value = Boolean(evaluated(expression, contexts, status));
  // As GitHub has it: a condition that says nothing of the status also wants that nothing failed.
  return /\b(always|cancelled|failure|success)\(\)/.test(expression) ? value : value && !status.failed;
}

const shown = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const token = /\s*(?:('(?:[^']|'')*')|(\d+)|(&&|\|\||==|!=|!|\(|\))|([\w-]+(?:\.[\w-]+)*))/y;

/**
 * The value of an expression, as far as the kit's workflows use them: `||`, `&&`, `==`, `!=`, `!`, literals, members of
 * contexts, and the functions that tell the status.
 */
function evaluated(expression: string, contexts: Contexts, status: JobStatus): unknown {
  const tokens: string[] = [];
  const text = expression.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) throw new Error(`Can't read the expression "${text}"`);
    tokens.push(match[0].trim());
  }
  const taken = (...expected: string[]): string | null =>
    expected.includes(tokens[0] ?? '') ? tokens.shift()! : null;
  const functions: Readonly<Record<string, () => boolean>> = {
    always: () => true,
    cancelled: () => false,
    failure: () => status.failed,
    success: () => !status.failed,
  };
  const atom = (): unknown => {
    if (taken('!')) return !atom();
    if (taken('(')) {
      const value = either();
      if (!taken(')')) throw new Error(`Expected ) in "${text}"`);
      return value;
    }
    const word = tokens.shift();
    if (word === undefined) throw new Error(`"${text}" ends too early`);
    if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
    if (/^\d+$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    if (taken('(')) {
      if (!functions[word] || !taken(')')) throw new Error(`"${word}" is no function that is known here`);
      return functions[word]();
    }
    return member(word, contexts);
  };
  const compared = (): unknown => {
    const left = atom();
    const sign = taken('==', '!=');
    return sign ? (shown(left) === shown(atom())) === (sign === '==') : left;
  };
  const both = (): unknown => {
    let value = compared();
    while (taken('&&')) {
      const right = compared();
      value = value ? right : value;
    }
    return value;
  };
  const either = (): unknown => {
    let value = both();
    while (taken('||')) {
      const right = both();
      value = value || right;
    }
    return value;
  };
  const value = either();
  if (tokens.length) throw new Error(`Can't read the expression "${text}" from "${tokens[0]}" on`);
  return value;
}

function member(path: string, contexts: Contexts): unknown {
  const [context, ...names] = path.split('.');
  if (!(context! in contexts)) throw new Error(`There is no context "${context}" here`);
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
    contexts[context!],
  );
}
