import { declared } from '../../../judging/checks/declared.ts';
import type { Check } from '../check.ts';

export const declaredChecks: Check[] = [
  declared(
    'credentials-entered-by',
    'credentialsEnteredBy',
    'it is stated who enters the credentials, be it the maker of the till, an installer or the merchant',
    'State it in the profile as `declared.credentialsEnteredBy`.',
  ),
  declared(
    'pos-version-declared',
    'minimumPosVersion',
    'the minimum compatible version of the till is stated, or that only one version exists',
    'State it in the profile as `declared.minimumPosVersion`.',
  ),
];
