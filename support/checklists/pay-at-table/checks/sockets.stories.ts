import { fails, passes, type Stories, warns } from '../../payments/stories/case.ts';
import { anOrder, aPayment, TableStory } from '../stories/story.ts';

const story = () => new TableStory().opens();
const idle = () => story().note('socket-idle', {});
const pinged = (it: TableStory) => it.utters('dojo', 'ping', {});
const read = (it: TableStory) => it.speak('GetOrderById', { orderId: 'o1' }, anOrder());
const again = (it: TableStory) =>
  it.speak('RecordOrderPaymentById', { orderId: 'o1', paymentIntentId: 'pi_1' }, anOrder());
const refusedAgain = (it: TableStory) =>
  it.speak(
    'RecordOrderPaymentById',
    { orderId: 'o1', paymentIntentId: 'pi_1' },
    { errorType: 'Conflict' },
    409,
  );
const reads = (it: TableStory, ...payments: ReturnType<typeof aPayment>[]) =>
  it.speak('GetOrderById', { orderId: 'o1' }, anOrder({ payments }));
const hammering = (times: number, apart: number) => {
  const it = story().loses('close');
  for (let at = 0; at < times; at += 1) it.opens(503).wait(apart);
  return it.opens();
};

export const socketStories: Stories = {
  'socket-kept-alive': [
    passes('it pings', pinged(idle().wait(15_000).utters('subject', 'ping', {})), /^ping after 15\.0/),
    passes(
      'it sends a message of its own',
      pinged(idle().wait(9000).utters('subject', 'message')),
      /message/,
    ),
    warns('it sends pongs that answer nothing', pinged(idle().wait(9000).utters('subject', 'pong')), /pongs/),
    warns("it does nothing but answer Dojo's ping", pinged(idle().wait(32_000)), /was answered/),
    warns('it pings too late', pinged(idle().wait(31_000).utters('subject', 'ping', {})), /no sign/),
    fails(
      'it does nothing at all',
      idle().wait(32_000).utters('dojo', 'ping'),
      /no sign of life, and no pong/,
    ),
    fails(
      "it pings, and does not answer Dojo's ping",
      idle().wait(9000).utters('subject', 'ping', {}).utters('dojo', 'ping'),
      /not answered with a pong/,
    ),
    fails('it opened none', new TableStory(), /Not testable/),
  ],
  'socket-opened-again': [
    passes('it comes back at once', read(story().loses().opens()), /after it was reset/),
    passes(
      'it comes back after some attempts, with pauses',
      read(story().loses('close').wait(1000).opens(503).wait(2000).opens()),
      /after Dojo closed it/,
    ),
    passes('it tries five times in a second', read(hammering(5, 300)), /after Dojo closed it/),
    warns(
      'it notices a half-open one late',
      read(story().loses('fall silent').wait(60_000).opens()),
      /60\.\d* s after nothing more was heard/,
    ),
    warns(
      'it sends pongs alone, and notices no half-open one',
      story().utters('subject', 'pong').loses('fall silent').wait(95_000).loses().opens(),
      /was not noticed/,
    ),
    fails(
      'it pings, and notices no half-open one',
      story().utters('subject', 'ping', {}).loses('fall silent').wait(95_000).loses().opens(),
      /nothing more was heard of Dojo/,
    ),
    fails('it never comes back', read(story()).loses(), /not opened again after it was reset/),
    fails('Dojo refuses it to the end', read(story()).loses().opens(401).opens(401), /not opened again/),
    fails('it tries without a pause', read(hammering(8, 50)), /attempts within a second/),
    fails('it opened none', new TableStory(), /Not testable/),
  ],
  'socket-served-again': [
    passes('it answers over each', read(read(story().loses().opens()).loses('close').opens()), /2 losses/),
    fails('it answers over the old one alone', read(story().loses()).opens(), /no call was answered/),
    fails(
      'it answers the call with an error',
      story().loses().opens().speak('GetOrderById', { orderId: 'o1' }, { errorType: 'UnexpectedError' }, 500),
      /no call was answered/,
    ),
    fails('it came not back', story().loses(), /Not testable/),
  ],
  'lost-answer-repeated': [
    passes('both are answered with success', again(story().payLosingAnswer().opens()), /both times/),
    passes('payments are recorded over REST', story().pay(1000, 0, { answer: anOrder() }), /over REST/),
    warns(
      'the second is refused, and the payment no longer in the books',
      reads(refusedAgain(story().payLosingAnswer().opens())),
      /no longer in the books/,
    ),
    fails(
      'the second is refused, and the payment stays in the books',
      reads(refusedAgain(story().payLosingAnswer().opens()), aPayment('pi_1', 1000)),
      /refused with 409/,
    ),
    fails('it came not back', story().payLosingAnswer(), /Not testable/),
    fails('no payment was recorded', story(), /Not testable/),
  ],
  'socket-says-nothing-else': [
    passes('each call has its answer', read(story()), /1 call or ping/),
    passes(
      'it pings, pongs and says goodbye',
      read(story().utters('subject', 'ping', {}).utters('subject', 'close')),
      /./,
    ),
    fails('it answers twice', read(story()).utters('subject', 'message', null, { id: 'call-2' }), /call-2/),
    fails('it sends a frame that is broken', story().utters('subject', 'unreadable', null, 'a bit'), /a bit/),
    fails('it opened none', new TableStory(), /Not testable/),
  ],
};
