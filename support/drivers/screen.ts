import type { Picture } from '../record/picture.ts';
import type { Display, Durations } from '../record/vocabulary.ts';
import type { Departed } from './driver.ts';

/** How quick a page is. */
export interface Speed {
  /** How long it took to answer when it was asked last, in ms; 0 while it is lost, or waits for its message box. */
  readonly answeredIn: number;
  /** How long it took to answer since this was read last; `null` when it was asked nothing. */
  pace(): Durations | null;
}

/** A till's display that the kit sees by itself, whoever drives the till. */
export interface Screen {
  /** Shows what is at this address, in place of what it showed. Throws what keeps it from opening. */
  open(url: string): Promise<void>;
  /** Why it cannot be seen any more; `null` while it can. */
  readonly lost: string | null;
  /** Where it is shown, while it is. */
  readonly tab: Speed | null;
  /** What it shows now; what it was last seen to show, where it is lost. */
  look(): Promise<Display>;
  /** Calls back for each change, as soon as it is seen. */
  onChange(listener: (display: Display) => void): void;
  /** A picture of it, where one can be taken. */
  screenshot(): Promise<Picture | null>;
  /** Pictures of results that have left it since, each once. */
  departed(): readonly Departed[];
  /** What stands in its fields, which a picture shows and `look` leaves out. */
  typed(): Promise<string>;
  close(): Promise<void>;
}
