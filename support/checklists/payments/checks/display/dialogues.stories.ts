import type { Display } from '../../../../record/vocabulary.ts';
import { fails, passes, type Stories } from '../../stories/case.ts';
import { aPaidSale, aSale, shown, signatureDialogue, unconfirmedDialogue } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const signatureAsked = (): Story => aSale().wait(1000).poll('SignatureVerificationRequired').wait(300);

const open: Partial<Display> = { dialogues: [signatureDialogue] };

const closed: Partial<Display> = { dialogues: [] };

const signature = { dialogues: [signatureDialogue] };

const signing = (): Story =>
  aSale().poll('Initiated').wait(100).poll('SignatureVerificationRequired').wait(50);

const pictured = (): Story => signing().shows(signature, 'a.png').shows(signature, 'b.png');

export const dialogueStories: Stories = {
  'asks-for-signature': [
    passes(
      'it asks while the session waits',
      signatureAsked().shows(open).wait(1000).poll('Captured').shows(closed),
      /"Verify the signature", 0\.30 s after the API reported it/,
    ),
    fails(
      'it ignores it',
      signatureAsked().shows({ prompt: 'Please wait' }).poll('Captured'),
      /shows nothing/,
    ),
    fails(
      'it asks only when all is over',
      signatureAsked().poll('Captured').wait(1000).shows(open),
      /shows "Verify the signature"/,
    ),
    fails(
      'it shows it as a failure',
      signatureAsked().shows({ outcome: 'Declined' }).poll('Captured'),
      /"Declined"/,
    ),
    passes(
      'the session began with it',
      aSale().shows({}).session({ status: 'SignatureVerificationRequired' }).shows(open).poll('Captured'),
      /"Verify the signature", 0\.00 s after the API reported it/,
    ),
    fails('no poll said so', aPaidSale().shows(open), /Not testable: no poll of the till saw/),
    fails('there is no session', new Story().shows(open), /Not testable/),
    passes('in time', signing().shows(signature)),
    fails('before it was due', aSale().shows(signature).wait(50).poll('SignatureVerificationRequired')),
    fails('after it was over', signing().poll('Captured').wait(50).shows(signature)),
    passes(
      'the session began with it',
      aSale().shows({}).poll('SignatureVerificationRequired').shows(signature),
    ),
    fails(
      'it shows the last poll of a signature that was missed',
      aSale().poll('Initiated').poll('Initiated').poll('Captured'),
      { evidence: ['ex_5'] },
    ),
    passes('it shows the first picture of the dialogue', pictured(), { evidence: ['a.png'] }),
  ],
  'offers-accept-and-reject': [
    passes('both are offered', signatureAsked().shows(open), /offers Accept, Reject/),
    passes(
      'both were offered, and the dialogue is closed',
      signatureAsked().shows(open).shows(closed),
      /offers Accept, Reject/,
    ),
    fails(
      'it can only be accepted',
      signatureAsked().shows({ dialogues: [{ text: 'Verify the signature', options: ['Accept'] }] }),
      /offers Accept$/,
    ),
    fails('there is no dialogue', signatureAsked().shows({}), /there is no such dialogue/),
    fails(
      'another dialogue offers both',
      signatureAsked().shows({ dialogues: [{ text: 'Print a receipt?', options: ['Yes', 'No'] }] }),
      /there is no such dialogue/,
    ),
    passes('it shows the first picture of the dialogue', pictured(), { evidence: ['a.png'] }),
  ],
  'dialogue-survives': [
    passes(
      'it is open until the end',
      signatureAsked().shows(open).wait(70_000).poll('Captured').shows(closed),
      /open for at least 70\.\d+ s/,
    ),
    fails(
      'it closes by itself',
      signatureAsked().shows(open).wait(5000).shows(closed).wait(5000).poll('Captured'),
      /it closed 5\.00 s after it opened/,
    ),
    passes(
      'it was open for a moment before the till knew',
      aSale()
        .shows(open)
        .shows(closed)
        .poll('SignatureVerificationRequired')
        .shows(open)
        .wait(5000)
        .poll('Captured')
        .shows(closed),
      /open for at least 5\.\d+ s/,
    ),
    passes(
      'it is open still',
      signatureAsked().shows(open).wait(1999).shows({ prompt: 'Please wait' }).wait(5000),
      /open for at least 2\.00 s/,
    ),
    fails('it never opens', signatureAsked().poll('Captured'), /the dialogue never opened/),
    fails('no signature was asked for', aPaidSale(), /Not testable/),
    passes(
      'it closes when it is over',
      signing().shows(signature).wait(100).poll('Captured').shows({ dialogues: [] }),
    ),
    fails(
      'it closes before',
      signing().shows(signature).wait(100).shows({ dialogues: [] }).wait(100).poll('Captured'),
    ),
    fails(
      'it opened only before it was due',
      aSale().shows(signature).shows({ dialogues: [] }).poll('SignatureVerificationRequired').shows({}),
    ),
    passes(
      'the dialogue stays open',
      signing().shows(signature).wait(1999).shows(signature).wait(5000),
      /open for at least 2\.00 s/,
    ),
    passes('it shows the first picture of the dialogue', pictured(), { evidence: ['a.png'] }),
  ],
  'offers-record-and-retry': [
    passes(
      'both are offered',
      shown({ dialogues: [unconfirmedDialogue] }),
      /offers Record by hand, Try again/,
    ),
    fails(
      'only one is offered',
      shown({ dialogues: [{ text: 'The result cannot be confirmed', options: ['Try again'] }] }),
      /offers Try again/,
    ),
    fails('there is no dialogue', shown({ outcome: 'Declined' }), /there is no such dialogue/),
    fails(
      'another dialogue offers them',
      new Story().sale().shows({ dialogues: [{ ...unconfirmedDialogue, text: 'Hello' }] }),
    ),
    fails(
      'they were offered before the sale',
      new Story()
        .shows({ dialogues: [unconfirmedDialogue] })
        .wait(10)
        .sale()
        .shows({ dialogues: [] }),
    ),
    passes('they are offered', new Story().sale().shows({ dialogues: [unconfirmedDialogue] })),
  ],
};
