import './registry.ts';

export type { AccountClock, Hello, PosDriver } from './driver.ts';
export { definePlayer } from './headless/kind.ts';
export {
  type DriverKind,
  defineDriver,
  driverKinds,
  driverOf,
  type Mistake,
  type Opening,
  type Probe,
  type Probing,
  type Standing,
} from './kind.ts';
export type { Screen } from './screen.ts';
