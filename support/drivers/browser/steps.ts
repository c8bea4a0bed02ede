import type { Mistake } from '../kind.ts';
import { unclosed, wrongWithParts } from '../selectors.ts';
import type { BrowserActions, BrowserStep } from '../settings.ts';
import { forms } from './forms.ts';

/** What the steps of any action may refer to: the token of the row. */
const ofAll = ['token'];

/** What a step within `each` of what is typed may refer to besides. */
const ofTyped = ['key'];

const controls = ['click', 'fill', 'select', 'check'] as const;
const selectors = [...controls, 'see', 'gone', 'ifSeen', 'ifMissing', 'inFrame'] as const;
const texts = ['goto', ...controls, 'with', 'see', 'gone', 'ifSeen', 'ifMissing', 'inFrame'] as const;

/** The first mistake in the steps of a till's actions that their schema does not see, or `null`. */
export function mistakeInActions(actions: BrowserActions): Mistake | null {
  for (const [name, steps] of Object.entries(actions)) {
    const known = forms().steps.get(name)?.parameters ?? [];
    const found = mistakeInSteps(steps, [...known, ...ofAll], ['driver', 'actions', name], name);
    if (found) return found;
  }
  return null;
}

function mistakeInSteps(
  steps: readonly BrowserStep[],
  known: readonly string[],
  path: readonly (string | number)[],
  action: string,
): Mistake | null {
  for (const [index, step] of steps.entries()) {
    const here = [...path, index];
    const found = mistakeInStep(step, known, here, action);
    if (found) return found;
    if (!step.do) continue;
    const own = step.each === undefined ? [] : (forms().lists.get(step.each) ?? ofTyped);
    const within = mistakeInSteps(step.do, [...known, ...own], [...here, 'do'], action);
    if (within) return within;
  }
  return null;
}

function mistakeInStep(
  step: BrowserStep,
  known: readonly string[],
  path: readonly (string | number)[],
  action: string,
): Mistake | null {
  const { lists, typed, steps } = forms();
  const mistake = (member: string, says: string): Mistake => ({ path: [...path, member], says });
  const choices = known.filter((name) => !ofAll.includes(name));
  const choice = choices.length
    ? `Choose one of ${choices.join(', ')}.`
    : `The action \`${action}\` has no parameters: remove it.`;
  for (const member of ['when', 'unless'] as const) {
    const name = step[member];
    if (name !== undefined && !known.includes(name))
      return mistake(
        member,
        `expected \`${member}\` to name a parameter of \`${action}\`, but it says \`${name}\`. ${choice}`,
      );
  }
  for (const member of texts) {
    for (const [, name = ''] of (step[member] ?? '').matchAll(/\{([A-Za-z_]\w*)\}/g)) {
      if (!known.includes(name) || lists.has(name))
        return mistake(
          member,
          `expected {…} in \`${member}\` to name a parameter of \`${action}\`, but found \`{${name}}\`. ${choice}`,
        );
    }
  }
  for (const member of selectors) {
    const selector = step[member];
    // An option of a message box is no element.
    const wrong =
      selector === undefined || selector.startsWith('dialogue=')
        ? null
        : (unclosed(selector) ?? wrongWithParts(selector, true));
    if (wrong)
      return mistake(
        member,
        `expected \`${member}\` to be a selector, but ${wrong}. Correct it, such as "#charge".`,
      );
  }
  if (step.each !== undefined && !known.includes(step.each)) {
    const within = [...lists].find(([, names]) => names.includes(step.each!) && lists.has(step.each!))?.[0];
    const into = [...steps].find(([, form]) => lists.has(step.each!) && form.parameters.includes(step.each!));
    const here = known.filter((name) => typed.has(name) || lists.has(name));
    const instead = within
      ? `Put it within \`each: ${within}\`.`
      : into
        ? `Put it into \`${into[0]}\`.`
        : here.length
          ? `Choose one of ${here.join(', ')}.`
          : `\`${action}\` has nothing of that kind: remove it.`;
    return mistake(
      'each',
      `expected \`each\` to name something that there is here, but it says \`${step.each}\`. ${instead}`,
    );
  }
  if (step.each !== undefined && step.do === undefined)
    return mistake(
      'each',
      'expected `do` beside `each`, with the steps for each of them, but it is missing. Add it.',
    );
  const used = controls.filter((member) => step[member] !== undefined);
  const besides = ['goto', ...used, 'see', 'gone'].find(
    (member) => step[member as keyof BrowserStep] !== undefined,
  );
  if (step.do !== undefined && besides)
    return mistake(
      besides,
      `expected a step with \`do\` to do nothing else itself, but found \`${besides}\`. Make it a step within \`do\`.`,
    );
  if (used.length > 1)
    return mistake(
      used[1]!,
      `expected one of ${controls.join(', ')} in a step, but found ${used.join(' and ')}. Make a step of each.`,
    );
  const takes = step.fill !== undefined || step.select !== undefined;
  if (takes !== (step.with !== undefined))
    return takes
      ? mistake(
          step.fill === undefined ? 'select' : 'fill',
          'expected `with` beside it, which says what to enter, but it is missing. Add it; `with: ""` clears a field.',
        )
      : mistake('with', 'expected `fill` or `select` beside `with`, but there is neither. Add one.');
  return null;
}
