import type { Frame } from 'playwright';
import type { Picture } from '../../record/picture.ts';
import type { Departed } from '../driver.ts';
import type { BrowserDisplay } from '../settings.ts';
import { claimOf, Proofs } from './proof.ts';
import type { RawDisplay } from './raw.ts';

/** Nothing was seen yet. */
export const dark: RawDisplay = {
  text: '',
  outcome: null,
  prompt: null,
  notice: null,
  dialogues: [],
  cardMachines: [],
  ledger: [],
  unseen: [],
  beside: [],
  depicted: null,
  faint: null,
};

/** How long a look waits for the proof of what is claimed, in ms; what comes of it later is reported as a change. */
const patient = 1500;

/** What those who hold a pane tell it. */
export interface Holder {
  /** Reads the document; `null` where there is nothing to read. */
  readonly read: () => Promise<RawDisplay | null | undefined>;
  /** The document can be read and proven now. */
  readonly ready: () => boolean;
  /** What it shows has changed, by what its pictures tell. */
  readonly changed: () => void;
}

/** A document that is a part of a till's display: its page, a frame within that, or another window. */
export class Pane {
  readonly frame: Frame;
  readonly #holder: Holder;
  readonly #proofs: Proofs;
  readonly #pictures = new Map<string, Departed>();
  #last: RawDisplay;
  /** It is to be read again. */
  #again = false;
  /** How often it has changed while it is being read. */
  #stirred = 0;

  /** `last` is what it is taken to show until it was read. */
  constructor(frame: Frame, { outcome }: Pick<BrowserDisplay, 'outcome'>, holder: Holder, last = dark) {
    this.frame = frame;
    this.#holder = holder;
    this.#proofs = new Proofs(outcome);
    this.#last = last;
  }

  /** What it was read to show last. */
  get last(): RawDisplay {
    return this.#last;
  }

  /** What it shows by what its pictures have reported so far. */
  get shown(): RawDisplay {
    return this.#proofs.corrected(this.#last);
  }

  /** Its document has gone, and the next is still to be read. */
  clear(): void {
    this.#last = dark;
  }

  /** Pictures of results that it no longer shows, each once. */
  departed(): Departed[] {
    const gone = [...this.#pictures.values()].filter(({ shows }) => shows !== this.#last.outcome);
    for (const { shows } of gone) this.#pictures.delete(shows);
    return gone;
  }

  /** Another row begins: what was proven in the one before is proven anew. */
  forget(): void {
    this.#proofs.forget();
    this.#pictures.clear();
  }

  /** Reads it, and once more when what it claims has been proven. False where it could not be read at the end. */
  async look(): Promise<boolean> {
    const read = await this.#glance();
    return this.#holder.ready() && (await this.#proofs.settled(patient)) ? this.#glance() : read;
  }

  /** It has changed, and only the kit can read it: it is looked at, and once more where it changes meanwhile. */
  #stir(): void {
    this.#stirred += 1;
    if (this.#stirred > 1) return;
    const read = async (): Promise<void> => {
      for (let seen = 0; seen < this.#stirred; ) {
        seen = this.#stirred;
        await this.#glance();
        this.#holder.changed();
      }
    };
    read()
      .catch(() => {})
      .finally(() => {
        this.#stirred = 0;
      });
  }

  /** What it tells of itself; `null`: that it has changed. What is read while a text is transparent is not so: it is read again afterwards. */
  tell(raw: RawDisplay | null): void {
    if (!raw) this.#stir();
    else if (raw.veiled) this.#readAgain();
    else this.#note(raw);
  }

  async #glance(): Promise<boolean> {
    const first = await this.#holder.read();
    const again = first?.veiled && this.#holder.ready();
    if (again) await this.#proofs.settled(patient);
    const raw = again ? await this.#holder.read() : first;
    if (!raw || raw.veiled) return false;
    this.#note(raw);
    return true;
  }

  #readAgain(): void {
    if (this.#again) return;
    this.#again = true;
    this.#proofs
      .settled()
      .then(() => this.#glance())
      .catch(() => {})
      .finally(() => {
        this.#again = false;
        this.#holder.changed();
      });
  }

  #note(raw: RawDisplay): void {
    this.#last = raw;
    const { ready, changed } = this.#holder;
    if (!ready()) return;
    const stands = (claim: string) => ready() && claimOf(this.#last).claim === claim;
    const keep = (claim: string, picture: Picture): void => {
      this.#pictures.set(claim, { shows: claim, picture, text: raw.text });
    };
    this.#proofs.prove(this.frame, raw, { done: changed, stands, keep });
  }
}
