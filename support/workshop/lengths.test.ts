import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';

const mostOfFile = 400;
const mostOfClass = 250;

/** Files that are longer all the same, and why. */
const longFiles: Readonly<Record<string, string>> = {
  'fixtures/pay-at-counter/reference-pos/card-payment.ts':
    'one class, to be split by what a payment goes through',
  'fixtures/pay-at-counter/reference-pos/till.ts': 'one class, to be split by what an operator does',
  'fixtures/pay-at-counter/reference-pos/sale.test.ts': 'one suite on one till, to be split with the class',
  'support/drivers/browser/till.test.ts': 'to be split with the driver',
  'support/drivers/command/till.test.ts': 'to be split with the driver',
};

/** Classes that are longer all the same, by file and name, and why. */
const longClasses: Readonly<Record<string, string>> = {
  'fixtures/pay-at-counter/reference-pos/card-payment.ts: CardPayment': 'see its file',
  'fixtures/pay-at-counter/reference-pos/till.ts: Till': 'see its file',
  'fixtures/simulator/domain/terminal-session.ts: TerminalSession': 'the life of one session, hardly longer',
  'support/checklists/payments/stories/story.ts: Story':
    'the language of stories: a word for each thing that can be observed',
  'support/drivers/browser/tab.ts: Tab': 'to be split by what is read and what is done',
  'support/drivers/browser/till.ts: BrowserTill': 'see its file',
  'support/drivers/protocol-till.ts: ProtocolTill': 'one method for each message of the protocol',
  'support/run/lane.ts: Lane': 'what a row has to itself, hardly longer',
  'support/checklists/pay-at-table/testing/stub-epos.ts: StubEpos': 'a whole EPOS and all its mistakes',
  'support/checklists/pay-at-table/stories/story.ts: TableStory':
    'the language of stories: a word for each thing that can be observed',
  'support/run/row-world.ts: RowWorld': 'what the steps of a row share',
  'support/traffic/gateway/connection.ts: Connection': 'to be split by request and response',
};

const files = globSync('{support,steps,fixtures,features}/**/*.ts').map((file) => ({
  file: file.replaceAll('\\', '/'),
  lines: readFileSync(file, 'utf8').split('\n'),
}));

/** The classes of a file, which begin and end in the first column, and how many lines each has. */
const classesOf = (lines: readonly string[]): { name: string; length: number }[] =>
  lines.flatMap((line, index) => {
    const name = /^(?:export )?(?:abstract )?class (\w+)/.exec(line)?.[1];
    return name ? [{ name, length: lines.indexOf('}', index) - index + 1 }] : [];
  });

const long = {
  files: files.filter(({ lines }) => lines.length - 1 > mostOfFile).map(({ file }) => file),
  classes: files.flatMap(({ file, lines }) =>
    classesOf(lines).flatMap(({ name, length }) => (length > mostOfClass ? `${file}: ${name}` : [])),
  ),
};

suite('nobody has to read more in one sitting than', () => {
  test(`${mostOfFile} lines of a file, but for exceptions that are still needed`, () =>
    assert.deepEqual(long.files.sort(), Object.keys(longFiles).sort()));
  test(`${mostOfClass} lines of a class, but for exceptions that are still needed`, () =>
    assert.deepEqual(long.classes.sort(), Object.keys(longClasses).sort()));
});
