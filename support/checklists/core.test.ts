import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  checklists,
  knownActions,
  knownCapabilities,
  knownQuestions,
  knownWords,
  loadCatalogue,
} from '../checklist/index.ts';
import './index.ts';

const support = fileURLToPath(new URL('../', import.meta.url));
const rooms = 'record,checklist,judging,contract,traffic,drivers,profile,actors,report,review,run,nightly';

const ending = 'each of Dojo’s checklists is about payments, and these are how one ends';

/** Words that are also the kit's own in a file, with the reason. */
const allowed: Readonly<Record<string, { readonly words: RegExp; readonly because: string }>> = {
  'report/sample.ts': {
    words: /./,
    because: 'the record of which the tests of the pages make theirs is one of Pay at Counter',
  },
  'record/upgrade.ts': { words: /sale|refund/, because: 'all records of schema 1 are of Pay at Counter' },
  'record/error-codes.ts': { words: /PAC-SALE-05/, because: 'a message shows a command that can be typed' },
  'record/vocabulary.ts': { words: /Captured|Authorized|Declined|Canceled/, because: ending },
  'record/phrases.ts': { words: /Captured|Authorized/, because: ending },
  'profile/beginning.ts': { words: /Declined/, because: ending },
  'profile/questions.ts': { words: /Declined/, because: ending },
  'profile/languages.ts': { words: /Captured|Authorized|Declined|Canceled/, because: ending },
  'drivers/browser/reading.ts': { words: /cashback/, because: 'it is a member of an entry in a journal' },
  'report/html/signature.ts': { words: /signature/, because: 'it is that of a certificate' },
  'review/decisions/decision.ts': { words: /accept|reject/, because: 'a reviewer decides so' },
  'review/page/page.ts': { words: /accept|reject/, because: 'a reviewer decides so' },
  'traffic/caller.ts': { words: /accept/, because: 'it is a header of HTTP' },
  'contract/contract.ts': { words: /accept/, because: 'it is a header of HTTP' },
  'actors/dojo-caller/rest.ts': { words: /accept/, because: 'it is a header of HTTP' },
  'actors/card-machine/account.ts': { words: /signature/, because: 'so a card is verified at any machine' },
  'actors/card-machine/virtual.ts': { words: /signature/, because: 'so a card is verified at any machine' },
  'actors/event-sender.ts': { words: /Captured/, because: ending },
  'checklist/catalogue.ts': { words: /pay-at-counter/, because: 'it is run where nobody names another' },
};

const quoted = (names: Iterable<string>): RegExp => new RegExp(`['"](?:${[...names].join('|')})['"]`, 'g');

const known: Readonly<Record<string, RegExp>> = {
  'an id of a row': new RegExp(
    checklists.flatMap((name) => loadCatalogue(name).rows.map(({ id }) => `\\b${id}\\b`)).join('|'),
    'g',
  ),
  'a checklist': quoted(checklists),
  'an action': quoted(knownActions().keys()),
  'a capability': quoted(knownCapabilities().keys()),
  'a question': quoted(knownQuestions().keys()),
  'a list of words or a kind of entry': quoted([
    ...Object.keys(knownWords().lists),
    ...Object.keys(knownWords().kinds),
  ]),
  'a status of a terminal session':
    /['"](?:InitiateRequested|Initiated|CancelRequested|SignatureVerification\w+|Expired|Declined|Captured|Authorized|Canceled)['"]/g,
};

/** What of checklists stands in a file, without what is allowed there and without comments. */
function standsIn(file: string): string[] {
  const code = readFileSync(support + file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  return Object.entries(known).flatMap(([what, pattern]) =>
    [...code.matchAll(pattern)]
      .filter(([word]) => !allowed[file]?.words.test(word))
      .map(([word]) => `${what}: ${word}`),
  );
}

suite('no room but that of the checklists knows a word of one', () => {
  const files = globSync(`{${rooms}}/**/*.ts`, { cwd: support }).filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file),
  );
  test('the files were found', () => assert.ok(files.length > 200, `${files.length}`));
  for (const file of files) test(file, () => assert.deepEqual(standsIn(file), []));
  test('what is allowed is there', () => {
    const code = (file: string) => readFileSync(support + file, 'utf8');
    for (const [file, { words, because }] of Object.entries(allowed))
      assert.match(code(file), words, because);
  });
});
