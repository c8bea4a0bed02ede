// Drivers that go wrong in one way each: `node wayward.mjs <way>`. All else they do as docs/driver.md asks.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as later } from 'node:timers';

const say = (text, then) => process.stdout.write(text, then);
const tell = (message) => say(`${JSON.stringify(message)}\n`);
const hello = { name: 'Wayward till', version: '1', apiVersion: '2026-02-27' };
const display = (text, more = {}) => ({ text, ...more });
const shows = (text, more) => tell({ event: 'display', display: display(text, more) });

/** What a driver should do with each call. */
const rightly = {
  hello: ({ id }) => tell({ id, hello }),
  configure: ({ id }) => tell({ id, answer: 'done' }),
  act: ({ id }) => tell({ id, answer: 'done' }),
  display: ({ id }) => tell({ id, display: display('ready') }),
  reset: ({ id }) => tell({ id, answer: 'done' }),
  close: ({ id }) => {
    tell({ id, answer: 'done' });
    process.exit(0);
  },
};

const dies = () => {
  process.stderr.write('starting\nfatal: no paper\n', () => process.exit(3));
};
const hangs = () => {
  process.stderr.write('waiting for the printer\n');
  later(() => {}, 1 << 30);
};

/** How each departs from that. */
const ways = {
  right: {},
  'dies when greeted': { hello: dies },
  'hangs when greeted': { hello: hangs },
  'another till': { hello: ({ id }) => tell({ id, hello: { ...hello, version: '2' } }) },
  'tells its process': {
    display: ({ id }) => tell({ id, display: display(`${process.pid} in ${process.env.DOJO_TILL_FOLDER}`) }),
  },
  'tells its port': {
    act: (call) => {
      shows('reported', { outcome: 'Declined' });
      rightly.act(call);
    },
    display: ({ id }) => tell({ id, display: display(process.env.DOJO_TILL_PORT ?? 'no port') }),
  },
  'starts only once': {
    hello: (call) => {
      if (existsSync(process.env.STARTED)) return dies();
      writeFileSync(process.env.STARTED, '');
      rightly.hello(call);
    },
  },
  'dies over its settings': { configure: dies },
  'dies over a wrong key': {
    configure: (call) => (call.settings.apiKey === 'wrong' ? dies() : rightly.configure(call)),
  },
  'paints the terminal': {
    act: ({ id }) => tell({ id, answer: 'failed', reason: '\x1b[2Jno\u202e paper\nat all' }),
    reset: () => process.stderr.write('\x1b]0;out of paper\x07\n', () => process.exit(3)),
  },
  'answers twice': {
    act: (call) => {
      rightly.act(call);
      tell({ id: call.id, answer: 'notOffered', reason: 'on second thoughts' });
    },
    reset: () => dies(),
  },
  'is deep': { act: ({ id }) => say(`{"id":${id},"answer":${'['.repeat(400_000)}${']'.repeat(400_000)}}\n`) },
  'closes its stdout': { act: () => process.stdout.destroy() },
  'leaves a child behind that holds its stdout': {
    act: () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      child.once('spawn', dies);
    },
  },
  'dies in a sale': { act: dies },
  'is killed in a sale': { act: () => process.kill(process.pid, 'SIGKILL') },
  'dies after a sale': {
    act: (call) => {
      rightly.act(call);
      dies();
    },
  },
  'hangs in a sale': { act: hangs },
  'hangs with a full stderr': {
    act: () => process.stderr.write(`${'x'.repeat(10_000_000)}\nthe last line\n`, () => hangs()),
  },
  'hangs when asked what it shows': { display: hangs },
  rubbish: {
    act: (call) => {
      say('Receipt printed\n[1, 2]\n{"event":"log","text":"hello"}\n{"id":"7","answer":"done"}\n');
      say(Buffer.from([0xff, 0xfe, 0x0a]));
      rightly.act(call);
    },
    reset: () => dies(),
  },
  'half a line, and then nothing': { act: () => say('{"id":3,"answer":"do') },
  'half a line': { act: () => say('{"id":3,"answer":"do', () => process.exit(0)) },
  'one line, byte by byte': {
    act: ({ id }) => {
      const bytes = Buffer.from(`${JSON.stringify({ id, answer: 'failed', reason: 'no £ key' })}\r\n`);
      const next = (at) =>
        at < bytes.length && process.stdout.write(bytes.subarray(at, at + 1), () => next(at + 1));
      next(0);
    },
  },
  'an endless line': {
    act: (call) => {
      say('x'.repeat(5_000_000));
      say('\n', () => rightly.act(call));
    },
    reset: dies,
  },
  flood: {
    act: (call) => {
      say('tick\n'.repeat(700));
      rightly.act(call);
    },
    reset: dies,
  },
  'a flood without an end': {
    act: () => {
      const pour = () => process.stdout.write('tick\n'.repeat(20_000), pour);
      pour();
    },
  },
  'a flood of displays': {
    act: (call) => {
      for (let tick = 1; tick <= 300; tick++) shows(`tick ${tick}`);
      rightly.act(call);
    },
    reset: dies,
  },
  'answers out of order': {
    act: ({ id }) => {
      tell({ id: id + 1, answer: 'done' });
      tell({ id, answer: 'notOffered', reason: 'first things first' });
    },
    reset: () => dies(),
  },
  'answers with its display': { act: ({ id }) => tell({ id, display: display('sold') }) },
  'a reason is missing': { act: ({ id }) => tell({ id, answer: 'failed' }) },
  'two dialogues': {
    act: (call) => {
      const dialogues = [
        { text: 'Signature?', options: ['Accept', 'Reject'] },
        { text: 'Paper is low', options: ['OK'] },
      ];
      shows('sale', { dialogues });
      rightly.act(call);
    },
  },
  'changes its words': {
    act: (call) => {
      for (const outcome of ['Paid', 'Bezahlt']) shows(outcome, { outcome });
      tell({ event: 'display', display: { text: 'payé', result: 'Payé' } });
      rightly.act(call);
    },
    reset: () => dies(),
  },
  'shows what cannot be read': {
    act: (call) => {
      shows('sale', { ledger: [{ kind: 'sale', words: 'Paid', total: '10.00' }] });
      rightly.act(call);
    },
  },
  'answers with what cannot be read': {
    display: ({ id }) => tell({ id, display: { text: 'ready', locale: 'en-GB' } }),
  },
  'tells its id as a text': { hello: ({ id }) => tell({ id: String(id), hello }) },
  'will not end': { close: () => {} },
  'tells its environment': {
    display: ({ id }) => {
      const { DOJO_API_KEY = 'none', OWN = 'none', DOJO_TILL_FOLDER } = process.env;
      tell({ id, display: display(`${DOJO_API_KEY} ${OWN} ${process.cwd()}`, { notice: DOJO_TILL_FOLDER }) });
    },
  },
};

const way = ways[process.argv[2]];
if (!way) throw new Error(`there is no such way: ${process.argv[2]}`);
createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line);
  (way[call.call] ?? rightly[call.call])(call);
});
