import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import '../../checklists/index.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { findBrowser } from '../../run/browser.ts';
import { renderAllureResults, renderHtml, renderIndex } from '../index.ts';
import { sample } from '../sample.ts';
import { renderAllure } from './allure-html.ts';

const { certificate, recording } = sample();
let folder: string;
let browser: Browser;

before(async () => {
  const executablePath = await findBrowser();
  assert.ok(
    executablePath,
    'Expected a browser to open the reports in, but none was found. Install Chrome, Edge or Chromium, or name one in DOJO_BROWSER.',
  );
  folder = temporaryFolder('reports-in-browser');
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  browser = await chromium.launch({
    executablePath,
    args: [...quiet, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Opens a file and lists what its page asked for beyond this machine, and what it complained of. */
async function opened(name: string, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const trouble: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) trouble.push(`asked for ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      trouble.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  try {
    await page.goto(pathToFileURL(join(folder, name)).href, { waitUntil: 'networkidle' });
    await look(page);
    assert.deepEqual(trouble, []);
  } finally {
    await page.close();
  }
}

const write = async (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(folder, name), content);

test('the certificate asks for nothing off the machine, logs no error, and filters and reveals', async () => {
  await write('certification.html', renderHtml(certificate, recording).content.toString());
  await opened('certification.html', async (page) => {
    const rows = page.locator('article:visible');
    assert.equal(await rows.count(), certificate.rows.length);
    await page.getByRole('button', { name: 'Failed 2' }).click();
    assert.deepEqual(await rows.evaluateAll((all) => all.map(({ id }) => id)), ['PAC-CFG-02', 'PAC-SALE-06']);
    await page.getByRole('searchbox').fill('incorrect');
    assert.equal(await rows.count(), 1);

    const evidence = certificate.rows.find(({ id }) => id === 'PAC-SALE-05')!.findings[0]!.evidence[0]!;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `PAC-SALE-05.${evidence}`);
    await page.locator(`[id="PAC-SALE-05.${evidence}"] pre`).first().waitFor({ state: 'visible' });
  });
});

test('labels of a timeline do not overlap in a real browser', async () => {
  await write('certification.html', renderHtml(certificate, recording).content.toString());
  await opened('certification.html', async (page) => {
    const overlaps = await page.locator('.timeline svg').evaluateAll((pictures) =>
      pictures.flatMap((picture) => {
        const boxes = [...picture.querySelectorAll('text')].map((text) => ({
          text: text.textContent,
          box: text.getBBox(),
        }));
        return boxes.flatMap(({ text, box }, index) =>
          boxes
            .slice(index + 1)
            .filter(({ box: other }) => box.x < other.x + other.width && other.x < box.x + box.width)
            .filter(
              ({ box: other }) => box.y + 1 < other.y + other.height && other.y + 1 < box.y + box.height,
            )
            .map((other) => `${text} / ${other.text}`),
        );
      }),
    );
    assert.deepEqual(overlaps, []);
    assert.ok((await page.locator('.timeline svg').count()) > 5);
  });
});

test('the certificate can be read without its script', async () => {
  await write('certification.html', renderHtml(certificate, recording).content.toString());
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(pathToFileURL(join(folder, 'certification.html')).href);
  assert.equal(await page.locator('article:visible').count(), certificate.rows.length);
  assert.equal(await page.locator('.toolbar:visible').count(), 0);
  await page.close();
});

test('the list of runs asks for nothing off the machine and logs no error', async () => {
  await write('index.html', renderIndex([{ folder: 'one', certificate }]).content);
  await opened('index.html', async (page) => {
    assert.equal(await page.getByRole('link', { name: certificate.run.id }).count(), 1);
  });
});

test('Allure’s report asks for nothing off the machine, logs no error, and counts the verdicts’ statuses', async () => {
  const results = join(folder, 'allure-results');
  await mkdir(results);
  for (const { name, content } of renderAllureResults(certificate, recording))
    await writeFile(join(results, name), content);
  assert.deepEqual(await renderAllure(results, join(folder, 'allure.html')), { ok: true });
  await opened('allure.html', async (page) => {
    await page.getByText(`${certificate.rows.length}`, { exact: true }).first().waitFor();
    const shown = await page.evaluate(() => {
      const { reportData } = window as unknown as { reportData: Record<string, string> };
      return JSON.parse(atob(reportData['widgets/summary.json']!)).statistic as Record<string, number>;
    });
    const { passed, warning, failed, blocked, notApplicable, review, incomplete } = certificate.summary;
    const counted = {
      passed: passed + warning,
      failed,
      broken: blocked,
      skipped: notApplicable,
      unknown: review + incomplete,
    };
    for (const [status, count] of Object.entries(counted)) assert.equal(shown[status], count, status);
  });
});
