export type { Account, Cardholder, CardMachine } from './account.ts';
export { simulatedAccount } from './simulated.ts';
export { type GivenAccount, listMachines, playedBy, playing, Refused, virtualAccount } from './virtual.ts';
