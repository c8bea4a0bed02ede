import { createPublicKey, sign, verify } from 'node:crypto';
import { idOf, type Signer } from './keys.ts';

/** What an envelope carries: an in-toto statement of a run, what a reviewer has said of one, or which kits were released. */
export const payloads = {
  statement: 'application/vnd.in-toto+json',
  review: 'application/vnd.dojo-conformance.review+json',
  kits: 'application/vnd.dojo-conformance.kits+json',
} as const;

type PayloadType = (typeof payloads)[keyof typeof payloads];

const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/**
 * A Sigstore bundle, version 0.3, with a DSSE envelope that one key of the owner's signed. No certificate authority
 * and no transparency log stand behind it: `tlogEntries` is empty.
 */
export interface SigstoreBundle {
  readonly mediaType: typeof mediaType;
  readonly verificationMaterial: {
    /** `hint`: the id of the key (`Identity`). */
    readonly publicKey: { readonly hint: string };
    readonly tlogEntries: readonly [];
  };
  readonly dsseEnvelope: {
    /** Base64. */
    readonly payload: string;
    readonly payloadType: PayloadType;
    /** `sig` is base64. */
    readonly signatures: readonly { readonly sig: string; readonly keyid: string }[];
  };
}

/** What is signed of a payload: pre-authentication encoding, DSSE v1. */
function encoded(payload: Buffer, payloadType: PayloadType): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Signs a payload by Ed25519. */
export function signed(
  payload: Buffer,
  payloadType: PayloadType,
  { identity, privateKey }: Signer,
): SigstoreBundle {
  return {
    mediaType,
    verificationMaterial: { publicKey: { hint: identity.id }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString('base64'),
      payloadType,
      signatures: [
        { sig: sign(null, encoded(payload, payloadType), privateKey).toString('base64'), keyid: identity.id },
      ],
    },
  };
}

/** What a stored envelope holds; `null` when the text is no such bundle. Nothing is verified yet. */
export function readEnvelope(
  text: string,
  payloadType: PayloadType,
): { bundle: SigstoreBundle; payload: Buffer; keyId: string } | null {
  try {
    const bundle = JSON.parse(text) as SigstoreBundle;
    const { dsseEnvelope, verificationMaterial } = bundle;
    const { payload, signatures } = dsseEnvelope;
    const one = signatures.length === 1 && dsseEnvelope.payloadType === payloadType;
    if (!one || bundle.mediaType !== mediaType || typeof signatures[0]?.sig !== 'string') return null;
    const keyId = verificationMaterial.publicKey.hint;
    return typeof keyId === 'string' ? { bundle, payload: Buffer.from(payload, 'base64'), keyId } : null;
  } catch {
    return null;
  }
}

/** Whether this public key (PEM) signed the envelope. */
export function isSignedBy({ dsseEnvelope }: SigstoreBundle, publicKey: string): boolean {
  const { payload, payloadType, signatures } = dsseEnvelope;
  const signature = Buffer.from(signatures[0]?.sig ?? '', 'base64');
  return (
    signatures[0]?.keyid === idOf(publicKey) &&
    verify(null, encoded(Buffer.from(payload, 'base64'), payloadType), createPublicKey(publicKey), signature)
  );
}
