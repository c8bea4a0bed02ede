import { createHash } from 'node:crypto';
import type { Envelope } from '@cucumber/messages';
import { media } from '../../record/stream.ts';
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

/**
 * The places that the redaction would change. It alone says what a secret is: a line is compared with what it makes of it.
 */
function suspects(line: string, redaction: Redaction): Suspect[] {
  if (!line.trim()) return [];
  const json = parsed(line);
  if (json === undefined) return changed(line, redaction.text(line), '');
  // Pictures hold no text that can be searched.
  const { attachment } = json as Partial<Envelope>;
  if (attachment?.mediaType === media.screenshot) return [];
  const bare = attachment
    ? JSON.stringify({ ...(json as object), attachment: { ...attachment, body: '' } })
    : line;
  return [
    ...changed(bare, redaction.jsonText(bare), ''),
    ...(attachment ? inBody(attachment.body, redaction) : []),
  ];
}

function inBody(body: string, redaction: Redaction): Suspect[] {
  const redacted = parsed(body) === undefined ? redaction.text(body) : redaction.jsonText(body);
  return changed(body, redacted, '/attachment/body');
}

/** Where two texts differ: member by member, if both are JSON. */
function changed(text: string, redacted: string, pointer: string): Suspect[] {
  if (text === redacted) return [];
  const [one, other] = [parsed(text), parsed(redacted)];
  return one === undefined || other === undefined
    ? [{ pointer, text, redacted }]
    : differences(one, other, pointer);
}

function differences(one: Json, other: Json, pointer: string): Suspect[] {
  const [text, redacted] = [JSON.stringify(one), JSON.stringify(other)];
  if (text === redacted) return [];
  if (isObject(one) && isObject(other) && Object.keys(one).join() === Object.keys(other).join())
    return Object.entries(one).flatMap(([name, member]) =>
      differences(
        member,
        (other as { [name: string]: Json })[name]!,
        `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    );
  // A body is text within a text.
  if (typeof one === 'string' && typeof other === 'string' && /^\s*[[{]/.test(one))
    return changed(one, other, pointer);
  return [{ pointer, text, redacted }];
}

const isObject = (value: Json): value is Exclude<Json, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;

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
