import { driverOf } from '../drivers/index.ts';
import type { BrowserDisplay } from '../drivers/settings.ts';
import { resultOf } from '../record/phrases.ts';
import type { ResultName } from '../record/vocabulary.ts';
import { speaks } from './languages.ts';
import type { Profile } from './profile.ts';
import { usualVocabulary } from './vocabulary.ts';

/** The display that the kit reads by selectors, where it does. */
function displayIn({ driver }: Profile): BrowserDisplay | null {
  return driverOf(driver).page?.(driver) ?? null;
}

/**
 * What a profile settles about what its till shows, in sentences: a reviewer agrees to each once a run, or does not.
 * They are words that usually say another result, what is not judged of the page, and what comes with the driver.
 */
export function decisionsOf(profile: Profile): string[] {
  const display = displayIn(profile);
  const words = Object.entries(profile.vocabulary.results).flatMap(([name, phrases]) =>
    phrases.flatMap((phrase): string[] => {
      const usual = resultOf(phrase, usualVocabulary());
      return usual && usual !== (name as ResultName)
        ? [`The profile takes “${phrase}” for ${name}; it usually says ${usual}.`]
        : [];
    }),
  );
  const { decision } = driverOf(profile.driver);
  const given = decision ? [decision, ...words] : words;
  if (!display) return given;
  const unread = speaks(profile.language)
    ? []
    : [
        `The kit has no words of results in the language ${profile.language}: what the page says beside the selected elements was not judged.`,
      ];
  const regions = (display.regions ?? []).map(
    ({ selector, reason }) =>
      `The part ${selector} of the page was not judged: ${reason.replace(/\.$/, '')}.`,
  );
  const symbols = (display.symbols ?? []).map(
    ({ selector, result }) => `The profile takes the sign ${selector} for ${result}.`,
  );
  const total = display.total
    ? []
    : [
        'The profile does not say where the till shows its total (`display.total`): what it shows there was not judged.',
      ];
  return [...given, ...symbols, ...unread, ...total, ...regions];
}
