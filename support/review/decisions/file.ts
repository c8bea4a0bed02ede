import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { written } from '../../record/disk/disk.ts';
import { UsageError } from '../../record/usage-error.ts';
import { isSignedBy, payloads, readEnvelope, signed } from '../bundle/envelope.ts';
import { type Identity, type KeyStore, type Signer, shortId } from '../bundle/keys.ts';
import { isDay } from '../day.ts';
import type { Review } from './decision.ts';

/** A review while its reviewer is at it: a draft beside the bundle, which is written with each word. */
export const draftOf = (bundle: string): string => `${bundle}.review-draft.json`;

/** A review that its reviewer has signed. */
export const signedReviewOf = (bundle: string): string => `${bundle}.review.sigstore.json`;

/** The draft of a review; `null` where none was begun. Throws a `UsageError` when it can't be read. */
export function readDraft(file: string): Review | null {
  if (!existsSync(file)) return null;
  const review = reviewIn(readFileSync(file, 'utf8'));
  if (review) return review;
  throw new UsageError(
    'KIT-REVIEW-001',
    `Expected ${file} to be the draft of a review, but it cannot be read. Remove it to begin anew, or restore it.`,
  );
}

/** Keeps a draft: whoever is interrupted loses nothing that was said. */
export function writeDraft(file: string, review: Review): void {
  written(file, () => {
    writeFileSync(`${file}.part`, `${JSON.stringify(review, null, 2)}\n`);
    renameSync(`${file}.part`, file);
  });
}

/** Signs a review, and writes it. */
export function writeSigned(file: string, review: Review, signer: Signer): void {
  const envelope = signed(Buffer.from(JSON.stringify(review)), payloads.review, signer);
  written(file, () => writeFileSync(file, `${JSON.stringify(envelope, null, 2)}\n`));
}

/**
 * A signed review, and whose it is. Throws a `UsageError` when the file holds none, was changed, or when the user has not
 * pinned the key of its reviewer: the word of an unknown key proves nothing.
 */
export function readSigned(file: string, keys: KeyStore): { review: Review; by: Identity } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(
      'KIT-REVIEW-002',
      `Expected a signed review in ${file}, but it cannot be read. Check the path.`,
    );
  }
  const envelope = readEnvelope(text, payloads.review);
  const review = envelope && reviewIn(envelope.payload.toString());
  if (!envelope || !review)
    throw new UsageError(
      'KIT-REVIEW-003',
      `Expected ${file} to be a signed review, but it is none. Ask the reviewer for the file that "npm run certify -- review" signed.`,
    );
  const by = keys.known(envelope.keyId);
  if (by?.role !== 'reviewer')
    throw new UsageError(
      'KIT-REVIEW-004',
      `Expected ${file} to be signed by a reviewer whose key you know, but the key ${shortId(envelope.keyId)} is ${by ? `that of ${by.name}, a ${by.role}` : 'unknown'}. ` +
        'Pin the reviewer’s key: npm run certify -- keys pin FILE.',
    );
  if (!isSignedBy(envelope.bundle, by.publicKey))
    throw new UsageError(
      'KIT-REVIEW-005',
      `Expected ${file} as ${by.name} signed it, but it was changed. Ask for it again.`,
    );
  return { review, by };
}

function reviewIn(text: string): Review | null {
  try {
    const found = JSON.parse(text) as Partial<Review>;
    const lists = [found.heads, found.decisions, found.waivers].every(Array.isArray);
    const dated = lists && found.waivers!.every((one) => isDay(one?.lastDay));
    const said = found.refusals === undefined || Array.isArray(found.refusals);
    const remarks = found.comments === undefined || Array.isArray(found.comments);
    return found.schema === 1 && dated && said && remarks && typeof found.run === 'string'
      ? (found as Review)
      : null;
  } catch {
    return null;
  }
}
