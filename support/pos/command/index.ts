export { CommandTill } from './till.ts';
