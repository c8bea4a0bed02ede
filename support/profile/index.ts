export { decisionsOf } from './decisions.ts';
export {
  type BrowserActions,
  type BrowserDisplay,
  type BrowserDriver,
  type BrowserStep,
  type BrowserView,
  builtIn,
  type CommandDriver,
  type DisplayWindow,
  type DriverSettings,
  displayKind,
  loadProfile,
  type Profile,
} from './profile.ts';
export { defaultVocabulary } from './vocabulary.ts';
