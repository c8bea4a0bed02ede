import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { startReferencePos } from '../../../fixtures/pay-at-counter/reference-pos/index.ts';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { loadContract } from '../../contract/index.ts';
import { browserRig } from '../../drivers/browser/testing/rig.ts';
import { HttpTill } from '../../drivers/http/till.ts';
import type { Certificate } from '../../judging/index.ts';
import { loadProfile } from '../../profile/index.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { runRows, selectRows } from '../run.ts';
import { type Console, openConsole } from './index.ts';
import { Operator } from './testing/operator.ts';

const rig = browserRig();
const folder = temporaryFolder();
const checklist = loadChecklist('pay-at-counter');
const profile = loadProfile(
  fileURLToPath(new URL('../../../fixtures/pay-at-counter/profiles/attended.yaml', import.meta.url)),
);
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds on the console as it stands, narrow by night and wide by day; `all`: the other way round too. */
async function looked(page: Page, what: string, all = false): Promise<void> {
  const some = [
    [390, 'dark'],
    [1400, 'light'],
  ] as const;
  const others = [
    [390, 'light'],
    [1400, 'dark'],
  ] as const;
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe);
  for (const [width, colorScheme] of [...some, ...(all ? others : [])]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    if (process.env.SHOTS)
      await page.screenshot({
        path: join(process.env.SHOTS, `${what} ${width} ${colorScheme}.png`),
        fullPage: true,
      });
    const found =
      await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`);
    assert.deepEqual(found, [], `${what}, ${width} px, ${colorScheme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${what}, ${width} px: ${wide} px too wide`);
  }
}

const script = `
name: Anna Smith
says: as shown
rows:
  # Says what the row wants, and has not looked.
  PAC-PI-03: { says: Captured, photo: same }
  # Covers a part of the photo.
  PAC-SALE-04: { says: Declined, covers: true }
  PAC-SALE-07: { cannot: the cable of the card machine is broken }
`;

suite('a POS that a person drives, led by the console', { timeout: 300_000 }, () => {
  let certificate: Certificate;
  let operator: Operator;
  let people: Console;
  const out = join(folder, 'run');
  const closing: (() => Promise<unknown>)[] = [];
  after(async () => {
    for (const close of closing.reverse()) await close();
  });

  before(async () => {
    mkdirSync(out);
    const pos = await startReferencePos({
      dataDir: join(folder, 'pos'),
      testEndpoint: { path: '/test', secret: 'a-secret' },
    });
    closing.push(() => pos.close());
    const url = `${pos.url}/test`;
    const till = new HttpTill({ kind: 'http', url, secondDevice: true }, url, 'a-secret', profile);
    closing.push(() => till.close());
    await till.hello();
    const rows = selectRows(checklist, ['PAC-PI-03', 'PAC-SALE-04', 'PAC-SALE-05', 'PAC-SALE-07'], null);
    people = await openConsole({
      run: 'by-hand',
      profile,
      rows,
      checklist,
      account: false,
      goesOn: false,
      abort: () => {},
    });
    closing.push(() => people.close());
    const page = await rig.browser.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(people.url);
    await page.getByText('in the order in which you do them').click();
    await looked(page, 'before');
    const seen = new Set<string>();
    const pictures = await rig.browser.newPage();
    operator = new Operator(script, {
      page,
      pos: till,
      vocabulary: profile.vocabulary,
      picture: async (number) => {
        await pictures.setContent(`<h1>What the POS shows, ${number}</h1>`);
        return pictures.screenshot();
      },
      reads: async ({ title, question }) => {
        if (question ? !seen.has(title) : seen.size < 3)
          await looked(page, title.replace(/\W+/g, ' ').slice(0, 24), title === 'What does the POS show?');
        seen.add(title);
      },
    });
    const working = operator.work(people.url);
    await people.session.begun;
    const running = runRows({
      profile,
      ownTill: false,
      upstream: { kind: 'embedded' },
      rows,
      order: people.session.rows.map(({ id }) => id),
      ended: (line) => people.session.rowDone(line),
      checklist,
      contract: loadContract(),
      workers: 0,
      fast: true,
      allure: false,
      out,
      id: 'by-hand',
      say: () => {},
    });
    working.catch(() => {
      // Nobody would answer any more: the run is brought to its end.
      people.desk.onChange(() => {
        if (people.desk.open) setImmediate(() => people.desk.leave('the operator broke'));
      });
      people.desk.leave('the operator broke');
    });
    ({ certificate } = await running);
    people.session.over(['Done.']);
    await working;
    await looked(page, 'over');
  });

  const rowOf = (id: string) => certificate.rows.find((row) => row.id === id)!;
  const failed = (id: string) =>
    rowOf(id).findings.flatMap(({ check, outcome }) => (outcome === 'failed' ? check.split('/')[1] : []));
  const ofDisplay = (id: string) => rowOf(id).findings.filter(({ plane }) => plane === 'display');

  test('the person was led in the words of the POS, and asked for nothing twice', () => {
    assert.deepEqual(
      operator.done.map((one) => one.replace(/£[\d.]+|V\w+(?=:)/, '…')),
      [
        'Enter these settings in the POS, and save them: done',
        'Choose the card machine …: done',
        'Take a sale of …: done',
        'Take a sale of …: done',
        'Choose the card machine …: done',
        'Take a sale of …: done',
        'Accept the signature: done',
      ],
    );
    assert.deepEqual(operator.covered, ['#444444'], 'what the person has covered of a photo');
    assert.ok(people.desk.effort.steps >= operator.done.length);
  });
  test('a conforming POS fails nothing, and each of its displays is for a reviewer, with name, time and photo', () => {
    const { verdict, findings } = rowOf('PAC-SALE-05');
    assert.equal(verdict, 'review');
    for (const { plane, outcome, check } of findings)
      assert.equal(outcome, plane === 'display' ? 'review' : 'passed', check);
    for (const { advice, evidence, reported } of ofDisplay('PAC-SALE-05')) {
      assert.match(
        advice,
        /^Anna Smith attested it at 20\d\d-.* UTC with the photo PAC-SALE-05-\d\.jpg: look/,
      );
      assert.ok(evidence.some((name) => name.endsWith('.jpg')));
      assert.ok(reported);
    }
    assert.match(
      readFileSync(join(out, 'certification.html'), 'utf8'),
      /attested by Anna Smith, 20\d\d-\d\d-\d\d/,
    );
  });
  test('an operator who says what the row wants, whatever the POS shows, gets no row passed', () => {
    assert.equal(rowOf('PAC-PI-03').verdict, 'review');
    assert.deepEqual(failed('PAC-PI-03'), []);
    for (const { outcome } of ofDisplay('PAC-PI-03')) assert.equal(outcome, 'review');
  });
  test('the same photo twice is a finding', () => {
    const again = rowOf('PAC-PI-03').findings.find(({ check }) => check === 'PAC-PI-03/photo-once');
    assert.match(
      again?.observed ?? '',
      /^PAC-PI-03-2\.jpg is the photo that was given in PAC-PI-03 already$/,
    );
    assert.deepEqual(
      ofDisplay('PAC-SALE-05').filter(({ check }) => check.endsWith('photo-once')),
      [],
    );
  });
  test('what a person says, and the wire contradicts, fails the row', () => {
    assert.equal(rowOf('PAC-SALE-04').verdict, 'failed');
    assert.deepEqual(failed('PAC-SALE-04'), ['shows-captured', 'shows-nothing-false']);
  });
  test('a row that the person leaves is incomplete, with the name and the reason', () => {
    const { verdict, why } = rowOf('PAC-SALE-07');
    assert.equal(verdict, 'incomplete');
    assert.equal(why, 'Anna Smith left the row: the cable of the card machine is broken');
  });
});
