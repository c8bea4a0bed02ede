import { createHash } from 'node:crypto';
import { Blocked } from '../../record/blocked.ts';
import { isRequest } from '../../record/evidence.ts';
import { LeftOut } from '../../record/left-out.ts';
import { monotonic } from '../../record/monotonic.ts';
import type { Picture } from '../../record/picture.ts';
import type { Attestation, Exchange } from '../../record/vocabulary.ts';
import type { Said } from './answers.ts';
import { stripped } from './photo.ts';
import type { Step } from './steps.ts';

/** What came of a step. */
export type Reply =
  /** The kit saw it on the wire. */
  | { readonly how: 'seen' }
  /** A person did it, or said that the POS has no such thing. */
  | { readonly how: 'done' }
  | { readonly how: 'refused'; readonly words: string }
  | { readonly how: 'said'; readonly said: Said };

/** A step that is open, by its number. */
export interface Open {
  readonly number: number;
  readonly step: Step;
  /** What is to be done before it: the row before has left something on the POS. */
  readonly first: boolean;
}

interface Waiting extends Open {
  readonly since: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: LeftOut) => void;
}

/** What a person has been asked for so far. */
export interface Effort {
  readonly steps: number;
  readonly ms: number;
}

/**
 * Where a person at a POS is asked for one thing at a time. The driver asks; whoever serves a console hands over what the
 * person says. It waits for a person without a limit.
 */
export class Desk {
  /** The run was broken off before: the POS may still have open what it had then. */
  readonly goesOn: boolean;
  /** Who answers. */
  operator = '';
  row: string | null = null;
  /** Until when the kit waits for the POS, at most, on the monotonic clock; `null` while it does not. */
  waitsUntil: number | null = null;
  #open: Waiting | null = null;
  /** How many photos have come. */
  photos = 0;
  #photo: Picture | null = null;
  /** The digest of the photo of the open step. */
  #given: string | null = null;
  #numbers = 0;
  #leaving: string | null = null;
  #resumed: PromiseWithResolvers<void> | null = null;
  #effort: Effort = { steps: 0, ms: 0 };
  /** In which row each photo was given, by its digest. */
  readonly #photos = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<(exchange: Exchange) => void>();

  constructor(goesOn = false) {
    this.goesOn = goesOn;
  }

  get open(): Open | null {
    return this.#open;
  }

  get photo(): Picture | null {
    return this.#photo;
  }

  get paused(): boolean {
    return this.#resumed !== null;
  }

  get effort(): Effort {
    return this.#effort;
  }

  /** Calls back for each change of what there is to see. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Calls back for each exchange of the POS. */
  onExchange(watcher: (exchange: Exchange) => void): void {
    this.#watchers.add(watcher);
  }

  /** Asks the person for something. Throws a `LeftOut` where the person leaves the row instead. */
  async ask(step: Step, first = false): Promise<Reply> {
    if (this.#resumed) await this.#resumed.promise;
    this.#leave();
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    this.#photo = null;
    this.#given = null;
    this.#open = { number: ++this.#numbers, step, first, since: monotonic(), resolve, reject };
    this.#changed();
    return promise;
  }

  /** What the person says of an open step. Says what is wrong with it, or `null`. */
  reply(number: number, reply: Exclude<Reply, { how: 'seen' }>): string | null {
    const open = this.#open;
    if (open?.number !== number) return 'This step is over already. What you see now is the next one.';
    const question = open.step.kind !== 'do';
    if (question !== (reply.how === 'said')) return 'This step asks for something else.';
    if (reply.how === 'said' && !isSaying(reply.said) && open.step.kind === 'show')
      return 'Choose what the POS shows, or write what it says.';
    if (reply.how === 'refused' && !reply.words.trim()) return 'Say in a few words what the POS has instead.';
    this.#settle(reply);
    return null;
  }

  /** A photo for the open step. Says what is wrong with it, or `null`. */
  take(bytes: Buffer): string | null {
    if (!this.#open || this.#open.step.kind === 'do') return 'Nothing asks for a photo now.';
    const photo = stripped(bytes);
    if (!photo) return 'The kit cannot keep that file: give a JPEG or a PNG.';
    const digest = createHash('sha256').update(photo).digest('hex');
    // The same one for the same step was sent twice, and not given twice.
    if (digest === this.#given) return null;
    this.#given = digest;
    this.photos += 1;
    const usedIn = this.#photos.get(digest);
    this.#photos.set(digest, usedIn ?? this.row ?? '');
    this.#photo = { bytes: photo, ...(usedIn === undefined ? {} : { usedIn }) };
    this.#changed();
    return null;
  }

  /** Leaves the row, for that reason. Says what is wrong with that, or `null`. */
  leave(reason: string): string | null {
    if (this.row === null) return 'No row is under way.';
    if (!reason.trim()) return 'Say in a few words why: the reason goes into the certificate.';
    this.#leaving = reason.trim();
    const open = this.#open;
    if (open) {
      this.#open = null;
      this.#leaving = null;
      open.reject(new LeftOut(this.operator, reason.trim()));
    }
    this.resume();
    this.#changed();
    return null;
  }

  pause(): void {
    this.#resumed ??= Promise.withResolvers<void>();
    this.#changed();
  }

  resume(): void {
    this.#resumed?.resolve();
    this.#resumed = null;
    this.#changed();
  }

  /** The row that begins now; `null` when one is over. */
  atRow(row: string | null): void {
    this.row = row;
    this.#given = null;
    this.#leaving = null;
    this.#changed();
  }

  /** Throws a `LeftOut` once the person has left the row between two steps. */
  goOn(): void {
    this.#leave();
  }

  /** The kit waits for that many ms at most, or no longer. */
  waits(most: number | null): void {
    if (most === null && this.waitsUntil === null) return;
    this.waitsUntil = most === null ? null : monotonic() + most;
    this.#changed();
  }

  exchanged(exchange: Exchange): void {
    for (const watch of this.#watchers) watch(exchange);
    const { step } = this.#open ?? {};
    if (step && proves(exchange, step)) this.#settle({ how: 'seen' });
    this.#changed();
  }

  /** The word of the person at the desk, given now. */
  attestation(): Attestation {
    return { by: this.operator, at: new Date().toISOString() };
  }

  #leave(): void {
    const reason = this.#leaving;
    this.#leaving = null;
    if (reason !== null) throw new LeftOut(this.operator, reason);
  }

  #settle(reply: Reply): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    this.#effort = { steps: this.#effort.steps + 1, ms: this.#effort.ms + monotonic() - open.since };
    open.resolve(reply);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const isSaying = ({ choice, prompt, words }: Said): boolean => Boolean(choice || prompt || words?.trim());

/** Whether an exchange shows that a step was done: what it asks for, or anything of the kind that was refused. */
function proves(exchange: Exchange, { sends }: Step): boolean {
  if (!sends.length) return false;
  if (sends.some((form) => isRequest(exchange, form))) return true;
  return exchange.request.method !== 'GET' && (exchange.response?.status ?? 500) >= 400;
}

const desks = new Map<string, Desk>();

/** Sets up the desk of a run. A console has to serve it before the run begins. */
export function setUpDesk(run: string, goesOn = false): Desk {
  const desk = new Desk(goesOn);
  desks.set(run, desk);
  return desk;
}

/** The desk of a run. Throws a `Blocked` where nobody has set one up: nobody would answer. */
export function deskOf(run: string): Desk {
  const desk = desks.get(run);
  if (desk) return desk;
  throw new Blocked(
    'KIT-DRIVER-007',
    'Nobody is at the POS: the console is served by "certify" alone',
    'Run it with "npm run certify -- --profile FILE".',
  );
}
