import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { before, suite, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import { browserRig } from '../drivers/browser/testing/rig.ts';
import type { Certificate } from '../judging/index.ts';
import { renderHtml, renderHtmlBeside, renderIndex } from '../report/index.ts';
import { sample } from '../report/sample.ts';
import { compare } from '../review/compare.ts';
import { comparisonPage } from '../review/compare-page.ts';
import { reviewPage } from '../review/page/page.ts';
import { ReviewSession } from '../review/page/session.ts';
import type { KillTableEntry } from './prove/kill-table.ts';
import { killTableHtml } from './prove/kill-table-page.ts';
import { temporaryFolder } from './testing/command.ts';

const rig = browserRig();
const folder = temporaryFolder();
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const { certificate, recording } = sample();

/** The same run a month ago: another version, and its first row failed. */
const earlier: Certificate = {
  ...certificate,
  subject: { ...certificate.subject, version: '0.9' },
  rows: certificate.rows.map((row, index) =>
    index
      ? row
      : {
          ...row,
          verdict: 'failed',
          findings: row.findings.map((one) => ({ ...one, outcome: 'failed', observed: 'nothing' })),
        },
  ),
};

const mutant: KillTableEntry = {
  id: 'till-shows-paid-early',
  kind: 'till',
  wrong: 'shows Paid before the API does',
  says: 'a slow network hides it',
  verdict: 'caught',
  why: '',
  ran: ['PAC-SALE-01', 'PAC-SALE-05'],
  caught: [{ row: 'PAC-SALE-01', check: 'shows-nothing-false', observed: 'shows Paid' }],
  missed: [],
  besides: [],
  outside: [],
  stuck: [],
  durationMs: 1200,
};

const pages: Readonly<Record<string, () => string>> = {
  'the certificate': () => renderHtml(certificate, recording).content.toString(),
  'the list of runs': () => renderIndex([{ folder: 'one', certificate }]).content as string,
  'the comparison': () => comparisonPage(compare(earlier, certificate), earlier, certificate),
  'the review': () =>
    reviewPage(
      new ReviewSession(
        join(folder, 'run.zip'),
        { certificate, recording, checklist: loadChecklist(), otherwise: [] },
        { since: { run: 'last-month', changes: ['PAC-SALE-05: failed, then passed'] } },
      ),
      { facts: ['Signed by Acme Tills'], doubts: ['BUNDLE-OTHER-KIT: another kit'] },
    ),
  'the kill table': () =>
    killTableHtml({
      schema: 1,
      rows: loadChecklist().rows.map(({ id }) => id),
      mutants: [
        mutant,
        { ...mutant, id: 'till-survives', verdict: 'survived', caught: [], missed: mutant.caught },
      ],
      untried: [{ row: 'PAC-SALE-01', check: 'driven' }],
      everywhere: [{ check: 'driven', rows: ['PAC-SALE-01'], of: 56 }],
    }),
};

async function looked(look: (page: Page) => Promise<void>): Promise<void> {
  const page = await rig.browser.newPage();
  try {
    await look(page);
  } finally {
    await page.close();
  }
}

/** What axe finds, with the places; a page may run nothing but its own script, and DevTools may. */
const findings = (page: Page): Promise<string[]> =>
  page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')))`);

suite('the kit’s pages', { timeout: 300_000 }, () => {
  before(() => {
    for (const [name, content] of Object.entries(pages))
      writeFileSync(join(folder, `${name}.html`), content());
  });
  test('axe sees what is wrong with a page', async () => {
    await looked(async (page) => {
      await page.setContent('<img src="data:,"><p style="color: #aaa; background: #fff">Paid</p>');
      const found = (await findings(page)).map((one) => one.split(':')[0]);
      for (const id of ['image-alt', 'color-contrast', 'html-has-lang']) assert.ok(found.includes(id), id);
    });
  });
  for (const name of Object.keys(pages))
    test(`${name}: axe finds nothing, and nothing scrolls sideways, narrow and wide, by day and by night`, async () => {
      await looked(async (page) => {
        await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
        for (const [width, colorScheme] of [
          [390, 'light'],
          [1400, 'dark'],
        ] as const) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await findings(page), [], `${width} px, ${colorScheme}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${width} px: ${wide} px too wide`);
        }
      });
    });
});

suite('a page with its files beside it', { timeout: 120_000 }, () => {
  const { page: laid, files } = renderHtmlBeside(certificate, recording);
  const lain = new Map<string, string | Uint8Array>(
    [...files()].map(({ name, content }) => [`/${name}`, content]),
  );
  lain.set('/', laid.content.toString());
  async function under(policy: string, look: (page: Page, refused: readonly string[]) => Promise<void>) {
    const types: Readonly<Record<string, string>> = { css: 'text/css', png: 'image/png', jpg: 'image/jpeg' };
    const server = createServer(({ url = '' }, response) => {
      const content = lain.get(url);
      const type = types[url.split('.').at(-1)!] ?? 'text/html; charset=utf-8';
      response.writeHead(content ? 200 : 404, { 'content-type': type, 'content-security-policy': policy });
      response.end(content);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      await looked(async (page) => {
        const refused: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error' && !message.text().includes('favicon')) refused.push(message.text());
        });
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await look(page, refused);
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const drawn = (page: Page) =>
    page.evaluate(() => [...document.images].filter((one) => one.complete && one.naturalWidth > 0).length);
  const read = (page: Page) =>
    page.locator('main').evaluate((main) => main.textContent?.replace(/\s+/g, ' '));

  test('is whole where a server lets a page have style and pictures of its own alone', async () => {
    await under("default-src 'none'; style-src 'self'; img-src 'self'", async (page, refused) => {
      assert.equal(await drawn(page), await page.locator('img').count());
      assert.ok((await page.locator('img').count()) > 3);
      const border = await page
        .locator('article')
        .first()
        .evaluate((one) => getComputedStyle(one).borderLeftWidth);
      assert.equal(border, '6px', 'its style sheet is applied');
      assert.deepEqual(
        refused.filter((text) => /Content.Security.Policy/i.test(text)),
        [],
      );
    });
  });
  test('keeps all of its text where a page may have nothing', async () => {
    let whole: string | undefined;
    await under("default-src 'none'; style-src 'self'; img-src 'self'", async (page) => {
      whole = await read(page);
    });
    await under("default-src 'none'", async (page) => {
      assert.equal(await drawn(page), 0);
      assert.equal(await read(page), whole);
      assert.equal(await page.locator('article:visible').count(), certificate.rows.length);
    });
  });
  test('is whole when it is opened from a disk', async () => {
    for (const [name, content] of lain) {
      const path = join(folder, 'beside', name === '/' ? 'certification.html' : name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    await looked(async (page) => {
      await page.goto(pathToFileURL(join(folder, 'beside', 'certification.html')).href);
      assert.equal(await drawn(page), await page.locator('img').count());
    });
  });
});

test('56 rows print on at most 60 pages, those that did not pass first', async () => {
  const template = certificate.rows.find(({ id }) => id === 'PAC-SALE-05')!;
  const rows = Array.from({ length: 56 }, (_, index) => {
    const id = `PAC-BIG-${index + 1}`;
    const findings = Array.from({ length: 18 }, (_, one) => ({
      ...template.findings[0]!,
      check: `${id}/check-${one}`,
      ...(index === 40 ? ({ outcome: 'failed', advice: 'Look at the log.' } as const) : {}),
    }));
    return { ...template, id, verdict: index === 40 ? ('failed' as const) : template.verdict, findings };
  });
  const records = new Map(rows.map(({ id }) => [id, { ...recording.rows.get('PAC-SALE-05')!, id }]));
  const page = renderHtml({ ...certificate, rows }, { ...recording, rows: records }).content.toString();
  await looked(async (shown) => {
    await shown.setContent(page);
    const pdf = (await shown.pdf({ preferCSSPageSize: true })).toString('latin1');
    const count = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(count > 10 && count <= 60, `${count} pages`);
    const first = await shown.locator('article').first().getAttribute('id');
    assert.equal(first, 'PAC-BIG-41');
  });
});
