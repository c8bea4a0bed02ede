import { hash } from 'node:crypto';
import type { Attachment, Envelope } from '@cucumber/messages';
import { isPicture } from './picture.ts';
import type { Observation } from './vocabulary.ts';

/** Who deleted a photo, when (ISO 8601) and why. */
export interface Deletion {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** A photo that its owner deleted: its digest stays. */
export interface DeletedPhoto extends Deletion {
  readonly name: string;
  /** SHA-256 of the photo, in hex. */
  readonly digest: string;
}

type Marked = Attachment & { readonly deleted?: Deletion };

/** How a line that holds a picture names its kind: in the text of another line, the quotes are escaped. */
const sign = Buffer.from('"mediaType":"image/');

const standIn = /^sha256:([0-9a-f]{64})$/;

/**
 * What the digest of a line is taken of: the line as it is, or, of one with a picture, the same with the picture's own digest
 * in its place. So a picture can be deleted later, and the chain proves still that nothing else was changed.
 */
export function chained(line: Uint8Array): Uint8Array {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (!bytes.includes(sign)) return line;
  const envelope = pictureIn(bytes);
  if (!envelope) return line;
  const { deleted, ...attachment } = envelope.attachment;
  if ('deleted' in envelope.attachment)
    return standIn.test(attachment.body) && isDeletion(deleted) ? standingFor(attachment) : line;
  const picture = Buffer.from(attachment.body, 'base64');
  // Another way to write the same picture, or none at all, is another line.
  if (!picture.length || picture.toString('base64') !== attachment.body) return line;
  return standingFor({ ...attachment, body: `sha256:${hash('sha256', picture)}` });
}

/** No line begins so: one without its picture, whose owner has not deleted that, has another digest. */
const standingFor = (attachment: Marked): Buffer =>
  Buffer.concat([Buffer.from('picture '), printed({ attachment })]);

/** The photo that an attachment says was deleted; `null` where it holds none, or still holds it. */
export function deletedIn(attachment: Attachment): DeletedPhoto | null {
  const { deleted, body, fileName = '', mediaType } = attachment as Marked;
  const [, digest] = standIn.exec(body) ?? [];
  if (!isPicture(mediaType) || !digest || !isDeletion(deleted)) return null;
  const { by, at, reason } = deleted;
  return { name: fileName, digest, by, at, reason };
}

/** The same as a fact of its row, after what was observed last before it. */
export function deletedFact(detail: DeletedPhoto, last: Observation | undefined): Observation {
  const at = last === undefined ? 0 : 'at' in last ? last.at : last.exchange.until;
  return { kind: 'fact', at, name: 'photo-deleted', detail };
}

/** The line of a photo without the photo: its digest stands there, and who deleted it. */
export function withoutPicture({ attachment }: Envelope, deleted: Deletion): Buffer {
  const picture = Buffer.from(attachment!.body, 'base64');
  return printed({ attachment: { ...attachment!, body: `sha256:${hash('sha256', picture)}`, deleted } });
}

const printed = (envelope: { attachment: Marked }): Buffer => Buffer.from(`${JSON.stringify(envelope)}\n`);

function pictureIn(bytes: Buffer): { readonly attachment: Marked } | null {
  try {
    const envelope = JSON.parse(bytes.toString()) as { attachment?: Marked };
    const { attachment } = envelope;
    if (!attachment || !isPicture(attachment.mediaType) || typeof attachment.body !== 'string') return null;
    return printed({ attachment }).equals(bytes) ? { attachment } : null;
  } catch {
    return null;
  }
}

const isDeletion = (found: unknown): found is Deletion => {
  const { by, at, reason } = (found ?? {}) as Partial<Deletion>;
  return [by, at, reason].every((one) => typeof one === 'string' && one.trim() !== '');
};

/** `a.jpg, which Anna Smith deleted on 2026-12-01 (shows a face); its SHA-256 is …`. */
export const deletedWords = ({ name, by, at, reason, digest }: DeletedPhoto): string =>
  `${name}, which ${by} deleted on ${at.slice(0, 10)} (${reason}); its SHA-256 is ${digest}`;
