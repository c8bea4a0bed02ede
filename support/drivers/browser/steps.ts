import type { Mistake } from '../kind.ts';
import { unclosed, wrongWithParts } from '../selectors.ts';
import type { BrowserActions, BrowserStep } from '../settings.ts';
import { forms } from './forms.ts';
import { entering, touches } from './members.ts';

/** What the steps of any action may refer to: the token of the row. */
const ofAll = ['token'];

/** What a step within `each` of what is typed may refer to besides. */
const ofTyped = ['key'];

const selectors = [
  ...['click', 'check', ...entering, 'on', 'scroll', 'see', 'gone', 'ifSeen', 'ifMissing', 'inFrame'],
] as readonly (keyof BrowserStep)[];

/** What does something by itself, and is not only said of it. */
const doings = ['goto', 'reload', ...touches, 'answer', 'waitFor', 'see', 'gone'] as const;

/** Where a step stands, and what there is for it to name. */
interface Standing {
  readonly path: readonly (string | number)[];
  readonly action: string;
  readonly known: readonly string[];
  readonly named: BrowserActions;
  /** The names of the steps that it is a part of. */
  readonly within: readonly string[];
}

/**
 * The first mistake in the steps of a till's actions that their schema does not see, or `null`. `named` are those that
 * actions do by their names: they may refer to what each of these actions has.
 */
export function mistakeInActions(actions: BrowserActions, named: BrowserActions = {}): Mistake | null {
  const used = new Set<string>();
  for (const [name, steps] of Object.entries(actions)) {
    const known = [...(forms().steps.get(name)?.parameters ?? []), ...ofAll];
    const path = ['driver', 'actions', name];
    const found = mistakeInSteps(steps, { path, action: name, known, named, within: [] }, used);
    if (found) return found;
  }
  const idle = Object.keys(named).find((name) => !used.has(name));
  return idle === undefined
    ? null
    : {
        path: ['driver', 'steps', idle],
        says: `expected some action to do the steps \`${idle}\`, but none does. Write \`steps: ${idle}\` where they are to be done, or remove them.`,
      };
}

function mistakeInSteps(
  steps: readonly BrowserStep[],
  standing: Standing,
  used: Set<string>,
): Mistake | null {
  const { named, within } = standing;
  for (const [index, step] of steps.entries()) {
    const here = { ...standing, path: [...standing.path, index] };
    const found = mistakeInStep(step, here);
    if (found) return found;
    const name = step.steps;
    if (name !== undefined) {
      used.add(name);
      const path = ['driver', 'steps', name];
      const inNamed = mistakeInSteps(named[name]!, { ...here, path, within: [...within, name] }, used);
      if (inNamed) return inNamed;
    }
    if (!step.do) continue;
    const own = step.each === undefined ? [] : (forms().lists.get(step.each) ?? ofTyped);
    const known = [...here.known, ...own];
    const inIt = mistakeInSteps(step.do, { ...here, path: [...here.path, 'do'], known }, used);
    if (inIt) return inIt;
  }
  return null;
}

function mistakeInStep(step: BrowserStep, standing: Standing): Mistake | null {
  const { path, action, known } = standing;
  const { lists } = forms();
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
  for (const [member, text] of Object.entries(step)) {
    if (typeof text !== 'string') continue;
    for (const [, name = ''] of text.matchAll(/\{([A-Za-z_]\w*)\}/g)) {
      if (member === 'digits' && name === 'key') continue;
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
      typeof selector !== 'string' || selector.startsWith('dialogue=')
        ? null
        : (unclosed(selector) ?? wrongWithParts(selector, true));
    if (wrong)
      return mistake(
        member,
        `expected \`${member}\` to be a selector, but ${wrong}. Correct it, such as "#charge".`,
      );
  }
  return mistakeInEach(step, standing) ?? mistakeInMembers(step, standing);
}

/** A mistake in what a step is done for. */
function mistakeInEach(step: BrowserStep, { path, action, known }: Standing): Mistake | null {
  const { lists, typed, steps } = forms();
  const mistake = (member: string, says: string): Mistake => ({ path: [...path, member], says });
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
  return null;
}

/** A mistake in how the members of a step go together. */
function mistakeInMembers(step: BrowserStep, { path, named, within }: Standing): Mistake | null {
  const mistake = (member: string, says: string): Mistake => ({ path: [...path, member], says });
  const done = doings.filter((member) => step[member] !== undefined);
  for (const member of ['do', 'steps'] as const) {
    const besides = [...done, ...(member === 'do' && step.steps !== undefined ? ['steps'] : [])][0];
    if (step[member] !== undefined && besides)
      return mistake(
        besides,
        `expected a step with \`${member}\` to do nothing else itself, but found \`${besides}\`. ${member === 'do' ? 'Make it a step within `do`.' : 'Make a step of each.'}`,
      );
  }
  if (step.steps !== undefined) {
    const names = Object.keys(named);
    if (!names.includes(step.steps))
      return mistake(
        'steps',
        `expected \`steps\` to name a list of \`driver.steps\`, but there is no \`${step.steps}\`. ${names.length ? `Choose one of ${names.join(', ')}.` : 'Add it there, beside `actions`.'}`,
      );
    if (within.includes(step.steps))
      return mistake(
        'steps',
        `expected steps that end, but \`${step.steps}\` does itself again. Remove this step.`,
      );
  } else if (!done.length && step.do === undefined)
    return {
      path,
      says: `expected a step to do something, but it says only ${Object.keys(step).join(', ')}. Add what it does, such as \`click\`, or remove it.`,
    };
  const used = touches.filter((member) => step[member] !== undefined);
  if (used.length > 1)
    return mistake(
      used[1]!,
      `expected one of ${touches.join(', ')} in a step, but found ${used.join(' and ')}. Make a step of each.`,
    );
  const enters = entering.find((member) => step[member] !== undefined);
  if (enters && step.with === undefined)
    return mistake(
      enters,
      'expected `with` beside it, which says what to enter, but it is missing. Add it; `with: ""` clears a field.',
    );
  if (step.with !== undefined && !enters && step.answer === undefined)
    return mistake(
      'with',
      'expected `fill`, `type`, `digits`, `select` or `answer` beside `with`, but there is none. Add one.',
    );
  if (step.on !== undefined && step.press === undefined)
    return mistake('on', 'expected `press` beside `on`, with the keys, but it is missing. Add it.');
  return mistakeInTexts(step, mistake);
}

/** A mistake in keys or addresses. */
function mistakeInTexts(
  { press = '', waitFor, goto }: BrowserStep,
  mistake: (member: string, says: string) => Mistake,
): Mistake | null {
  const odd = press.split(/\s+/).find((one) => one && !one.includes('{') && !key.test(one));
  if (odd !== undefined)
    return mistake(
      'press',
      `expected \`press\` to name keys, but there is no key \`${odd}\`. Write a letter or digit, Enter, Tab, Escape, Backspace, Delete, Space, Home, End, PageUp, PageDown, ArrowDown, F2 and the like, with Control+, Shift+, Alt+ or Meta+ before it where that is held; \`type\` types texts.`,
    );
  for (const [member, address] of Object.entries({ waitFor, goto }))
    if (address !== undefined && !URL.canParse(address, 'http://till'))
      return mistake(
        member,
        `expected \`${member}\` to be a path of the till, but found \`${address}\`. Write it from its slash, such as /sale.`,
      );
  return null;
}

/** A key by its name in Playwright, with those that are held meanwhile. */
const key =
  /^(?:(?:Control|Shift|Alt|Meta|ControlOrMeta)\+)*(?:[!-~]|F(?:[1-9]|1\d|2[0-4])|Enter|Tab|Escape|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right)|Space|Numpad(?:Enter|Add|Subtract|Multiply|Divide))$/;
