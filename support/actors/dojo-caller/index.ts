export { baseOf, type Call, type Credentials, callOverRest, type RestCaller } from './rest.ts';
export { callOverSocket, type SocketCaller } from './socket.ts';
export type {
  GuestPayment,
  Registrations,
  RestRegistration,
  SocketCall,
  SocketDeed,
  Tables,
} from './tables.ts';
