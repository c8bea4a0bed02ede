export { deliverCapture, deliverEvents } from '../actors/event-sender.ts';
export type { Hello, PosDriver } from './driver.ts';
export type { Screen } from './screen.ts';
