import '../../checklists/index.ts';
import assert from 'node:assert/strict';
import { realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Blocked } from '../../record/blocked.ts';
import { temporaryFolder } from '../../record/disk/temporary.ts';
import { blank } from '../../record/display.ts';
import type { Action, Answer, Display } from '../../record/vocabulary.ts';
import type { Screen } from '../screen.ts';
import type { CommandDriver } from '../settings.ts';
import { CommandTill } from './index.ts';

const wayward = fileURLToPath(new URL('testing/wayward.mjs', import.meta.url));
const hello = { name: 'Wayward till', version: '1', apiVersion: '2026-02-27' };
const settings = { baseUrl: 'http://127.0.0.1:1', apiKey: 'k', softwareHouseId: 's', resellerId: 'r' };
const sale: Action = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } };

let open: CommandTill[] = [];
afterEach(async () => {
  for (const till of open) await till.close();
  open = [];
});

/** A driver that answers with the token that it was given. */
const answered = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, call, token } = JSON.parse(line);
  const hello = { name: 'Wayward till', version: '1', apiVersion: '2026-02-27' };
  const answer = token === undefined ? { answer: 'done' } : { answer: 'notOffered', reason: token };
  console.log(JSON.stringify(call === 'hello' ? { id, hello } : { id, ...answer }));
  if (call === 'close') process.exit();
})`;

test('the token of the row goes with what the till is asked for in it', async () => {
  const till = tillOf([process.execPath, '-e', answered]);
  await till.hello();
  assert.deepEqual(await till.act({ name: 'retry' }), { answer: 'done' });
  till.mark('00ff00ff00ff00ff');
  const answer = { answer: 'notOffered', reason: '00ff00ff00ff00ff' };
  assert.deepEqual(await till.act({ name: 'retry' }), answer);
  assert.deepEqual(await till.reset(), answer);
});

function tillOf(command: readonly string[], more: Partial<CommandDriver> = {}): CommandTill {
  const till = new CommandTill({ kind: 'command', command, ...more }, hello, '/a/folder');
  open.push(till);
  return till;
}
const going = (way: string, more: Partial<CommandDriver> = {}) =>
  tillOf([process.execPath, wayward, way], more);

/** A till that goes its way, ready to sell. */
async function ready(way: string, more: Partial<CommandDriver> = {}): Promise<CommandTill> {
  const till = going(way, more);
  await till.hello();
  assert.deepEqual(await till.configure(settings), { answer: 'done' });
  return till;
}

async function blocked(promise: Promise<unknown>, ...says: RegExp[]): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof Blocked, String(error));
    for (const pattern of says) assert.match(`${error.message} / ${error.advice}`, pattern);
    return true;
  });
}

function answers(answer: Answer, kind: Answer['answer'], ...says: RegExp[]): void {
  assert.equal(answer.answer, kind, JSON.stringify(answer));
  for (const pattern of says) assert.match(answer.answer === 'done' ? '' : answer.reason, pattern);
}

suite('a till that cannot be begun with blocks its rows, and says what was tried', () => {
  test('there is no such program', () =>
    blocked(tillOf(['no-such-till']).hello(), /no program no-such-till/, /Run `no-such-till`/));
  test('there is no such folder', () =>
    blocked(going('right', { cwd: '/no/such/folder' }).hello(), /no folder \/no\/such\/folder/));
  if (process.platform !== 'win32')
    test('the file cannot be executed', () =>
      blocked(tillOf([fileURLToPath(import.meta.url)]).hello(), /not executable/));
  test('it ends at once, with its last words', () =>
    blocked(going('dies when greeted').hello(), /exit code 3/, /starting \| fatal: no paper/));
  test('it is silent, within the limit of its profile', () =>
    blocked(going('hangs when greeted', { startWithin: 2900 }).hello(), /no reply to hello within 2.9 s/));
  test('it is another till than the profile says', () =>
    blocked(going('another till').hello(), /its version is 1, and the driver says 2/, /Correct the profile/));
  test('it ends over its first settings', async () => {
    const till = going('dies over its settings');
    await till.hello();
    await blocked(till.configure(settings), /did not answer configure/, /fatal: no paper/);
  });
  test('its settings are not put into the advice, for the key is a secret', async () => {
    const till = going('dies over its settings');
    await till.hello();
    await assert.rejects(till.configure({ ...settings, apiKey: 'sk_sandbox_secret' }), (error) => {
      assert.ok(!JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('sk_sandbox_secret'));
      return true;
    });
  });
});

suite('a till that is lost after an action has crashed, and is there again for the next row', () => {
  const ways: [way: string, ...says: RegExp[]][] = [
    ['dies in a sale', /exit code 3/, /The end of its stderr: starting \| fatal: no paper/],
    ['hangs in a sale', /no reply to the action sale within 2.9 s/, /waiting for the printer/],
    ['hangs with a full stderr', /the last line \| waiting for the printer$/],
    ['half a line, and then nothing', /within 2.9 s/, /a last line without an end, first "\{\\"id\\":3/],
    ['leaves a child behind that holds its stdout', /exit code 3/, /fatal: no paper/],
    ['closes its stdout', /no reply to the action sale within 2.9 s/],
    ['half a line', /exit code 0/, /a last line without an end, first "\{\\"id\\":3/],
  ];
  if (process.platform !== 'win32') ways.push(['is killed in a sale', /ended by SIGKILL/]);
  for (const [way, ...says] of ways)
    test(way, async () => {
      const till = await ready(way, { answerWithin: 2900 });
      const answer = await till.act(sale);
      answers(answer, 'crashed', ...says);
      assert.ok(answer.answer === 'crashed' && answer.reason.length < 6000, 'the reason is bounded');
      assert.equal((await till.look()).text, '', 'a till that is lost shows nothing');
      answers(await till.reset(), 'crashed', ...says);
      assert.deepEqual(await till.hello(), hello);
      assert.deepEqual(await till.reset(), { answer: 'done' });
      assert.equal((await till.look()).text, 'ready');
    });
  test('dies after a sale: what is asked next tells', async () => {
    const till = await ready('dies after a sale');
    answers(await till.act(sale), 'done');
    assert.ok((await till.live(10_000)) < 10_000, 'its end wakes who waits for it');
    answers(await till.reset(), 'crashed', /exit code 3/);
  });
  test('dies over the second settings: it had taken the first', async () => {
    const till = await ready('dies over a wrong key');
    answers(await till.configure({ ...settings, apiKey: 'wrong' }), 'crashed', /exit code 3/);
  });
  test('hangs when asked what it shows', async () => {
    const till = await ready('hangs when asked what it shows', { answerWithin: 2900 });
    assert.equal((await till.look()).text, '');
    answers(await till.act(sale), 'crashed', /no reply to display within 2.9 s/);
  });
});

suite('a till that is switched off and on again', () => {
  test('is another process in the same folder', async () => {
    const till = await ready('tells its process');
    const before = (await till.look()).text.split(' in ');
    assert.deepEqual(await till.restart(), { answer: 'done' });
    const after = (await till.look()).text.split(' in ');
    assert.notEqual(after[0], before[0]);
    assert.equal(after[1], before[1]);
    answers(await till.act(sale), 'done');
  });
  test('has crashed when it does not come back', async (t) => {
    const folder = temporaryFolder('wayward');
    t.after(() => rmSync(folder, { recursive: true }));
    const till = await ready('starts only once', { env: { STARTED: join(folder, 'started') } });
    answers(await till.restart(), 'crashed', /exit code 3/);
  });
});

suite('what is no message is counted, kept as an example, and reported when it matters', () => {
  test('rubbish of every kind between messages', async () => {
    const till = await ready('rubbish');
    answers(await till.act(sale), 'done');
    answers(
      await till.reset(),
      'crashed',
      /it is not JSON, first "Receipt printed"/,
      /not a JSON object, first "\[1, 2\]"/,
      /neither a reply nor an event/,
      /its id is the text "7"/,
      /not UTF-8/,
    );
  });
  test('an answer that comes byte by byte, with a carriage return, is read', async () => {
    answers(await (await ready('one line, byte by byte')).act(sale), 'failed', /^no £ key$/);
  });
  test('a line without measure is dropped', async () => {
    const till = await ready('an endless line');
    answers(await till.act(sale), 'done');
    answers(await till.reset(), 'crashed', /a line longer than 1000000 bytes, first "x{120}"/);
  });
  test('a flood is slowed down, and what comes in it is read all the same', async () => {
    const till = await ready('flood');
    answers(await till.act(sale), 'done');
    answers(
      await till.reset(),
      'crashed',
      /it is not JSON, 700 times, first "tick"/,
      /more lines than can be read/,
    );
  });
  test('of a flood of displays some are taken, and the last in any case', async () => {
    const till = await ready('a flood of displays');
    const { promise: last, resolve } = Promise.withResolvers<void>();
    const shown: string[] = [];
    till.onChange(({ text }) => {
      shown.push(text);
      if (text === 'tick 300') resolve();
    });
    answers(await till.act(sale), 'done');
    await last;
    assert.equal(shown[0], 'tick 1');
    assert.ok(shown.length < 100, `${shown.length} were taken`);
    answers(await till.reset(), 'crashed', /more displays than can be taken \(20 a second\)/);
  });
  test('a flood without an end is cut off, in bounded memory', async () => {
    const till = await ready('a flood without an end', { answerWithin: 2500 });
    answers(await till.act(sale), 'crashed', /within 2.5 s/, /more lines than can be read/);
    assert.ok(process.memoryUsage().rss < 500_000_000);
  });
  test('a reply to what was not asked is not taken for one that was', async () => {
    const till = await ready('answers out of order');
    answers(await till.act(sale), 'notOffered', /^first things first$/);
    answers(await till.reset(), 'crashed', /a reply to a call that is not open/);
  });
  test('a second reply to the same call changes nothing', async () => {
    const till = await ready('answers twice');
    answers(await till.act(sale), 'done');
    answers(await till.reset(), 'crashed', /a reply to a call that is not open/);
  });
  test('a reply that is deep beyond measure is one that cannot be read', async () => {
    answers(await (await ready('is deep')).act(sale), 'failed', /cannot be read/);
  });
  test('what would act on a terminal is taken out of what people read', async () => {
    const till = await ready('paints the terminal');
    answers(await till.act(sale), 'failed', /^ \[2Jno {2}paper at all$/);
    answers(await till.reset(), 'crashed', /stderr: \]0;out of paper$/);
  });
  test('a reply of the wrong kind has failed, at once', async () => {
    answers(
      await (await ready('answers with its display')).act(sale),
      'failed',
      /cannot be read: it has no `answer`/,
    );
    answers(await (await ready('a reason is missing')).act(sale), 'failed', /cannot be read/);
  });
});

suite('what the till shows is reported as it is', () => {
  async function answered(way: string): Promise<{ till: CommandTill; displays: Display[] }> {
    const till = await ready(way);
    const displays: Display[] = [];
    till.onChange((display) => displays.push(display));
    answers(await till.act(sale), 'done');
    return { till, displays };
  }
  test('two dialogues at once, and what is left out is filled in', async () => {
    const { displays } = await answered('two dialogues');
    assert.deepEqual(displays, [
      {
        text: 'sale',
        outcome: null,
        prompt: null,
        notice: null,
        dialogues: [
          { text: 'Signature?', options: ['Accept', 'Reject'] },
          { text: 'Paper is low', options: ['OK'] },
        ],
        ledger: [],
        cardMachines: [],
      },
    ]);
  });
  test('words that change; members that change are named instead of believed', async () => {
    const { till, displays } = await answered('changes its words');
    assert.deepEqual(
      displays.map(({ outcome }) => outcome),
      ['Paid', 'Bezahlt'],
    );
    answers(
      await till.reset(),
      'crashed',
      /in its display, it has a member `result`, which is not one of the protocol's/,
    );
  });
});

suite('a display that cannot be read is nobody’s empty display', () => {
  test('when it is reported unasked: until the till is reset, the kit says so', async () => {
    const till = await ready('shows what cannot be read');
    answers(await till.act(sale), 'done');
    assert.match(
      till.unreadable?.message ?? '',
      /`ledger\.0\.total` is "10\.00" and has to be a whole number/,
    );
    answers(await till.reset(), 'failed', /cannot be read.*ledger\.0\.total/);
    assert.equal(till.unreadable, null);
  });
  test('when it is asked for', async () => {
    const till = await ready('answers with what cannot be read');
    await till.look();
    assert.match(till.unreadable?.message ?? '', /it has a member `locale`/);
    assert.equal(till.unreadable?.infrastructure, false);
  });
  test('an id that is a text is named', () =>
    blocked(going('tells its id as a text').hello(), /its id is the text "1", and has to be the number 1/));
  test('a name that only looks the same is reported by its characters', () => {
    const till = new CommandTill(
      { kind: 'command', command: [process.execPath, wayward, 'right'] },
      { ...hello, name: 'Wayward\u00a0till' },
      '/a/folder',
    );
    open.push(till);
    return blocked(till.hello(), /looks the same.*Wayward\[U\+00A0\]till.*"Wayward till"/, /Copy the name/);
  });
  test('silence has causes that its advice names', () =>
    blocked(going('hangs when greeted', { startWithin: 2900 }).hello(), /line by line/, /flush/));
});

suite('a till whose page the kit sees', () => {
  const see = {
    page: 'http://127.0.0.1:{port}/screen',
    display: { outcome: '#outcome', prompt: '#prompt', notice: '#notice', dialogue: '#dialogue' },
  };
  const showing = (text: string, more: Partial<Display> = {}): Display => ({ ...blank, text, ...more });

  /** A screen on which the test shows what it likes. */
  class Glass implements Screen {
    readonly opened: string[] = [];
    lost: string | null = null;
    dead = false;
    closed = false;
    tab: Screen['tab'] = null;
    #shown = showing('');
    #listener: (display: Display) => void = () => {};
    async open(url: string): Promise<void> {
      if (this.dead) throw new Error('net::ERR_CONNECTION_REFUSED\nCall log');
      this.opened.push(url);
      this.lost = null;
      this.#shown = showing('seen');
    }
    look = async () => this.#shown;
    onChange(listener: (display: Display) => void): void {
      this.#listener = listener;
    }
    screenshot = async () => ({ bytes: new Uint8Array([1]) });
    departed = () => [];
    typed = async () => '';
    close = async () => {
      this.closed = true;
    };
    show(display: Display): void {
      this.#shown = display;
      this.#listener(display);
    }
  }

  async function seen(way = 'tells its port') {
    const glass = new Glass();
    const command = [process.execPath, wayward, way];
    const till = new CommandTill({ kind: 'command', command, see }, hello, '/a/folder', glass);
    open.push(till);
    const displays: Display[] = [];
    till.onChange((display) => displays.push(display));
    await till.hello();
    await till.configure(settings);
    return { till, glass, displays };
  }

  test('is observed there, and what it tells is passed over', async () => {
    const { till, glass, displays } = await seen();
    assert.equal(till.display, 'observed');
    answers(await till.act(sale), 'done');
    assert.deepEqual(displays, []);
    assert.equal((await till.look()).text, 'seen');
    const paid = showing('paid', { outcome: 'Paid' });
    glass.show(paid);
    assert.deepEqual(displays, [paid]);
    assert.deepEqual(await till.screenshot(), { bytes: new Uint8Array([1]) });
  });
  test('is as slow as its page, for whoever waits for it and whoever judges its times', async () => {
    const { till, glass } = await seen();
    glass.tab = { answeredIn: 2500, pace: () => ({ median: 40, max: 2500 }) };
    assert.equal(till.answeredIn, 2500);
    assert.deepEqual(till.pace(), { median: 40, max: 2500 });
    const unseen = tillOf([process.execPath, wayward, 'right']);
    assert.deepEqual([unseen.answeredIn, unseen.pace()], [0, null], 'nobody measures what reports itself');
  });
  test('is given a port for it at each start, and its page is opened anew', async () => {
    const { till, glass } = await seen();
    assert.match(glass.opened[0]!, /^http:\/\/127\.0\.0\.1:\d+\/screen$/);
    assert.equal(till.page, glass.opened[0]);
    assert.deepEqual(await till.restart(), { answer: 'done' });
    assert.equal(glass.opened.length, 2);
    await till.close();
    assert.ok(glass.closed);
  });
  test('the driver itself receives the port', async () => {
    const command = [process.execPath, wayward, 'tells its port'];
    const till = tillOf(command, { see });
    await till.hello();
    assert.equal(`http://127.0.0.1:${(await till.look()).text}/screen`, till.page);
    assert.equal(till.display, 'reported', 'without a screen nothing is seen');
  });
  test('blocks its rows when the page cannot be opened', async () => {
    const glass = new Glass();
    glass.dead = true;
    const command = [process.execPath, wayward, 'right'];
    const till = new CommandTill({ kind: 'command', command, see }, hello, '/a/folder', glass);
    open.push(till);
    await blocked(
      till.hello(),
      /page http:.* could not be opened: net::ERR_CONN[A-Z_]+ \//,
      /driver\.see\.page/,
    );
  });
  test('has crashed when its page hangs after an action, and is opened anew by a reset', async () => {
    const { till, glass } = await seen();
    glass.lost = 'its page hangs';
    answers(await till.act(sale), 'crashed', /its page hangs/);
    answers(await till.reset(), 'crashed', /its page hangs/);
    assert.equal(glass.opened.length, 2);
    assert.deepEqual(await till.reset(), { answer: 'done' });
    glass.lost = 'its page hangs';
    glass.dead = true;
    answers(await till.reset(), 'failed', /could not be opened/);
  });
  test('has crashed when it does not bring its page back after it was switched off', async () => {
    const { till, glass } = await seen();
    glass.dead = true;
    answers(await till.restart(), 'crashed', /could not be opened/);
  });
  test('shows nothing once it is lost, whatever stays on its page', async () => {
    const { till, glass, displays } = await seen('dies in a sale');
    answers(await till.act(sale), 'crashed', /exit code 3/);
    glass.show(showing('paid', { outcome: 'Paid' }));
    assert.equal((await till.look()).text, '');
    assert.deepEqual(displays, []);
  });
  test('is reset when its page has followed', async () => {
    const { till, glass } = await seen();
    const dialogues = [{ text: 'Signature?', options: ['Accept', 'Reject'] }];
    glass.show(showing('paid', { outcome: 'Paid', dialogues }));
    let over = false;
    const reset = till.reset().then((answer) => {
      over = true;
      return answer;
    });
    await till.live(50);
    assert.ok(!over);
    glass.show(showing('', { outcome: 'Paid' }));
    await till.live(50);
    assert.ok(!over);
    glass.show(showing(''));
    assert.deepEqual(await reset, { answer: 'done' });
  });
  test('is not reset while its page shows a dialogue', async () => {
    const { till, glass } = await seen();
    glass.show(showing('', { dialogues: [{ text: 'Signature?', options: [] }] }));
    answers(await till.reset(), 'failed', /still shows the dialogue “Signature\?”/);
  });
});

suite('around the till', () => {
  test('it is given no key of the kit, its own environment, and its folders', async () => {
    process.env.DOJO_API_KEY = 'sk_sandbox_of_the_kit';
    const cwd = realpathSync(tmpdir());
    const till = await ready('tells its environment', { cwd, env: { OWN: 'own' } });
    delete process.env.DOJO_API_KEY;
    const { text, notice } = await till.look();
    assert.deepEqual([text, notice], [`none own ${cwd}`, '/a/folder']);
  });
  test('it is ended when it does not end', async () => {
    await (await ready('will not end')).close();
  });
  test('calls go out one at a time, in their order', async () => {
    const till = await ready('right');
    const all = [till.act(sale), till.look(), till.reset()];
    assert.deepEqual(
      (await Promise.all(all)).map((reply) => ('answer' in reply ? reply.answer : reply.text)),
      ['done', 'ready', 'done'],
    );
  });
  test('a picture is what the command for it writes, when that is a PNG', async () => {
    const png = "process.stdout.write(Buffer.from('89504e470d0a1a0a00', 'hex'))";
    const by = (script: string) => ready('right', { see: { screenshot: [process.execPath, '-e', script] } });
    assert.equal((await (await by(png)).screenshot())?.bytes.length, 9);
    assert.equal(await (await by("console.log('no picture')")).screenshot(), null);
    assert.equal(await (await by('process.exit(1)')).screenshot(), null);
    assert.equal(await (await ready('right')).screenshot(), null);
  });
});
