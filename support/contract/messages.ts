import type { Body, Exchange, Headers, Json } from '../record/vocabulary.ts';
import { written } from '../record/written.ts';

/** The first value of a header, whatever the case of its name; empty counts as absent. */
export const headerOf = (headers: Headers, name: string): string | undefined => valuesOf(headers, name)[0];

/** All values of a header, in their order, whatever the case of its name; empty ones count as absent. */
export const valuesOf = (headers: Headers, name: string): string[] =>
  linesOf(headers, name).flatMap(([, value]) => value.trim() || []);

/** How often a header stands there, empty or not. */
export const timesSent = (headers: Headers, name: string): number => linesOf(headers, name).length;

const linesOf = (headers: Headers, name: string): Headers => {
  const wanted = name.toLowerCase();
  return headers.filter(([given]) => given.toLowerCase() === wanted);
};

/** True for `application/json` and the types built on it, such as `application/problem+json`. */
const isJsonType = (mediaType: string) => /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(mediaType);

/** Whether a media type of a description, or a range of them (`*\/*`, `application/*`), takes JSON. */
export const takesJson = (mediaType: string) =>
  /^\s*(\*|application|text)\/(\*|(\*\+|[\w.-]+\+)?json)\s*(;|$)/i.test(mediaType);

/** Whether a message of this media type is in JSON, where the description has these types for it. */
export const isJsonAmong = (mediaType: string, described: readonly string[]) =>
  isJsonType(mediaType) ||
  (/^\s*text\/json\s*(;|$)/i.test(mediaType) && described.some((one) => !isJsonType(one)));

/** The first of the media types that is among those described, be they ranges (`image/*`), and is not in JSON. */
export const describedOtherwise = (
  sent: readonly string[],
  described: readonly string[],
): string | undefined =>
  sent.find((type) => {
    const bare = bareType(type);
    const [kind] = bare.split('/');
    return (
      !takesJson(bare) && described.map(bareType).some((one) => [bare, `${kind}/*`, '*/*'].includes(one))
    );
  });

const bareType = (type: string): string => type.split(';')[0]!.trim().toLowerCase();

/** A body's JSON; `undefined` when it holds none. */
export function jsonOf(body: Body): { readonly json: Json } | undefined {
  const read = written(body);
  return 'json' in read ? read : undefined;
}

export const isEmpty = (body: Body | null): body is null =>
  body === null || ('text' in body && body.text.trim() === '') || ('base64' in body && body.base64 === '');

/**
 * True when an exchange tells of its environment and not of the contract: no complete answer came back, or a
 * 5xx, or a 429 for too many requests. What a subject answers itself is its own doing, whatever its status.
 */
export function isTrouble({ to, response }: Exchange): boolean {
  if (response === null) return true;
  return to !== 'subject' && (response.status >= 500 || response.status === 429);
}
