import { factWords } from '../../checklist/index.ts';
import { counted } from '../../record/counted.ts';
import { coded } from '../../record/error-codes.ts';
import type { RowRecord, StepRecord } from '../../record/stream.ts';
import { visible } from '../../record/visible.ts';
import type { Observation } from '../../record/vocabulary.ts';
import { html, type Markup } from '../markup.ts';
import { lasting, moment } from '../time.ts';

interface Line {
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

/** The steps of a row's scenario, and what was done, waited for and answered while they ran. */
export function Proceedings({ record, since }: { record: RowRecord; since: number }): Markup[] {
  const steps = record.steps.filter(({ text, status }) => text || status !== 'PASSED');
  const lines = record.observations.flatMap((one) => lineOf(one)).sort((one, other) => one.at - other.at);
  return [
    html`${
      steps.length > 0 &&
      html`<details class="block"><summary>${counted(steps.length, 'step')} of the scenario</summary>
        <ol class="steps">${steps.map((step) => html`<${Step} step=${step} />`)}</ol></details>`
    }`,
    html`${
      lines.length > 0 &&
      html`<details class="block"><summary>What was done and waited for</summary>
        <table class="small"><thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
        <tbody>${lines.map(({ at, who, what }) => html`<tr><td class="number">${moment(at - since)}</td><td class="nowrap">${who}</td><td>${visible(what)}</td></tr>`)}</tbody></table></details>`
    }`,
  ];
}

function Step({ step: { text, status, message } }: { step: StepRecord }): Markup {
  const words =
    status === 'PASSED'
      ? null
      : html` <b>${status.toLowerCase()}</b>${message && html`: ${message.split('\n')[0]}`}`;
  return html`<li>${text || 'Preparing or cleaning up'}${words}</li>`;
}

function lineOf(observation: Observation): Line[] {
  switch (observation.kind) {
    case 'action': {
      const { at, until, action, answer } = observation;
      const { name, ...details } = action;
      const end =
        answer.answer === 'done'
          ? answer.idle
            ? 'no step of it in the profile applied'
            : `done after ${lasting(until - at)}`
          : `${answer.answer}: ${answer.reason}`;
      const given = Object.values(details)[0];
      return [
        {
          at,
          who: 'operator',
          what: `${name}${given === undefined ? '' : ` ${JSON.stringify(given)}`}: ${end}`,
        },
      ];
    }
    case 'fact': {
      const [who, what] = factWords(observation);
      return [{ at: observation.at, who, what }];
    }
    case 'wait': {
      const { at, until, for: what, met } = observation;
      return [
        { at, who: 'kit', what: `waited ${lasting(until - at)} for ${what}: ${met ? 'seen' : 'not seen'}` },
      ];
    }
    case 'declared':
      return [
        {
          at: observation.at,
          who: 'declared',
          what: `${observation.question}: ${observation.answer ?? 'no answer'}`,
        },
      ];
    case 'trouble':
      return [
        { at: observation.at, who: 'kit', what: `trouble: ${coded(observation.code, observation.message)}` },
      ];
    default:
      return [];
  }
}
