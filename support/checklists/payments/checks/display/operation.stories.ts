import { fails, passes, reviews, type Stories } from '../../stories/case.ts';
import { aRun } from '../../stories/scene.ts';
import { aSale, asksForTerminals, shown } from '../../stories/situations.ts';
import { Story } from '../../stories/story.ts';

const basket = { params: { lines: [{ name: 'Flat white' }, { name: 'Bagel' }], discount: -50 } };

const startedByKit = aRun({
  environment: {
    commandLine: ['certify'],
    nodeOptionsCleared: false,
    extraAuthorities: false,
    unverifiedServers: false,
    reach: { configured: 'start' },
  },
});

const idle = { answer: 'done', idle: true } as const;

/** No step applied as the kit chose that card machine, and the sale was taken to `tm_1`. */
const choosing = (terminalId: string): Story =>
  new Story().choose(terminalId, idle).sale().intent().session();

export const operationStories: Stories = {
  driven: [
    passes('each action is taken', aSale(), /2 actions taken/),
    passes(
      'it protects its user where it may',
      aSale().act({ name: 'cancel' }, { answer: 'notOffered', reason: 'it is too late' }, true),
      /3 actions taken/,
    ),
    ...(
      [
        ['a sale', 'retry', aSale().act({ name: 'retry' }, idle)],
        ['a record by hand', 'recordManually', aSale().act({ name: 'recordManually' }, idle)],
        ['a choice, and the sale is on another machine', 'chooseTerminal', choosing('tm_2')],
      ] as const
    ).map(([what, name, story]) =>
      reviews(
        `no step of ${what} applied`,
        story,
        new RegExp(`^${name}: no step of it in the profile applied`),
      ),
    ),
    passes('no step of a choice applied, and the sale is on that machine', choosing('tm_1')),
    passes(
      'no step of a choice applied, and another was made before the sale',
      new Story().choose('tm_2', idle).choose('tm_1').sale().intent().session(),
    ),
    passes(
      'no step of a look-up applied, and the till did it by itself',
      new Story().act({ name: 'listTerminals' }, idle).call('GET', '/terminals?limit=9'),
    ),
    reviews(
      'no step of a look-up applied, and the till asked before and after',
      asksForTerminals(1).act({ name: 'listTerminals' }, idle).sale().call('GET', '/terminals'),
      /^listTerminals: no step/,
    ),
    passes(
      'no step applied of what it need not offer',
      aSale().act({ name: 'cancel' }, idle, true),
      /3 actions taken/,
    ),
    fails(
      'it does not offer what its profile declares',
      aSale().act({ name: 'retry' }, { answer: 'notOffered', reason: 'no such button' }),
      /retry: not offered, no such button/,
    ),
    fails(
      'it cannot be driven, though it might have refused',
      aSale().act({ name: 'cancel' }, { answer: 'failed', reason: 'no such selector' }, true),
      /cancel: failed, no such selector/,
    ),
    fails(
      'it crashes',
      aSale().act({ name: 'cancel' }, { answer: 'crashed', reason: 'the page is gone' }),
      /cancel: crashed, the page is gone/,
    ),
  ],
  'key-changeable': [
    passes('two keys are entered', new Story().configure('a').configure('b'), /2 different keys/),
    reviews(
      'the kit starts it with two keys, and nobody saw where they are entered',
      new Story().configure('a').configure('b'),
      /gave 2 different keys to the POS as it started/,
      { run: startedByKit },
    ),
    fails('one that the kit starts keeps to its first key', new Story().configure('a'), /1 different keys/, {
      run: startedByKit,
    }),
    fails('the same is entered twice', new Story().configure('a').configure('a'), /1 different keys/),
    fails(
      'the second cannot be entered',
      new Story().configure('a').configure('b', { answer: 'failed', reason: 'no such field' }),
      /1 different keys/,
    ),
  ],
  'terminals-offered': [
    passes(
      'each is offered',
      shown({ cardMachines: ['Bar VCM1', 'Hall VCM2'] }),
      /offers Bar VCM1, Hall VCM2/,
      {
        params: { tids: ['VCM1', 'VCM2'] },
      },
    ),
    passes(
      'a TID can be entered',
      new Story().shows({}).choose('1').choose('2'),
      /2 card machines could be chosen/,
      {
        params: { tids: ['VCM1', 'VCM2'] },
      },
    ),
    fails('nothing was seen of it', new Story().configure(), /0 card machines could be chosen/, {
      params: { tids: ['VCM1', 'VCM2'] },
    }),
    reviews(
      'none is offered, and no step of a choice applied',
      new Story().shows({}).choose('1').choose('2', idle),
      /1 card machine could be chosen, and nothing was read of a list: `display.cardMachines`/,
      { params: { tids: ['VCM1', 'VCM2'] } },
    ),
    fails('one is missing', shown({ cardMachines: ['VCM1'] }), /offers VCM1/, {
      params: { tids: ['VCM1', 'VCM2'] },
    }),
    fails(
      'none is offered, and choosing fails',
      new Story().shows({}).choose('1').choose('2', { answer: 'failed', reason: 'it is not there' }),
      /1 card machine could be chosen/,
      { params: { tids: ['VCM1', 'VCM2'] } },
    ),
    fails('two other actions were taken', new Story().sale().sale().shows({}), {
      params: { tids: ['VCM1'] },
    }),
    passes('two could be chosen', new Story().choose('a').choose('b').shows({}), {
      params: { tids: ['VCM1'] },
    }),
    fails('nothing was seen', new Story(), { params: { tids: ['VCM1'] } }),
  ],
  'item-lines-shown': [
    passes(
      'all of it is shown',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£0.50' }),
      /all lines are shown/,
      basket,
    ),
    ...['-£0,50', '−0.50 £', '- £ 0.50', '(£0.50)', '-GBP 0.50', '£-0.50', '0.50-'].map((words) =>
      passes(
        `the discount is shown as ${words}`,
        shown({ text: `Flat white 3.00\nBagel 2.50\n${words}` }),
        /the discount is shown/,
        basket,
      ),
    ),
    passes(
      'the discount was shown last, and then something else',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£0.50' }).shows({ text: '2 items' }),
      /the discount is shown/,
      basket,
    ),
    fails('a line is not shown', shown({ text: 'Flat white 3.00\n-£0.50' }), /not shown: Bagel/, basket),
    fails(
      'another discount is shown',
      shown({ text: 'Flat white 3.00\nBagel 2.50\n-£10.50' }),
      /discount is not shown/,
      basket,
    ),
    fails(
      'the discount has no minus',
      shown({ text: 'Flat white\nBagel\n£0.50' }),
      /discount is not shown/,
      basket,
    ),
  ],
};
