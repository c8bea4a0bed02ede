import { type Check, failed, passed } from '../../checklist/check.ts';

/** A check of what a person has answered; where nobody has, it is left to a reviewer. */
export function declared(id: string, question: string, expected: string, advice: string): Check {
  return {
    id,
    plane: 'declared',
    fault: 'pos',
    expected: () => expected,
    advice,
    judge: ({ evidence }) => {
      const given = evidence
        .all('declared')
        .filter((answer) => answer.question === question)
        .at(-1)?.answer;
      return given
        ? passed(`declared: ${given}`)
        : { ...failed('the profile declares nothing'), outcome: 'review' };
    },
  };
}
