import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { anOrder, money, TableStory } from '../stories/story.ts';

const opened = () => new TableStory().open();
const locked = () => opened().lock('l1').read(anOrder());
const refuses = { status: 409, answer: { errorType: 'Conflict' } };
const prolonged = () =>
  opened().lock('l1', { lasts: 1000 }).lock('l2', refuses).extend('l1', 30_000).wait(2000);
const more = anOrder({ totalAmount: money(1500) });
const busy = { answer: 'notOffered', reason: 'a card machine has locked it' } as const;

export const lockStories: Stories = {
  'lock-given': [
    passes('it is', locked(), /locked: o1/),
    passes('a second one is refused', locked().lock('l2', refuses)),
    passes('one had run out on the way', locked().lock('l2', { orderId: 'o2', lasts: 5, ...refuses })),
    fails('it is refused', opened().lock('l1', refuses), /o1 was answered 409 Conflict/),
    fails('nothing is answered', opened().lock('l1', { status: null }), /no answer/),
    fails('the answer is no order', opened().lock('l1', { answer: {} }), /with no order/),
    fails('the answer is another', opened().lock('l1', { answer: anOrder({ id: 'o2' }) }), /with o2/),
    fails('nobody asked', opened(), /no order could be locked/),
  ],
  'second-lock-refused': [
    passes('it is', locked().lock('l2', refuses), /refused: 409 Conflict/),
    warns(
      'it is given, and the order paid once',
      locked().lock('l2').pay(1000, 0).pay(1000, 0, refuses),
      /nothing could be paid twice/,
    ),
    fails(
      'the order can be paid twice by it',
      locked().lock('l2').pay(1000, 0).pay(1000, 0),
      /£10\.00 too much/,
    ),
    passes('it is, and the lock is extended', prolonged().lock('l2', refuses)),
    fails('the lock is extended, and ends all the same', prolonged().lock('l2'), /locked for longer/),
    warns(
      'the lock was extended too late to tell',
      opened().lock('l1', { lasts: 1000 }).lock('l2', refuses).wait(1000).extend('l1', 30_000).lock('l2'),
      /nothing could be paid twice/,
    ),
    fails('it is refused otherwise', locked().lock('l2', { status: 500, answer: null }), /answered 500/),
    fails('the first was released before', locked().unlock('l1').lock('l2'), /second card machine/),
    fails('the first is asked for again', locked().lock('l1'), /second card machine/),
  ],
  'locked-order-unchanged': [
    passes(
      'the press is refused, and taken afterwards',
      locked().press(busy).read(anOrder()).unlock('l1').press(),
      /o1 stayed the same/,
    ),
    passes('the press does nothing', locked().press().read(anOrder()).unlock('l1').press()),
    fails(
      'the press goes through',
      locked().press().read(more).unlock('l1'),
      /was over £10\.00 and is over £15\.00/,
    ),
    fails(
      'the status is another',
      locked()
        .press(busy)
        .read(anOrder({ status: 'Preparing' }))
        .unlock('l1')
        .press(),
      /was New and is Preparing/,
    ),
    passes(
      'it cannot be voided meanwhile',
      locked().changes('voidOrder', busy).read(anOrder()).unlock('l1').changes('voidOrder'),
    ),
    passes(
      'a POS that cannot void has no such button either when it is unlocked',
      locked().changes('voidOrder', busy).press(busy).read(anOrder()).unlock('l1').press(),
    ),
    fails(
      'it is voided meanwhile',
      locked()
        .changes('voidOrder')
        .read(anOrder({ status: 'Canceled', payable: false })),
      /was New and is Canceled/,
    ),
    fails(
      'it is gone meanwhile',
      locked().changes('voidOrder').read(null, { status: 404 }),
      /not found any more/,
    ),
    fails(
      'it is taken on hold meanwhile',
      locked()
        .changes('holdOrder')
        .read(anOrder({ payable: false })),
      /said payable: true and says payable: false/,
    ),
    fails('nobody tried', locked(), /nobody tried/),
    fails('nobody read it after that', locked().press().unlock('l1').read(more), /nobody tried/),
    reviews(
      'it can never be changed',
      locked().press(busy).read(anOrder()).unlock('l1').press(busy),
      /could not change it when it was unlocked/,
    ),
  ],
  'lock-released': [
    passes('it is', locked().unlock('l1').lock('l2'), /answered 200/),
    passes(
      'one that is gone is not found',
      locked().unlock('l1').unlock('l1', { status: 404, answer: null }).lock('l2'),
      /200, 404/,
    ),
    warns(
      'one that is gone is refused otherwise',
      locked().unlock('l1').unlock('l1', refuses).lock('l2'),
      /409 Conflict/,
    ),
    fails('the next is refused', locked().unlock('l1').lock('l2', refuses), /o1 was released/),
    fails('the release breaks', locked().unlock('l1', { status: 500, answer: null }).lock('l2'), /500/),
    fails('the release is not answered', locked().unlock('l1', { status: null }), /no answer/),
    fails('nobody released one', locked(), /could be released/),
    fails('nobody asked for the next', locked().unlock('l1'), /after another was released/),
  ],
  'lock-expired': [
    passes('it is', opened().lock('l1', { lasts: 1000 }).wait(2000).lock('l2'), /anew/),
    warns(
      'it still binds',
      opened().lock('l1', { lasts: 1000 }).wait(2000).lock('l2', refuses),
      /409 Conflict/,
    ),
    fails('it was released', locked().unlock('l1').lock('l2'), /had run out/),
    fails('it still stands', locked().lock('l2', refuses), /had run out/),
  ],
  'lock-binds-payments': [
    passes('it is refused', locked().pay(400, 0, refuses), /refused: 409 Conflict/),
    warns('it is recorded', locked().pay(400, 0), /was recorded for o1/),
    fails('the lock was released before', locked().unlock('l1').pay(400, 0), /nobody paid/),
    fails('it comes with its lock', locked().pay(400, 0, { lockId: 'l1' }), /nobody paid/),
    fails('nobody locked it', opened().pay(400, 0), /nobody paid/),
  ],
};
