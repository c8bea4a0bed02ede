import type { Display } from '../../../../record/vocabulary.ts';
import { criteria } from '../../criteria.ts';
import { fails, passes, type Stories } from '../../stories/case.ts';
import { aSale, signatureDialogue, signing, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

/** A card machine that asks for the card for so long, while the till shows something. */
const prompted = (ms: number, display: Partial<Display>): Story =>
  aSale()
    .wait(1000)
    .poll('Initiated', 'PresentCard')
    .shows(display)
    .wait(ms)
    .poll('Captured')
    .sessionIs('Captured');

/** The prompt is shown, and in the next sale it is not; so much later that is cancelled, and ends a while after. */
const cancelledAfter = (ms: number): Story =>
  prompted(3000, { prompt: 'Present card' })
    .sale()
    .shows({ prompt: 'Cancelling' })
    .intent()
    .session()
    .poll('Initiated', 'PresentCard')
    .wait(ms)
    .cancel()
    .wait(2000)
    .poll('Canceled')
    .sessionIs('Canceled');

/** Three prompts of three seconds each, with what the display says of them. */
function threePrompts(first: string, second = first, third = first): Story {
  return aSale()
    .poll('Initiated', 'PresentCard')
    .shows({ prompt: first })
    .wait(3000)
    .poll('Initiated', 'EnterPin')
    .shows({ prompt: second })
    .wait(3000)
    .poll('Initiated', 'RemoveCard')
    .shows({ prompt: third })
    .wait(3000)
    .poll('Captured');
}

/** The prompts of a chip card, as a card machine has them: the first lasts, and the others only together. */
const shortOnes = (first: string, later = first): Story =>
  aSale()
    .poll('Initiated', 'PresentCard')
    .shows({ prompt: first })
    .wait(4000)
    .poll('Initiated', 'PleaseWait')
    .wait(100)
    .poll('Initiated', 'EnterPin')
    .wait(1000)
    .shows({ prompt: later })
    .wait(1200)
    .poll('Initiated', 'RemoveCard')
    .wait(1100)
    .poll('Captured')
    .sessionIs('Captured');

const least = criteria['display.prompt'].value;

const promptThenRemoval = (ms: number, shown: Partial<Display>, type = 'PresentCard'): Story =>
  aSale()
    .poll('Initiated', type)
    .wait(5)
    .shows(shown)
    .wait(ms - 26)
    .poll('Initiated', 'RemoveCard')
    .shows({ prompt: 'Remove card' })
    .wait(least + 50)
    .poll('Captured')
    .sessionIs('Captured');

/** The operator is asked about the signature. */
const asked = (): Story =>
  signing()
    .shows({ dialogues: [signatureDialogue] })
    .wait(500);

const answered = (accepted: boolean): Story =>
  asked().act({ name: 'signature', accepted }).decide(accepted).wait(900);

export const promptStories: Stories = {
  'prompts-shown': [
    fails(
      'one text stands for all of them',
      threePrompts('Present card · Insert card · Enter PIN · Remove card').sessionIs('Captured'),
      /which stands for PresentCard, EnterPin, RemoveCard at once/,
    ),
    passes(
      'one text stands for two of them, and for two ways to present the card',
      threePrompts('Present card · Insert card', 'Insert card · Enter PIN', 'Remove card').sessionIs(
        'Captured',
      ),
      /shown live/,
    ),
    passes(
      'one text stands for two ways to present the card, and for what comes next',
      aSale()
        .poll('Initiated', 'PresentCard', 'InsertCard', 'PresentOnlyOneCard', 'ReEnterCard')
        .shows({ prompt: 'Present card · Insert card · Only one card · Insert card again · Enter PIN' })
        .wait(3000)
        .poll('Initiated', 'EnterPin')
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /shown live/,
    ),
    passes(
      'each has its own text',
      threePrompts('Present card', 'Enter PIN', 'Remove card').sessionIs('Captured'),
      /shown live: PresentCard, EnterPin, RemoveCard/,
    ),
    passes(
      'it is shown while it lasts',
      prompted(3000, { prompt: 'Present card' }),
      /shown live: PresentCard/,
    ),
    passes('it is cancelled before it could be seen', cancelledAfter(2000), /shown live: PresentCard$/),
    fails(
      'it is cancelled when it could long be seen',
      cancelledAfter(3000),
      /while it lasted: PresentCard$/,
    ),
    fails(
      'something else is shown',
      prompted(3000, { prompt: 'Please wait' }),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'it is shown when it is over',
      prompted(3000, {}).shows({ prompt: 'Present card' }),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'a signature ended it',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Please wait' })
        .wait(3000)
        .poll('SignatureVerificationRequired')
        .sessionIs('SignatureVerificationRequired'),
      /never shown while it lasted: PresentCard/,
    ),
    fails(
      'it came after the signature',
      aSale()
        .poll('SignatureVerificationRequired')
        .wait(10)
        .poll('SignatureVerificationAccepted', 'RemoveCard')
        .shows({ prompt: 'Please wait' })
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /never shown while it lasted: RemoveCard/,
    ),
    fails(
      'the signature was asked for in the same moment',
      aSale()
        .poll('SignatureVerificationRequired', 'PleaseWait')
        .wait(3000)
        .poll('Captured')
        .sessionIs('Captured'),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'nobody knows how long it lasted',
      aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Please wait' }),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'the API tells nothing of the session but its id',
      new Story()
        .shows({})
        .sale()
        .call('POST', '/terminal-sessions', { answer: { id: 'ts_1' } }),
      /Not testable: no prompt lasted long/,
    ),
    fails(
      'the display is frozen at the first prompt, and the later ones are short',
      shortOnes('Present card'),
      /never shown while it lasted: PleaseWait or EnterPin or RemoveCard/,
    ),
    passes(
      'of short ones that follow each other one is shown, a second late',
      shortOnes('Present card', 'Enter PIN'),
      /shown live: PresentCard, PleaseWait or EnterPin or RemoveCard/,
    ),
    fails(
      'no prompt lasts',
      prompted(100, { prompt: 'Present card' }),
      /Not testable: no prompt lasted long/,
    ),
    passes('each is shown', promptThenRemoval(least, { prompt: 'Present card' })),
    fails('the first is not shown', promptThenRemoval(least, { prompt: 'Hello' })),
    fails('the first lasted just long enough', promptThenRemoval(least - 1, { prompt: 'Hello' })),
    passes('the first did not last', promptThenRemoval(least - 2, { prompt: 'Hello' })),
    passes(
      'one that the vocabulary does not know has its own words',
      promptThenRemoval(least, { prompt: 'Please tap phone now' }, 'TapPhone'),
    ),
    fails(
      'one that the vocabulary does not know is not shown',
      promptThenRemoval(least, { prompt: 'TapPhone' }, 'TapPhone'),
    ),
    fails(
      'it is shown once it was over',
      aSale()
        .poll('Initiated', 'PresentCard')
        .wait(least + 50)
        .poll('Initiated', 'RemoveCard')
        .shows({ prompt: 'Present card' })
        .wait(10)
        .poll('Captured')
        .sessionIs('Captured'),
    ),
    fails(
      'it had been shown before',
      aSale()
        .shows({ prompt: 'Present card' })
        .shows({ prompt: null })
        .poll('Initiated', 'PresentCard')
        .wait(least + 50)
        .poll('Captured')
        .sessionIs('Captured'),
    ),
    passes(
      'it stands there still from before',
      aSale()
        .shows({ prompt: 'Present card' })
        .poll('Initiated', 'PresentCard')
        .wait(least + 50)
        .poll('Captured')
        .sessionIs('Captured'),
    ),
    fails(
      'a signature ended it',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Hello' })
        .wait(least + 50)
        .poll('SignatureVerificationRequired')
        .sessionIs('SignatureVerificationRequired'),
    ),
    fails(
      'nobody knows how long it lasted',
      aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Hello' }),
    ),
    fails('there is no session', new Story().shows({ prompt: 'Hello' })),
  ],
  'signature-question-closed': [
    passes(
      'it goes when it is decided',
      answered(true).shows({ dialogues: [] }).poll('Captured'),
      /has gone/,
    ),
    passes(
      'it goes when the session has ended',
      answered(true).poll('Captured').wait(4000).shows({ dialogues: [] }),
    ),
    passes(
      'another dialogue follows it',
      answered(false)
        .poll('Declined')
        .shows({ dialogues: [unconfirmedDialogue] }),
    ),
    passes(
      'what was decided stands there without a choice',
      answered(true)
        .poll('Captured')
        .shows({ dialogues: [{ text: 'Verify the signature: accepted', options: ['OK'] }] }),
    ),
    fails(
      'it stays when the payment was captured',
      answered(true).poll('Captured').shows({ outcome: 'Paid' }),
      /still asks "Verify the signature" when the session is Captured/,
    ),
    fails(
      'it stays when the payment was declined',
      answered(false).poll('Declined').shows({ outcome: 'Declined' }),
      /when the session is Declined/,
    ),
    fails(
      'the decision was refused',
      asked().act({ name: 'signature', accepted: true }).decide(true, { status: 422 }).poll('Captured'),
      /Not testable/,
    ),
    fails('the session goes on', answered(true), /Not testable/),
    fails('there is no session', new Story(), /Not testable/),
  ],
  'prompts-cleared': [
    passes(
      'it is gone',
      prompted(3000, { prompt: 'Present card' }).shows({ prompt: null }),
      /no prompt was left/,
    ),
    passes(
      'the card may still be in',
      aSale()
        .poll('Initiated', 'EnterPin')
        .shows({ prompt: 'Enter PIN' })
        .poll('Initiated', 'RemoveCard')
        .shows({ prompt: 'Remove card' })
        .poll('Captured', 'EnterPin', 'RemoveCard')
        .wait(6000)
        .shows({ prompt: 'Remove card', outcome: 'Paid' }),
      /no prompt was left/,
    ),
    passes(
      'what the card machine says of the end stays',
      aSale().poll('Captured').wait(6000).shows({ prompt: 'Approved' }),
      /no prompt was left/,
    ),
    passes(
      'it stood there still when the next sale began at once',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .sale()
        .intent()
        .session()
        .poll('Initiated')
        .shows({ prompt: null })
        .poll('Captured'),
      /no prompt was left/,
    ),
    fails(
      'the first one stays',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .shows({ prompt: 'Present card', outcome: 'Paid' })
        .wait(6000)
        .shows({ prompt: 'Present card', outcome: 'Paid' }),
      /still shows "Present card" after the end/,
    ),
    fails(
      'the question about the signature stays',
      aSale()
        .poll('SignatureVerificationRequired')
        .shows({ dialogues: [{ text: 'Check the signature', options: ['Accept', 'Reject'] }] })
        .poll('Captured')
        .wait(6000)
        .shows({
          outcome: 'Paid',
          dialogues: [{ text: 'Check the signature', options: ['Accept', 'Reject'] }],
        }),
      /still shows "Check the signature" after the end/,
    ),
    passes(
      'a message about the signature stays, which asks nothing',
      aSale()
        .poll('SignatureVerificationRequired')
        .poll('Captured')
        .wait(6000)
        .shows({ outcome: 'Paid', dialogues: [{ text: 'The signature was accepted', options: ['OK'] }] }),
      /no prompt was left/,
    ),
    fails(
      'the last one stays of a sale that was cancelled',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Canceled')
        .wait(6000)
        .shows({ prompt: 'Present card' }),
      /still shows "Present card" after the end/,
    ),
    fails(
      'one stayed until the next sale, long after',
      aSale()
        .poll('Initiated', 'PresentCard')
        .shows({ prompt: 'Present card' })
        .poll('Captured')
        .wait(6000)
        .sale()
        .intent()
        .session()
        .shows({ prompt: null })
        .poll('Captured'),
      /still shows "Present card" after the end/,
    ),
    fails(
      'it has had no time to go',
      aSale().poll('Initiated', 'PresentCard').shows({ prompt: 'Present card' }).poll('Captured'),
      /Not testable: no session has ended, with time/,
    ),
    fails('no session has ended', aSale().poll('Initiated', 'PresentCard'), /Not testable/),
  ],
};
