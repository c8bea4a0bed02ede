export { CommandTill } from './command/index.ts';
export type { Hello, PosDriver } from './driver.ts';
export { deliverCapture, deliverEvents } from './events.ts';
export { HeadlessTill } from './headless/till.ts';
