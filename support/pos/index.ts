export type { Hello, PosDriver } from './driver.ts';
export { deliverEvents } from './events.ts';
export { HeadlessTill } from './headless/till.ts';
