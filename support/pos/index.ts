export type { Hello, PosDriver } from './driver.ts';
export { HeadlessTill } from './headless/till.ts';
