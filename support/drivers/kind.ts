import type { Browser } from 'playwright';
import type { DisplayKnown, DisplayVocabulary, Subject } from '../record/vocabulary.ts';
import type { AccountClock, Hello, PosDriver } from './driver.ts';
import type { Screen } from './screen.ts';
import type { BrowserDisplay, BrowserView, DriverSettings } from './settings.ts';

/** A mistake in a profile: where, and what to write instead. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly says: string;
}

/** `note`: a run can do without, and says less or blocks some rows. */
export type Standing = 'yes' | 'note' | 'no';

export interface Look {
  readonly ok: Standing;
  readonly found: string;
  /** What to do when it is not as expected. */
  readonly advice?: string;
}

/** One thing that a run stands on. */
export interface Probe {
  readonly name: string;
  readonly expected: string;
  /** It costs next to nothing and no run looks at it otherwise, so each does before it starts. */
  readonly cheap?: true;
  /** It is not of this machine's making: it may only have to be started, or waited for. */
  readonly elsewhere?: true;
  /** Throws a `UsageError`, a `Refused` or a `Blocked`, as the run would, when it stands in the way. */
  look(): Promise<Look> | Look;
}

/** What a driver is opened with. */
export interface Opening<Settings> {
  readonly settings: Settings;
  /** What the profile says of the POS. */
  readonly hello: Hello;
  /** Where this worker's POS is: its address, or the folder for its files; '' where there is neither. */
  readonly place: string;
  readonly vocabulary: DisplayVocabulary;
  /** The browser that the kit sees with; `null` where the display is not observed. */
  readonly browser: Browser | null;
  /** A page on which that browser sees the display of a POS that is driven in another way. */
  readonly screen: (display: BrowserDisplay, view: BrowserView) => Promise<Screen | null>;
  /** The clock of the row's account, where it can be moved and `eachRow` is true. */
  readonly clock: AccountClock | null;
  readonly run: string;
  /** The name of the checklist whose rows are run. */
  readonly checklist: string;
  /** What the kit shows the POS where that asks for it; '' where it does not. */
  readonly secret: string;
}

/** What is looked at before a run, and with what. */
export interface Probing<Settings> {
  readonly settings: Settings;
  readonly hello: Hello;
  readonly ownTill: boolean;
  /** Where the POS are, once the kit has started those of its own. */
  readonly places: () => Promise<readonly string[]>;
  /** Throws a `UsageError` where the environment lacks it. */
  readonly secret: () => string;
}

/** JSON Schema of the members of a profile's `driver`, and what they refer to in `#/definitions/…`. */
export interface SettingsForm {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
  readonly definitions?: Readonly<Record<string, object>>;
}

/** One way in which a POS is reached, and all that the kit has to know of it. */
export interface DriverKind<Settings extends { readonly kind: string } = DriverSettings> {
  readonly name: Settings['kind'];
  /** What the profile says of it besides its `kind`; left out where that is nothing. */
  readonly settings?: SettingsForm;
  /** What is certified through it. */
  readonly subject: Subject;
  /** `account`: the POS lives in the time of its account, where that can be moved. */
  readonly clock: 'real' | 'account';
  /** The variable of the environment with the secret that such a POS asks for. */
  readonly secret?: string;
  /** What a reviewer has to agree to of every POS that is reached so, in a sentence. */
  readonly decision?: string;
  /** A person does what it is asked for: one row after the other, in the kit's own thread, on one account. */
  readonly byHand?: true;
  /** A POS is opened for each row, and not once for all rows of a worker. */
  readonly eachRow?: true;
  /** How the kit knows what the POS shows. */
  display(settings: Settings): DisplayKnown;
  /** Whether the kit can read the journal of the POS. */
  journal(settings: Settings): boolean;
  /** How many run side by side at most, and which member of the profile says so; `null`: as many as one likes. */
  workers(settings: Settings): { readonly most: number; readonly member: string } | null;
  /** The address of each POS; `folders`: each is a program, with a folder for its files. */
  places(settings: Settings): readonly string[] | 'folders';
  /** The display that the kit reads by selectors, where it does, and the settings with another in its place. */
  page?(settings: Settings): BrowserDisplay | null;
  withPage?(settings: Settings, display: BrowserDisplay): Settings;
  /** What is wrong with the settings of a profile in `folder`, where their schema does not say it. */
  mistake?(settings: Settings, folder?: string): Mistake | null;
  /** The digest of the key of the one certificate that a page of the POS may show in the kit's browser. */
  pin?(settings: Settings): string | null;
  /** The settings with what is relative to the folder of their profile. */
  placed?(settings: Settings, folder: string): Settings;
  open(opening: Opening<Settings>): Promise<PosDriver>;
  /** What `doctor` looks at before a run. */
  probe?(probing: Probing<Settings>): Probe;
}

// biome-ignore lint/suspicious/noExplicitAny: each has settings of its own, which only it is given.
const kinds = new Map<string, DriverKind<any>>();

/** Makes a way to reach a POS known. */
export function defineDriver<Settings extends { readonly kind: string }>(kind: DriverKind<Settings>): void {
  kinds.set(kind.name, kind);
}

/** All that are known, in the order in which they were defined. */
export const driverKinds = (): readonly DriverKind[] => [...kinds.values()];

/** The way in which a POS with these settings is reached. Throws where nobody has defined it. */
export function driverOf({ kind }: { readonly kind: string }): DriverKind {
  const found = kinds.get(kind);
  if (!found) throw new Error(`Nobody has defined the driver "${kind}"`);
  return found;
}
