import type { DriverKind } from '../kind.ts';

/** The API itself is certified: the kit's own client plays the POS. */
export const headless: DriverKind<{ readonly kind: 'headless' }> = {
  name: 'headless',
  subject: 'api',
  clock: 'account',
  eachRow: true,
  display: () => 'none',
  journal: () => false,
  workers: () => null,
  places: () => [],
  open: async ({ clock, hello: { apiVersion }, run }) => {
    const { HeadlessTill } = await import('./till.ts');
    return new HeadlessTill(clock, { apiVersion, run });
  },
};
