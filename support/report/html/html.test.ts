import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import '../../checklists/index.ts';
import type { Observation } from '../../record/vocabulary.ts';
import { type Decided, renderHtml, renderHtmlBeside } from '../index.ts';
import { sample } from '../sample.ts';
import { hostile } from '../testing/rows.ts';

const { certificate, recording } = sample();
const html = renderHtml(certificate, recording).content.toString();

/** The markup of one row. */
const article = (row: string, page = html): string => {
  const from = page.indexOf(`<article id="${row}"`);
  assert.ok(from >= 0, `${row} is missing`);
  return page.slice(from, page.indexOf('</article>', from));
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

test('the page loads nothing from anywhere', () => {
  for (const [tag] of html.matchAll(
    /<(?:script|link|img|iframe|object|embed|source|use|image|form|base)\b[^>]*>/g,
  )) {
    for (const [, , target] of tag.matchAll(/\s(src|href|data|action|srcset)="([^"]*)"/g)) {
      assert.match(target!, /^data:/, tag.slice(0, 200));
    }
  }
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
  assert.doesNotMatch(style, /url\(|@import|https?:/);
});

test('the page’s policy lets it load nothing and run its own script alone', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
  assert.match(policy, /^default-src 'none'; img-src data:;/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  for (const tag of ['style', 'script']) {
    const own = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)![1]!;
    const hash = createHash('sha256').update(own).digest('base64');
    assert.ok(policy.includes(`${tag}-src 'sha256-${hash}'`), `the page's own ${tag} is refused`);
  }
  assert.doesNotMatch(html, /<[^>]*\sstyle="/, 'the policy refuses style attributes');
});

test('what was observed stays text in the page', () => {
  assert.ok(!html.includes('<script>alert') && !html.includes('<img src=x'));
  assert.ok(article('PAC-CFG-02').includes(escaped(hostile)));
});

test('what was observed cannot turn the page’s text around, nor hide in it', () => {
  const [first, ...others] = certificate.rows;
  const said = 'Paid\u202e \u200b\u0000\u001b[2J\nForged';
  const row = {
    ...first!,
    why: said,
    trouble: [],
    findings: first!.findings.map((one) => ({ ...one, observed: said })),
  };
  const page = renderHtml({ ...certificate, rows: [row, ...others] }, recording).content.toString();
  const shown = String.raw`Paid\u202e \u200b\u0000\u001b[2J\nForged`;
  assert.equal(article(row.id, page).split(shown).length, row.findings.length + 2);
  assert.doesNotMatch(page, /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u200b]/u);
});

test('each finding is shown with what was expected, observed and advised', () => {
  for (const row of certificate.rows) {
    for (const { check, expected, observed, advice } of row.findings) {
      const markup = article(row.id).replaceAll(/<\/?code>/g, '`');
      for (const text of [check.split('/')[1]!, expected, observed, advice]) {
        assert.ok(markup.includes(escaped(text)), `${check}: ${text}`);
      }
    }
  }
});

test('a check that was not executed shows as such', () => {
  assert.match(article('PAC-SALE-08'), /Not executed<\/span><\/td>\s*<td><code>shows-declined/);
  assert.doesNotMatch(article('PAC-SALE-01'), /Not executed/);
});

test('checks that the run is not asked for are named, and are not taken for executed ones', () => {
  const row = certificate.rows.find(({ id }) => id === 'PAC-SALE-01')!;
  const rows = [{ ...row, findings: row.findings.slice(0, 1) }];
  const markup = article('PAC-SALE-01', renderHtml({ ...certificate, rows }, recording).content.toString());
  assert.match(markup, /Not asked for in this run: <code>shows-captured<\/code>/);
  assert.equal(markup.match(/<span class="outcome/g)!.length, 1);
});

test('each row is there with its verdict, reason, notes and trouble', () => {
  for (const { id, verdict, why, trouble, notes } of certificate.rows) {
    const markup = article(id);
    assert.ok(markup.startsWith(`<article id="${id}" class="${verdict}"`));
    for (const text of [why, notes, ...trouble.flatMap(({ message, advice }) => [message, advice])]) {
      assert.ok(markup.includes(escaped(text)), `${id}: ${text}`);
    }
  }
});

test('trouble ends with its code, where the record names one', () => {
  const callouts = (id: string) =>
    [...article(id).matchAll(/<b>Trouble:<\/b> ([^<]*)/g)].map(([, said]) => said);
  assert.deepEqual(callouts('PAC-SALE-07'), ['the upstream closed the connection (KIT-UPSTREAM-014)']);
  assert.deepEqual(callouts('PAC-SALE-10'), ['this upstream has no card machine that is busy']);
});

test('the rows that need a look come first, each kind in the order of the checklist', () => {
  const order = [...html.matchAll(/<article id="([^"]*)"/g)].map(([, id]) => id);
  const done = ({ verdict }: { verdict: string }) => verdict === 'passed' || verdict === 'not-applicable';
  const [open, rest] = [certificate.rows.filter((row) => !done(row)), certificate.rows.filter(done)];
  assert.ok(open.length > 0 && rest.length > 0);
  assert.deepEqual(
    order,
    [...open, ...rest].map(({ id }) => id),
  );
});

test('each row that is not passed says what to do next', () => {
  for (const { id, verdict } of certificate.rows) {
    const says = article(id).includes('What to do next:');
    assert.equal(says, verdict !== 'passed' && verdict !== 'not-applicable', id);
  }
});

test('each link within the page leads to one place', () => {
  const names = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, link]) => link!);
  assert.ok(links.length > 50);
  assert.deepEqual(
    links.filter((link) => !names.includes(link)),
    [],
  );
});

test('a finding leads to its evidence, even in another row, and not to what is not there', () => {
  const other = certificate.rows.find(({ id }) => id === 'PAC-SALE-01')!.findings[0]!.evidence[0]!;
  const rows = certificate.rows.map((row) =>
    row.id === 'PAC-CFG-01'
      ? { ...row, findings: [{ ...row.findings[0]!, evidence: [other, 'x-nowhere'] }] }
      : row,
  );
  const markup = article('PAC-CFG-01', renderHtml({ ...certificate, rows }, recording).content.toString());
  assert.ok(markup.includes(`href="#PAC-SALE-01.${other}"`));
  assert.ok(markup.includes('<code>x-nowhere</code>') && !markup.includes('#PAC-CFG-01.x-nowhere'));
});

test('each terminal session has its picture', () => {
  const sessions = (row: string) => article(row).match(/<figure class="timeline"><svg/g)?.length ?? 0;
  assert.equal(sessions('PAC-SALE-05'), 1);
  assert.equal(sessions('PAC-SALE-07'), 2);
  assert.equal(sessions('PAC-CFG-01'), 0);
});

/** The page where each row has a picture of its own, with a part of it. */
function pictured(render: typeof renderHtml | typeof renderHtmlBeside) {
  const rows = new Map(
    [...recording.rows].map(([id, row]) => {
      const screenshots = row.screenshots.map((one) => ({
        ...one,
        base64: btoa(`all of ${id}`),
        crop: btoa(`part of ${id}`),
      }));
      return [id, { ...row, screenshots }];
    }),
  );
  const named = certificate.rows.map((row) => ({
    ...row,
    findings: row.findings.map((one) => ({ ...one, evidence: [...one.evidence, `${row.id}-1.png`] })),
  }));
  return render({ ...certificate, rows: named }, { ...recording, rows });
}

test('a picture that several rows show is in the page once', () => {
  const [screenshot] = recording.rows.get('PAC-SALE-06')!.screenshots;
  assert.equal(html.split(`src="data:image/png;base64,${screenshot!.base64}"`).length, 2);
  assert.match(article('PAC-SALE-06'), /<a href="#[^"]+">The same picture as before<\/a>/);
});

test('of a row that passed the page shows the part of a picture, of others all of it', () => {
  const page = (pictured(renderHtml) as ReturnType<typeof renderHtml>).content.toString();
  const shown = (what: string, row: string) => article(row, page).includes(btoa(`${what} of ${row}`));
  assert.deepEqual([shown('part', 'PAC-SALE-05'), shown('all', 'PAC-SALE-05')], [true, false]);
  assert.deepEqual([shown('part', 'PAC-SALE-06'), shown('all', 'PAC-SALE-06')], [false, true]);
});

test('of a row that passed the page leaves out the pictures on which no check rests, and says so', () => {
  assert.match(article('PAC-SALE-07'), /screenshots?<\/h4>/);
  assert.doesNotMatch(article('PAC-SALE-05'), /<img/);
});

test('a page with its files beside it holds neither style, script nor pictures, and names each', () => {
  const { page, files } = pictured(renderHtmlBeside) as ReturnType<typeof renderHtmlBeside>;
  const names = [...files()].map(({ name }) => name);
  const text = page.content.toString();
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.length > 3);
  for (const name of names) assert.ok(text.includes(`"${name}"`), name);
  assert.doesNotMatch(text, /<style|<script|data:|\sstyle="/);
  assert.match(text, /content="default-src 'none'; img-src 'self'; style-src 'self';/);
});

test('what a reviewer has said stands beside the kit’s verdict, and the top reads so', () => {
  const at = '2026-11-22T09:00:00.000Z';
  const decided: Decided = {
    result: 'certified by decision',
    rows: new Map([
      [
        'PAC-SALE-06',
        { word: 'waived, last day 2027-03-31', by: hostile, at, reason: 'known', from: 'run-1' },
      ],
    ]),
    comments: new Map([['PAC-SALE-05', [{ by: 'A. Partner', text: 'a slow network' }]]]),
    requests: [
      {
        row: 'PAC-SALE-06',
        text: hostile,
        by: 'A. Partner',
        at,
        lastDay: '2027-06-30',
        answer: 'not answered',
      },
      { row: 'PAC-SALE-05', text: 'on our Wi-Fi', by: hostile, at },
    ],
    ignored: ['The run holds no row PAC-NONE-01.'],
  };
  const page = renderHtml(certificate, recording, {
    decided,
    since: { run: 'run-1', changes: ['PAC-SALE-05: failed, then passed'] },
  }).content.toString();
  const front = page.slice(0, page.indexOf('<article'));
  for (const text of [
    'All rows conform by decision, in a practice run',
    'The kit’s verdict',
    'Not certified',
    'waived, last day 2027-03-31',
    'taken over from the run run-1',
    '2027-06-30',
    'not answered',
    'The run holds no row PAC-NONE-01.',
    'PAC-SALE-05: failed, then passed',
  ])
    assert.ok(front.includes(text), text);
  assert.match(article('PAC-SALE-06', page), /Decision: waived, last day 2027-03-31[\s\S]*known/);
  assert.match(article('PAC-SALE-05', page), /A\. Partner: a slow network/);
  assert.match(article('PAC-SALE-05', page), /Comment of the partner[\s\S]*on our Wi-Fi/);
  assert.doesNotMatch(page, /<script>alert|<img src=x/);
});

test('a practice run says so in the banner of every page, and a qualifying one never', () => {
  const banner = /<header class="banner practice">[\s\S]*?<\/header>/.exec(html)?.[0] ?? '';
  assert.match(banner, /Practice run/);
  assert.match(html, /@media print \{[\s\S]*\.banner \{ display: table-header-group/);
  assert.ok(html.includes('the upstream is the simulator, not the sandbox'));
  const qualifying = sample({ why: [] });
  const page = renderHtml(qualifying.certificate, qualifying.recording).content.toString();
  assert.match(page, /<header class="banner qualifying">/);
  assert.doesNotMatch(page.replace(/<style>[\s\S]*?<\/style>/, ''), /[Pp]ractice/);
});

test('page one has all that a reviewer signs for', () => {
  const front = html.slice(0, html.indexOf('<article'));
  const { run, subject, kit } = certificate;
  const facts = [
    `${subject.name} ${subject.version}`,
    subject.apiVersion,
    subject.driver,
    'observed: the kit saw it itself',
    run.upstream,
    'How to reproduce it',
    'Card machines',
    'Contact',
    certificate.ranOn.node,
    run.id,
    kit.version,
    run.contract.sha256,
    run.contract.version,
    ...subject.capabilities,
    ...subject.undeclared,
    ...run.notSelected,
    ...run.why,
    ...Object.values(subject.declared),
    ...(subject.settled ?? []),
    ...Object.keys(run.criteria),
    ...Object.values(subject.vocabulary.results).flat(),
    ...certificate.rules.map(({ rule }) => rule),
    'Name and signature',
    'Date',
    'Rejected',
  ];
  for (const fact of facts) assert.ok(front.includes(escaped(fact)), fact);
});

test('polls with the same answer are folded, and each can still be linked to', () => {
  const row = article('PAC-SALE-06');
  const polls = recording.rows
    .get('PAC-SALE-06')!
    .observations.filter((one) => one.kind === 'exchange').length;
  const shown = row.match(/<details class="exchange"/g)!.length;
  assert.ok(polls > 85 && shown < 12, `${shown} of ${polls} are shown in full`);
  for (const one of recording.rows.get('PAC-SALE-06')!.observations) {
    if (one.kind === 'exchange')
      assert.ok(row.includes(`id="PAC-SALE-06.${one.exchange.id}"`), 'each can still be linked to');
  }
});

test('a body without end is cut, with a note of how much', () => {
  const grown = new Map(recording.rows);
  const row = recording.rows.get('PAC-CFG-01')!;
  const observations = row.observations.map((one): Observation => {
    if (one.kind !== 'exchange') return one;
    const response = { status: 200, headers: [], body: { text: 'x'.repeat(1_000_000) } };
    return { kind: 'exchange', exchange: { ...one.exchange, response } };
  });
  grown.set('PAC-CFG-01', { ...row, observations });
  const page = renderHtml(certificate, { ...recording, rows: grown }).content.toString();
  assert.ok(page.length < html.length + 20_000);
  assert.match(article('PAC-CFG-01', page), /more characters in the run’s message stream/);
});

test('56 rows with 40 exchanges each still make a page that a browser takes', () => {
  const rows = Array.from({ length: 56 }, (_, index) => {
    const id = `PAC-BIG-${index}`;
    return { ...certificate.rows.find((row) => row.id === 'PAC-SALE-05')!, id };
  });
  const source = recording.rows.get('PAC-SALE-05')!;
  const records = new Map(
    rows.map(({ id }) => [id, { ...source, id, observations: busy(source.observations) }]),
  );
  const page = renderHtml({ ...certificate, rows }, { ...recording, rows: records }).content.toString();
  assert.ok(page.length < 16_000_000, `${page.length} characters`);
});

/** 40 exchanges whose answers of some 7 kB differ one and all. */
function busy(observations: readonly Observation[]): Observation[] {
  const one = observations.find((observation) => observation.kind === 'exchange')!;
  return Array.from({ length: 40 }, (_, index) => {
    const lines = Array.from({ length: 100 }, (_, line) => ({
      text: `line ${line} of answer ${index}`,
      size: 'SizeBody',
    }));
    const response = { status: 200, headers: [], body: { json: { index, lines } } };
    return {
      kind: 'exchange',
      exchange: { ...one.exchange, id: `x${index}`, at: index, until: index, response },
    };
  });
}
