import type { DisplayVocabulary, ResultName } from '../record/vocabulary.ts';

/** One thing to do on a till's page. */
export interface BrowserStep {
  readonly goto?: string;
  readonly reload?: true;
  readonly click?: string;
  readonly clickText?: string;
  readonly check?: string;
  readonly fill?: string;
  readonly type?: string;
  readonly digits?: string;
  readonly select?: string;
  readonly with?: string;
  readonly press?: string;
  readonly on?: string;
  readonly scroll?: string;
  readonly answer?: string;
  readonly waitFor?: string;
  readonly see?: string;
  readonly gone?: string;
  readonly when?: string;
  readonly unless?: string;
  readonly ifSeen?: string;
  readonly ifMissing?: string;
  readonly inFrame?: string;
  readonly inWindow?: string;
  readonly within?: number;
  readonly steps?: string;
  readonly each?: string;
  readonly do?: readonly BrowserStep[];
}

/** By the names that a profile has for them. */
export type BrowserActions = Readonly<Record<string, readonly BrowserStep[]>>;

/** A part of a till's page that is not judged, and why. */
export interface Region {
  readonly selector: string;
  readonly reason: string;
}

/** A further window that shows a part of the display, such as a customer display. */
export interface DisplayWindow {
  /** The kit opens it at this address, relative to the till's. */
  readonly url?: string;
  /** The till opens it by itself; this is in its address. */
  readonly popup?: string;
  readonly outcome?: string;
  readonly prompt?: string;
  readonly notice?: string;
  readonly dialogue?: string;
  /** The total of the basket, or of the payment. */
  readonly total?: string;
  readonly regions?: readonly Region[];
}

/** How the kit's browser shows a till's page. */
export interface BrowserView {
  /** Size of the window in pixels of the screen; 1280 × 860 where it is not said. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** How much larger than usual everything is drawn; 1.5 is 150 %. */
  readonly zoom?: number;
  /** The screen can be touched. */
  readonly touch?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  /** The colours are those of a high-contrast theme. */
  readonly forcedColors?: boolean;
}

/** Selectors of what a till shows, of any kind that Playwright has. */
export interface BrowserDisplay {
  readonly outcome: string;
  readonly prompt: string;
  readonly notice: string;
  readonly dialogue: string;
  readonly options?: string;
  readonly cardMachines?: string;
  /** What is in the basket: nothing of it is shown once the till has been reset. */
  readonly basket?: string;
  /** The total of the basket, or of the payment. */
  readonly total?: string;
  readonly ledger?: {
    readonly rows: string;
    readonly kind?: string;
    readonly reference?: string;
    readonly paymentIntentId?: string;
    readonly words: string;
    readonly amount?: string;
    readonly tip?: string;
    readonly cashback?: string;
    readonly total: string;
    readonly manual?: string;
  };
  /** Parts of the page that say nothing of the payment in hand, each with the reason. */
  readonly regions?: readonly Region[];
  readonly windows?: readonly DisplayWindow[];
  /** Signs that stand for a result by themselves; `words` are those of the vocabulary for it. */
  readonly symbols?: readonly {
    readonly selector: string;
    readonly result: ResultName;
    readonly words?: string;
  }[];
  /** How what stands there is worded; it is taken from the rest of the profile. */
  readonly reading?: {
    readonly kinds: DisplayVocabulary['kinds'];
    /** Language of the till (BCP 47), where the profile names it. */
    readonly language?: string;
    /** Words that state a result (a regular expression); left out where the kit has none in that language. */
    readonly claims?: string;
  };
}

/** A till that is driven through a program, over stdin and stdout. Times in ms. */
export interface CommandDriver {
  readonly kind: 'command';
  /** The program and its parameters; no shell comes between. */
  readonly command: readonly string[];
  /** Where it runs; in a profile it is relative to the profile's own folder, which it is when left out. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly startWithin?: number;
  readonly answerWithin?: number;
  /** How many of it may run side by side; one, where it is not said. */
  readonly instances?: number;
  /** The till tells its journal, unless this is false. */
  readonly journal?: boolean;
  /** Its driver does what is asked for in a second window, or on a second device, of the same till. */
  readonly secondDevice?: boolean;
  /** How the kit sees the display for itself, or at least has a picture of it. */
  readonly see?:
    | (BrowserView & {
        /** Address of a page that shows the till's display; `{port}` in it is a port that the till is given. */
        readonly page: string;
        readonly display: BrowserDisplay;
        readonly screenshot?: readonly string[];
      })
    | {
        readonly page?: undefined;
        /** A program whose stdout is a picture (PNG or JPEG) of the till's display. */
        readonly screenshot: readonly string[];
      };
}

/** A POS that is driven through a test endpoint of its own, over HTTP. Times in ms. */
export interface HttpDriver {
  readonly kind: 'http';
  /** Where the endpoint is, on this machine; several with commas, for POS that run side by side. */
  readonly url: string;
  /** Path of the one certificate that it may show, in PEM; left out: whichever it shows. */
  readonly certificate?: string;
  readonly answerWithin?: number;
  /** It tells its journal, unless this is false. */
  readonly journal?: boolean;
  /** It does what is asked for in a second window, or on a second device, of the same POS. */
  readonly secondDevice?: boolean;
  /** A page that shows the display, by its address, or its path at `url`: the kit sees it for itself. */
  readonly see?: BrowserView & { readonly page: string; readonly display: BrowserDisplay };
}

/** A POS that a person drives and reads, led by the kit's console. */
export interface AttendedDriver {
  readonly kind: 'attended';
  /** Who that is, where it is known beforehand. */
  readonly operator?: string;
  /** How it is done on this POS, by the names that profiles have for actions. */
  readonly actions?: Readonly<Record<string, AttendedAction>>;
  /** It does what is asked for in a second window, or on a second device, of the same POS. */
  readonly secondDevice?: boolean;
}

/** What a person does for one action: in the words of the POS, with a picture of where. */
export interface AttendedAction {
  readonly how: string | readonly string[];
  /** Path of the picture; in a profile it is relative to the profile's own folder. */
  readonly picture?: string;
}

/** A till that is a web page. */
export interface BrowserDriver extends BrowserView {
  readonly kind: 'browser';
  readonly url: string;
  readonly actions: BrowserActions;
  /** Steps that the actions do by their names. */
  readonly steps?: BrowserActions;
  readonly display: BrowserDisplay;
  /** How amounts are typed: 10.50, which is usual, 1050 or 10,50. */
  readonly amounts?: 'pounds' | 'pence' | 'comma';
  /** How long a step waits for what it is to see, in ms. */
  readonly seeWithin?: number;
  /** The browser takes whatever certificate the till's page shows. */
  readonly anyCertificate?: boolean;
  /** Path of the one certificate that the page may show, in PEM; in a profile it is relative to the profile's own folder. */
  readonly certificate?: string;
  /** The page asks for a name and a password, which the environment holds. */
  readonly basicAuth?: boolean;
}

/** What a profile says of the way to its POS, by the kind of the driver. A driver of its own declares this once more. */
export interface DriversByKind {
  readonly headless: { readonly kind: 'headless' };
  readonly command: CommandDriver;
  readonly http: HttpDriver;
  readonly browser: BrowserDriver;
  readonly attended: AttendedDriver;
}

export type DriverSettings = DriversByKind[keyof DriversByKind];
