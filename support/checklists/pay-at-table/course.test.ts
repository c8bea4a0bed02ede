import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureFile } from '../../report/timeline/index.ts';
import { courses } from './course.ts';
import { TableEvidence } from './evidence.ts';
import { anOrder, aPayment, money, TableStory } from './stories/story.ts';

const partPaid = anOrder({ paidAmount: money(400), payments: [aPayment('pi_1', 400)] });
const paid = anOrder({ paidAmount: money(1000), payable: false });

const story = new TableStory()
  .open()
  .lock('l1')
  .read(anOrder())
  .press({ answer: 'notOffered', reason: 'a card machine has locked it' })
  .pay(400, 0, { answer: partPaid, took: 1500 })
  .pay(700, 0, { status: 409, answer: { errorType: 'Conflict' } })
  .unlock('l1', { answer: partPaid })
  .open(2000, 'o2')
  .pay(600, 0, { answer: paid })
  .read(anOrder({ id: 'o2', totalAmount: money(2000) }), { orderId: 'o2' });

const all = courses(new TableEvidence(story.observations));

test('an order has a picture of what is owed, its locks and its payments, and each order its own', () => {
  assert.deepEqual(
    all.map(({ session }) => session),
    ['o1', 'o2'],
  );
  const [course, other] = all;
  assert.deepEqual(
    course!.statuses.map(({ text, tone }) => `${text} ${tone}`),
    ['£10.00 active', '£6.00 active', '£0.00, not payable good'],
  );
  assert.deepEqual(
    course!.requests.map(({ text, tone }) => `${text} ${tone}`),
    ['lock good', 'record £4.00 good', 'record £7.00: Conflict bad', 'release good', 'record £6.00 good'],
  );
  assert.deepEqual(
    course!.operator.map(({ text }) => text),
    ['addItem: notOffered'],
  );
  assert.deepEqual([course!.polls.length, course!.prompts.length], [1, 1]);
  assert.ok(course!.prompts[0]!.until < course!.duration, 'the lock ends when it is released');
  assert.deepEqual([other!.statuses.length, other!.requests], [1, []]);
});

test('the picture draws all of it, for those who cannot see it too', () => {
  const svg = pictureFile(all[0]!);
  for (const words of ['Table order o1', 'What is owed', 'Locks', 'record £4.00', 'addItem'])
    assert.ok(svg.includes(words), words);
});
