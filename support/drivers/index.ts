export type { Hello, PosDriver } from './driver.ts';
export type { Screen } from './screen.ts';
