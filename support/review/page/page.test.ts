import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Page } from 'playwright';
import '../../checklists/index.ts';
import { loadChecklist } from '../../checklist/index.ts';
import { browserRig } from '../../drivers/browser/testing/rig.ts';
import { sample } from '../../report/sample.ts';
import { hostile } from '../../report/testing/rows.ts';
import { temporaryFolder } from '../../workshop/testing/command.ts';
import { drawnIn } from '../amounts.ts';
import { KeyStore } from '../bundle/index.ts';
import { basisOf, emptyReview } from '../decisions/decision.ts';
import { readSigned, signedReviewOf } from '../decisions/file.ts';
import type { Served } from './local-page.ts';
import { serveReview } from './server.ts';
import { type Earlier, ReviewSession } from './session.ts';

const rig = browserRig();
const folder = temporaryFolder();
const keys = new KeyStore(join(folder, 'keys'));
keys.make('R. Viewer', 'reviewer');
const bundle = join(folder, 'run.dojo.zip');
const checklist = loadChecklist();
const again = () => ({ ...sample(), checklist, otherwise: [] });

const rowsWith = (verdict: string) =>
  sample()
    .certificate.rows.filter((row) => row.verdict === verdict)
    .map(({ id }) => id);

async function served(
  look: (page: Page, session: ReviewSession, address: Served) => Promise<void>,
  earlier: Earlier = {},
) {
  const session = new ReviewSession(bundle, again(), earlier);
  const address = await serveReview({
    session,
    verified: { facts: [`A till ${hostile}`], doubts: [] },
    signer: () => keys.signer('reviewer'),
    signed: () => {},
  });
  const page = await rig.browser.newPage({ viewport: { width: 1280, height: 900 } });
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(address.url).origin) && !request.url().startsWith('data:'))
      trouble.push(`asked for ${request.url()}`);
  });
  try {
    await page.goto(address.url);
    await look(page, session, address);
    assert.deepEqual(trouble, []);
  } finally {
    await page.close();
    await address.close();
  }
}

const decide = async (page: Page, row: string, answer: string, reason: string) => {
  const article = page.locator(`[data-row="${row}"]`);
  await article.getByLabel(answer, { exact: true }).check();
  await article.getByLabel('Reason').fill(reason);
  await article.getByRole('button', { name: 'Save' }).click();
  return article.locator('output');
};

suite('the page of a reviewer', () => {
  const [row] = rowsWith('review');
  const [failed] = rowsWith('failed');

  test('shows the rows that need a decision first, with what they rest on', async () => {
    await served(async (page) => {
      const shown = await page.locator('[data-row]').evaluateAll((all) => all.map(({ id }) => id));
      assert.deepEqual(shown.sort(), [...rowsWith('review'), ...rowsWith('failed')].sort());
      const text = await page.locator(`[data-row="${failed}"]`).innerText();
      assert.match(text, /Expected: /);
      assert.match(text, /Observed: /);
    });
  });
  test('keeps each word at once, and goes on with it after a restart', async () => {
    await served(async (page) => {
      await page.getByLabel('Your name').fill('R. Viewer');
      await (await decide(page, row!, 'Accept', 'seen on the picture'))
        .filter({ hasText: 'Saved.' })
        .waitFor();
    });
    await served(async (page, session) => {
      const article = page.locator(`[data-row="${row}"]`);
      assert.equal(await article.getByLabel('Accept', { exact: true }).isChecked(), true);
      assert.equal(await article.getByLabel('Reason').inputValue(), 'seen on the picture');
      assert.equal(await page.getByLabel('Your name').inputValue(), 'R. Viewer');
      assert.equal(session.review.decisions.length, 1);
    });
  });
  test('says what a word lacks, and notes nothing then', async () => {
    rmSync(`${bundle}.review-draft.json`, { force: true });
    await served(async (page, session) => {
      const output = await decide(page, row!, 'Reject', '');
      await output.filter({ hasText: 'Expected a reason' }).waitFor();
      await page.getByLabel('Your name').fill('');
      await decide(page, row!, 'Reject', 'no');
      await output.filter({ hasText: 'the name of the reviewer' }).waitFor();
      await page.getByLabel('Your name').fill('R. Viewer');
      const waiving = await decide(page, failed!, 'Waive this failing', 'known');
      await waiving.filter({ hasText: 'the last day of the waiver' }).waitFor();
      assert.deepEqual([session.review.decisions, session.review.waivers], [[], []]);
    });
  });
  test('shows what was taken over from an earlier run, and what has changed since', async () => {
    rmSync(`${bundle}.review-draft.json`, { force: true });
    const { certificate } = sample();
    const of = certificate.rows.find(({ id }) => id === row)!;
    const said = { row: row!, reason: 'as last month', by: 'R. Viewer', at: '2026-10-01T00:00:00.000Z' };
    const review = {
      ...emptyReview(certificate),
      run: 'last-month',
      decisions: [{ ...said, answer: 'accept' as const, basis: basisOf(of, drawnIn(certificate)(row!)) }],
    };
    const since = { run: 'last-month', changes: [`${failed}: passed, then failed`] };
    await served(
      async (page, session) => {
        assert.equal(session.review.decisions[0]!.from, 'last-month');
        const output = page.locator(`[data-row="${row}"] output`);
        assert.match(await output.innerText(), /^Taken over from the run last-month/);
        assert.match(await page.locator('main').innerText(), /passed, then failed/);
        const certificatePage = await rig.browser.newPage();
        await certificatePage.goto(new URL('evidence', page.url()).href);
        const front = await certificatePage.locator('main').innerText();
        assert.match(front, /taken over from the run last-month: nothing that it rests on has changed/);
        await certificatePage.close();
      },
      { review, since },
    );
  });
  test('keeps remarks about any row', async () => {
    rmSync(`${bundle}.review-draft.json`, { force: true });
    const [passed] = rowsWith('passed');
    await served(async (page, session) => {
      await page.getByLabel('Your name').fill('R. Viewer');
      await page.getByLabel(`Remark on ${passed}`).first().click();
      const form = page.locator(`.rest form[data-rows="${passed}"]`);
      await form.getByRole('textbox').fill('a slow network');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.locator('output').filter({ hasText: 'Saved.' }).waitFor();
      assert.deepEqual(
        session.review.comments?.map((one) => [one.row, one.text, one.by]),
        [[passed, 'a slow network', 'R. Viewer']],
      );
      assert.deepEqual(session.review.decisions, []);
    });
  });
  test('signs what was said with the reviewer’s key', async () => {
    await served(async (page) => {
      await page.getByLabel('Your name').fill('R. Viewer');
      await page.locator(`[data-row="${failed}"] input[type=date]`).fill('2027-03-31');
      await (await decide(page, failed!, 'Waive this failing', 'known'))
        .filter({ hasText: 'Saved.' })
        .waitFor();
      await page.getByRole('button', { name: 'Sign the review' }).click();
      await page.locator('#standing').filter({ hasText: 'Signed: ' }).waitFor();
    });
    const { review, by } = readSigned(signedReviewOf(bundle), keys);
    assert.equal(by.name, 'R. Viewer');
    assert.deepEqual(
      review.waivers.map((one) => [one.row, one.lastDay, one.reason]),
      [[failed, '2027-03-31', 'known']],
    );
  });
  test('walks from row to row by keys, and fits a phone without sideways scrolling', async () => {
    await served(async (page) => {
      await page.keyboard.press('n');
      assert.notEqual(await page.evaluate(() => document.activeElement?.id), '');
      await page.setViewportSize({ width: 390, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
    });
  });
  test('is there for nobody who does not know its address', async () => {
    await served(async (_, session, { url }) => {
      const { origin } = new URL(url);
      for (const path of ['/', '/evidence', '/x/', '/x/say'])
        assert.equal((await fetch(origin + path)).status, 404);
      const said = await fetch(`${origin}/x/say`, { method: 'POST', body: '{}' });
      assert.ok(said.status >= 400);
      assert.deepEqual(session.review.decisions, []);
    });
  });
  test('takes what is no word for a wrong one', async () => {
    rmSync(`${bundle}.review-draft.json`, { force: true });
    await served(async (_, session, { url }) => {
      for (const body of [
        '{}',
        '[]',
        '{"rows":["PAC-NONE-01"],"answer":"accept","reason":"r","by":"b"}',
        '{"rows":7}',
        'null',
      ]) {
        const answer = await fetch(`${url}say`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        });
        assert.match(JSON.stringify(await answer.json()), /wrong|error/);
      }
      assert.deepEqual(session.review.decisions, []);
      assert.equal(existsSync(`${bundle}.review-draft.json`), false);
    });
  });
});
