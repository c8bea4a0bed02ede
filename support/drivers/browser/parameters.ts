import type { Action, Sale } from '../../record/vocabulary.ts';
import type { BrowserActions, BrowserDriver, BrowserStep } from '../settings.ts';

/** What a step may refer to; a list is gone through by `each`. */
export interface Parameters {
  readonly [name: string]: string | readonly Parameters[];
}

/** Parts of an action that a till may lack: its profile has a step `when` one is given, or does not offer it. */
const optional = ['tip', 'cashback', 'manualCapture', 'cardHolderNotPresent', 'lines'];

/** How a till wants amounts typed: 10.50, 1050 or 10,50. */
type Amounts = NonNullable<BrowserDriver['amounts']>;

/** The name that a profile has for an action, and what its steps may refer to, with amounts as the till wants them. */
export function parametersOf(
  action: Action,
  amounts: Amounts = 'pounds',
): { name: keyof BrowserActions; parameters: Parameters } {
  const typed = typedAs(amounts);
  switch (action.name) {
    case 'sale':
      return { name: 'sale', parameters: ofSale(action.sale, typed) };
    case 'signature':
      return { name: action.accepted ? 'acceptSignature' : 'rejectSignature', parameters: {} };
    default: {
      const { name, ...given } = action;
      const parameters = Object.entries(given).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, typeof value === 'number' ? typed(value) : value] as const],
      );
      return { name, parameters: Object.fromEntries(parameters) };
    }
  }
}

function ofSale(sale: Sale, typed: (minor: number) => string): Parameters {
  const { amount, tip, cashback, currency, manualCapture, cardHolderNotPresent, lines } = sale;
  return {
    amount: typed(amount),
    currency,
    ...(tip === undefined ? {} : { tip: typed(tip) }),
    ...(cashback === undefined ? {} : { cashback: typed(cashback) }),
    ...(manualCapture ? { manualCapture: 'yes' } : {}),
    ...(cardHolderNotPresent ? { cardHolderNotPresent: 'yes' } : {}),
    ...(lines
      ? {
          lines: lines.map(({ name, quantity, amountTotal, modifiers }) => ({
            name,
            quantity: String(quantity),
            price: typed(amountTotal / quantity),
            modifiers: modifiers.map((modifier) => ({
              modifierName: modifier.name,
              modifierQuantity: String(modifier.quantity),
              modifierPrice: typed(modifier.amountPerModifier),
            })),
          })),
        }
      : {}),
  };
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
  optional.find((parameter) => parameters[parameter] !== undefined && !uses(steps, parameter));

const uses = (steps: readonly BrowserStep[], parameter: string): boolean =>
  steps.some(
    ({ do: within = [], unless: _, ...step }) =>
      step.when === parameter ||
      step.each === parameter ||
      Object.values(step).some((text) => text.includes(`{${parameter}}`)) ||
      uses(within, parameter),
  );

/** What `each` goes through: the members of a list, or the characters of what is typed. */
export const membersOf = (value: Parameters[string] | undefined): readonly Parameters[] =>
  typeof value === 'string' ? [...value].map((key) => ({ key })) : (value ?? []);

/** `{name}` in a profile's step stands for a parameter; one of a sale's that is not given stands for nothing. */
export const filled = (text: string, parameters: Parameters): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined && optional.includes(name)) return '';
    return typeof value === 'string' ? value : whole;
  });

/** Where steps lead to. */
export const places = (steps: readonly BrowserStep[]): string[] =>
  steps.flatMap((step) => [...(step.goto ? [step.goto] : []), ...places(step.do ?? [])]);
