import type { OwnPos, OwnPosOptions } from '../../checklist/index.ts';

/** Starts the reference EPOS, which Dojo calls over REST. */
export async function ownPos(options: OwnPosOptions): Promise<OwnPos> {
  const { startReferenceEpos } = await import('../../../fixtures/pay-at-table/reference/index.ts');
  return startReferenceEpos({ ...options, settings: { adapter: 'rest' } });
}
