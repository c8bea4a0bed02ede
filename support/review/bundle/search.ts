import { createHash } from 'node:crypto';
import type { Envelope } from '@cucumber/messages';
import { isPicture } from '../../record/picture.ts';
import { isMaskedCard, type Json } from '../../record/vocabulary.ts';
import { createRedaction, type Redaction } from '../../traffic/redaction/index.ts';
import type { Files } from './archive.ts';

/** A place in a file that seems to hold a secret. The secret itself is nowhere in it. */
export interface Alarm {
  /** By which a person settles it when it is false; the same for the same text in the same place. */
  readonly code: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The member that holds it, as a JSON pointer (RFC 6901); empty where the line is not JSON. */
  readonly pointer: string;
  readonly what: 'card number' | 'key or password';
}

/**
 * Searches the files of a bundle for secrets, in all the forms that the capture takes them out in. `known` are keys and
 * canaries of this machine, which must be nowhere.
 */
export function alarmsIn(files: Files, known: readonly string[]): Alarm[] {
  const redaction = createRedaction({ known });
  return [...files].flatMap(([file, bytes]) =>
    linesOf(bytes).flatMap((line, index) =>
      suspects(line, redaction).map(({ pointer, text, redacted }) => ({
        code: createHash('sha256').update(`${file}\n${pointer}\n${text}`).digest('hex').slice(0, 12),
        file,
        line: index + 1,
        pointer,
        what: newCard(text, redacted) ? ('card number' as const) : ('key or password' as const),
      })),
    ),
  );
}

/** One line, and for people: where it is and how it is settled. */
export const alarmLine = ({ code, file, line, pointer, what }: Alarm): string =>
  `${code}: ${file}, line ${line}${pointer && `, member ${pointer}`} seems to hold a ${what}.`;

interface Suspect {
  readonly pointer: string;
  readonly text: string;
  readonly redacted: string;
}

function suspects(line: string, redaction: Redaction): Suspect[] {
  if (!line.trim()) return [];
  const json = parsed(line);
  if (json === undefined) {
    const redacted = redaction.text(line);
    return redacted === line ? [] : [{ pointer: '', text: line, redacted }];
  }
  // Pictures hold no text that can be searched.
  const { attachment } = json as Partial<Envelope>;
  if (attachment && isPicture(attachment.mediaType))
    return walk({ ...(attachment as object), body: '' } as Json, '/attachment', redaction);
  const bare = attachment ? JSON.stringify({ ...(json as object), attachment: null }) : line;
  const clean = (text: string) => redaction.jsonText(text) === text;
  if (clean(bare) && (!attachment || clean(attachment.body))) return [];
  return walk(json, '', redaction);
}

/** The members that the redaction would change, one by one. */
function walk(value: Json, pointer: string, redaction: Redaction): Suspect[] {
  if (typeof value === 'string') {
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (inner !== undefined) return walk(inner, pointer, redaction);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const within = walk(member, at, redaction);
      if (within.length || (typeof member === 'object' && member !== null)) return within;
      // Some secrets only their name tells.
      return changed({ [name]: member }, at, redaction);
    });
  }
  return changed(value, pointer, redaction);
}

function changed(value: Json, pointer: string, redaction: Redaction): Suspect[] {
  const text = JSON.stringify(value);
  const redacted = redaction.jsonText(text);
  return redacted === text ? [] : [{ pointer, text, redacted }];
}

const newCard = (text: string, redacted: string): boolean => {
  const masks = (whole: string) => (whole.match(/card…\d{4}/g) ?? []).filter(isMaskedCard).length;
  return masks(redacted) > masks(text);
};

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const linesOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().split('\n');
