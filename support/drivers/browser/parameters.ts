import { actionForm, onPage, type Parameters } from '../../checklist/index.ts';
import type { Action } from '../../record/vocabulary.ts';
import type { BrowserActions, BrowserDriver, BrowserStep } from '../settings.ts';
import { forms } from './forms.ts';

/** How a till wants amounts typed: 10.50, 1050 or 10,50. */
type Amounts = NonNullable<BrowserDriver['amounts']>;

/** The name that a profile has for an action, and what its steps may refer to, with amounts as the till wants them. */
export function parametersOf(
  action: Action,
  amounts: Amounts = 'pounds',
): { name: string; parameters: Parameters } {
  const { name } = action;
  return onPage(name, actionForm(name)).of(action, typedAs(amounts));
}

const typedAs =
  (amounts: Amounts) =>
  (minor: number): string => {
    if (amounts === 'pence') return minor.toFixed(0);
    const pounds = (minor / 100).toFixed(2);
    return amounts === 'comma' ? pounds.replace('.', ',') : pounds;
  };

/** A parameter that is given and that no step does anything with, if there is one. */
export const unusedBy = (steps: readonly BrowserStep[], parameters: Parameters): string | undefined =>
  [...forms().optional].find((parameter) => parameters[parameter] !== undefined && !uses(steps, parameter));

const uses = (steps: readonly BrowserStep[], parameter: string): boolean =>
  steps.some(
    ({ do: within = [], unless: _, ...step }) =>
      step.when === parameter ||
      step.each === parameter ||
      Object.values(step).some((text) => String(text).includes(`{${parameter}}`)) ||
      uses(within, parameter),
  );

/** What `each` goes through: the members of a list, or the characters of what is typed. */
export const membersOf = (value: Parameters[string] | undefined): readonly Parameters[] =>
  typeof value === 'string' ? [...value].map((key) => ({ key })) : (value ?? []);

/** `{name}` in a profile's step stands for a parameter; one of a sale's that is not given stands for nothing. */
export const filled = (text: string, parameters: Parameters): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined && forms().optional.has(name)) return '';
    return typeof value === 'string' ? value : whole;
  });

/** Where steps lead to, as far as that is an address. */
export const places = (steps: readonly BrowserStep[]): string[] =>
  steps.flatMap(({ goto, waitFor, inWindow, do: within = [] }) => [
    ...[goto, inWindow ? undefined : waitFor].flatMap((place) => place ?? []),
    ...places(within),
  ]);

/** Whether any of these steps is done in a window of its own. */
export const windowed = (steps: readonly BrowserStep[]): boolean =>
  steps.some((step) => step.inWindow !== undefined || windowed(step.do ?? []));

/** Actions with the steps that they do by a name written out. A name within itself is refused before. */
export function expanded(actions: BrowserActions, named: BrowserActions = {}): BrowserActions {
  const out = ({ steps: name, ...step }: BrowserStep): BrowserStep => {
    const within = name === undefined ? step.do : named[name];
    return within ? { ...step, do: within.map(out) } : step;
  };
  return Object.fromEntries(Object.entries(actions).map(([name, steps]) => [name, steps.map(out)]));
}
