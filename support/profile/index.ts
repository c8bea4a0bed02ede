export { decisionsOf } from './decisions.ts';
export { builtIn, loadProfile, ownProfiles, type Profile, withDefaults } from './profile.ts';
export {
  type Configured,
  keepsSettings,
  type Reach,
  type ReachFlags,
  type StartSettings,
  withReach,
} from './reach.ts';
export { usualVocabulary } from './vocabulary.ts';
