import { judged, listed, noIntent, noSession, notTestable, unseenScreen } from '../../../checklist/check.ts';
import { at, jsonOf, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { readSession } from './session-state.ts';

function entryMode(id: string, words: string, mode: string): Check {
  return {
    id,
    plane: 'state',
    fault: 'api',
    expected: () => `${words}: entry mode ${mode}`,
    advice: 'The session has to say how the card was read.',
    judge: ({ evidence }) => {
      const read = readSession(evidence);
      if ('missing' in read) return read.missing;
      const seen = textAt(read.state, 'paymentDetails', 'card', 'entryMode');
      return judged(
        seen === mode,
        `entry mode ${seen ?? 'not reported'}`,
        evidence.lastReading(read.session.id),
      );
    },
  };
}

export const cardChecks: Check[] = [
  {
    id: 'moto-flag-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'the payment intent says `cardHolderNotPresent: true`',
    advice: 'Send `cardHolderNotPresent: true`.',
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const flag = at(jsonOf(intent.created.request), 'cardHolderNotPresent');
      return judged(
        flag === true,
        `cardHolderNotPresent ${flag === undefined ? 'left out' : JSON.stringify(flag)}`,
        [intent.created.id],
      );
    },
  },
  {
    id: 'no-card-asked-for',
    plane: 'wire',
    fault: 'api',
    expected: () => 'the session has no PresentCard and no InsertCard among its prompts',
    advice: 'Without the cardholder the card machine goes directly to Key Card Number.',
    judge: ({ evidence }) => {
      const answered = evidence.session?.answers.at(-1);
      if (!answered) return notTestable(noSession);
      const types = answered.prompts.map(({ type }) => type);
      if (!types.length)
        return { ...notTestable('the session tells no prompt at all', [answered.exchange.id]), fault: 'api' };
      return judged(
        !types.some((type) => type === 'PresentCard' || type === 'InsertCard'),
        `prompts: ${listed(types)}`,
        [answered.exchange.id],
      );
    },
  },
  {
    id: 'machine-asks-for-card-number',
    plane: 'state',
    fault: 'api',
    expected: () => 'the card machine asks for the card number to be keyed in',
    advice: 'Look at the card machine: it has to show Key Card Number.',
    judge: ({ evidence }) => {
      const screen = evidence.facts('card-machine-screen').at(-1);
      if (!screen) return unseenScreen('Look at a photo of the card machine.');
      const { prompt } = screen.detail;
      return judged(prompt === 'KeyCardNumber', `the card machine shows ${prompt ?? 'nothing'}`);
    },
  },
  entryMode('card-was-inserted', 'the card was inserted', 'ContactChip'),
  entryMode('card-was-tapped', 'the card was tapped', 'Contactless'),
  entryMode('card-was-keyed', 'the card was keyed in', 'ManualEntry'),
  {
    id: 'device-was-verified',
    plane: 'state',
    fault: 'api',
    expected: () => 'the cardholder was verified on their device',
    advice: 'Pay with a wallet on a phone.',
    judge: ({ evidence }) => {
      const read = readSession(evidence);
      if ('missing' in read) return read.missing;
      const seen = textAt(read.state, 'paymentDetails', 'card', 'verificationMethod');
      return judged(
        seen === 'Device',
        `verification method ${seen ?? 'not reported'}`,
        evidence.lastReading(read.session.id),
      );
    },
  },
  {
    id: 'card-types-differ',
    plane: 'state',
    fault: 'environment',
    expected: () => 'two payments with cards of different types',
    advice: 'Use a card of another scheme for the second payment.',
    judge: ({ evidence }) => {
      const types = evidence.sessions.map(
        ({ state }) => textAt(state, 'paymentDetails', 'card', 'cardType') ?? 'not reported',
      );
      const result = judged(
        new Set(types).size > 1 && !types.includes('not reported'),
        listed(types),
        evidence.sessions.flatMap(({ id }) => evidence.lastReading(id)),
      );
      // Whether a person presented two is known by what the API reports alone.
      if (evidence.facts('done-by-person').length) return result;
      // Where the kit itself chose the cards, two were presented.
      const schemes = evidence
        .facts('card-machine-prepared')
        .flatMap(({ detail }) => textAt(detail, 'cardholder', 'scheme') ?? []);
      return new Set(schemes).size > 1 ? { ...result, fault: 'api' } : result;
    },
  },
];
