export { LastWords } from '../remains.ts';
export { programEnvironment } from './path.ts';
export { freePort } from './port.ts';
export { CommandTill } from './till.ts';
