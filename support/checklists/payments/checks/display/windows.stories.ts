import { fails, passes, type Stories } from '../../stories/case.ts';
import { aSale } from '../../stories/situations.ts';

/** The page of the till itself shows the result. */
const shownHere = { outcome: 'Paid', elsewhere: false, unseen: [] };

export const windowStories: Stories = {
  'shows-captured': [
    fails(
      'the page of the till hides it, and another window shows it',
      aSale()
        .poll('Captured')
        .shows({
          outcome: 'Paid',
          elsewhere: true,
          unseen: [{ part: 'outcome', text: 'Paid', reason: 'it is 1 px high' }],
        }),
      /shows "Paid" in another window only; the page has "Paid" there, and nobody can make it out: it is 1 px high/,
    ),
    passes(
      'the page of the till hides it for a while, and another window shows it',
      aSale()
        .poll('Captured')
        .shows({
          outcome: 'Paid',
          elsewhere: true,
          unseen: [{ part: 'outcome', text: 'Paid', reason: '<div> covers it' }],
        })
        .shows(shownHere),
    ),
    passes(
      'the page of the till shows it for a while, and another window shows it on',
      aSale().poll('Captured').shows(shownHere).wait(3000).shows({ outcome: 'Paid', elsewhere: true }),
    ),
    fails(
      'the page of the till hides it until it goes, and another window shows it on',
      aSale()
        .poll('Captured')
        .shows({
          outcome: 'Paid',
          elsewhere: true,
          unseen: [{ part: 'outcome', text: 'Paid', reason: 'it is 1 px high' }],
        })
        .wait(3000)
        .shows({ outcome: 'Paid', elsewhere: true, unseen: [] }),
      /shows "Paid" in another window only; the page has "Paid" there, .*1 px high/,
    ),
    passes(
      'only another window has it',
      aSale().poll('Captured').shows({ outcome: 'Paid', elsewhere: true }),
    ),
    passes(
      'the page of the till hides something else, and another window shows it',
      aSale()
        .poll('Captured')
        .shows({
          outcome: 'Paid',
          elsewhere: true,
          unseen: [{ part: 'outcome', text: 'Ready', reason: '<div> covers it' }],
        }),
    ),
  ],
};
