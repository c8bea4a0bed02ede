export { decisionsOf } from './decisions.ts';
export { builtIn, displayKind, loadProfile, type Profile } from './profile.ts';
export type {
  BrowserActions,
  BrowserDisplay,
  BrowserDriver,
  BrowserStep,
  BrowserView,
  CommandDriver,
  DisplayWindow,
  DriverSettings,
} from './settings.ts';
export { defaultVocabulary } from './vocabulary.ts';
