export { freePort } from './port.ts';
export { CommandTill } from './till.ts';
