import type { AccountClock } from '../../drivers/index.ts';
import type { Tables } from '../dojo-caller/index.ts';

/** What the person with the card does at the card machine. Times in milliseconds, money in minor units. */
export interface Cardholder {
  readonly entry?: 'chip' | 'contactless' | 'swipe' | 'keyed';
  readonly verification?: 'pin' | 'signature' | 'device' | 'none';
  readonly outcome?: 'approve' | 'decline' | 'silence';
  readonly scheme?: string;
  /** A gratuity given on the machine. */
  readonly tip?: number;
  /** From the PresentCard prompt to the card. */
  readonly presents?: number;
  /** From the EnterPin prompt to the PIN. */
  readonly types?: number;
  /** Presses X instead of presenting the card. */
  readonly cancels?: boolean;
  /** Does not go on until asked to. */
  readonly waits?: 'before-card' | 'at-verification';
  /** Presents the card just as the till asks to cancel, and pays. */
  readonly outrunsCancel?: boolean;
  /** From the expiry of a machine that fell silent to its report that the payment was taken. */
  readonly reportsLate?: number;
}

export interface CardMachine {
  readonly tid: string;
  readonly terminalId: string;
}

/**
 * The CardMachine port: an account of the upstream with its card machines, and what people do at them.
 * Adapters: simulated, through the simulator's admin port.
 */
export interface Account {
  readonly apiKey: string;
  readonly softwareHouseId: string;
  readonly resellerId: string;
  readonly cardMachines: readonly CardMachine[];
  readonly clock: AccountClock | null;
  /** Dojo's part at a table; `null` where the kit cannot play it. */
  readonly tables: Tables | null;
  /** Whether a cardholder can be asked to wait; where not, the card comes when it comes. */
  readonly canWait: boolean;
  /**
   * The card machine whose TID ends so, for this cardholder (`null`: for nobody). Throws a `Blocked` when there
   * is none at which this cardholder can be had.
   */
  machineFor(suffix: string, cardholder: Cardholder | null): CardMachine;
  /** One more API key of the same account. */
  anotherKey(): Promise<string>;
  /** Makes a key invalid. */
  revoke(apiKey: string): Promise<void>;
  /** What the next cardholder at this machine does. */
  prepare(machine: CardMachine, cardholder: Cardholder): Promise<void>;
  /** A cardholder who waits goes on; nothing happens where nobody does. */
  proceed(machine: CardMachine): Promise<void>;
  put(machine: CardMachine, state: 'ready' | 'menu' | 'offline'): Promise<void>;
  /** What stands on the machine's own screen; `null` where it can't be seen. Amount in minor units. */
  screen(machine: CardMachine): Promise<{ prompt: string | null; amount: number | null } | null>;
  close(): Promise<void>;
}
