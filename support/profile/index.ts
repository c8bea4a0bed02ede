export { decisionsOf } from './decisions.ts';
export { builtIn, loadProfile, ownProfiles, type Profile, withDefaults } from './profile.ts';
export { type Configured, keepsSettings, type Reach, type StartSettings } from './reach.ts';
export { usualVocabulary } from './vocabulary.ts';
