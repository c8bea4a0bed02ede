import { type Check, failed, passed } from '../../checklist/check.ts';

function declared(id: string, question: string, expected: string, advice: string): Check {
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

export const declaredChecks: Check[] = [
  declared(
    'credentials-entered-by',
    'credentialsEnteredBy',
    'it is stated who enters the credentials: the maker of the till, an installer or the merchant',
    'State it in the profile as `declared.credentialsEnteredBy`.',
  ),
  declared(
    'pos-version-declared',
    'minimumPosVersion',
    'the minimum compatible version of the till is stated, or that only one version exists',
    'State it in the profile as `declared.minimumPosVersion`.',
  ),
];
