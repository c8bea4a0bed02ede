import type { Json } from '../../../record/vocabulary.ts';
import { aPaidSale, aSale, Story } from './story.ts';
import { fails, passes, type Tellings, warns } from './telling.ts';

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

export const sessionTellings: Tellings = {
  'one-session-at-a-time': [
    passes('there is one', aPaidSale(), /^1 start of a card machine/),
    passes('there is none', new Story().sale().intent(), /^0 starts/),
    passes(
      'the first had ended when the payment was tried again',
      aSale().poll('Declined').act({ name: 'retry' }).session(),
      /^2 starts/,
    ),
    passes(
      'the payment intent told that the first had ended',
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
};
