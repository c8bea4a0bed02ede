import type { Display } from '../../../../record/vocabulary.ts';
import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const begun = (): Story => aSale().shows({});

const endedSale = (status: 'Declined' | 'Canceled' | 'Expired' | 'Captured' = 'Declined'): Story =>
  begun().poll(status);

/** The API refuses a change with these words, or takes it. */
const answering = (status: number): Story =>
  begun().call('POST', '/payment-intents/pi_1/amount', { status, answer: { detail: 'It was refunded.' } });

const choosing = (text: string): Partial<Display> => ({
  dialogues: [{ text, options: ['', 'Paid', 'Declined'] }],
});

const dialogue = (text: string, options: string[] = []): Partial<Display> => ({
  dialogues: [{ text, options }],
});

/** The session reports these prompts of the card machine. */
const promptedFor = (...prompts: string[]): Story => begun().poll('Initiated', ...prompts);

export const noticeStories: Stories = {
  'shows-nothing-false': [
    passes(
      'a notice quotes what the API refused',
      aPaidSale()
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'The status `Refunded` does not allow this change.' },
        })
        .shows({ notice: 'The status Refunded does not allow this change.' }),
      /no result/,
    ),
    ...[
      '£10.00 will be refunded to the card. Press OK to go on.',
      'Amount to be refunded',
      'Are you sure you want this payment refunded?',
    ].map((text) =>
      passes(
        `a dialogue says "${text}"`,
        aPaidSale()
          .act({ name: 'refundIntent' })
          .shows({ dialogues: [{ text, options: ['OK', 'Cancel'] }] }),
        /no result/,
      ),
    ),
    passes(
      'a dialogue tells what happens if',
      aSale()
        .shows({})
        .poll('SignatureVerificationRequired')
        .shows({
          dialogues: [
            { text: 'Compare it. If it does not match the payment will be declined.', options: ['Accept'] },
          ],
        }),
      /no result/,
    ),
    passes(
      'a dialogue that knows no result offers to record one',
      aSale()
        .shows({})
        .poll('Expired')
        .shows({
          dialogues: [{ text: 'It cannot be confirmed. Look. Record as paid', options: ['Record as paid'] }],
        }),
      /no result/,
    ),
    passes(
      'a control of a dialogue is named for a result',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({
          dialogues: [
            { text: 'Choose. Mark as paid Card declined', options: ['Mark as paid', 'Card declined'] },
          ],
        }),
      /no result/,
    ),
    fails(
      'a notice says paid, and then asks for something else',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment approved. Print receipt?' }),
      /showed "Payment approved\. Print receipt\?" \(Captured\)/,
    ),
    passes(
      'a notice speaks of what was cancelled',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Your order of napkins was cancelled' }),
      /no result/,
    ),
    fails(
      'a notice says authorised before it was so',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment authorised' }),
      /showed "Payment authorised" \(Authorized\)/,
    ),
    fails(
      'a notice says what the API refuses only later',
      aSale()
        .shows({})
        .shows({ notice: 'It was refunded.' })
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'It was refunded.' },
        }),
      /showed "It was refunded\."/,
    ),
    fails(
      'a notice says paid after a refusal without a reason',
      aSale()
        .shows({})
        .call('POST', '/payment-intents/pi_1/amount', { status: 400 })
        .shows({ notice: 'Payment approved' }),
      /showed "Payment approved"/,
    ),
    passes(
      'a notice quotes what the API refused with a line break after it',
      aSale()
        .shows({})
        .call('POST', '/payment-intents/pi_1/amount', {
          status: 400,
          answer: { detail: 'It was refunded.\n' },
        })
        .shows({ notice: 'Not changed: It was refunded. Call us.' }),
      /no result/,
    ),
    fails(
      'a dialogue has the payment recorded by hand, and everything was answered',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({ dialogues: [unconfirmedDialogue] }),
      /showed "The result cannot be confirmed" \(Unconfirmed\) when the session was Initiated/,
    ),
    passes(
      'a dialogue knows no result, and has nothing recorded',
      aSale()
        .shows({})
        .poll('Initiated')
        .shows({ dialogues: [{ ...unconfirmedDialogue, options: ['Wait'] }] }),
      /no result/,
    ),
    passes(
      'a dialogue has the payment recorded by hand, and stands there still when the next is begun',
      aSale()
        .shows({})
        .poll('Expired')
        .shows({ dialogues: [unconfirmedDialogue] })
        .sale()
        .shows({ prompt: 'x' }),
      /no result/,
    ),
    passes('a dialogue asks', aSale().shows({}).shows({ notice: 'Was the payment declined?' }), /no result/),
    passes(
      'a notice says that it could not be cancelled, for it was paid',
      aSale().shows({}).shows({ notice: 'It cannot be cancelled: declined' }),
      /no result/,
    ),
    fails(
      'a notice says paid before it was so',
      aSale().shows({}).poll('Initiated').shows({ notice: 'Payment approved' }),
      /showed "Payment approved" \(Captured\) when the session was Initiated/,
    ),
    fails(
      'a dialogue says declined while the result line says paid',
      aPaidSale().shows({ dialogues: [{ text: 'Card declined', options: ['OK'] }] }),
      /showed "Card declined" \(Declined\) when the session was Captured/,
    ),
    passes('a notice quotes what the API refused so', answering(400).shows({ notice: 'It was refunded.' })),
    fails(
      'a notice quotes what the API did not refuse',
      answering(200).shows({ notice: 'It was refunded.' }),
    ),
    fails('a notice has the words of no answer', begun().shows({ notice: 'It was refunded.' })),
    passes('a dialogue offers results', begun().shows(choosing('Choose one Paid Declined'))),
    passes(
      'a dialogue offers results, a line each',
      begun().shows(choosing('  Choose one\nPaid\nDeclined  ')),
    ),
    fails(
      'a dialogue says a result and offers another',
      begun().shows(choosing('The card was declined Paid')),
    ),
    fails('a dialogue says what it offers', begun().shows(choosing('Declined'))),
    fails('a dialogue says what it offers, with blanks', begun().shows(choosing('  Declined '))),
    ...(
      [
        ['Approved', ['Approved'], dialogue('Approved')],
        ['Declined', ['Declined'], dialogue('DECLINED')],
        ['it with a control', ['Approved'], dialogue('Approved Cancel', ['Cancel'])],
        ['it and whose words they are', ['Approved'], dialogue('Card machine says: approved')],
        ['it under a title of its own', ['Approved'], dialogue('Payment in progress\nApproved')],
        ['it after another', ['PresentCard', 'Declined'], dialogue('Please wait. Card declined')],
        ['it as a notice', ['Declined'], { notice: 'Declined' }],
        [
          'the prompt of the display as well',
          ['Approved'],
          { ...dialogue('Payment £10.00 Approved Please hold on'), prompt: 'Approved' },
        ],
        [
          'the prompts of the display, of which another window is late',
          ['RemoveCard', 'Declined'],
          {
            ...dialogue('Refund £18.08 Card machine Declined Card machine ready…'),
            prompt: 'Declined · Remove card',
          },
        ],
      ] as const satisfies [string, string[], Partial<Display>][]
    ).map(([what, prompts, display]) =>
      passes(`it passes on what the card machine says: ${what}`, promptedFor(...prompts).shows(display)),
    ),
    ...(
      [
        ['a result before there is one', ['Approved'], dialogue('Payment approved')],
        ['what it says of the transaction', ['Approved'], dialogue('Transaction: approved')],
        ['a result besides', ['Declined'], dialogue('Declined. Paid')],
        ['another result in one breath', ['Declined'], dialogue('declined, then paid')],
        ['a prompt that no session reported', ['PresentCard'], dialogue('Approved')],
        ['another prompt', ['Approved'], dialogue('Declined')],
        [
          'a prompt that no session reported, though the display has it as one',
          ['PresentCard'],
          { ...dialogue('Approved'), prompt: 'Approved' },
        ],
        [
          'a result of its own beside the prompts of two windows',
          ['RemoveCard', 'Declined'],
          { ...dialogue('Declined Payment declined'), prompt: 'Declined · Remove card' },
        ],
        ['the result line', ['Approved'], { outcome: 'Approved' }],
        ['the other result line', ['Declined'], { outcome: 'Declined' }],
      ] as const satisfies [string, string[], Partial<Display>][]
    ).map(([what, prompts, display]) =>
      fails(`it claims more than the card machine says: ${what}`, promptedFor(...prompts).shows(display)),
    ),
    fails(
      'it passes the prompt on anew when the session has ended otherwise',
      promptedFor('Approved').poll('Declined').wait(600).shows(dialogue('Approved')),
    ),
    fails(
      'it passes on the prompt of the sale before',
      promptedFor('Approved')
        .poll('Captured')
        .wait(600)
        .sale()
        .intent()
        .session()
        .shows(dialogue('Approved')),
    ),
    passes(
      'it still draws the prompt as the end is reported',
      promptedFor('Approved').poll('Declined').wait(100).shows(dialogue('Approved')),
    ),
    fails(
      'a notice says of a declined sale that it is complete',
      endedSale().shows({ notice: 'Transaction complete' }),
    ),
    reviews(
      'the page besides says of a declined sale that it is complete',
      endedSale().wait(500).shows({ text: 'Transaction complete' }),
    ),
    passes(
      'the true result is beside the words',
      endedSale().shows({ outcome: 'Transaction complete', notice: 'Card declined' }),
    ),
    passes(
      'a dialogue has the true result',
      endedSale().shows({ notice: 'Thank you', dialogues: [{ text: 'Declined', options: [] }] }),
    ),
    passes(
      'a notice denies that it is complete',
      endedSale().shows({ notice: 'The payment could not be completed' }),
    ),
    passes(
      'a notice stood there before',
      new Story()
        .shows({ notice: 'Thank you' })
        .sale()
        .intent()
        .session()
        .poll('Declined')
        .shows({ prompt: null }),
    ),
    passes(
      'a notice has such words while the session goes on',
      begun().poll('Initiated').shows({ notice: 'Success' }),
    ),
  ],
};
