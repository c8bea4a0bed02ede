export type { Account, Cardholder, CardMachine } from './account.ts';
export { attendedAccount, type Person } from './attended.ts';
export {
  type MadeAccount,
  makeSimulatedAccount,
  simulatedAccount,
  simulatedAccountOf,
} from './simulated.ts';
export { type GivenAccount, listMachines, playedBy, playing, Refused, virtualAccount } from './virtual.ts';
