/** Terminal session statuses (API description 2026-02-27, TerminalSessionStatus). */
export type SessionStatus =
  | 'InitiateRequested'
  | 'Initiated'
  | 'Authorized'
  | 'Captured'
  | 'CancelRequested'
  | 'Canceled'
  | 'SignatureVerificationRequired'
  | 'SignatureVerificationAccepted'
  | 'SignatureVerificationRejected'
  | 'Expired'
  | 'Declined';

/** Payment intent statuses (API description 2026-02-27, PaymentIntentStatus). */
export type IntentStatus = 'Created' | 'Authorized' | 'Captured' | 'Reversed' | 'Refunded' | 'Canceled';

const finals: ReadonlySet<string> = new Set([
  'Authorized',
  'Captured',
  'Canceled',
  'Declined',
  'Expired',
  'SignatureVerificationRejected',
]);

const onTheWay: ReadonlySet<string> = new Set([
  'InitiateRequested',
  'Initiated',
  'CancelRequested',
  'SignatureVerificationRequired',
  'SignatureVerificationAccepted',
]);

/** True for a status that the API's description names. */
export const isKnown = (status: string): boolean => finals.has(status) || onTheWay.has(status);

/** True when a session with this status may have ended. A signature may follow an authorization, and a capture a signature that was rejected. */
export const isFinal = (status: string): boolean => finals.has(status);
