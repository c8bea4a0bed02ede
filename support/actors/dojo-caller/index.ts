export { type Call, type Credentials, callOverRest, type RestCaller } from './rest.ts';
export type { GuestPayment, Registrations, RestRegistration, Tables } from './tables.ts';
