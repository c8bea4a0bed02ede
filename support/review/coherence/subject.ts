import type { Checklist, Row } from '../../checklist/index.ts';
import { withDefaults } from '../../profile/index.ts';
import { digestOfProfile } from '../../record/profile-record.ts';
import { attemptsOf, type Recording } from '../../record/stream.ts';
import type { DisplayVocabulary, Json, Kit, Run } from '../../record/vocabulary.ts';
import type { Incoherence } from './codes.ts';
import { addressOf, sandboxHost } from './server.ts';

/** What drives a POS, and what was observed of it, fit each other; rows are those that were selected. */
export function subjectOf({ run, rows }: Recording): Incoherence[] {
  const { driver, display } = run.pos;
  const found: Incoherence[] = [];
  const fits = driver === 'headless' ? display === 'none' && run.subject === 'api' : display !== 'none';
  if (!fits)
    found.push({
      code: 'RECORD-SUBJECT',
      text: `The run was of the ${run.subject} with the driver ${driver}, and says that its display was ${display}.`,
    });
  // Older kits did not say with which browser they observed a display.
  if (display === 'observed' && run.environment && !run.browser)
    found.push({
      code: 'RECORD-SUBJECT',
      text: 'The run says that it observed the display, and names no browser in which it did.',
    });
  const served = run.environment?.display?.servedBy;
  if (served !== undefined && served !== driver)
    found.push({
      code: 'RECORD-SUBJECT',
      text: `The run says that the driver ${served} served the display, and was driven by ${driver}.`,
    });
  const selected = new Set(run.selection);
  if (selected.size !== run.selection.length)
    found.push({ code: 'RECORD-SELECTION', text: 'The run selects a row twice.' });
  for (const id of rows.keys())
    if (!selected.has(id))
      found.push({
        code: 'RECORD-SELECTION',
        text: `The record holds the row ${id}, which the run did not select.`,
      });
  return [...found, ...displaysOf({ run, rows })];
}

/** Each look at a display says who described it, as the run does. */
function displaysOf({ run, rows }: Pick<Recording, 'run' | 'rows'>): Incoherence[] {
  if (run.pos.display !== 'observed') return [];
  for (const [id, record] of rows)
    for (const { observations } of attemptsOf(record))
      if (observations.some((one) => one.kind === 'display' && one.reported))
        return [
          {
            code: 'RECORD-SUBJECT',
            text: `The run says that it observed the display, but in the row ${id} the POS described it itself.`,
          },
        ];
  return [];
}

/** The profile is whole, and what the run says of the POS comes from it. */
export function profileOf({ profile, pos }: Run, rows: readonly Row[]): Incoherence[] {
  if (!profile) return [];
  const content = membersOf(profile.content);
  const { kind } = membersOf(content.driver);
  const lists = (value: Json | undefined): string =>
    JSON.stringify(Array.isArray(value) ? value.toSorted() : []);
  const asked = new Set(rows.flatMap(({ capability }) => capability?.split('+') ?? []));
  const undeclared = [...asked].filter((name) => !pos.capabilities.includes(name));
  const differs = [
    ...(digestOfProfile(profile.content) === profile.sha256 ? [] : ['its digest']),
    ...(content.name === pos.name ? [] : ['the name']),
    ...(content.version === pos.version ? [] : ['the version']),
    ...((content.build ?? undefined) === pos.build ? [] : ['the build']),
    ...(content.apiVersion === pos.apiVersion ? [] : ['the version of the API']),
    ...(kind === pos.driver ? [] : ['the driver']),
    ...(lists(content.capabilities) === lists([...pos.capabilities]) ? [] : ['the capabilities']),
    ...(lists([...undeclared]) === lists([...pos.undeclared])
      ? []
      : ['the capabilities that it does not have']),
    ...(sameMembers(content.declared ?? {}, pos.declared) ? [] : ['what it declares']),
  ];
  if (!differs.length) return [];
  return [
    {
      code: 'RECORD-PROFILE',
      text: `The profile in the record is not the one that the run was made with: ${differs.join(', ')} would be another.`,
    },
  ];
}

/** Where this kit made the run, its checklist and thresholds are the ones that it has. */
export function kitOf(
  run: Run,
  { kit, checklist }: { kit: Kit; checklist: Pick<Checklist, 'sha256' | 'criteria'> },
): Incoherence[] {
  if (run.kit.digest === undefined || run.kit.digest !== kit.digest) return [];
  const own = Object.fromEntries(
    Object.entries(checklist.criteria).map(([name, { value }]) => [name, value]),
  );
  const differs = [
    ...(run.kit.version === kit.version ? [] : ['version']),
    ...(run.checklist.sha256 === checklist.sha256 ? [] : ['checklist']),
    ...(sameMembers(own, run.criteria) ? [] : ['thresholds']),
    ...(!run.profile || sameMembers(wordsOf(run.profile.content), { ...run.pos.vocabulary })
      ? []
      : ['words of results']),
  ];
  if (!differs.length) return [];
  return [
    {
      code: 'RECORD-KIT',
      text: `The run names the digest of this kit, but its ${differs.join(' and ')} are not those of this kit.`,
    },
  ];
}

/** The words that a POS with this profile is read by. */
const wordsOf = (profile: Json): Readonly<Record<string, unknown>> => ({
  ...withDefaults(membersOf(membersOf(profile).vocabulary) as Partial<DisplayVocabulary>),
});

const sameMembers = (
  one: Json | Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): boolean => digestOfProfile(one as Json) === digestOfProfile(other as Json);

/** What the command line asked for is what the run says that it did. */
export function commandOf({ environment, upstream, realTime, why, pos }: Run): Incoherence[] {
  const words = environment?.commandLine ?? [];
  if (!words.includes('certify')) return [];
  const given = (option: string): string | undefined => {
    const at = words.findIndex((word) => word === option || word.startsWith(`${option}=`));
    return at < 0
      ? undefined
      : words[at]!.includes('=')
        ? words[at]!.slice(option.length + 1)
        : words[at + 1];
  };
  const [asked, till] = [given('--upstream') ?? 'simulator', given('--pos')];
  const address = addressOf(upstream);
  const against = [
    ...(words.includes('--fast') && (realTime || !why.length) ? ['--fast, which moves the clock'] : []),
    ...(asked === 'simulator' && address ? ['the embedded simulator'] : []),
    ...(asked === 'sandbox' && upstream === 'embedded simulator' ? ['the sandbox'] : []),
    ...(URL.canParse(asked) &&
    new URL(asked).origin !== address?.origin &&
    !upstream.includes(asked.replace(/\/$/, ''))
      ? [`the upstream ${asked}`]
      : []),
    ...(till === 'headless' && pos.driver !== 'headless' ? ['--pos headless'] : []),
    ...(till === 'reference' && !why.length ? ["the kit's own reference POS"] : []),
    ...(given('--profile') === undefined && !why.length ? ['no profile of a POS'] : []),
    ...(asked !== 'sandbox' && address?.hostname === sandboxHost && !URL.canParse(asked)
      ? ['another upstream than the sandbox']
      : []),
  ];
  if (!against.length) return [];
  return [
    {
      code: 'RECORD-COMMAND-LINE',
      text: `The command line asked for ${against.join(', and for ')}; the run says that its upstream was ${upstream}, its driver ${pos.driver}, and that it ran ${realTime ? '' : 'not '}in real time.`,
    },
  ];
}

type Members = { readonly [name: string]: Json };

const membersOf = (value: Json | undefined): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
