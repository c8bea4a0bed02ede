import { ContractError } from '../../fixtures/openapi/index.ts';
import { type Contract, loadContract } from '../contract/index.ts';
import { UsageError } from '../record/usage-error.ts';

/** The contract to judge by: the kit's own, or a user's. Throws a `UsageError` when the user's can't be used. */
export function contractFrom(file: string | undefined): Contract {
  if (file === undefined) return loadContract();
  try {
    const contract = loadContract(file);
    for (const note of contract.notes) console.error(`Note on ${file}: ${note}`);
    return contract;
  } catch (error) {
    if (error instanceof ContractError) throw new UsageError('KIT-CONTRACT-001', error.message);
    throw error;
  }
}
