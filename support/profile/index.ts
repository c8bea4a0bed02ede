export {
  type BrowserActions,
  type BrowserDisplay,
  type BrowserStep,
  builtIn,
  type DriverSettings,
  loadProfile,
  type Profile,
  UsageError,
} from './profile.ts';
export { defaultVocabulary } from './vocabulary.ts';
