export { type Identity, KeyStore, type Role, roles, shortId, usualFolder as usualKeys } from './keys.ts';
export { type Opened, openBundle } from './open.ts';
export { seal } from './seal.ts';
export { alarmLine } from './search.ts';
export type { Settled } from './statement.ts';
