import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { ambiguousPhrases } from '../verdict/index.ts';
import type { DisplayVocabulary } from '../vocabulary.ts';
import schema from './profile.schema.json' with { type: 'json' };
import { defaultVocabulary } from './vocabulary.ts';

/** One thing to do on a till's page. */
export interface BrowserStep {
  readonly goto?: string;
  readonly click?: string;
  readonly fill?: string;
  readonly select?: string;
  readonly check?: string;
  readonly with?: string;
  readonly see?: string;
  readonly gone?: string;
  readonly when?: string;
  readonly unless?: string;
  readonly ifSeen?: string;
  readonly ifMissing?: string;
  readonly each?: string;
  readonly do?: readonly BrowserStep[];
}

export type BrowserActions = Readonly<
  Partial<
    Record<
      | 'configure'
      | 'listTerminals'
      | 'chooseTerminal'
      | 'sale'
      | 'retry'
      | 'cancel'
      | 'acceptSignature'
      | 'rejectSignature'
      | 'recordManually'
      | 'capture'
      | 'changeAmount'
      | 'cancelIntent'
      | 'listIntents'
      | 'refundIntent'
      | 'matchedRefund'
      | 'unlinkedRefund'
      | 'subscribeWebhooks'
      | 'reset',
      readonly BrowserStep[]
    >
  >
>;

/** CSS selectors of what a till shows. */
export interface BrowserDisplay {
  readonly outcome: string;
  readonly prompt: string;
  readonly notice: string;
  readonly dialogue: string;
  readonly options?: string;
  readonly cardMachines?: string;
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
  /** How what stands there is worded; it is taken from the rest of the profile. */
  readonly reading?: {
    readonly kinds: DisplayVocabulary['kinds'];
    /** Language of the till (BCP 47), where the profile names it. */
    readonly language?: string;
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
  /** How the kit sees the display for itself, or at least has a picture of it. */
  readonly see?:
    | {
        /** Address of a page that shows the till's display; `{port}` in it is a port that the till is given. */
        readonly page: string;
        readonly display: BrowserDisplay;
        readonly screenshot?: readonly string[];
      }
    | {
        readonly page?: undefined;
        /** A program whose stdout is a picture (PNG) of the till's display. */
        readonly screenshot: readonly string[];
      };
}

/** A till that is a web page. */
export interface BrowserDriver {
  readonly kind: 'browser';
  readonly url: string;
  readonly actions: BrowserActions;
  readonly display: BrowserDisplay;
  /** How long a step waits for what it is to see, in ms. */
  readonly seeWithin?: number;
  /** The browser takes whatever certificate the till's page shows. */
  readonly anyCertificate?: boolean;
}

export type DriverSettings = { readonly kind: 'headless' } | CommandDriver | BrowserDriver;

/**
 * How the kit knows what a till shows: it sees it for itself, in a browser (`observed`), the till tells it, or the
 * till shows nothing.
 */
export function displayKind(driver: DriverSettings): 'observed' | 'told' | 'none' {
  if (driver.kind === 'headless') return 'none';
  return driver.kind === 'browser' || driver.see?.page ? 'observed' : 'told';
}

/** What a till says it is and what it can. */
export interface Profile {
  readonly name: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Language of what it shows (BCP 47). */
  readonly language?: string;
  readonly capabilities: readonly string[];
  readonly declared: Readonly<Record<string, string>>;
  readonly vocabulary: DisplayVocabulary;
  readonly driver: DriverSettings;
}

/** Something that the user gave cannot be used. The message says what was expected, seen, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const validate = new Ajv({ allErrors: true, discriminator: true, strict: false }).compile(schema);

type ProfileFile = Omit<Profile, 'capabilities' | 'declared' | 'vocabulary'> & {
  capabilities?: string[];
  declared?: Record<string, string>;
  vocabulary?: Partial<DisplayVocabulary>;
};

/** Profiles of the two tills that come with the kit, by their name on the command line. */
export const builtIn = {
  headless: fileURLToPath(new URL('../../fixtures/profiles/headless.yaml', import.meta.url)),
  reference: fileURLToPath(new URL('../../fixtures/profiles/reference.yaml', import.meta.url)),
} as const;

/**
 * Reads a profile (YAML, or JSON).
 * Throws a `UsageError` that names the file, the line and the fix when it can't be used.
 */
export function loadProfile(file: string): Profile {
  const shown = relative(process.cwd(), file) || file;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Expected a profile at ${shown}, but it can't be read (${(error as NodeJS.ErrnoException).code}). ` +
        'Check the path; fixtures/profiles holds examples.',
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new UsageError(
      `${shown}:${line}: expected YAML, but ${broken.message.split('\n')[0]} Correct this line.`,
    );
  }
  const profile = document.toJS() as ProfileFile;
  if (!validate(profile)) {
    const error = worst(validate.errors ?? []);
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const node = path.length ? document.getIn(path, true) : document.contents;
    const offset = placeOf(node, error.params.additionalProperty);
    throw new UsageError(`${shown}:${lines.linePos(offset).line}: ${explained(error, path)}`);
  }
  const shared = sharedPage(profile.driver);
  if (shared) {
    const { range } = document.getIn(['driver', 'see', 'page'], true) as { range: [number] };
    throw new UsageError(`${shown}:${lines.linePos(range[0]).line}: ${shared}`);
  }
  const vocabulary = withDefaults(profile.vocabulary ?? {});
  const ambiguous = ambiguousPhrases(vocabulary);
  if (ambiguous.length) {
    throw new UsageError(
      `${shown}:${lines.linePos(placeOfPhrase(document, ambiguous[0]!)).line}: expected each word of the vocabulary to stand for one result, but "${ambiguous[0]}" stands for several. ` +
        'Remove it from all results but one.',
    );
  }
  return {
    ...profile,
    driver: worded(placed(profile.driver, dirname(resolve(file))), {
      kinds: vocabulary.kinds,
      ...(profile.language ? { language: profile.language } : {}),
    }),
    capabilities: profile.capabilities ?? [],
    declared: profile.declared ?? {},
    vocabulary,
  };
}

/** What is wrong with tills that run side by side and would all show themselves on one page. */
function sharedPage(driver: DriverSettings): string | null {
  if (driver.kind !== 'command' || !driver.see?.page) return null;
  const { instances = 1, see } = driver;
  if (instances === 1 || see.page.includes('{port}')) return null;
  return `expected a page for each of the ${instances} tills of \`driver.instances\`, but \`driver.see.page\` is one for all. Write \`{port}\` for its port, which the till is given in DOJO_TILL_PORT, or allow one instance.`;
}

/** A driver's program runs where its profile is, or in a folder that is named from there. */
function placed(driver: DriverSettings, folder: string): DriverSettings {
  return driver.kind === 'command' ? { ...driver, cwd: resolve(folder, driver.cwd ?? '') } : driver;
}

/** The kit reads a page by the words of the till that it shows. */
function worded(driver: DriverSettings, reading: NonNullable<BrowserDisplay['reading']>): DriverSettings {
  if (driver.kind === 'browser') return { ...driver, display: { ...driver.display, reading } };
  if (driver.kind !== 'command' || !driver.see?.page) return driver;
  return { ...driver, see: { ...driver.see, display: { ...driver.see.display, reading } } };
}

/** Where a node begins, or the key of a member that it should not have. */
function placeOf(node: unknown, member: string | undefined): number {
  const key = isMap(node)
    ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === member)?.key
    : null;
  return ((key ?? node) as { range?: [number] } | null)?.range?.[0] ?? 0;
}

/** Where a phrase stands for the last time. */
function placeOfPhrase(document: Document, phrase: string): number {
  let place = 0;
  visit(document, {
    Scalar: (_, { value, range }) => {
      if (String(value).toLowerCase() === phrase) place = range?.[0] ?? place;
    },
  });
  return place;
}

function withDefaults(own: Partial<DisplayVocabulary>): DisplayVocabulary {
  return {
    ...defaultVocabulary,
    ...own,
    results: { ...defaultVocabulary.results, ...own.results },
    kinds: { ...defaultVocabulary.kinds, ...own.kinds },
    prompts: { ...defaultVocabulary.prompts, ...own.prompts },
  };
}

/** The error that says most: the deepest, and none of those that only say that an alternative did not fit. */
function worst(errors: readonly ErrorObject[]): ErrorObject {
  const telling = errors.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'if');
  return [...(telling.length ? telling : errors)].sort(
    (one, other) => other.instancePath.length - one.instancePath.length,
  )[0]!;
}

function explained(error: ErrorObject, path: readonly string[]): string {
  const where = path.length ? `\`${path.join('.')}\`` : 'the profile';
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return `expected ${where} to have \`${params.missingProperty}\`, which is missing. Add it.`;
    case 'additionalProperties':
      return `expected only known members in ${where}, but found \`${params.additionalProperty}\`. Remove it, or correct its spelling.`;
    case 'enum':
      return `expected ${where} to be one of ${params.allowedValues.join(', ')}. Choose one of them.`;
    case 'discriminator':
      return `expected ${where}.kind to be "headless", "browser" or "command". Choose one of them.`;
    case 'pattern':
      return `expected ${where} to look like ${path.at(-1) === 'page' ? 'http://127.0.0.1:{port}/' : '2026-02-27, in quotes'}. Correct it.`;
    case 'dependencies':
      return `expected ${where} to have \`${params.missingProperty}\` besides \`${params.property}\`, but it is missing. Add it.`;
    default:
      return `expected ${where} to be so that it ${error.message}. Correct it.`;
  }
}
