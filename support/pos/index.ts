export type { Hello, PosDriver } from './driver.ts';
export { deliverCapture, deliverEvents } from './events.ts';
export type { Screen } from './screen.ts';
