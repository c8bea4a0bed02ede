import type { OwnPos, OwnPosOptions } from '../../checklist/index.ts';

/** Starts the reference POS. */
export async function ownPos(options: OwnPosOptions): Promise<OwnPos> {
  const { startReferencePos } = await import('../../../fixtures/pay-at-counter/reference-pos/index.ts');
  return startReferencePos(options);
}
