import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { examine } from '../review/verify.ts';
import { kit } from '../run/kit.ts';
import { called } from '../workshop/testing/command.ts';
import { main as report } from './report.ts';
import {
  after,
  afterLines,
  chainOf,
  contract,
  edited,
  envelope,
  head,
  ids,
  lineOfPicture,
  lines,
  pictureNames,
  rewritten,
  stored,
  streamText,
  tried,
  verify,
  whole,
} from './testing/edited-run.ts';

suite('what was edited is named', () => {
  const named: [what: string, edited: () => ReturnType<typeof verify>, says: RegExp | (() => RegExp)][] = [
    [
      'a verdict in certification.json',
      () =>
        after(
          rewritten('certification.json', (text) =>
            text.replace('"verdict": "passed"', '"verdict": "failed"'),
          ),
        ),
      /certification\.json: the row PAC-SALE-01 says "failed", but its record results in "passed"\./,
    ],
    [
      'another member of certification.json',
      () =>
        after(
          rewritten('certification.json', (text) => text.replace('"certified": false', '"certified": true')),
        ),
      /certification\.json: summary\.certified says true, but its record results in false\./,
    ],
    [
      'the layout of certification.json',
      () => after(rewritten('certification.json', (text) => text.replace('\n', ' \n'))),
      /certification\.json: its layout was changed/,
    ],
    [
      'a verdict in certification.html',
      () =>
        after(
          rewritten('certification.html', (text) =>
            text.replace('data-verdict="passed"', 'data-verdict="failed"'),
          ),
        ),
      /certification\.html: the row PAC-SALE-01 says "failed", but its record results in "passed"\./,
    ],
    [
      'words in certification.html',
      () => after(rewritten('certification.html', (text) => text.replace('Practice run', 'Qualifying run'))),
      /certification\.html: it says .*Qualifying run.* where its record gives .*Practice run/,
    ],
    [
      'a picture beside certification.html',
      async () => {
        edited(() => {});
        await called(report, ['--no-allure', '--evidence-beside', tried]);
        assert.equal((await verify(tried)).code, 0);
        const [picture] = readdirSync(join(tried, 'evidence'));
        writeFileSync(join(tried, 'evidence', picture!), 'another picture');
        return verify(tried);
      },
      /evidence\/[0-9a-f]{32}\.png, the screenshot PAC-SALE-0\d-\d\.png of the row PAC-SALE-0\d, was changed/,
    ],
    [
      'a certificate that is gone',
      () => after((at) => rmSync(at('certification.html'))),
      /certification\.html is missing/,
    ],
    [
      'a changed line',
      () => afterLines((all) => all.with(6, all[6]!.replace('{', '{ '))),
      /messages\.ndjson:7: .*it was changed/,
    ],
    [
      'a line that is gone',
      () => afterLines((all) => all.toSpliced(99, 1)),
      /line 100 of the recording is missing: removed/,
    ],
    [
      'an added line',
      () => afterLines((all) => all.toSpliced(9, 0, '{"meta":{}}')),
      /messages\.ndjson:10: a message \(meta\) is not in the chain: it was added/,
    ],
    [
      'a line twice',
      () => afterLines((all) => all.toSpliced(50, 0, all[20]!)),
      /messages\.ndjson:51: .*is there twice/,
    ],
    [
      'the order',
      () => afterLines((all) => all.with(10, all[60]!).with(60, all[10]!)),
      /messages\.ndjson:11: .*was recorded as line 61: the order/,
    ],
    [
      'a stream cut short',
      () => afterLines((all) => all.slice(0, 120)),
      () => new RegExp(`lines 121 to ${lines.length} of the recording are missing: the stream was cut short`),
    ],
    ['no chain', () => after((at) => rmSync(at('messages.chain'))), /messages\.chain is missing/],
    [
      'the chain',
      () => after(rewritten('messages.chain', (text) => `${text.slice(0, 131)}0000${text.slice(135)}`)),
      /messages\.chain:2: this link does not follow/,
    ],
    [
      'another head',
      () => verify(whole, '--head', '1'.repeat(64)),
      /Expected the head 1+, but .*rewritten, or the head is another run's/,
    ],
    [
      'a screenshot in the stream',
      () =>
        afterLines((all) => {
          const at = lineOfPicture('PAC-SALE-01-2.png');
          return all.with(at, all[at]!.replace(/"body":"./, '"body":"Z'));
        }),
      () =>
        new RegExp(
          `messages\\.ndjson:${lineOfPicture('PAC-SALE-01-2.png') + 1}: the screenshot PAC-SALE-01-2\\.png of the row PAC-SALE-01 is not what was recorded`,
        ),
    ],
    [
      'a screenshot of the Allure results',
      () =>
        after((at) => {
          const name = readdirSync(at('allure-results')).find(
            (one) => stored(join('allure-results', one)) === 'picture 1 of PAC-SALE-05',
          )!;
          writeFileSync(at(join('allure-results', name)), 'another picture');
        }),
      /allure-results: .*, the screenshot PAC-SALE-05-1\.png of the row PAC-SALE-05, was changed/,
    ],
    [
      'a screenshot that the Allure results lack',
      () =>
        after((at) => {
          const name = readdirSync(at('allure-results')).find(
            (one) => stored(join('allure-results', one)) === 'picture 1 of PAC-SALE-01',
          )!;
          renameSync(at(join('allure-results', name)), at(join('allure-results', 'x.png')));
        }),
      /the screenshot PAC-SALE-01-1\.png of the row PAC-SALE-01, is missing\.[\s\S]*x\.png was added/,
    ],
  ];
  for (const [what, edited, says] of named)
    test(what, async () => {
      const { code, stderr } = await edited();
      assert.equal(code, 1, stderr);
      assert.match(stderr, typeof says === 'function' ? says() : says);
    });
  test('a line, without blaming the certificate that names the stream as it was', async () => {
    const { stderr } = await afterLines((all) => all.with(6, all[6]!.replace('{', '{ ')));
    assert.doesNotMatch(stderr, /certification/);
  });
  test('a stream that was rewritten with its chain and its certificate holds by itself, and not against its head', async () => {
    const forge = (at: (name: string) => string) => {
      const forged = lines.with(300, JSON.stringify({ ...envelope(lines[300]!), more: 1 }));
      writeFileSync(at('messages.ndjson'), streamText(forged));
      writeFileSync(at('messages.chain'), chainOf(forged));
    };
    await after(forge);
    await called(report, ['--no-allure', tried]);
    rmSync(join(tried, 'allure-results'), { recursive: true });
    assert.equal((await verify(tried)).code, 0);
    const { code, stderr } = await verify(tried, '--head', head);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`Expected the head ${head}, but`));
  });
});

test('every edit is caught, whatever it is and wherever', async () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const at = (where: number, length: number): number => Math.floor(where * length);
  const views = ['messages.ndjson', 'messages.chain', 'certification.json', 'certification.html'] as const;
  const edit = fc.oneof(
    fc.record({
      kind: fc.constant('flip' as const),
      file: fc.constantFrom(...views),
      where: place,
      mask: fc.integer({ min: 1, max: 255 }),
    }),
    fc.record({ kind: fc.constant('delete' as const), where: place }),
    fc.record({ kind: fc.constant('cut' as const), where: place }),
    fc.record({ kind: fc.constant('duplicate' as const), where: place, to: place }),
    fc.record({ kind: fc.constant('swap' as const), where: place, to: place }),
    fc.record({
      kind: fc.constant('verdict' as const),
      row: fc.constantFrom(...ids),
      verdict: fc.constantFrom('failed', 'warning', 'review', 'blocked', 'incomplete', 'not-applicable'),
    }),
    fc.record({
      kind: fc.constant('pictures' as const),
      pair: fc.shuffledSubarray(pictureNames, { minLength: 2, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('picture' as const),
      name: fc.constantFrom(...pictureNames),
      where: place,
      mask: fc.integer({ min: 1, max: 255 }),
    }),
  );
  const named = (name: string): RegExp =>
    new RegExp(`:${lineOfPicture(name) + 1}: the screenshot ${name} of the row ${name.slice(0, -6)} `);
  const bodyOf = (line: string): string => envelope(line).attachment!.body;
  fc.assert(
    fc.property(edit, (one) => {
      let says: RegExp[] = [];
      edited((path) => {
        const stream = (all: readonly string[]) => writeFileSync(path('messages.ndjson'), streamText(all));
        if (one.kind === 'flip') {
          const bytes = readFileSync(path(one.file));
          const byte = at(one.where, bytes.length);
          bytes[byte] = bytes[byte]! ^ one.mask;
          writeFileSync(path(one.file), bytes);
          const line = bytes.subarray(0, byte).toString('latin1').split('\n').length;
          says = [
            new RegExp(one.file.startsWith('messages') ? `${one.file}:(${line}|${line + 1})?:?` : one.file),
          ];
        } else if (one.kind === 'delete') {
          const line = at(one.where, lines.length);
          stream(lines.toSpliced(line, 1));
          says = [new RegExp(`messages\\.ndjson: line ${line + 1} of the recording is missing`)];
        } else if (one.kind === 'cut') {
          const bytes = readFileSync(path('messages.ndjson'));
          writeFileSync(path('messages.ndjson'), bytes.subarray(0, at(one.where, bytes.length)));
          says = [/cut off|cut short/];
        } else if (one.kind === 'duplicate') {
          stream(lines.toSpliced(at(one.to, lines.length), 0, lines[at(one.where, lines.length)]!));
          says = [/is there twice: a copy was added/];
        } else if (one.kind === 'swap') {
          const [from, to] = [at(one.where, lines.length), at(one.to, lines.length)];
          fc.pre(from !== to);
          stream(lines.with(from, lines[to]!).with(to, lines[from]!));
          says = [/the order was changed/];
        } else if (one.kind === 'verdict') {
          const answered = JSON.parse(stored('certification.json')) as {
            rows: { id: string; verdict: string }[];
          };
          answered.rows.find(({ id }) => id === one.row)!.verdict = one.verdict;
          writeFileSync(path('certification.json'), `${JSON.stringify(answered, null, 2)}\n`);
          says = [new RegExp(`the row ${one.row} says "${one.verdict}", but its record results in "passed"`)];
        } else if (one.kind === 'pictures') {
          const [first, second] = one.pair.map(lineOfPicture) as [number, number];
          const [a, b] = [lines[first]!, lines[second]!];
          stream(
            lines.with(first, a.replace(bodyOf(a), bodyOf(b))).with(second, b.replace(bodyOf(b), bodyOf(a))),
          );
          says = one.pair.map(named);
        } else {
          const line = lineOfPicture(one.name);
          const png = Buffer.from(bodyOf(lines[line]!), 'base64');
          const byte = at(one.where, png.length);
          png[byte] = png[byte]! ^ one.mask;
          stream(lines.with(line, lines[line]!.replace(bodyOf(lines[line]!), png.toString('base64'))));
          says = [named(one.name)];
        }
      });
      const { edits, carried } = examine([tried], { heads: [], contract, out: tried, kit: kit() });
      // A cut that took no more than the last line feed is what some editors do.
      if (!edits.length && carried.some(({ changed }) => /no line feed at its end/.test(changed))) return;
      assert.ok(edits.length, 'it was not caught');
      for (const each of says) assert.match(edits.join('\n'), each);
    }),
    { seed: 20261121, numRuns: 60 },
  );
  assert.equal((await verify(whole, '--head', head)).code, 0);
});
