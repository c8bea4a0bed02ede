import { failed, judged, listed, noSession, notTestable, seconds } from '../../../../checklist/check.ts';
import { resultOf, says } from '../../../../record/phrases.ts';
import type { Dialogue, Display } from '../../../../record/vocabulary.ts';
import type { Check, Scene } from '../../check.ts';
import type { Session } from '../../evidence.ts';
import { byWords, pictureAt, pictures, quoted, shownSince, spoken } from './shown.ts';

/** The dialogue that asks for the signature, in a display. */
const signatureDialogue = (display: Display, scene: Scene) =>
  display.dialogues.find(({ text }) => says(text, scene.run.pos.vocabulary.signature));

const offers = (dialogue: Dialogue | undefined, phrases: readonly string[]): boolean =>
  dialogue?.options.some((option) => says(option, phrases)) ?? false;

/** When the till learned that the session waits for a signature, and when that it no longer does. */
function signatureAsked(session: Session): { from: number; to: number } | null {
  const index = session.answers.findIndex(({ status }) => status === 'SignatureVerificationRequired');
  if (index < 0) return null;
  const end = session.answers.slice(index).find(({ status }) => status !== 'SignatureVerificationRequired');
  return { from: session.answers[index]!.exchange.until, to: end?.exchange.at ?? Number.POSITIVE_INFINITY };
}

export const dialogueChecks: Check[] = [
  {
    id: 'asks-for-signature',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'a dialogue says that a signature must be verified, while the session waits for it',
    advice: byWords('Open the dialogue when a poll says SignatureVerificationRequired.', 'signature'),
    judge: (scene) => {
      const { evidence } = scene;
      const session = evidence.session;
      if (!session) return notTestable(noSession);
      const asked = signatureAsked(session);
      const asking = shownSince(evidence, evidence.paymentStart).filter(({ display }) =>
        signatureDialogue(display, scene),
      );
      if (!asked)
        return notTestable(
          'no poll of the till saw that a signature is required',
          session.polls.slice(-1).map(({ id }) => id),
        );
      const inTime = asking.find((shown) => shown.at >= asked.from && shown.at <= asked.to);
      const display = evidence.display;
      return judged(
        inTime !== undefined,
        inTime
          ? `${quoted(signatureDialogue(inTime.display, scene)!.text)}, ${seconds(inTime.at - asked.from)} after the API reported it`
          : `shows ${quoted(display ? spoken(display) : null)}`,
        pictures(asking).slice(0, 1),
      );
    },
  },
  {
    id: 'offers-accept-and-reject',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the dialogue offers to accept and to reject the signature',
    advice: byWords('Offer both decisions.', 'accept', 'reject'),
    judge: (scene) => {
      const { vocabulary } = scene.run.pos;
      const shown = shownSince(scene.evidence, scene.evidence.paymentStart).filter(({ display }) =>
        signatureDialogue(display, scene),
      );
      const last = shown.at(-1);
      const dialogue = last && signatureDialogue(last.display, scene);
      return judged(
        offers(dialogue, vocabulary.accept) && offers(dialogue, vocabulary.reject),
        dialogue ? `offers ${listed(dialogue.options)}` : 'there is no such dialogue',
        pictures(shown).slice(0, 1),
      );
    },
  },
  {
    id: 'dialogue-survives',
    plane: 'display',
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the dialogue stays open as long as the API reports that a signature is required',
    advice: byWords('Close the dialogue only when the status has moved on.', 'signature'),
    judge: (scene) => {
      const session = scene.evidence.session;
      const asked = session ? signatureAsked(session) : null;
      if (!asked) return notTestable('no poll of the till saw that a signature is required');
      const shown = scene.evidence.all('display');
      const opened = shown.find((one) => one.at >= asked.from && signatureDialogue(one.display, scene));
      if (!opened) return failed('the dialogue never opened', pictureAt(scene.evidence));
      const closed = shown.find(
        (one) => one.at > opened.at && one.at < asked.to && !signatureDialogue(one.display, scene),
      );
      return judged(
        !closed,
        closed
          ? `it closed ${seconds(closed.at - opened.at)} after it opened, while the signature was still required`
          : `open for at least ${seconds((Number.isFinite(asked.to) ? asked.to : shown.at(-1)!.at) - opened.at)}`,
        pictures([opened]),
      );
    },
  },
  {
    id: 'offers-record-and-retry',
    plane: 'display',
    attestable: true,
    fault: 'pos',
    timed: true,
    followsApi: true,
    expected: () => 'the dialogue offers to record the sale by hand and to try again',
    advice: byWords('Offer both ways out of a result that cannot be confirmed.', 'recordByHand', 'retry'),
    judge: ({ evidence, run }) => {
      const { vocabulary } = run.pos;
      const dialogue = shownSince(evidence, evidence.paymentStart)
        .flatMap(({ display }) => display.dialogues)
        .findLast(({ text }) => resultOf(text, vocabulary) === 'Unconfirmed');
      return judged(
        offers(dialogue, vocabulary.recordByHand) && offers(dialogue, vocabulary.retry),
        dialogue ? `offers ${listed(dialogue.options)}` : 'there is no such dialogue',
        pictureAt(evidence),
      );
    },
  },
];
