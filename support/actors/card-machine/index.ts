export type { Account, Cardholder, CardMachine } from './account.ts';
export {
  type MadeAccount,
  makeSimulatedAccount,
  simulatedAccount,
  simulatedAccountOf,
} from './simulated.ts';
export { type GivenAccount, listMachines, playedBy, playing, Refused, virtualAccount } from './virtual.ts';
