import { fails, passes, reviews, type Stories, warns } from '../../payments/stories/case.ts';
import { aSale, inTheMoment } from '../../payments/stories/situations.ts';
import { Story } from '../../payments/stories/story.ts';

const terminals = (status: string, tid = 'VCMSIP0') => ({
  answer: [{ id: 'tm_1', status, properties: { tid } }],
});

const onMachine = { params: { terminalId: 'tm_1' } };

const bothMachines = (): Story => new Story().configure().choose('tm_1').sale().intent().session();

const machine = { terminalId: 'tm_1' };

export const terminalStories: Stories = {
  'terminals-listed': [
    passes(
      'the list is asked for',
      new Story().call('GET', '/terminals', terminals('Available')),
      /answered 200 1 time/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    passes(
      'the path ends in a slash and has a query, which leaves some out',
      new Story().call('GET', '/terminals/?statuses=Available', { answer: [] }),
      /answered 200/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails(
      'the list leaves out a card machine of the account',
      new Story().call('GET', '/terminals', terminals('Available')),
      /answered without VCMSIS0 \(tm_2\)/,
      { params: { machines: ['VCMSIP0 (tm_1)', 'VCMSIS0 (tm_2)'] } },
    ),
    fails(
      'the list gives a card machine another TID',
      new Story().call('GET', '/terminals', terminals('Available', 'VCMDIP0')),
      /answered without VCMSIP0 \(tm_1\)/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails(
      'the list is empty',
      new Story().call('GET', '/terminals', { answer: [] }),
      /answered without VCMSIP0 \(tm_1\)/,
      { params: { machines: ['VCMSIP0 (tm_1)'] } },
    ),
    fails('the list is refused', new Story().call('GET', '/terminals', { status: 404 }), /answered 404/),
    fails(
      'no answer comes',
      new Story().call('GET', '/terminals', { trouble: 'client-dropped' }),
      /answered client-dropped/,
    ),
    warns('it is never asked for', aSale(), /never asked/),
    fails('the list leaves one out', new Story().call('GET', '/terminals', { answer: [] }), {
      params: { machines: ['T (tm_1)'] },
      fault: 'api',
    }),
    fails('the list is refused', new Story().call('GET', '/terminals', { status: 401 }), {
      params: { machines: [] },
      fault: 'pos',
    }),
  ],
  'chosen-terminals-used': [
    passes(
      'each sale goes to its machine',
      bothMachines().choose('tm_2').sale().intent().session({ terminalId: 'tm_2' }),
      /chosen: tm_1, tm_2; used: tm_1, tm_2/,
    ),
    fails(
      'the second sale goes to the first machine',
      bothMachines().choose('tm_2').sale().intent().session({ terminalId: 'tm_1' }),
      /used: tm_1, tm_1/,
    ),
    reviews(
      'the second sale goes to the first machine, and no step of the choice applied',
      bothMachines()
        .choose('tm_2', { answer: 'done', idle: true })
        .sale()
        .intent()
        .session({ terminalId: 'tm_1' }),
      /used: tm_1, tm_1/,
    ),
    fails('only one was chosen: it may be hard-coded', bothMachines(), /chosen: tm_1; used: tm_1/),
    fails(
      'the second sale names none',
      bothMachines().choose('tm_2').sale().intent().call('POST', '/terminal-sessions', { body: {} }),
      /used: tm_1, none/,
    ),
  ],
  'refused-as-unavailable': [
    passes(
      'the session is answered 404',
      new Story().sale().intent().session({ refused: 404, detail: 'the terminal is in use' }),
      /answered 404: the terminal is in use/,
      onMachine,
    ),
    passes(
      'it is answered 409',
      new Story().sale().intent().session({ refused: 409 }),
      /answered 409/,
      onMachine,
    ),
    passes(
      'the till saw the machine in use and sent nothing',
      new Story().sale().call('GET', '/terminals', terminals('InUse')),
      /the till saw that the card machine is InUse/,
      { params: { terminalId: 'tm_1' } },
    ),
    fails('the session is made', aSale(), /answered 200/, { ...onMachine, fault: 'api' }),
    fails(
      'the session goes unanswered',
      new Story()
        .sale()
        .intent()
        .call('POST', '/terminal-sessions', {
          body: { terminalId: 'tm_1' },
          trouble: 'client-dropped',
        }),
      /answered client-dropped: no reason/,
      onMachine,
    ),
    fails(
      'it is refused with another status',
      new Story().sale().intent().session({ refused: 401 }),
      /answered 401/,
      onMachine,
    ),
    passes(
      'it is busy with another payment',
      new Story().sale().intent().session({ refused: 409, detail: 'busy with another payment intent' }),
      /busy with another/,
      onMachine,
    ),
    fails(
      'it is refused for whose machine it is',
      new Story()
        .sale()
        .intent()
        .session({ refused: 404, detail: 'The terminal does not belong to this account' }),
      /does not belong/,
      onMachine,
    ),
    fails(
      'it is refused for the payment intent',
      new Story().sale().intent().session({ refused: 404, detail: 'payment intent not found' }),
      /payment intent not found/,
      onMachine,
    ),
    fails(
      'it is refused for a reason that is no card machine',
      new Story().sale().intent().session({ refused: 404, detail: 'not found' }),
      /answered 404: not found/,
      onMachine,
    ),
    fails(
      'another card machine was asked',
      new Story().sale().intent().session({ refused: 404, terminalId: 'tm_9' }),
      /asked for on tm_9, the card machine is tm_1/,
      onMachine,
    ),
    fails(
      'nothing was sent though the machine is free',
      new Story().sale().call('GET', '/terminals', terminals('Available')),
      /no answer reported that the card machine is busy/,
      { params: { terminalId: 'tm_1' } },
    ),
    fails(
      'nothing was sent, and another machine is in use',
      new Story().sale().call('GET', '/terminals', terminals('InUse')),
      /no answer reported/,
      { params: { terminalId: 'tm_2' } },
    ),
    passes(
      'it is not found',
      new Story().sale().intent().session({ refused: 404, detail: 'Terminal not found' }),
      { params: machine },
    ),
    fails(
      'it is the payment that was not found',
      new Story()
        .sale()
        .intent()
        .session({ refused: 404, detail: 'Payment intent for the device not found' }),
      { params: machine },
    ),
    fails('it was refused before the sale in hand', new Story().session({ refused: 404 }).sale().intent(), {
      params: machine,
    }),
    passes(
      'it shows the list that says so',
      new Story().sale().call('GET', '/terminals', { answer: [{ id: 'tm_1', status: 'InUse' }] }),
      { params: machine, evidence: ['ex_1'] },
    ),
    fails('it shows nothing, where nothing was sent', new Story().sale(), { params: machine, evidence: [] }),
    passes(
      'the session is asked for in the moment of the sale',
      inTheMoment(new Story().sale()).session({ on: 'pi_1', refused: 404 }),
      { params: { terminalId: 'tm_1' } },
    ),
    fails(
      'another card machine is asked for',
      new Story().sale().intent().session({ terminalId: 'tm_2', refused: 404 }),
      { params: { terminalId: 'tm_1' }, fault: 'pos' },
    ),
    fails('none is asked for', new Story().sale().intent(), { params: { terminalId: 'tm_1' }, fault: 'pos' }),
  ],
};
