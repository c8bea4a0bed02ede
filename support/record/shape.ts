import type { DisplayVocabulary, Observation, Run } from './vocabulary.ts';

/** What a member of a record must be; within an object, its own members. `null` in front lets it be null. */
type Kind =
  | 'text'
  | 'number'
  | 'flag'
  | 'list'
  | 'object'
  | 'anything'
  | readonly ['null', Kind]
  | { readonly [member: string]: Kind };

/** Besides, the lists of its checklist: whoever reads one that is not there finds no words in it. */
const vocabulary = { results: 'object', prompts: 'object', kinds: 'object' } satisfies Partial<
  Record<keyof DisplayVocabulary, Kind>
>;

/** What a run record must hold; what it may hold besides is left out. */
const run = {
  schema: 'number',
  id: 'text',
  startedAt: 'text',
  monotonic: 'number',
  kit: { name: 'text', version: 'text', commit: 'text' },
  node: 'text',
  subject: 'text',
  checklist: { name: 'text', sha256: 'text' },
  selection: 'list',
  criteria: 'object',
  contract: { version: 'text', sha256: 'text', source: 'text' },
  upstream: 'text',
  realTime: 'flag',
  why: 'list',
  pos: {
    name: 'text',
    version: 'text',
    apiVersion: 'text',
    driver: 'text',
    display: 'text',
    clock: 'text',
    journal: 'flag',
    capabilities: 'list',
    undeclared: 'list',
    vocabulary,
    declared: 'object',
  },
} satisfies Record<
  keyof Omit<
    Run,
    'browser' | 'serverCertificate' | 'os' | 'ranBy' | 'environment' | 'profile' | 'amounts' | 'shard'
  >,
  Kind
>;

const exchange = {
  id: 'text',
  from: 'text',
  to: 'text',
  channel: 'text',
  request: { method: 'text', target: 'text', headers: 'list', body: ['null', 'object'] },
  response: ['null', { status: 'number', headers: 'list', body: ['null', 'object'] }],
  at: 'number',
  until: 'number',
  startedAt: 'text',
} as const;

const display = {
  text: 'text',
  outcome: ['null', 'text'],
  prompt: ['null', 'text'],
  notice: ['null', 'text'],
  dialogues: 'list',
  ledger: 'list',
  cardMachines: 'list',
} as const;

const observations: Readonly<Record<Observation['kind'], Kind>> = {
  exchange: { exchange },
  state: { at: 'number', resource: 'text', id: 'text', exchange },
  display: { at: 'number', reported: 'flag', display },
  action: { at: 'number', until: 'number', action: { name: 'text' }, answer: { answer: 'text' } },
  fact: { at: 'number', name: 'text', detail: 'object' },
  declared: { at: 'number', question: 'text', answer: ['null', 'text'] },
  wait: { at: 'number', until: 'number', for: 'text', met: 'flag' },
  expectation: { at: 'number', check: 'text', params: 'object' },
  picture: { at: 'number', shows: 'text', screenshot: 'text' },
  pace: {
    at: 'number',
    roundTrip: ['null', { median: 'number', max: 'number' }],
    loopDelay: { max: 'number' },
  },
  trouble: { at: 'number', fault: 'text', message: 'text', advice: 'text', infrastructure: 'flag' },
};

/** The members that a run record lacks, or that are something else than they must be; each by its path. */
export const lackingInRun = (found: unknown): string[] => {
  const amounts = isObject(found) ? found.amounts : undefined;
  return [
    ...lacking(found, run, ''),
    ...(amounts === undefined ? [] : lacking(amounts, { seeds: 'list' }, 'amounts')),
  ];
};

/** The same of an observation; `kind` where this version of the kit knows none such. */
export function lackingInObservation(found: unknown): string[] {
  const kind = isObject(found) ? found.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(observations, kind)) return ['kind'];
  return lacking(found, observations[kind as Observation['kind']], '');
}

function lacking(found: unknown, kind: Kind, path: string): string[] {
  if (isChoice(kind)) return found === null ? [] : lacking(found, kind[1], path);
  if (typeof kind !== 'string') {
    if (!isObject(found)) return [path || 'all of it'];
    return Object.entries(kind).flatMap(([name, member]) =>
      lacking(found[name], member, path ? `${path}.${name}` : name),
    );
  }
  return is[kind](found) ? [] : [path];
}

const is: Readonly<Record<Extract<Kind, string>, (found: unknown) => boolean>> = {
  text: (found) => typeof found === 'string',
  number: (found) => typeof found === 'number',
  flag: (found) => typeof found === 'boolean',
  list: Array.isArray,
  object: (found) => isObject(found),
  anything: (found) => found !== undefined,
};

const isChoice = (kind: Kind): kind is readonly ['null', Kind] => Array.isArray(kind);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
