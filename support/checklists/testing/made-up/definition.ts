import { judged, notTestable } from '../../../checklist/check.ts';
import {
  type ActionsOf,
  type BareAction,
  type Definition,
  defineChecklist,
} from '../../../checklist/index.ts';
import { Evidence } from '../../../record/evidence.ts';

const actions = {
  openDrawer: { description: 'Opens the drawer', properties: { reason: { type: 'string' } } },
} as const satisfies Readonly<Record<string, BareAction>>;

declare module '../../../record/vocabulary.ts' {
  interface Actions {
    readonly 'made-up': ActionsOf<typeof actions>;
  }
  interface Facts {
    readonly 'drawer-looked-at': { readonly by: string };
  }
}

/** The evidence as this checklist sees it. */
class DrawerEvidence extends Evidence {
  get drawer(): string {
    return /^Drawer (.+)$/.exec(this.display?.text ?? '')?.[1] ?? 'unknown';
  }
}

/** All that a checklist brings, and nothing of it stands anywhere else. */
export const madeUp: Definition<DrawerEvidence> = {
  name: 'made-up',
  rows: `${import.meta.dirname}/rows.yaml`,
  features: 'support/checklists/testing/made-up/drawer.feature',
  steps: ['support/checklists/testing/made-up/drawer.steps.ts'],
  actions,
  capabilities: { drawerReasons: { description: 'say why it opens its drawer', shows: () => false } },
  criteria: {
    'display.within': { value: 2000, unit: 'ms', says: 'a drawer that takes longer is pulled open by hand' },
  },
  facts: { 'drawer-looked-at': ({ by }) => [by, 'looked at the drawer'] },
  view: ({ observations }) => new DrawerEvidence(observations),
  checks: [
    {
      id: 'drawer-opens',
      plane: 'display',
      fault: 'pos',
      timed: true,
      expected: ({ reason }) =>
        `the POS shows that its drawer is open${reason ? ` because of ${reason}` : ''}`,
      advice: 'Open the drawer, and show that it is open.',
      // This subject can only report its own display, and the test wants a verdict.
      corroborated: () => true,
      judge: ({ evidence }, { reason }) => {
        if (!evidence.facts('drawer-looked-at').length) return notTestable('nobody looked at the drawer');
        const wanted = reason ? `open: ${reason}` : 'open';
        return judged(evidence.drawer === wanted, `the drawer of the POS is ${evidence.drawer}`);
      },
    },
  ],
};

defineChecklist(madeUp);
