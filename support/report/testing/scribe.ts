import { crc32 } from 'node:zlib';
import { blank } from '../../record/display.ts';
import type { RowRecord } from '../../record/stream.ts';
import type { Display, Exchange, Json, Observation } from '../../record/vocabulary.ts';
import { samplePng } from './png.ts';

export const startedAt = Date.parse('2026-11-21T10:12:00.000Z');

interface Payment {
  readonly statuses: readonly (readonly [at: number, status: string])[];
  readonly prompts: readonly (readonly [at: number, prompt: string])[];
  /** What the till shows, from when on. */
  readonly shows: readonly (readonly [at: number, display: Partial<Display>])[];
  /** When the operator decides on the signature, and what the API answers. */
  readonly decision?: { readonly at: number; readonly accepted: boolean; readonly answer: number };
  /** Distance of the polls, ms. */
  readonly every?: number;
  /** When a screenshot is taken. */
  readonly pictureAt?: number;
}

export const chip: Payment = {
  statuses: [
    [0, 'InitiateRequested'],
    [200, 'Initiated'],
    [8700, 'Captured'],
  ],
  prompts: [
    [1200, 'PresentCard'],
    [5300, 'PleaseWait'],
    [5400, 'EnterPin'],
    [7600, 'RemoveCard'],
  ],
  shows: [
    [300, { prompt: 'Starting the card machine' }],
    [2100, { prompt: 'Present card' }],
    [6100, { prompt: 'Enter PIN' }],
    [8100, { prompt: 'Remove card' }],
    [9150, { outcome: 'Paid' }],
  ],
  pictureAt: 9300,
};

export const signature = (until: number, ends: string, decision?: Payment['decision']): Payment => ({
  statuses: [
    [0, 'InitiateRequested'],
    [200, 'Initiated'],
    [6700, 'SignatureVerificationRequired'],
    [until, ends === 'Captured' ? 'SignatureVerificationAccepted' : 'SignatureVerificationRejected'],
    [until + 1000, ends],
  ],
  prompts: [
    [1200, 'PresentCard'],
    [5300, 'PleaseWait'],
  ],
  shows: [
    [2100, { prompt: 'Present card' }],
    [6050, { prompt: 'Please wait' }],
    [7050, { dialogues: [{ text: 'Signature verification required', options: ['Accept', 'Reject'] }] }],
    ...(decision ? [[decision.at + 50, { prompt: 'Please wait' }] as const] : []),
    [until + 2050, { outcome: ends === 'Captured' ? 'Paid' : 'Card declined' }],
  ],
  ...(decision ? { decision } : {}),
  pictureAt: 7200,
});

/** The id of the nth exchange of a row, as a gateway numbers them. */
export const exchangeId = (row: string, count: number | string): string =>
  `x-${crc32(row).toString(16).padStart(8, '0')}-${count}`;

/** Writes down one row as a run would have: times in ms since the row began. */
export class Scribe {
  readonly #id: string;
  readonly #begin: number;
  readonly #observations: Observation[] = [];
  readonly #screenshots: RowRecord['screenshots'] = [];
  #count = 0;
  #last = 0;

  constructor(id: string, begin: number) {
    this.#id = id;
    this.#begin = begin;
  }

  exchange(
    at: number,
    method: string,
    target: string,
    asked: Json,
    status: number,
    answered: Json,
  ): Exchange {
    this.#count += 1;
    this.#last = Math.max(this.#last, at + 40);
    const exchange: Exchange = {
      id: exchangeId(this.#id, this.#count),
      from: 'subject',
      to: 'dojo',
      channel: 'http',
      request: {
        method,
        target,
        headers: [
          ['Host', 'api.dojo.tech'],
          ['Authorization', 'Basic [key 5f2a19c0]'],
          ['version', '2026-02-27'],
          ['software-house-id', 'softwareHouse1'],
          ['reseller-id', 'reseller1'],
        ],
        body: asked === null ? null : { json: asked },
      },
      response: {
        status,
        headers: [
          ['content-type', 'application/json; charset=utf-8'],
          ['x-account-time', String(startedAt + this.#begin + at + 40)],
          ['date', new Date(startedAt + this.#begin + at).toUTCString()],
        ],
        body: { json: answered },
      },
      at: this.#begin + at,
      until: this.#begin + at + 40,
      startedAt: new Date(startedAt + this.#begin + at).toISOString(),
      accountTime: startedAt + this.#begin + at + 40,
    };
    this.#observations.push({ kind: 'exchange', exchange });
    return exchange;
  }

  note(observation: Observation): void {
    this.#observations.push(observation);
  }

  show(at: number, display: Partial<Display>, screenshot?: string): void {
    this.#last = Math.max(this.#last, at);
    const text = [display.outcome, display.prompt, display.notice].filter(Boolean).join('\n');
    this.note({
      kind: 'display',
      at: this.#begin + at,
      reported: false,
      display: { ...blank, text, ...display },
      ...(screenshot ? { screenshot } : {}),
    });
  }

  /** A payment from the sale's beginning to its end, polled by the till. */
  pay(from: number, payment: Payment): void {
    const { statuses, prompts, shows, decision, every = 1000, pictureAt } = payment;
    const intentId = `pi_sandbox_${this.#id}_${from}`;
    const sessionId = `ts_sandbox_${this.#id}_${from}`;
    const iso = (at: number): string => new Date(startedAt + this.#begin + from + at).toISOString();
    const intent = (status: string): Json => ({
      id: intentId,
      status,
      amount: { value: 1000, currencyCode: 'GBP' },
    });
    const session = (at: number): Json => ({
      id: sessionId,
      terminalId: 'tm_sandbox_1',
      status: statuses.findLast(([time]) => time <= at)?.[1] ?? 'InitiateRequested',
      createdAt: iso(0),
      updatedAt: iso(at),
      expireAt: iso(90_000),
      notificationEvents: prompts
        .filter(([time]) => time <= at)
        .map(([time, notificationType]) => ({ notificationType, createdAt: iso(time) })),
      statusEvents: statuses
        .filter(([time]) => time <= at)
        .map(([time, status]) => ({ status, createdAt: iso(time), debugMessage: '' })),
    });
    const at = this.#begin + from;
    const sale = { name: 'sale', sale: { amount: 1000, currency: 'GBP' } } as const;
    this.note({ kind: 'action', at: at - 90, until: at, action: sale, answer: { answer: 'done' } });
    this.exchange(
      from - 60,
      'POST',
      '/payment-intents',
      { amount: { value: 1000, currencyCode: 'GBP' } },
      201,
      intent('Created'),
    );
    const details = { sessionType: 'Sale', sale: { paymentIntentId: intentId } };
    this.exchange(
      from,
      'POST',
      '/terminal-sessions',
      { terminalId: 'tm_sandbox_1', details },
      201,
      session(0),
    );
    for (const [time, display] of shows) this.show(from + time, display);
    if (pictureAt !== undefined)
      this.picture(from + pictureAt, shows.findLast(([time]) => time <= pictureAt)?.[1] ?? {});
    if (decision) {
      const { accepted, answer } = decision;
      const time = at + decision.at;
      this.note({
        kind: 'action',
        at: time - 30,
        until: time,
        action: { name: 'signature', accepted },
        answer: { answer: 'done' },
      });
      this.exchange(
        from + decision.at,
        'PUT',
        `/terminal-sessions/${sessionId}/signature`,
        { accepted },
        answer,
        session(decision.at),
      );
    }
    const end = statuses.at(-1)![0];
    for (let time = every; time < end + every; time += every) {
      this.exchange(from + time, 'GET', `/terminal-sessions/${sessionId}`, null, 200, session(time));
    }
    this.exchange(
      from + Math.ceil(end / every) * every + 120,
      'GET',
      `/payment-intents/${intentId}`,
      null,
      200,
      intent('Captured'),
    );
  }

  picture(at: number, display: Partial<Display>): void {
    const name = `${this.#id}-${this.#screenshots.length + 1}.png`;
    this.show(at, display, name);
    this.#screenshots.push({ name, type: 'image/png', base64: Buffer.from(samplePng()).toString('base64') });
  }

  record(finished = true): RowRecord {
    const step = { text: 'the POS takes a sale of £10.00', status: 'PASSED', message: '' };
    const broken = { text: 'the POS shows the outcome "Captured"', status: 'UNDEFINED', message: '' };
    return {
      id: this.#id,
      observations: this.#observations,
      screenshots: this.#screenshots,
      steps: finished ? [step] : [step, broken],
      startedAt: startedAt + this.#begin,
      finishedAt: finished ? startedAt + this.#begin + this.#last : null,
    };
  }
}
