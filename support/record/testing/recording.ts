import type { Envelope } from '@cucumber/messages';
import { aSale } from '../../checklists/payments/stories/situations.ts';
import { type Recording, StreamFold } from '../stream.ts';
import type { Described } from './messages.ts';

export const head = { envelopes: 3, head: 'a'.repeat(64) };

/** A fold to which these messages are about to be given. */
export const foldOf = (messages: readonly Envelope[]) =>
  new StreamFold((first, last) => messages.slice(first, last + 1));

export function folded(messages: readonly Envelope[]): Recording {
  const fold = foldOf(messages);
  for (const message of messages) fold.take(message);
  return fold.record(head);
}

export const row = (id: string, more: Partial<Described> = {}): Described => ({
  id,
  story: aSale(),
  ...more,
});
