import type { Action } from '../record/vocabulary.ts';

/** A member of an action, as JSON Schema has it: its type in the kit follows from that. */
export type MemberForm = { readonly description?: string } & (
  | { readonly type: 'string' | 'boolean' }
  | { readonly type: 'integer'; readonly minimum?: number }
  | { readonly enum: readonly string[] }
  | { readonly type: 'array'; readonly items: MemberForm }
  | ObjectForm
);

interface ObjectForm extends MembersForm {
  readonly type: 'object';
  readonly additionalProperties: false;
}

interface MembersForm {
  readonly properties: Readonly<Record<string, MemberForm>>;
  readonly required?: readonly string[];
}

/** An amount of money, in pence or cents. */
export const amount = { type: 'integer', minimum: 0, description: 'Pence or cents' } as const;

export const currency = { enum: ['GBP', 'EUR'] } as const;

/** What the steps of a web page may refer to; a list is gone through by `each`. */
export interface Parameters {
  readonly [name: string]: string | readonly Parameters[];
}

/** What a profile calls the steps by which a web page does something, and what they are about. */
export interface StepsForm {
  /** What is done, as a sentence about who does it: "Accepts the signature". */
  readonly description: string;
  readonly parameters: readonly string[];
  /** The list of the till's words that names the option of a message box by which it is done. */
  readonly words?: string;
  /** What a person is asked to do, with its parameters in braces: "Take a sale of {amount}". */
  readonly asks?: string;
}

/** How a web page does an action, where that is not by steps of its name, with its members for parameters. */
export interface OnPage {
  /** By the names that a profile has for them. */
  readonly steps: Readonly<Record<string, StepsForm>>;
  /** Parameters that a till may lack: its profile has a step for one that is given, or the till does not offer it. */
  readonly optional?: readonly string[];
  /** What the steps within `each` may refer to besides, by the name of the list. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  /** What is typed character by character within `each`, besides its amounts. */
  readonly typed?: readonly string[];
  /** Which of its steps do the action, and with what; `typed` writes an amount as the till wants it. */
  of(action: Action, typed: (minor: number) => string): { name: string; parameters: Parameters };
}

/** What a subject can be asked to do: its members besides its name, from which its type follows. */
export interface BareAction extends MembersForm {
  /** What the subject does, as a sentence about it: "Refunds without a payment, on the card machine". */
  readonly description: string;
  /** A subject that can't do it can do nothing of its checklist. */
  readonly needed?: true;
  /** It only prepares what comes: nobody need have looked at the journal before it. */
  readonly prepares?: true;
  /** It is done in a second window of the subject, or on a second device. */
  readonly elsewhere?: true;
  /** The list of the till's words that names the option of a message box by which it is done. */
  readonly words?: string;
  /** What a person is asked to do, with its members in braces: "Capture {amount}". */
  readonly asks?: string;
  /** The requests that show that it was done, such as `POST /payment-intents/{id}/captures`; left out where none does. */
  readonly sends?: readonly string[];
  /** It sets what stays set: a person who has done it need not do the same again. */
  readonly lasts?: true;
}

/** The same, with how drivers do it. */
export interface ActionForm extends BareAction {
  readonly onPage?: OnPage;
}

type Value<Form> = Form extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : Form extends { readonly type: 'string' }
    ? string
    : Form extends { readonly type: 'integer' }
      ? number
      : Form extends { readonly type: 'boolean' }
        ? boolean
        : Form extends { readonly type: 'array'; readonly items: infer Item }
          ? readonly Value<Item>[]
          : Form extends { readonly properties: unknown }
            ? Members<Form>
            : never;

type RequiredIn<Form> = Form extends { readonly required: readonly (infer Name)[] } ? Name : never;

type Members<Form extends { readonly properties: unknown }> = {
  readonly [Name in keyof Form['properties'] as Name extends RequiredIn<Form> ? Name : never]: Value<
    Form['properties'][Name]
  >;
} & {
  readonly [Name in keyof Form['properties'] as Name extends RequiredIn<Form> ? never : Name]?: Value<
    Form['properties'][Name]
  >;
};

/** The actions that these forms describe, for a checklist to declare in `Actions`. */
export type ActionsOf<Forms extends Readonly<Record<string, BareAction>>> = {
  readonly [Name in keyof Forms]: Members<Forms[Name]>;
};

/** How a web page does an action: as its form says, or else by steps of its name. */
export function onPage(
  name: string,
  { onPage: own, description, properties, words, asks }: ActionForm,
): OnPage {
  if (own) return own;
  const parameters = Object.keys(properties);
  const more = { ...(words === undefined ? {} : { words }), ...(asks === undefined ? {} : { asks }) };
  return {
    steps: { [name]: { description, parameters, ...more } },
    typed: parameters.filter((member) => isAmount(properties[member]!)),
    of: ({ name: _, ...given }, typed) => ({
      name,
      parameters: Object.fromEntries(
        Object.entries(given).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, typeof value === 'number' ? typed(value) : String(value)]],
        ),
      ),
    }),
  };
}

const isAmount = (form: MemberForm): boolean => 'type' in form && form.type === 'integer';
