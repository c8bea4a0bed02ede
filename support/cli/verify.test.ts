import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';
import type { Envelope } from '@cucumber/messages';
import fc from 'fast-check';
import '../checklists/index.ts';
import { loadChecklist } from '../checklist/index.ts';
import type { Certificate } from '../judging/index.ts';
import { builtIn, loadProfile } from '../profile/index.ts';
import { Chain, linkLine } from '../record/chain.ts';
import { readStream, recordingOf } from '../record/disk/stored-stream.ts';
import { media } from '../record/stream.ts';
import { headsOf } from '../report/disk/heads.ts';
import { renderAllureResults } from '../report/index.ts';
import { examine } from '../review/verify.ts';
import { contractFrom } from '../run/contract.ts';
import { kit } from '../run/kit.ts';
import { runRows, selectRows } from '../run/run.ts';
import { called, temporaryFolder } from '../workshop/testing/command.ts';
import { main as report } from './report.ts';
import { main as verifyMain } from './verify.ts';

const folder = temporaryFolder();
const checklist = loadChecklist();
const contract = contractFrom(undefined);
const ids = ['PAC-SALE-01', 'PAC-SALE-05'] as const;
const whole = join(folder, 'whole');
const tried = join(folder, 'tried');

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
const pictureNames = ids.flatMap((id) => [`${id}-1.png`, `${id}-2.png`]);

const record = async (name: string, rows: readonly string[], shard?: { index: number; of: number }) => {
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

let certificate: Certificate;
let lines: string[];
let head: string;
before(async () => {
  certificate = await record('whole', ids);
  head = headsOf(certificate)[0]!.head;
  lines = stored('messages.ndjson').split('\n').slice(0, -1);
  const results = join(whole, 'allure-results');
  mkdirSync(results);
  for (const { name, content } of renderAllureResults(certificate, recordingOf(readStream(whole))))
    writeFileSync(join(results, name), content);
});

const stored = (name: string, from = whole): string => readFileSync(join(from, name), 'utf8');
const verify = (...args: string[]) => called(verifyMain, args);
const streamText = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** Makes a copy of the run in which something was done. */
function edited(edit: (inFolder: (name: string) => string) => void): void {
  rmSync(tried, { recursive: true, force: true });
  cpSync(whole, tried, { recursive: true });
  edit((name) => join(tried, name));
}
const after = (...edit: Parameters<typeof edited>) => {
  edited(...edit);
  return verify(tried);
};
const afterLines = (edit: (all: string[]) => string[]) =>
  after((at) => writeFileSync(at('messages.ndjson'), streamText(edit([...lines]))));
const rewritten = (name: string, edit: (text: string) => string) => (at: (name: string) => string) =>
  writeFileSync(at(name), edit(stored(name)));

const envelope = (line: string): Envelope => JSON.parse(line) as Envelope;
const lineOfPicture = (name: string): number =>
  lines.findIndex((line) => envelope(line).attachment?.fileName === name);

suite('a run that nobody edited', () => {
  test('holds, and it is said what proves it', async () => {
    const { code, stdout, stderr } = await verify(whole);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      new RegExp(
        `Record, chain and certificate agree with each other: ${lines.length} envelopes, head ${head}`,
      ),
    );
    assert.match(
      stdout,
      /whoever can rewrite the stream can also rewrite its chain.*came with these files.*give it as --head/,
    );
    assert.doesNotMatch(stdout, /Nothing was edited/);
    assert.match(
      stdout,
      /^Headless till 0\.1\.0, .*: not certified by the kit .*, in a practice run of \d{4}-/m,
    );
  });
  test('holds without a reserve when its head is given', async () => {
    const { code, stdout } = await verify(whole, '--head', head.toUpperCase());
    assert.equal(code, 0);
    assert.match(stdout, /^Nothing was edited: .*The head is the one given/m);
    assert.doesNotMatch(stdout, /rewrite/);
  });
  test('holds too when it was killed, whatever its last line came to', async () => {
    const chain = stored('messages.chain').split('\n');
    const killed = (at: (name: string) => string, count: number, rest: string) => {
      for (const view of ['certification.json', 'certification.html']) rmSync(at(view));
      rmSync(at('allure-results'), { recursive: true });
      writeFileSync(at('messages.ndjson'), `${streamText(lines.slice(0, count))}${rest}`);
      writeFileSync(at('messages.chain'), streamText(chain.slice(0, count)));
    };
    for (const [rest, says] of [
      ['', /No certificate was written/],
      [lines[200]!.slice(0, 20), /messages\.ndjson:201: the last line was cut off/],
      [`${lines[200]}\n`, /messages\.ndjson:201: the last line is not in the chain/],
    ] as const) {
      const { code, stdout, stderr } = await after((at) => killed(at, 200, rest));
      assert.equal(code, 0, stderr);
      assert.match(stdout, says);
      assert.equal((await called(report, ['--no-allure', tried])).code, 3);
      const again = await verify(tried);
      assert.equal(again.code, 0, again.stderr);
    }
  });
  test('of shards holds with the head of each, in whatever order they are named', async () => {
    const parts = [
      await record('part-1', [ids[0]], { index: 1, of: 2 }),
      await record('part-2', [ids[1]], { index: 2, of: 2 }),
    ];
    const out = join(folder, 'merged');
    const [one, other] = ['part-1', 'part-2'].map((name) => join(folder, name)) as [string, string];
    await called(report, ['--no-allure', '--out', out, one, other]);
    const merged = JSON.parse(stored('certification.json', out)) as Certificate;
    assert.deepEqual(
      headsOf(merged),
      parts.flatMap((part) => headsOf(part)),
    );
    const heads = headsOf(merged).flatMap((each) => ['--head', each.head]);
    const { code, stdout, stderr } = await verify(other, one, '--out', out, ...heads);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Nothing was edited: .*so this is the stream that the run recorded/m);
    const twice = await verify(other, one, '--out', out, ...heads.slice(2), ...heads.slice(2));
    assert.match(twice.stdout, /give it as --head/, 'the head of one shard proves nothing of the other');
  });
});

suite('a folder that went through a tool that changed line ends or coding', () => {
  const stripped = (bytes: Buffer) => bytes.subarray(0, -1);
  const crlf = (bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('\n', '\r\n'));
  const bom = (bytes: Buffer) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
  const utf16 = (bytes: Buffer) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString(), 'utf16le')]);
  const carried = (names: readonly string[], change: (bytes: Buffer) => Buffer) =>
    edited((at) => {
      for (const name of names) writeFileSync(at(name), change(readFileSync(at(name))));
    });
  const record = ['messages.ndjson', 'messages.chain'];
  const views = ['certification.json', 'certification.html'];
  const ways: [what: string, names: string[], change: (bytes: Buffer) => Buffer, says: RegExp][] = [
    ['CRLF in its record', record, crlf, /messages\.ndjson has CRLF.*messages\.chain has CRLF/],
    ['CRLF in every file', [...record, ...views], crlf, /certification\.html has CRLF line ends/],
    [
      'no last line feed in its record',
      record,
      stripped,
      /messages\.ndjson has no line feed at its end, .*messages\.chain has no/,
    ],
    [
      'no last line feed in its certificate',
      views,
      stripped,
      /certification\.json has no line feed at its end/,
    ],
    ['CRLF in its certificate', views, crlf, /certification\.json has CRLF line ends/],
    ['a byte order mark', record, bom, /messages\.ndjson has a byte order mark \(BOM\)/],
    ['a byte order mark and CRLF', record, (bytes) => bom(crlf(bytes)), /\(BOM\) and CRLF line ends/],
    ['UTF-16', record, utf16, /messages\.ndjson has UTF-16 coding/],
  ];
  for (const [what, names, change, says] of ways)
    test(`is told so in one line: ${what}`, async () => {
      carried(names, change);
      const { code, stdout, stderr } = await verify(tried);
      assert.equal(code, 1);
      assert.match(stderr, /^A tool on the way changed .* Nothing else was changed\.\n$/);
      assert.match(stderr, says);
      assert.doesNotMatch(stdout, /was edited/);
      const again = await called(report, ['--no-allure', '--out', join(folder, 'again'), tried]);
      assert.match(again.stdout, new RegExp(`head ${head}`), again.stderr);
      assert.deepEqual(
        JSON.parse(stored('certification.json', join(folder, 'again'))),
        JSON.parse(stored('certification.json')),
      );
    });
  test('is told of an edit besides, and of that line alone', async () => {
    edited((at) =>
      writeFileSync(
        at('messages.ndjson'),
        crlf(Buffer.from(streamText(lines.with(6, lines[6]!.replace('{', '{ '))))),
      ),
    );
    const { code, stderr } = await verify(tried);
    assert.equal(code, 1);
    assert.match(stderr, /messages\.ndjson:7: .*it was changed/);
    assert.match(stderr, /messages\.ndjson has CRLF line ends/);
    assert.doesNotMatch(stderr, /ndjson:8:|Nothing else/);
  });
});

suite('a record that lacks something', () => {
  /** The paths of all members of a value, those of its members too. */
  const paths = (value: unknown, path: readonly string[] = []): string[][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([name, member]) => [
          [...path, name],
          ...(['results', 'prompts', 'kinds', 'criteria', 'declared'].includes(name)
            ? []
            : paths(member, [...path, name])),
        ])
      : [];
  const without = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
    const { [name!]: member, ...others } = value as Record<string, unknown>;
    return rest.length ? { ...others, [name!]: without(member, rest) } : others;
  };
  /** Both commands name it, in plain words. */
  const named = async (says: RegExp) => {
    for (const { code, stderr, stdout } of [
      await called(report, ['--no-allure', tried]),
      await verify(tried),
    ]) {
      assert.ok(code === 1 || code === 2, `${says}: ${code}`);
      assert.match(stderr, says);
      assert.doesNotMatch(stdout + stderr, /undefined|TypeError|^\s+at /m);
    }
  };
  const lineWith = (mediaType: string) =>
    lines.findIndex((line) => envelope(line).attachment?.mediaType === mediaType);
  const changedBody = (at: number, change: (body: unknown) => unknown) =>
    edited((place) => {
      const { attachment } = envelope(lines[at]!);
      const body = JSON.stringify(change(JSON.parse(attachment!.body)));
      writeFileSync(
        place('messages.ndjson'),
        streamText(lines.with(at, JSON.stringify({ attachment: { ...attachment, body } }))),
      );
    });

  test('any member of its run record', async () => {
    const at = lineWith(media.run);
    const run: unknown = JSON.parse(envelope(lines[at]!).attachment!.body);
    // Older records lack the words for kinds of entries, how the run was started, and a seed.
    const older = ['kinds', 'os', 'digest', 'lock', 'amounts'];
    const added = ['environment', 'profile', 'shard'];
    for (const path of paths(run).filter(
      (names) =>
        !older.includes(names.at(-1)!) &&
        !added.includes(names[0]!) &&
        // Which words there are besides, checklists say.
        (names[1] !== 'vocabulary' || ['results', 'prompts', undefined].includes(names[2])),
    )) {
      changedBody(at, (body) => without(body, path));
      await named(new RegExp(`messages\\.ndjson:${at + 1}: .*the run record lacks ${path.join('\\.')}\\b`));
    }
  });
  test('a member of what was observed', async () => {
    const kinds = new Map<string, number>();
    lines.forEach((line, index) => {
      const { attachment } = envelope(line);
      if (attachment?.mediaType === media.observation)
        kinds.set((JSON.parse(attachment.body) as { kind: string }).kind, index);
    });
    assert.ok(kinds.size > 3);
    for (const [kind, at] of kinds) {
      const body: unknown = JSON.parse(envelope(lines[at]!).attachment!.body);
      const last = paths(body).find(([name]) => name !== 'kind')!;
      changedBody(at, (whole) => without(whole, last));
      await named(new RegExp(`messages\\.ndjson:${at + 1}: .*an observation lacks ${last[0]}`));
      assert.ok(kind);
    }
  });
  test('the run record itself, or its end’s time', async () => {
    edited((at) => writeFileSync(at('messages.ndjson'), streamText(lines.toSpliced(lineWith(media.run), 1))));
    await named(/holds no run record/);
    changedBody(lineWith(media.finished), () => ({}));
    await named(/the record of the end lacks finishedAt/);
  });
  test('its chain: report goes on, and says what that means', async () => {
    edited((at) => rmSync(at('messages.chain')));
    const { code, stdout } = await called(report, ['--no-allure', tried]);
    assert.equal(code, 0);
    assert.match(stdout, /messages\.chain is missing: nothing shows whether/);
  });
});

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

suite('the words of another version of the kit', () => {
  test('are not taken for an edit, nor is a verdict that this kit gives otherwise: it cannot tell', async () => {
    const digest = '0'.repeat(64);
    const other = lines.with(0, lines[0]!.replace(/(\\"digest\\":\\")[^\\]*/, `$1${digest}`));
    assert.notEqual(other[0], lines[0]);
    const asBefore = (at: (name: string) => string) => {
      writeFileSync(at('messages.ndjson'), streamText(other));
      writeFileSync(at('messages.chain'), chainOf(other));
    };
    await after(asBefore);
    await called(report, ['--no-allure', tried]);
    rmSync(join(tried, 'allure-results'), { recursive: true });
    const html = stored('certification.html', tried).replace('How it was judged', 'How it was decided');
    writeFileSync(join(tried, 'certification.html'), html);
    const known = await verify(tried, '--kit', digest);
    assert.equal(known.code, 0, known.stderr);
    assert.match(
      known.stdout,
      /verdicts were compared; the certificate's bytes could not be, for the run was made with/,
    );
    assert.doesNotMatch(known.stdout, /Nothing was edited/);
    const unknown = await verify(tried);
    assert.equal(unknown.code, 3);
    assert.match(unknown.stderr, /you do not know it: its digest 0+ is in no list of released kits/);
    const json = stored('certification.json', tried).replace('"verdict": "passed"', '"verdict": "warning"');
    writeFileSync(join(tried, 'certification.json'), json);
    for (const args of [[], ['--kit', digest]]) {
      const otherwise = await verify(tried, ...args);
      assert.equal(otherwise.code, 3);
      assert.match(
        otherwise.stderr,
        /Not as this kit judges it: .*the row PAC-SALE-01 says "warning", but its record results in "passed"/,
      );
    }
  });
});

function chainOf(all: readonly string[]): string {
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'messages.ndjson'), streamText(all));
  const chain = new Chain();
  return readStream(scratch)
    .lines.map(({ bytes }) => linkLine(chain.take(bytes)))
    .join('');
}

test('report writes the true certificate again in the place of one that was edited by hand', async () => {
  const { code } = await after(
    rewritten('certification.json', (text) =>
      text.replaceAll('"passed"', '"failed"').replace(/"rows": \d+/, '"rows": 56'),
    ),
  );
  assert.equal(code, 1);
  await called(report, ['--no-allure', tried]);
  assert.equal(stored('certification.json', tried), stored('certification.json'));
  assert.equal(stored('certification.html', tried), stored('certification.html'));
  assert.equal((await verify(tried)).code, 0);
});

suite('called wrongly it ends with 2', () => {
  const usage: [what: string, args: () => string[], says: RegExp][] = [
    ['no folder', () => [], /missing required argument 'bundle or dir'/],
    [
      'a folder that is not there',
      () => [join(folder, 'nowhere')],
      /Expected the message stream of a run at .*nowhere/,
    ],
    ['a folder without a stream', () => [folder], /Expected the message stream of a run/],
    ['a head that is none', () => [whole, '--head', 'abc'], /64 hexadecimal digits/],
    [
      'more heads than streams',
      () => [whole, '--head', head, '--head', '1'.repeat(64)],
      /at most a --head for each/,
    ],
    ['an option that is unknown', () => [whole, '--hash', head], /unknown option/],
  ];
  for (const [what, args, says] of usage)
    test(what, async () => {
      const { code, stderr } = await verify(...args());
      assert.equal(code, 2, stderr);
      assert.match(stderr, says);
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
          const told = JSON.parse(stored('certification.json')) as {
            rows: { id: string; verdict: string }[];
          };
          told.rows.find(({ id }) => id === one.row)!.verdict = one.verdict;
          writeFileSync(path('certification.json'), `${JSON.stringify(told, null, 2)}\n`);
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

test('runs that have a certificate each are looked at one by one, and the list beside them is passed over', async () => {
  const beside = join(folder, 'beside');
  for (const name of ['one', 'two']) cpSync(whole, join(beside, name), { recursive: true });
  writeFileSync(join(beside, 'index.html'), 'runs');
  const all = ['one', 'two', 'index.html'].map((name) => join(beside, name));
  const { code, stdout } = await called(verifyMain, all);
  assert.equal(code, 0);
  assert.equal(stdout.match(/agree with each other/g)?.length, 2);
});
