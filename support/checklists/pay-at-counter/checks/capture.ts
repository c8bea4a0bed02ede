import {
  answered,
  failed,
  judged,
  judgedBothSides,
  money,
  noIntent,
  notTestable,
} from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import { at, ids, jsonOf, listAt, numberAt, textAt } from '../../../record/evidence.ts';
import type { Check } from '../../payments/check.ts';
import { ofIntentInHand } from '../../payments/checks/payment-intent.ts';

function captureModeRequested(id: string, mode: 'Auto' | 'Manual'): Check {
  return {
    id,
    plane: 'wire',
    fault: 'pos',
    expected: () =>
      `POST /payment-intents asks for the capture mode ${mode}${mode === 'Auto' ? ' (which is also meant where it is left out)' : ''}`,
    advice: `Send \`captureMode: ${mode}\`.`,
    judge: ({ evidence }) => {
      const intent = evidence.made.at(-1);
      if (!intent) return notTestable(noIntent);
      const asked = textAt(jsonOf(intent.created.request), 'captureMode');
      return judged((asked ?? 'Auto') === mode, `captureMode ${asked ?? 'left out'}`, [intent.created.id]);
    },
  };
}

function captureModeIs(id: string, mode: 'Auto' | 'Manual'): Check {
  return {
    id,
    plane: 'state',
    fault: 'api',
    expected: () => `the payment intent has the capture mode ${mode}`,
    advice: 'The API has to keep the capture mode that was asked for.',
    judge: ({ evidence }) =>
      ofIntentInHand(evidence, (state) => {
        const mode_ = textAt(state, 'captureMode');
        return [mode_ === mode, `captureMode ${mode_ ?? 'not reported'}`];
      }),
  };
}

export const captureChecks: Check[] = [
  captureModeRequested('auto-capture-requested', 'Auto'),
  captureModeRequested('manual-capture-requested', 'Manual'),
  captureModeIs('intent-is-auto', 'Auto'),
  captureModeIs('intent-is-manual', 'Manual'),
  {
    id: 'capture-sent',
    plane: 'wire',
    fault: 'pos',
    expected: (params) =>
      `POST /payment-intents/{id}/captures with the amount ${Number(params.amount)}, a bare number of minor units`,
    advice: 'Send the amount to capture as a bare integer.',
    judge: ({ evidence }, params) => {
      const sent = evidence.requests('capture');
      const last = sent.at(-1);
      if (!last) return failed('no capture was sent');
      const amount = at(jsonOf(last.request), 'amount');
      const accepted = last.response?.status === 200 && Boolean(textAt(jsonOf(last.response), 'captureId'));
      return judgedBothSides(
        amount === params.amount && sent.length === 1,
        accepted,
        `amount ${JSON.stringify(amount)}, sent ${counted(sent.length, 'time')}, answered ${answered(last)}`,
        ids(sent),
      );
    },
  },
  {
    id: 'intent-captured-with',
    plane: 'state',
    fault: 'api',
    expected: (params) => `the payment intent is Captured with ${money(Number(params.amount))}`,
    advice: 'A capture that was answered 200 has to take effect.',
    judge: ({ evidence }, params) =>
      ofIntentInHand(evidence, (state) => {
        const sum = listAt(state, 'captures').reduce(
          (total: number, one) => total + (numberAt(one, 'amount') ?? 0),
          0,
        );
        const status = textAt(state, 'status');
        return [status === 'Captured' && sum === params.amount, `${status}, captured ${money(sum)}`];
      }),
  },
];
