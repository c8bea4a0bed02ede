import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../../checklists/index.ts';
import { usualVocabulary } from '../../profile/vocabulary.ts';
import { LeftOut } from '../../record/left-out.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import { samplePng } from '../../report/testing/png.ts';
import { driverOf } from '../kind.ts';
import '../registry.ts';
import { displayOf } from './answers.ts';
import { Desk } from './desk.ts';
import { stripped } from './photo.ts';
import { stepOf } from './steps.ts';
import { AttendedTill } from './till.ts';

const vocabulary = usualVocabulary();
const hello = { name: 'Till', version: '1', apiVersion: '2026-02-27' };
const settings = { baseUrl: 'http://127.0.0.1:1', apiKey: 'sk_1', softwareHouseId: 's', resellerId: 'r' };

const exchange = (method: string, target: string, status = 200, body: string | null = null): Exchange => ({
  id: `${method} ${target}`,
  from: 'subject',
  to: 'dojo',
  channel: 'http',
  request: { method, target, headers: [], body: null },
  response: { status, headers: [], body: body === null ? null : { text: body } },
  at: 0,
  until: 0,
  startedAt: '',
});

/** A till with a desk at which a person sits; `asked` is what the person has been asked. */
function manned(more: object = {}, goesOn = false) {
  const desk = new Desk(goesOn);
  desk.operator = 'Anna Smith';
  const till = new AttendedTill({ kind: 'attended', ...more }, hello, vocabulary, desk);
  const asked: string[] = [];
  let last = 0;
  desk.onChange(() => {
    if (!desk.open || desk.open.number === last) return;
    last = desk.open.number;
    asked.push(desk.open.step.title);
  });
  till.atRow('ROW-01');
  return { desk, till, asked };
}

const say = (desk: Desk, said: object) => desk.reply(desk.open!.number, { how: 'said', said });
const done = (desk: Desk) => desk.reply(desk.open!.number, { how: 'done' });

const sale = { name: 'sale', sale: { amount: 1050, currency: 'GBP' } } as const;

suite('a step', () => {
  test('has the amount to type, the words of the POS, and the requests that prove it', () => {
    const { title, how, amounts, fields, sends } = stepOf(
      { name: 'sale', sale: { amount: 1050, tip: 200, currency: 'EUR', manualCapture: true } },
      { sale: { how: ['Type {amount}', 'Press Card'] } },
    );
    assert.equal(title, 'Take a sale of €10.50');
    assert.deepEqual(how, ['Type €10.50', 'Press Card']);
    assert.deepEqual(amounts, [
      { label: 'Amount', value: '€10.50' },
      { label: 'Tip', value: '€2.00' },
    ]);
    assert.deepEqual(fields, [{ label: 'Manual capture', value: 'yes' }]);
    assert.deepEqual(sends, ['POST /terminal-sessions']);
  });
  test('in a profile is of an action that there is', () => {
    const mistake = driverOf({ kind: 'attended' }).mistake!({
      kind: 'attended',
      actions: { sell: { how: 'x' } },
    });
    assert.match(mistake!.says, /there is no `sell`. There are .*sale.*configure/);
  });
});

suite('the desk', () => {
  test('takes a step as done when the kit sees the request that it causes, and no other', async () => {
    const { desk, till } = manned();
    const acting = till.act(sale);
    till.exchanged(exchange('GET', '/terminals'));
    till.exchanged(exchange('POST', '/payment-intents'));
    assert.ok(desk.open);
    till.exchanged(exchange('POST', '/terminal-sessions'));
    assert.deepEqual(await acting, { answer: 'done' });
    assert.equal(desk.open, null);
  });
  test('takes a request that was refused as the end of the step too', async () => {
    const { till } = manned();
    const acting = till.act(sale);
    till.exchanged(exchange('POST', '/payment-intents', 401));
    assert.deepEqual(await acting, { answer: 'done' });
  });
  test('notes by whose word the POS does not offer something', async () => {
    const { desk, till } = manned();
    const acting = till.act({ name: 'cancelIntent' });
    assert.match(desk.reply(desk.open!.number, { how: 'refused', words: ' ' }) ?? '', /in a few words/);
    desk.reply(desk.open!.number, { how: 'refused', words: 'there is no such button' });
    assert.deepEqual(await acting, {
      answer: 'notOffered',
      reason: 'Anna Smith said: there is no such button',
    });
  });
  test('takes no answer to a step that is over, none of another kind, and none that says nothing', () => {
    const { desk, till } = manned();
    void till.act(sale);
    assert.match(desk.reply(7, { how: 'done' }) ?? '', /over already/);
    assert.match(say(desk, { choice: 'Captured' }) ?? '', /asks for something else/);
    done(desk);
    void desk.ask({ ...stepOf(sale, {}), kind: 'show' });
    assert.match(done(desk) ?? '', /asks for something else/);
    assert.match(say(desk, { words: ' ' }) ?? '', /Choose what the POS shows/);
  });
  test('a row can be left at a step, or between two, with a reason', async () => {
    const { desk, till } = manned();
    const acting = till.act(sale);
    assert.match(desk.leave('') ?? '', /Say in a few words why/);
    desk.leave('no paper');
    await assert.rejects(acting, (error) => error instanceof LeftOut && error.message === 'no paper');
    desk.leave('still none');
    await assert.rejects(till.live(1), /still none/);
    assert.equal(await till.live(1), 1);
    till.atRow(null);
    assert.match(desk.leave('late') ?? '', /No row is under way/);
  });
  test('asks for nothing while it is paused', async () => {
    const { desk, till, asked } = manned();
    desk.pause();
    const acting = till.act(sale);
    assert.equal(desk.open, null);
    desk.resume();
    await new Promise(setImmediate);
    assert.deepEqual(asked, ['Take a sale of £10.50']);
    done(desk);
    await acting;
  });
});

suite('a person is asked', () => {
  test('to choose a card machine once, until settings are entered anew', async () => {
    const { desk, till, asked } = manned();
    const enter = () => till.configure(settings);
    const choose = () => till.act({ name: 'chooseTerminal', tid: 'T1', terminalId: 't' });
    for (const deed of [enter, choose, choose, enter, choose]) {
      const doing = deed();
      if (desk.open) done(desk);
      await doing;
    }
    const twice = ['Enter these settings in the POS, and save them', 'Choose the card machine T1'];
    assert.deepEqual(asked, [...twice, ...twice]);
  });
  test('what the POS shows again only once something has happened', async () => {
    const { desk, till, asked } = manned();
    const attest = async (journal = false) => {
      const attesting = till.attest(journal);
      while (desk.open) {
        say(desk, desk.open.step.kind === 'show' ? { choice: 'Captured' } : { words: 'Sale 10.50' });
        await new Promise(setImmediate);
      }
      await attesting;
    };
    await attest();
    await attest();
    till.exchanged(exchange('GET', '/terminal-sessions/1', 200, 'Initiated'));
    await attest();
    till.exchanged(exchange('GET', '/terminal-sessions/1', 200, 'Initiated'));
    await attest(true);
    await attest(true);
    assert.deepEqual(asked, [
      'What does the POS show?',
      'What does the POS show?',
      'What does the journal of the POS show last?',
    ]);
    assert.equal((await till.look()).text, 'captured\nSale 10.50');
    assert.equal(till.attestation?.by, 'Anna Smith');
  });
  test('to bring the POS back with the first thing to do in the next row, and not apart', async () => {
    const { desk, till } = manned();
    for (const first of [false, true]) {
      await till.reset();
      const acting = till.act(sale);
      assert.equal(desk.open?.first, first);
      done(desk);
      await acting;
    }
  });
  test('to bring the POS back first where the run was broken off, once it knows the address of now', async () => {
    const { desk, till } = manned({}, true);
    await till.reset();
    void till.configure(settings);
    assert.equal(desk.open?.first, false);
    done(desk);
    await new Promise(setImmediate);
    void till.act(sale);
    assert.equal(desk.open?.first, true);
  });
  test('and what was said before says nothing once something else is done', async () => {
    const { desk, till } = manned();
    const attesting = till.attest(false);
    say(desk, { choice: 'Captured' });
    await attesting;
    void till.act(sale);
    assert.equal((await till.look()).outcome, null);
    assert.equal(till.attestation, null);
  });
});

suite('what a person chose becomes a display', () => {
  test('a result, in the words of the profile or of the person', () => {
    assert.equal(displayOf({ choice: 'Declined' }, vocabulary).outcome, 'declined');
    assert.equal(displayOf({ choice: 'Declined', words: 'No luck' }, vocabulary).outcome, 'No luck');
  });
  test('a question, with the buttons that it offers', () => {
    assert.deepEqual(displayOf({ choice: 'signature', buttons: ['accept'] }, vocabulary).dialogues, [
      { text: 'signature', options: ['accept'] },
    ]);
    assert.deepEqual(displayOf({ choice: 'Unconfirmed', buttons: ['retry'] }, vocabulary).dialogues, [
      { text: 'cannot be confirmed', options: ['try again'] },
    ]);
  });
  test('a message, a prompt, or words of its own', () => {
    assert.equal(displayOf({ choice: 'unavailable' }, vocabulary).notice, 'not available');
    assert.equal(displayOf({ prompt: 'EnterPin' }, vocabulary).prompt, 'enter pin');
    const both = displayOf({ choice: 'cannotCancel', prompt: 'EnterPin' }, vocabulary);
    assert.deepEqual([both.notice, both.prompt], ['can only be cancelled', 'enter pin']);
    assert.equal(displayOf({ words: 'Out of paper' }, vocabulary).notice, 'Out of paper');
    assert.equal(displayOf({ choice: 'nothing' }, vocabulary).outcome, null);
  });
});

suite('a photo', () => {
  const segment = (marker: number, data: string): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, Buffer.from(data, 'latin1')]);
  };
  const [start, end] = [Buffer.from([0xff, 0xd8]), Buffer.from([0xff, 0xd9])];
  const tables = segment(0xdb, 'tables');
  const scan = Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 0xff, 0, 0xff, 0xd0, 2])]);
  test('keeps the picture of a JPEG, and nothing that a camera writes beside it', () => {
    const exif = segment(0xe1, 'Exif\0\0 51.5 N, Anna');
    const taken = [
      start,
      segment(0xe0, 'JFIF'),
      exif,
      tables,
      segment(0xfe, 'comment'),
      scan,
      exif,
      scan,
      end,
    ];
    assert.deepEqual(
      stripped(Buffer.concat([...taken, Buffer.from('a film')])),
      Buffer.concat([start, tables, scan, scan, end]),
    );
  });
  test('keeps the picture of a PNG, and no text', () => {
    const png = Buffer.from(samplePng());
    const text = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('tEXtAnna'), Buffer.alloc(4)]);
    assert.deepEqual(stripped(Buffer.concat([png.subarray(0, 33), text, png.subarray(33)])), png);
  });
  test('that is cut, or none, is not taken', () => {
    for (const bytes of [Buffer.concat([start, tables, scan]), Buffer.from('GIF89a'), Buffer.alloc(0)])
      assert.equal(stripped(bytes), null);
  });
  test('is known again in another row', () => {
    const { desk, till } = manned();
    assert.match(desk.take(Buffer.from(samplePng())) ?? '', /Nothing asks/);
    void till.attest(false);
    assert.match(desk.take(Buffer.from('GIF')) ?? '', /JPEG or a PNG/);
    desk.take(Buffer.from(samplePng()));
    assert.equal(desk.photo?.usedIn, undefined);
    till.atRow('ROW-02');
    desk.take(Buffer.from(samplePng()));
    assert.equal(desk.photo?.usedIn, 'ROW-01');
  });
});
