import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Certificate } from '../judging/index.ts';
import { media } from '../record/stream.ts';
import { headsOf } from '../report/disk/heads.ts';
import { called } from '../workshop/testing/command.ts';
import { main as report } from './report.ts';
import {
  after,
  chainOf,
  edited,
  envelope,
  folder,
  head,
  ids,
  lines,
  record,
  rewritten,
  stored,
  streamText,
  tried,
  verify,
  whole,
} from './testing/edited-run.ts';
import { main as verifyMain } from './verify.ts';

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
    test(`is reported so in one line: ${what}`, async () => {
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
  test('names an edit besides, and of that line alone', async () => {
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
      /verdicts were compared; the certificate's bytes could not be, because the run was made with/,
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
    const ofAnother = json.replace(/"head": "\w+"/, `"head": "${digest}"`);
    writeFileSync(join(tried, 'certification.json'), ofAnother);
    const stream = await verify(tried);
    assert.equal(stream.code, 1, 'of which stream a certificate was made, every kit can tell');
    assert.match(stream.stderr, /^\S+certification\.json: run\.stream\.head says "0+"/m);
  });
});

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

test('runs that have a certificate each are looked at one by one, and the list beside them is passed over', async () => {
  const beside = join(folder, 'beside');
  for (const name of ['one', 'two']) cpSync(whole, join(beside, name), { recursive: true });
  writeFileSync(join(beside, 'index.html'), 'runs');
  const all = ['one', 'two', 'index.html'].map((name) => join(beside, name));
  const { code, stdout } = await called(verifyMain, all);
  assert.equal(code, 0);
  assert.equal(stdout.match(/agree with each other/g)?.length, 2);
});
