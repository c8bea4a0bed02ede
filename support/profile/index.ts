export {
  type BrowserActions,
  type BrowserDisplay,
  type BrowserDriver,
  type BrowserStep,
  builtIn,
  type CommandDriver,
  type DriverSettings,
  displayKind,
  loadProfile,
  type Profile,
  UsageError,
} from './profile.ts';
export { defaultVocabulary } from './vocabulary.ts';
