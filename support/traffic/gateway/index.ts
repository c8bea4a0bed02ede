export { createRedaction, type Redaction, type RedactionSettings } from '../redaction/index.ts';
export type { Armed, Effect, Fault } from './faults.ts';
export { type Gateway, type GatewaySettings, startGateway } from './gateway.ts';
export { certificateOf } from './upstream.ts';
