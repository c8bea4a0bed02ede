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
