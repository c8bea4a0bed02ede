import type { BrowserActions, BrowserStep } from '../../profile/index.ts';
import type { Action, Sale } from '../../vocabulary.ts';

/** What a step may refer to; a list is gone through by `each`. */
export interface Parameters {
  readonly [name: string]: string | readonly Parameters[];
}

/** Parts of an action that a till may lack: its profile has a step `when` one is given, or does not offer it. */
const optional = ['tip', 'cashback', 'manualCapture', 'cardHolderNotPresent', 'lines'];

/** The name that a profile has for an action, and what its steps may refer to. */
export function parametersOf(action: Action): { name: keyof BrowserActions; parameters: Parameters } {
  switch (action.name) {
    case 'sale':
      return { name: 'sale', parameters: ofSale(action.sale) };
    case 'signature':
      return { name: action.accepted ? 'acceptSignature' : 'rejectSignature', parameters: {} };
    default: {
      const { name, ...given } = action;
      const parameters = Object.entries(given).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, typeof value === 'number' ? pounds(value) : value] as const],
      );
      return { name, parameters: Object.fromEntries(parameters) };
    }
  }
}

function ofSale({
  amount,
  tip,
  cashback,
  currency,
  manualCapture,
  cardHolderNotPresent,
  lines,
}: Sale): Parameters {
  return {
    amount: pounds(amount),
    currency,
    ...(tip === undefined ? {} : { tip: pounds(tip) }),
    ...(cashback === undefined ? {} : { cashback: pounds(cashback) }),
    ...(manualCapture ? { manualCapture: 'yes' } : {}),
    ...(cardHolderNotPresent ? { cardHolderNotPresent: 'yes' } : {}),
    ...(lines
      ? {
          lines: lines.map(({ name, quantity, amountTotal, modifiers }) => ({
            name,
            quantity: String(quantity),
            price: pounds(amountTotal / quantity),
            modifiers: modifiers.map((modifier) => ({
              modifierName: modifier.name,
              modifierQuantity: String(modifier.quantity),
              modifierPrice: pounds(modifier.amountPerModifier),
            })),
          })),
        }
      : {}),
  };
}

const pounds = (minor: number): string => (minor / 100).toFixed(2);

/** A parameter that is given and that no step does anything with, if there is one. */
export const unusedBy = (steps: readonly BrowserStep[], parameters: Parameters): string | undefined =>
  optional.find(
    (parameter) =>
      parameters[parameter] !== undefined &&
      !steps.some((step) => step.when === parameter || step.each === parameter),
  );

/** `{name}` in a profile's step stands for a parameter. */
export const filled = (text: string, parameters: Parameters): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return typeof value === 'string' ? value : whole;
  });

/** Where steps lead to. */
export const places = (steps: readonly BrowserStep[]): string[] =>
  steps.flatMap((step) => [...(step.goto ? [step.goto] : []), ...places(step.do ?? [])]);
