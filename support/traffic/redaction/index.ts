export { searchedBytes } from './bytes.ts';
export { createRedaction, type Redaction, type RedactionSettings } from './redaction.ts';
