import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { javaVersion, renderAllure, withoutAnalytics } from './allure-html.ts';

const head = '<html><head>\n<title>Allure Report</title></head><body>';
const loader = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>';
const sender =
  "<script>\n  function gtag(){dataLayer.push(arguments);}\n  gtag('js', new Date());\n</script>";
const own = '<script>window.reportData = {};</script>';

let folder: string;
before(async () => {
  folder = temporaryFolder('allure-html-test');
});
after(() => rm(folder, { recursive: true, force: true }));

test('the analytics are stripped and the report’s own scripts are not', () => {
  const stripped = withoutAnalytics(`${head}${own}\n    ${loader}\n    ${sender}\n${own}</body></html>`);
  assert.doesNotMatch(stripped, /googletagmanager|gtag/);
  assert.equal(stripped.split(own).length, 3);
});

test('a report that reaches out in a way that is not known is not handed out', () => {
  const ways = [
    loader,
    sender,
    '<script src="//cdn.example/a.js"></script>',
    "<link rel=stylesheet href='https://fonts.example/a.css'>",
    '<img src=https://example.test/pixel.gif>',
  ];
  for (const way of ways)
    assert.throws(() => withoutAnalytics(`${head}${way}</body></html>`), /reach out/, way);
});

test('without Java there is no report, and it says what to install', async () => {
  const { JAVA_HOME } = process.env;
  process.env.JAVA_HOME = join(folder, 'no-java-here');
  try {
    assert.equal(await javaVersion(), null);
    const result = await renderAllure(folder, join(folder, 'out.html'));
    assert.ok(!result.ok);
    assert.match(result.why, /Install a Java runtime/);
  } finally {
    if (JAVA_HOME === undefined) delete process.env.JAVA_HOME;
    else process.env.JAVA_HOME = JAVA_HOME;
  }
  await assert.rejects(readFile(join(folder, 'out.html')));
});

test('a report that could not be made says why instead of throwing', async () => {
  const result = await renderAllure(
    join(folder, 'no-results-here'),
    join(folder, 'no', 'such', 'folder.html'),
  );
  assert.ok(!result.ok);
  assert.match(result.why, /no-results-here/);
});
