import type { Json } from '../../../record/vocabulary.ts';
import { fails, passes, type Stories, warns } from '../../payments/stories/case.ts';
import { aPaidSale, aSale, inTheMoment } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

/** Declined, and tried again on the till. */
const triedAgain = (): Story => aSale().wait(1000).poll('Declined').act({ name: 'retry' }).wait(200);

const lost = { trouble: 'upstream-dropped' } as const;

/** A till whose start of the card machine is answered so, or not at all. */
const started = (call: object): Story =>
  new Story()
    .configure()
    .sale()
    .intent()
    .call('POST', '/terminal-sessions', {
      body: { terminalId: 'tm_1', details: { sessionType: 'Sale', sale: { paymentIntentId: 'pi_1' } } },
      ...call,
    });

/** A payment intent that tells of its session `ts_1`. */
const telling = (status: string): Json => ({
  id: 'pi_1',
  status: 'Created',
  terminalSessionHistory: [{ terminalSession: { id: 'ts_1', status } }],
});

/** From here on what the till sends is the kit's tidying up. */
const tidied = (story: Story): Story => story.fact('tidying-up', {});

const deletes = (story: Story, id = 'pi_1', call = {}): Story =>
  story.call('DELETE', `/payment-intents/${id}`, call);

const prompts = (...times: number[]) => ({
  answer: {
    id: 'ts_1',
    status: 'Initiated',
    notificationEvents: times.map((second, index) => ({
      notificationType: `P${index}`,
      createdAt: `2026-03-02T10:00:0${second}Z`,
    })),
  },
});

const prompting = (...times: number[]): Story =>
  aSale().call('GET', '/terminal-sessions/ts_1', prompts(...times));

const declined = (): Story => inTheMoment(aSale().poll('Declined').act({ name: 'retry' }));

export const sessionStories: Stories = {
  'one-session-at-a-time': [
    passes('there is one', aPaidSale(), /^1 start of a card machine/),
    passes('there is none', new Story().sale().intent(), /^0 starts/),
    passes(
      'the first had ended when the payment was tried again',
      aSale().poll('Declined').act({ name: 'retry' }).session(),
      /^2 starts/,
    ),
    passes(
      'the payment intent said that the first had ended',
      aSale().readIntent('pi_1', telling('Declined')).act({ name: 'retry' }).session(),
      /^2 starts/,
    ),
    passes(
      'a matched refund follows the sale, which its payment intent tells to be paid',
      aSale().readIntent().act({ name: 'matchedRefund' }).session({ type: 'MatchedRefund' }),
      /^2 starts/,
    ),
    passes(
      'the kit had read that the first had ended',
      aSale().sessionIs('Expired').act({ name: 'retry' }).session(),
      /^2 starts/,
    ),
    passes(
      'a payment intent that was never put on a card machine is replaced by another',
      new Story().sale().intent().intent().session(),
      /^1 start/,
    ),
    passes('the next sale is another payment', aSale().sale().intent().session(), /^2 starts/),
    passes(
      'the start was refused, and a person tries again',
      started({ status: 404 }).act({ name: 'retry' }).session(),
      /^2 starts/,
    ),
    passes(
      'the start was not answered, and the payment intent tells of no session',
      started(lost).readIntent('pi_1', { id: 'pi_1', status: 'Created' }).session(),
      /^2 starts/,
    ),
    passes(
      'the start was answered 503, and the payment intent was read',
      started({ status: 503 }).readIntent('pi_1', { id: 'pi_1', status: 'Created' }).session(),
      /^2 starts/,
    ),
    fails('two are started at once', aSale().session(), /started again while ts_1 had not ended/),
    fails(
      'two payment intents of one sale are put on card machines',
      aSale().intent().session({ terminalId: 'tm_2' }),
      /while ts_1 had not ended/,
    ),
    fails(
      'another sale takes up the payment intent of a session that runs',
      aSale().sale().session({ on: 'pi_1' }),
      /while ts_1 had not ended/,
    ),
    fails(
      'the first was only asked to be cancelled',
      aSale().act({ name: 'cancel' }).cancel().act({ name: 'retry' }).session(),
      /while ts_1 had not ended/,
    ),
    fails(
      'it went on after it had seemed to have ended',
      aSale().poll('Authorized').poll('SignatureVerificationRequired').session(),
      /while ts_1 had not ended/,
    ),
    fails(
      'only the refusal of the API keeps the second from being paid',
      aSale().session({ refused: 409 }),
      /while ts_1 had not ended/,
    ),
    fails(
      'a matched refund is begun twice',
      aPaidSale()
        .act({ name: 'matchedRefund' })
        .session({ type: 'MatchedRefund' })
        .readIntent()
        .session({ type: 'MatchedRefund' }),
      /while ts_2 had not ended/,
    ),
    fails(
      'the start was not answered, and is sent again blindly',
      started(lost).session(),
      /nobody had asked what became of the start whose answer was lost/,
    ),
    fails(
      'the start was answered 503, and is sent again blindly',
      started({ status: 503 }).session(),
      /the start that was answered 503/,
    ),
    warns(
      'a start that was refused is sent again, and no person asked for it',
      started({ status: 404 }).session({ refused: 404 }),
      /answered 404 and sent again/,
    ),
  ],
  'intent-kept-for-session': [
    passes('none is cancelled', aPaidSale(), /^0 payment intents cancelled/),
    passes('its session has ended', deletes(aSale().poll('Declined')), /^1 payment intent cancelled/),
    passes('it has no session as yet', deletes(new Story().sale().intent()).intent().session(), /^1 payment/),
    passes('it is another one', deletes(aSale(), 'pi_9'), /^1 payment/),
    passes('the kit tidies up at the till', deletes(tidied(aSale())), /^0 payment intents/),
    passes(
      'its session went unanswered, and it does not tell of it',
      deletes(
        started({ ...lost, answer: { id: 'ts_1', status: 'Initiated' } }).readIntent('pi_1', {
          id: 'pi_1',
          status: 'Created',
        }),
      ),
      /^1 payment/,
    ),
    fails(
      'its session ends only later',
      deletes(aSale()).wait(1000).poll('Declined'),
      /DELETE \/payment-intents\/pi_1 was sent while ts_1 was InitiateRequested/,
    ),
    fails(
      'its session is being cancelled',
      deletes(aSale().act({ name: 'cancel' }).cancel(), 'pi_1', { status: 400 }),
      /while ts_1 was CancelRequested/,
    ),
    fails(
      'the operator asked for it',
      deletes(aSale().act({ name: 'cancelIntent' })),
      /while ts_1 was InitiateRequested/,
    ),
  ],
  'intent-reused': [
    passes('the next session is on the same one', triedAgain().session(), /first pi_1, then pi_1$/),
    fails(
      'a new one is made for it',
      triedAgain().intent().session(),
      /first pi_1, then pi_2 \(1 new payment intents created\)/,
    ),
    fails(
      'a new one is made and left, the session being on the old one',
      triedAgain().intent().session({ on: 'pi_1' }),
      /1 new payment intents created/,
    ),
    fails('nothing follows', triedAgain(), /Not testable: the till created no session/),
    fails('it was not tried', aPaidSale(), /Not testable: the payment was not tried again/),
    fails(
      'another payment intent is paid',
      aSale().poll('Declined').intent().act({ name: 'retry' }).session({ on: 'pi_2' }),
    ),
    fails('no session was there before', new Story().intent().act({ name: 'retry' }).session()),
    passes('the session is made in the moment of the second try', declined().session()),
    fails(
      'the session of another payment is made in the moment of the second try',
      declined().session({ on: 'pi_9' }),
    ),
    fails(
      'a new payment intent is made in the moment of the second try',
      declined().intent().session({ on: 'pi_1' }),
    ),
  ],
  'prompts-delivered': [
    passes('they come with the session', aPaidSale(), /PresentCard → RemoveCard/),
    fails('the session has none', aSale().poll('Captured'), /no prompts/),
    fails(
      'the earlier ones are forgotten',
      aSale()
        .poll('Initiated', 'PresentCard')
        .poll('Initiated', 'EnterPin')
        .call('GET', '/terminal-sessions/ts_1', {
          answer: {
            id: 'ts_1',
            status: 'Captured',
            notificationEvents: [{ notificationType: 'RemoveCard' }],
          },
        }),
      /^RemoveCard$/,
    ),
    fails('one of two sessions has none', aPaidSale().intent().session().poll('Captured'), /; no prompts/),
    passes(
      'nothing at all was reported of a second session',
      aPaidSale()
        .intent()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_2' } }),
      /^PresentCard → RemoveCard$/,
    ),
    fails('there is no session', new Story(), /Not testable/),
    passes('in the order of time', prompting(1, 2, 2, 3)),
    fails('one is out of order', prompting(1, 3, 2, 4)),
    fails('they are backwards', prompting(3, 2, 1)),
  ],
};
