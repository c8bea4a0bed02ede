import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope } from '@cucumber/messages';
import { loadChecklist } from '../../checklist/index.ts';
import { builtIn, loadProfile } from '../../profile/index.ts';
import { Chain, linkLine } from '../../record/chain.ts';
import { readStream, recordingOf } from '../../record/disk/stored-stream.ts';
import { headsOf } from '../../report/disk/heads.ts';
import { renderAllureResults } from '../../report/index.ts';
import { contractFrom } from '../../run/contract.ts';
import { runRows, selectRows } from '../../run/run.ts';
import { called, temporaryFolder } from '../../workshop/testing/command.ts';
import { main as verifyMain } from '../verify.ts';
import '../../checklists/index.ts';

/** Where the tests write all their files. */
export const folder = temporaryFolder();
const checklist = loadChecklist();
/** What the run is judged by. */
export const contract = contractFrom(undefined);
/** The rows of the run. */
export const ids = ['PAC-SALE-01', 'PAC-SALE-05'] as const;
/** The run that nobody edits. */
export const whole = join(folder, 'whole');
/** The copy of it that a test edits. */
export const tried = join(folder, 'tried');

/** The headless till has no display: the pictures that are to be tampered with are taken by hooks. */
const pictures = join(folder, 'pictures.ts');
writeFileSync(
  pictures,
  `import { After } from ${JSON.stringify(import.meta.resolve('@cucumber/cucumber'))};
After(function ({ pickle }) {
  const row = pickle.tags.find(({ name }) => name.startsWith('@PAC-')).name.slice(1);
  for (const n of [1, 2])
    this.attach(Buffer.from('picture ' + n + ' of ' + row), { mediaType: 'image/png', fileName: row + '-' + n + '.png' });
});
`,
);
/** The pictures of its rows. */
export const pictureNames = ids.flatMap((id) => [`${id}-1.png`, `${id}-2.png`]);

/** Makes a run of these rows. */
export const record = async (
  name: string,
  rows: readonly string[],
  shard?: { index: number; of: number },
) => {
  const out = join(folder, name);
  const { certificate } = await runRows({
    profile: loadProfile(builtIn.headless),
    ownTill: false,
    upstream: { kind: 'embedded' },
    rows: selectRows(checklist, rows, null),
    checklist,
    contract,
    workers: 0,
    fast: false,
    allure: false,
    out,
    id: name,
    ...(shard ? { shard } : {}),
    say: () => {},
    steps: [pictures],
  });
  return certificate;
};

const certificate = await record('whole', ids);
/** The head of its chain. */
export const head = headsOf(certificate)[0]!.head;
/** A file of the run, or of another folder. */
export const stored = (name: string, from = whole): string => readFileSync(join(from, name), 'utf8');
/** Its messages, a line each. */
export const lines: readonly string[] = stored('messages.ndjson').split('\n').slice(0, -1);
const results = join(whole, 'allure-results');
mkdirSync(results);
for (const { name, content } of renderAllureResults(certificate, recordingOf(readStream(whole))))
  writeFileSync(join(results, name), content);

/** The command `verify`. */
export const verify = (...args: string[]) => called(verifyMain, args);
/** A stream of these lines. */
export const streamText = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** Makes a copy of the run in which something was done. */
export function edited(edit: (inFolder: (name: string) => string) => void): void {
  rmSync(tried, { recursive: true, force: true });
  cpSync(whole, tried, { recursive: true });
  edit((name) => join(tried, name));
}
/** What `verify` says after an edit. */
export const after = (...edit: Parameters<typeof edited>) => {
  edited(...edit);
  return verify(tried);
};
/** What `verify` says after an edit of its stream. */
export const afterLines = (edit: (all: string[]) => string[]) =>
  after((at) => writeFileSync(at('messages.ndjson'), streamText(edit([...lines]))));
/** An edit of the text of one file. */
export const rewritten = (name: string, edit: (text: string) => string) => (at: (name: string) => string) =>
  writeFileSync(at(name), edit(stored(name)));

/** What a line holds. */
export const envelope = (line: string): Envelope => JSON.parse(line) as Envelope;
/** The index of the line that holds a picture. */
export const lineOfPicture = (name: string): number =>
  lines.findIndex((line) => envelope(line).attachment?.fileName === name);

/** The chain of a stream of these lines. */
export function chainOf(all: readonly string[]): string {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'messages.ndjson'), streamText(all));
  const chain = new Chain();
  return readStream(scratch)
    .lines.map(({ bytes }) => linkLine(chain.take(bytes)))
    .join('');
}
