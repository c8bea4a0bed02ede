import { judged, notTestable } from '../../../checklist/check.ts';
import { type Definition, defineChecklist } from '../../../checklist/index.ts';

declare module '../../../record/vocabulary.ts' {
  interface Actions {
    readonly openDrawer: { readonly reason?: string };
  }
  interface Facts {
    readonly 'drawer-looked-at': { readonly by: string };
  }
}

/** All that a checklist brings, and nothing of it stands anywhere else. */
export const madeUp: Definition = {
  name: 'made-up',
  rows: `${import.meta.dirname}/rows.yaml`,
  features: 'support/checklists/testing/made-up/drawer.feature',
  steps: ['support/checklists/testing/made-up/drawer.steps.ts'],
  actions: {
    openDrawer: { description: 'Opens the drawer', properties: { reason: { type: 'string' } } },
  },
  capabilities: { drawerReasons: () => false },
  criteria: {
    'display.within': { value: 2000, unit: 'ms', says: 'a drawer that takes longer is pulled open by hand' },
  },
  facts: { 'drawer-looked-at': ({ by }) => [by, 'looked at the drawer'] },
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
        const text = evidence.display?.text ?? '';
        if (!evidence.facts('drawer-looked-at').length) return notTestable('nobody looked at the drawer');
        const wanted = reason ? `Drawer open: ${reason}` : 'Drawer open';
        return judged(text.includes(wanted), `the POS shows "${text}"`);
      },
    },
  ],
};

defineChecklist(madeUp);
