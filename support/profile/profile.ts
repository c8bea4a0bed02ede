import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { ownProfile, usualChecklist } from '../checklist/index.ts';
import { driverKinds, driverOf } from '../drivers/index.ts';
import type { BrowserDisplay, DriverSettings } from '../drivers/settings.ts';
import { ambiguousPhrases, contraryPhrase, seenThrough, wordsIn } from '../record/phrases.ts';
import type { DisplayVocabulary, Json } from '../record/vocabulary.ts';
import { phrasesIn, speaks } from './languages.ts';
import { mistakeInReach, placedReach, type Reach } from './reach.ts';
import { profileSchema } from './schema.ts';
import { quotedText, Source } from './source.ts';
import { usualVocabulary } from './vocabulary.ts';

/** What a till says it is and what it can. */
export interface Profile {
  readonly name: string;
  readonly version: string;
  /** Digest of what is tested, as its maker names it. */
  readonly build?: string;
  readonly apiVersion: string;
  /** Language of what it shows (BCP 47). */
  readonly language?: string;
  readonly capabilities: readonly string[];
  /** Whether the till sells in euros as well as in pounds. */
  readonly euros?: boolean;
  readonly declared: Readonly<Record<string, string>>;
  readonly vocabulary: DisplayVocabulary;
  readonly driver: DriverSettings;
  /** How it gets to the kit, where its address and its settings can't be entered in each row. */
  readonly reach?: Reach;
  /** Where the POS itself is called; see the schema. */
  readonly serves?: readonly string[];
  /** Who does at a card machine what no virtual one can be brought to; see the schema. */
  readonly person?: { readonly operator?: string; readonly cardMachine?: string };
  /** Who answers for its runs. */
  readonly ranBy?: { readonly name?: string; readonly contact?: string };
  /** All that its file says, as it says it. */
  readonly written: Json;
}

/** By the checklists and drivers that were known when it was compiled: they bring parts of the schema. */
const compiled = new Map<string, ValidateFunction>();

function validator(): ValidateFunction {
  const schema = profileSchema();
  const key = JSON.stringify(schema);
  const before = compiled.get(key);
  if (before) return before;
  const options = {
    allErrors: true,
    discriminator: true,
    strict: false,
    verbose: true,
    // It judges a profile or two: to make it run faster takes as long as to compile it.
    code: { optimize: false },
  };
  const validate = new Ajv(options).compile(schema);
  compiled.set(key, validate);
  return validate;
}

type ProfileFile = Omit<Profile, 'capabilities' | 'declared' | 'vocabulary' | 'written'> & {
  capabilities?: string[];
  declared?: Record<string, string>;
  vocabulary?: Partial<DisplayVocabulary>;
};

/** The kit's own subjects, by their names on the command line. */
const ownSubjects = [
  'headless',
  'reference',
  'reference-http',
  'reference-websocket-http',
  'reference-mixed-http',
] as const;

/** Profiles of the kit's own subjects for a checklist. */
export const ownProfiles = (checklist: string): Readonly<Record<(typeof ownSubjects)[number], string>> =>
  Object.fromEntries(
    ownSubjects.map((pos) => [
      pos,
      fileURLToPath(new URL(`../../${ownProfile(checklist, pos)}`, import.meta.url)),
    ]),
  ) as Record<(typeof ownSubjects)[number], string>;

/** The same for the checklist that is usually meant. */
export const builtIn = ownProfiles(usualChecklist);

/**
 * Reads a profile (YAML, or JSON).
 * Throws a `UsageError` that names the file, the line and the fix when it can't be used.
 */
export function loadProfile(file: string): Profile {
  const source = new Source(file, relative(process.cwd(), file) || file);
  const profile = source.value as ProfileFile;
  const validate = validator();
  if (!validate(profile)) {
    const error = worst(validate.errors ?? []);
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    throw source.mistake(
      'KIT-PROFILE-008',
      source.placeOf(path, error.params.additionalProperty),
      explained(error, path, source.written(path)),
    );
  }
  const mistake =
    driverOf(profile.driver).mistake?.(profile.driver, dirname(resolve(file))) ??
    (profile.reach ? mistakeInReach(profile.reach, profile.driver) : null);
  if (mistake) throw source.mistake('KIT-PROFILE-009', source.placeOf(mistake.path), mistake.says);
  // Nobody should have to type another key in each row.
  const reach = driverOf(profile.driver).byHand
    ? { configure: 'once' as const, ...profile.reach }
    : profile.reach;
  const vocabulary = withDefaults(profile.vocabulary ?? {});
  const stands = (phrase: string) =>
    source.placeOfText((text) => seenThrough(text).toLowerCase() === seenThrough(phrase).toLowerCase());
  const contrary = contraryPhrase(profile.vocabulary?.results ?? {}, usualVocabulary());
  if (contrary) {
    const { phrase, given, usual } = contrary;
    throw source.mistake(
      'KIT-PROFILE-010',
      stands(phrase),
      `expected words for ${given} that say it, but "${phrase}" says ${usual}, which is the contrary of it. Remove it from \`vocabulary.results.${given}\`; the till has to use other words.`,
    );
  }
  const [ambiguous] = ambiguousPhrases(vocabulary);
  if (ambiguous) {
    throw source.mistake(
      'KIT-PROFILE-011',
      stands(ambiguous),
      `expected each word of the vocabulary to stand for one result, but "${ambiguous}" stands for several. Remove it from all results but one.`,
    );
  }
  return {
    ...profile,
    driver: worded(
      driverOf(profile.driver).placed?.(profile.driver, dirname(resolve(file))) ?? profile.driver,
      {
        kinds: vocabulary.kinds,
        ...(profile.language ? { language: profile.language } : {}),
        ...(speaks(profile.language) ? { claims: wordsOfResults(vocabulary, profile.language) } : {}),
      },
      vocabulary,
    ),
    ...(reach ? { reach: placedReach(reach, dirname(resolve(file))) } : {}),
    capabilities: profile.capabilities ?? [],
    declared: profile.declared ?? {},
    vocabulary,
    written: source.value as Json,
  };
}

/** The kit reads a page by the words of the till that it shows. */
function worded(
  driver: DriverSettings,
  reading: NonNullable<BrowserDisplay['reading']>,
  { results }: DisplayVocabulary,
): DriverSettings {
  const { page, withPage } = driverOf(driver);
  const display = page?.(driver);
  if (!display || !withPage) return driver;
  const symbols = display.symbols?.map((symbol) => ({ ...symbol, words: results[symbol.result][0]! }));
  return withPage(driver, { ...display, ...(symbols ? { symbols } : {}), reading });
}

/** What matches a text that may state a result: by the kit's words in English and in the till's language, and its own. */
function wordsOfResults({ results }: DisplayVocabulary, language: string | undefined): string {
  const phrases = [results, usualVocabulary().results].flatMap(
    ({ Captured, Authorized, Declined, Canceled, Refunded }) =>
      [Captured, Authorized, Declined, Canceled, Refunded].flat(),
  );
  return wordsIn([...new Set([...phrases, ...phrasesIn(language)])]);
}

/** The words of a POS: its own, and the usual ones where it names none. */
export function withDefaults(own: Partial<DisplayVocabulary>): DisplayVocabulary {
  return {
    ...usualVocabulary(),
    ...own,
    results: { ...usualVocabulary().results, ...own.results },
    kinds: { ...usualVocabulary().kinds, ...own.kinds },
    prompts: { ...usualVocabulary().prompts, ...own.prompts },
  };
}

/** The error that says most: the deepest, and none of those that only say that an alternative did not fit. */
function worst(errors: readonly ErrorObject[]): ErrorObject {
  const telling = errors.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'if');
  return [...(telling.length ? telling : errors)].sort(
    (one, other) => other.instancePath.length - one.instancePath.length,
  )[0]!;
}

/** `written` is how the value stands in the file. */
function explained(error: ErrorObject, path: readonly string[], written: string): string {
  const where = path.length ? `\`${path.join('.')}\`` : 'the profile';
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return `expected ${where} to have \`${params.missingProperty}\`, which is missing. Add it.`;
    case 'additionalProperties':
      return `expected only known members in ${where}, but found \`${params.additionalProperty}\`. Remove it, or correct its spelling. Known are ${Object.keys((error.parentSchema as { properties?: object }).properties ?? {}).join(', ')}.`;
    case 'enum':
      return `expected ${where} to be one of ${params.allowedValues.join(', ')}. Choose one of them.`;
    case 'discriminator':
      return `expected ${where}.kind to be ${oneOf(driverKinds().map(({ name }) => `"${name}"`))}. Choose one of them.`;
    case 'pattern':
      return `expected ${where} to look like ${looks[path.findLast((part) => part in looks) ?? ''] ?? '2026-02-27, in quotes'}. Correct it.`;
    case 'dependencies':
      return `expected ${where} to have \`${params.missingProperty}\` besides \`${params.property}\`, but it is missing. Add it.`;
    case 'type':
      if (params.type === 'string' && written && !/^[-\w]+:/.test(written))
        return `expected ${where} to be a text (a string), but YAML reads \`${written}\` as ${readAs(error.data)}. Write it in quotes: ${quotedText(written)}.`;
      return `expected ${where} to be ${typeNames[String(params.type)] ?? params.type}, but it is ${readAs(error.data)}. Correct it.`;
    case 'minItems':
    case 'minLength':
    case 'minProperties':
      return `expected ${where} to have something in it, but it is empty. Fill it in, or remove it.`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return `expected ${where} to be ${params.comparison} ${params.limit}, but it is ${error.data}. Correct it.`;
    case 'uniqueItems':
      return `expected each of ${where} once, but one stands there twice. Remove it.`;
    case 'const':
      return `expected ${where} to be ${params.allowedValue}. Correct it.`;
    default:
      return `expected ${where} to be so that it ${error.message}. Correct it.`;
  }
}

/** Names in a choice: `a, b or c`. */
const oneOf = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' or $1');

const looks: Readonly<Record<string, string>> = {
  page: 'http://127.0.0.1:{port}/',
  language: 'en-GB or de',
  answersAt: 'http://127.0.0.1:8080/',
  nameServer: '192.168.1.1',
  serves: 'http://127.0.0.1:8080',
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a group of members',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** What YAML made of a value. */
function readAs(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of members';
  return typeof value === 'string' ? 'a text' : `a ${typeof value === 'number' ? 'number' : 'truth value'}`;
}
