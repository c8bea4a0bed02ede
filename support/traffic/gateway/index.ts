export { createRedaction, type Redaction, type RedactionSettings } from '../redaction/index.ts';
export { type Door, isAmong, type Shown, tlsDoor } from './door.ts';
export type { Armed, Effect, Fault } from './faults.ts';
export { type Gateway, type GatewaySettings, startGateway } from './gateway.ts';
export { type Elsewhere, type ForwardProxy, type ProxySettings, startProxy } from './proxy.ts';
export { statusOf } from './socket/record.ts';
export { certificateOf } from './upstream.ts';
